"""What ovens bake."""

from django.db import models


class Bread(models.Model):
    """A kind of bread."""

    name = models.CharField(max_length=50)
