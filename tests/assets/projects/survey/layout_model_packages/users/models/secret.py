# ALL EXPECTED
from django.db import models


class _Secret(models.Model):
    word = models.TextField()
