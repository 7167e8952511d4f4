from django.contrib import admin, messages

from common.admin import AuditInline
from common.models import audit
from orders.models import Category, Order, OrderLine, Product
from payments.models import Payment
from shipping.models import Shipment


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["name", "position"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    list_display = ["name", "category", "price", "stock"]
    list_editable = ["price", "stock"]
    list_filter = ["category"]
    search_fields = ["name", "watchers__email"]
    filter_horizontal = ["watchers"]
    prepopulated_fields = {"slug": ["name"]}


class LineInline(admin.TabularInline):
    model = OrderLine
    extra = 0


class PaymentInline(admin.TabularInline):
    model = Payment
    extra = 0
    fields = ["status", "amount", "reference", "user"]
    readonly_fields = fields


class ShipmentInline(admin.StackedInline):
    model = Shipment
    extra = 0


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "user", "city", "status", "total", "parcel", "created"]
    list_filter = ["status", "shipment__carrier", "payments__status"]
    search_fields = ["number", "user__email", "payments__reference", "shipment__tracking_code"]
    list_select_related = ["user", "address", "shipment"]
    raw_id_fields = ["user", "address"]
    inlines = [LineInline, PaymentInline, ShipmentInline, AuditInline]
    actions = ["cancel"]

    @admin.display(ordering="address__city")
    def city(self, order):
        return order.address.city if order.address else ""

    @admin.display(ordering="shipment__tracking_code")
    def parcel(self, order):
        return order.shipment.tracking_code if hasattr(order, "shipment") else ""

    @admin.action(description="Cancel, and give the money back")
    def cancel(self, request, queryset):
        for order in queryset:
            order.cancel()
            audit(order, "cancelled by staff", request.user)
        messages.success(request, "Cancelled.")
