"""Products and orders, for staff."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from banyan import atomic, or_else
from orders.contract import BackInStock, Status
from orders.models import Category, Order, OrderLine, Product
from orders.progress import move
from orders.stock import tell_waiting
from users.contract import NoSuchUser, Users


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["name", "position"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    list_display = ["name", "category", "price", "stock"]
    list_editable = ["price", "stock"]
    list_filter = ["category"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def save_model(self, request: HttpRequest, obj: Product, form: ModelForm, change: bool) -> None:
        with atomic(BackInStock):
            super().save_model(request, obj, form, change)
            if obj.stock:
                tell_waiting(obj)


class LineInline(admin.TabularInline):
    model = OrderLine
    extra = 0
    readonly_fields = ["product", "name", "price", "quantity"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Order | None = None) -> bool:
        return False


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "ship_name", "ship_city", "status", "total", "created"]
    list_filter = ["status"]
    search_fields = ["number", "ship_name", "ship_city"]
    fields = [
        "number",
        "customer",
        "status",
        "total",
        "ship_name",
        "ship_street",
        "ship_postcode",
        "ship_city",
    ]
    readonly_fields = ["number", "customer", "status", "total"]
    inlines = [LineInline]
    actions = ["cancel"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display
    def customer(self, order: Order) -> str:
        """Their e-mail, from users; while users is down, at least who."""
        try:
            user = or_else(Users.client().get, None)(order.user_id)
        except NoSuchUser:
            return f"user {order.user_id} (gone)"
        return user.email if user else f"user {order.user_id}"

    @admin.action(description="Cancel, and give the money back")
    def cancel(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        cancelled = [order for order in queryset if move(order.pk, Status.CANCELLED)]
        for order in cancelled:
            self.log_change(request, order, "Cancelled.")
        messages.success(request, f"Cancelled: {len(cancelled)}.")
        if late := len(queryset) - len(cancelled):
            messages.warning(request, f"Too late for {late}.")
