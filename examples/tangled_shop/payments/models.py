"""Money received, and given back."""

from django.conf import settings
from django.db import models, transaction

from common.models import TimeStampedModel, audit
from orders.models import Order
from payments.gateway import refund_card


class PaymentQuerySet(models.QuerySet):
    def received(self):
        return self.filter(status=Payment.Status.RECEIVED)

    def of_user(self, user):
        return self.filter(order__user=user)


class Payment(TimeStampedModel):
    class Status(models.TextChoices):
        RECEIVED = "received", "received"
        REFUSED = "refused", "refused"
        REFUNDED = "refunded", "refunded"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="payments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="payments"
    )
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    status = models.CharField(max_length=10, choices=Status, default=Status.RECEIVED)
    reference = models.CharField(max_length=40, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.amount} for {self.order}"

    def refund(self, reason):
        with transaction.atomic():
            refund_card(self.reference, self.amount)
            self.status = self.Status.REFUNDED
            self.save()
            if hasattr(self.order, "shipment") and not self.order.shipment.tracking_code:
                self.order.shipment.delete()
            audit(self.order, f"refunded {self.amount}", self.order.user)
            return Refund.objects.create(payment=self, amount=self.amount, reason=reason)


class Refund(TimeStampedModel):
    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="refunds")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    reason = models.CharField(max_length=200)

    def __str__(self):
        return f"{self.amount}: {self.reason}"
