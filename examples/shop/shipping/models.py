"""Parcels on their way."""

from django.db import models

from common.models import TimeStampedModel


class Carrier(models.Model):
    name = models.CharField(max_length=60, unique=True)
    code = models.CharField(max_length=4, unique=True)

    def __str__(self) -> str:
        return self.name


class Shipment(TimeStampedModel):
    # An order of the orders module, and a user of the users module: values, no foreign keys.
    order_id = models.BigIntegerField(unique=True)
    user_id = models.BigIntegerField(default=0, db_index=True)
    number = models.CharField(max_length=20, blank=True)
    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="shipments")
    tracking_code = models.CharField(max_length=30, blank=True)
    cost = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    delivered_at = models.DateTimeField(null=True, blank=True)
    ship_name = models.CharField(max_length=120, default="")
    ship_street = models.CharField(max_length=200, default="")
    ship_postcode = models.CharField(max_length=16, default="")
    ship_city = models.CharField(max_length=100, default="")

    def __str__(self) -> str:
        return self.tracking_code or f"parcel for {self.number or self.order_id}"


class TrackingStep(models.Model):
    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(auto_now_add=True)
    text = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text
