"""Orders in the admin."""

from django.contrib import admin
from django.http import HttpRequest

from orders.models import Order


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    search_fields = ("number",)
    autocomplete_fields = ("replaces",)

    def save_model(self, request: HttpRequest, obj: Order, form: object, change: bool) -> None:
        obj.changed_by = request.user
        super().save_model(request, obj, form, change)
