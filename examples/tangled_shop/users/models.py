"""Customers and staff."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Sum

from common.models import TimeStampedModel


class User(AbstractUser):
    email = models.EmailField(unique=True)
    phone = models.CharField(max_length=30, blank=True)
    newsletter = models.BooleanField(default=False)

    def total_spent(self):
        from orders.models import Order

        paid = self.orders.filter(status__in=Order.PAID_STATUSES)
        return paid.aggregate(total=Sum("total"))["total"] or 0

    def is_regular(self):
        return self.orders.filter(shipment__delivered_at__isnull=False).count() >= 3

    def last_address(self):
        return self.addresses.order_by("-id").first()


class Address(TimeStampedModel):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="addresses")
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=16)
    city = models.CharField(max_length=100)

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self):
        return f"{self.name}, {self.street}, {self.postcode} {self.city}"

    def in_use(self):
        return self.orders.exists() or self.shipments.filter(delivered_at=None).exists()
