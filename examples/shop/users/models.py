"""Customers and staff."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from common.models import TimeStampedModel


class User(AbstractUser):
    email = models.EmailField(unique=True)
    phone = models.CharField(max_length=30, blank=True)
    newsletter = models.BooleanField(default=False)


class Address(TimeStampedModel):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="addresses")
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=16)
    city = models.CharField(max_length=100)

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return f"{self.name}, {self.street}, {self.postcode} {self.city}"
