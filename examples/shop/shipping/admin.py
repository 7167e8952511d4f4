"""Parcels, for staff."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from shipping.models import Carrier, Shipment, TrackingStep
from shipping.parcels import deliver

admin.site.register(Carrier)


class StepInline(admin.TabularInline):
    model = TrackingStep
    extra = 0


@admin.register(Shipment)
class ShipmentAdmin(admin.ModelAdmin):
    list_display = ["tracking_code", "number", "ship_name", "ship_city", "carrier", "delivered_at"]
    list_filter = ["carrier"]
    search_fields = ["tracking_code", "number", "ship_name", "ship_postcode"]
    list_select_related = ["carrier"]
    readonly_fields = ["order_id", "user_id", "number", "delivered_at"]
    inlines = [StepInline]
    actions = ["mark_delivered"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description="Mark as delivered")
    def mark_delivered(self, request: HttpRequest, queryset: QuerySet[Shipment]) -> None:
        delivered = [each for each in queryset if deliver(each.pk)]
        for shipment in delivered:
            self.log_change(request, shipment, "Delivered.")
        messages.success(request, f"Delivered: {len(delivered)}.")
