"""Orders, which remember who changed them last."""

from django.conf import settings
from django.db import models


class Order(models.Model):
    number = models.CharField(max_length=20)
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False
    )

    def __str__(self) -> str:
        return self.number
