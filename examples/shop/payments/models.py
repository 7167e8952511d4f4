"""Money received, and given back."""

from django.db import models
from django.db.models import Q

from common.models import TimeStampedModel


class Payment(TimeStampedModel):
    class Status(models.TextChoices):
        STARTED = "started", "started"
        RECEIVED = "received", "received"
        REFUSED = "refused", "refused"
        REFUNDED = "refunded", "refunded"

    # An order of the orders module, and a user of the users module: values, no foreign keys.
    order_id = models.BigIntegerField(db_index=True)
    user_id = models.BigIntegerField(null=True, db_index=True)
    number = models.CharField(max_length=20, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    status = models.CharField(max_length=10, choices=Status, default=Status.RECEIVED)
    # The name under which the processor knows the charge; made by us before it is asked.
    reference = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order_id"],
                condition=Q(status__in=["started", "received"]),
                name="payments_one_per_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} for {self.number or self.order_id}"


class Refund(TimeStampedModel):
    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="refunds")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.amount}: {self.reason}"


class SandboxCharge(models.Model):
    """What the sandbox of the card processor remembers: a row is money that was moved."""

    reference = models.CharField(max_length=40, unique=True)
    number = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    accepted = models.BooleanField()
    refunded = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.reference
