"""What was sold."""

from django.db import models


class SaleRecord(models.Model):
    """One sale."""

    sku = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.sku
