from django.contrib import admin, messages

from payments.models import Payment, Refund


class RefundInline(admin.TabularInline):
    model = Refund
    extra = 0


@admin.register(Payment)
class PaymentAdmin(admin.ModelAdmin):
    list_display = ["order", "customer", "amount", "status", "reference", "city"]
    list_filter = ["status", "order__status", "order__shipment__carrier"]
    search_fields = ["reference", "order__number", "order__user__email", "order__address__city"]
    list_select_related = ["order__user", "order__address"]
    raw_id_fields = ["order", "user"]
    inlines = [RefundInline]
    actions = ["give_back"]

    @admin.display(ordering="order__user__email")
    def customer(self, payment):
        return payment.order.user.email

    @admin.display(ordering="order__address__city")
    def city(self, payment):
        return payment.order.address.city if payment.order.address else ""

    @admin.action(description="Give the money back")
    def give_back(self, request, queryset):
        for payment in queryset.received():
            payment.refund(f"by {request.user.email}")
        messages.success(request, "Given back.")
