"""What the counter knows."""

from django.db import models


class Cup(models.Model):
    """A cup that was poured."""

    table = models.IntegerField()
    number = models.IntegerField()
