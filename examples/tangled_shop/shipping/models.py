"""Parcels on their way."""

from django.db import models, transaction
from django.utils import timezone

from common.models import TimeStampedModel
from shipping.carrier import book


class Carrier(models.Model):
    name = models.CharField(max_length=60, unique=True)
    code = models.CharField(max_length=4, unique=True)

    def __str__(self):
        return self.name


class Shipment(TimeStampedModel):
    order = models.OneToOneField("orders.Order", on_delete=models.CASCADE, related_name="shipment")
    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="shipments")
    address = models.ForeignKey(
        "users.Address", null=True, on_delete=models.PROTECT, related_name="shipments"
    )
    tracking_code = models.CharField(max_length=30, blank=True)
    cost = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    delivered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.tracking_code or f"parcel for {self.order}"

    def hand_over(self):
        """To the carrier; from here on the parcel has a number."""
        with transaction.atomic():
            self.tracking_code = book(self.carrier.code, self.order.number, str(self.address))
            self.save()
            self.steps.create(text=f"{self.carrier.name} has your parcel")
            self.order.refresh_from_db()
            self.order.status = self.order.Status.SHIPPED
            self.order.save()

    def mark_delivered(self):
        with transaction.atomic():
            self.delivered_at = timezone.now()
            self.save()
            self.steps.create(text="Delivered")
            self.order.user.newsletter = True
            self.order.user.save()


class TrackingStep(models.Model):
    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(auto_now_add=True)
    text = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.text
