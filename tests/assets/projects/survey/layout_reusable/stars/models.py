# ALL EXPECTED
from django.conf import settings
from django.db import models


class Star(models.Model):
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
