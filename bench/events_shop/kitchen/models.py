"""A ticket for each order."""

from django.db import models


class Ticket(models.Model):
    """What the cook sees."""

    order_id: "models.BigIntegerField[int, int]" = models.BigIntegerField()
    dish: "models.CharField[str, str]" = models.CharField(max_length=100)
