"""What is in stock, and what was noted about it."""

from django.db import models


class Item(models.Model):
    """So many of an article."""

    sku = models.CharField(max_length=50, unique=True)
    quantity = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku}"


class Note(models.Model):
    """One thing that happened to an article."""

    text = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.text
