# ALL EXPECTED
from django.db import models


class Writer(models.Model):
    name = models.CharField(max_length=80)
    house = models.ForeignKey("House", null=True, on_delete=models.SET_NULL)
