from django.contrib import admin, messages

from shipping.models import Carrier, Shipment, TrackingStep

admin.site.register(Carrier)


class StepInline(admin.TabularInline):
    model = TrackingStep
    extra = 0


@admin.register(Shipment)
class ShipmentAdmin(admin.ModelAdmin):
    list_display = ["tracking_code", "order", "customer", "carrier", "delivered_at"]
    list_filter = ["carrier", "order__status"]
    search_fields = ["tracking_code", "order__number", "order__user__email", "address__postcode"]
    list_select_related = ["order__user", "carrier"]
    raw_id_fields = ["order", "address"]
    inlines = [StepInline]
    actions = ["deliver"]

    @admin.display(ordering="order__user__email")
    def customer(self, shipment):
        return shipment.order.user.email

    @admin.action(description="Mark as delivered")
    def deliver(self, request, queryset):
        for shipment in queryset.filter(delivered_at=None):
            shipment.mark_delivered()
        messages.success(request, "Delivered.")
