"""Customers and staff, for staff."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from users.models import Address, User


class AddressInline(admin.TabularInline):
    model = Address
    extra = 0


@admin.register(User)
class ShopUserAdmin(UserAdmin):
    list_display = ["email", "first_name", "date_joined", "is_staff"]
    search_fields = ["email", "first_name", "addresses__city"]
    list_filter = ["is_staff", "newsletter"]
    inlines = [AddressInline]
    fieldsets = (*UserAdmin.fieldsets, ("Shop", {"fields": ["phone", "newsletter"]}))
    add_fieldsets = (
        (None, {"classes": ["wide"], "fields": ["username", "email", "password1", "password2"]}),
    )
