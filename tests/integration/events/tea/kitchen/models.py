"""What the kitchen knows."""

from django.db import models


class Washed(models.Model):
    """One run of the handler; nothing keeps it from being there twice, so that it would be seen."""

    table = models.IntegerField()
    cup = models.IntegerField()
