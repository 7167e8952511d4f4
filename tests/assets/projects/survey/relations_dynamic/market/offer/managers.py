# ALL EXPECTED
from django.db import models


class ShownManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(hidden=False)
