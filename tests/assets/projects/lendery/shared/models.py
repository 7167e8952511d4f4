"""What no module claims: each service has a table of its own."""

from django.conf import settings
from django.db import models


class Mark(models.Model):
    text = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
