# ALL EXPECTED
from django.db import models


class Daily(models.Model):
    day = models.DateField()

    class Meta:
        db_table = "daily"


class Named(models.Model):
    class Meta:
        db_table = '"stats"."named"'
