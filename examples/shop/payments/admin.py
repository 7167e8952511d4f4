"""Payments, for staff."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from payments.charging import refund
from payments.models import Payment, Refund, SandboxCharge


class RefundInline(admin.TabularInline):
    model = Refund
    extra = 0
    readonly_fields = ["amount", "reason"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Payment | None = None) -> bool:
        return False


@admin.register(Payment)
class PaymentAdmin(admin.ModelAdmin):
    list_display = ["number", "amount", "status", "reference", "created"]
    list_filter = ["status"]
    search_fields = ["reference", "number"]
    readonly_fields = ["order_id", "user_id", "number", "amount", "status", "reference"]
    inlines = [RefundInline]
    actions = ["give_back"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description="Give the money back")
    def give_back(self, request: HttpRequest, queryset: QuerySet[Payment]) -> None:
        given = [each for each in queryset if refund(each.pk, f"by {request.user}")]
        for payment in given:
            self.log_change(request, payment, "Given back.")
        messages.success(request, f"Given back: {len(given)}.")


@admin.register(SandboxCharge)
class SandboxChargeAdmin(admin.ModelAdmin):
    """What the card company says that it did; to look at, beside what we think."""

    list_display = ["reference", "number", "amount", "accepted", "refunded"]
    list_filter = ["accepted", "refunded"]
    search_fields = ["reference", "number"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SandboxCharge | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SandboxCharge | None = None) -> bool:
        return False
