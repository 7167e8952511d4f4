from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Count, Max

from common.admin import AuditInline
from orders.models import Order
from users.models import Address, User


class AddressInline(admin.TabularInline):
    model = Address
    extra = 0


class OrderInline(admin.TabularInline):
    model = Order
    extra = 0
    fields = ["number", "status", "total"]
    readonly_fields = fields
    show_change_link = True
    can_delete = False


@admin.register(User)
class ShopUserAdmin(UserAdmin):
    list_display = ["email", "first_name", "order_count", "last_order", "is_staff"]
    search_fields = ["email", "first_name", "orders__number", "orders__payments__reference"]
    list_filter = ["is_staff", "newsletter", "orders__status"]
    inlines = [AddressInline, OrderInline, AuditInline]
    fieldsets = (*UserAdmin.fieldsets, ("Shop", {"fields": ["phone", "newsletter"]}))

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(_orders=Count("orders", distinct=True), _last=Max("orders__created"))
        )

    @admin.display(ordering="_orders", description="orders")
    def order_count(self, user):
        return user._orders

    @admin.display(ordering="_last")
    def last_order(self, user):
        return user._last
