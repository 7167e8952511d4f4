"""Payments."""

from django.db import models


class Payment(models.Model):
    reference = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.reference
