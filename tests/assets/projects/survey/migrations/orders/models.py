# ALL EXPECTED
from django.db import models


class Order(models.Model):
    """It had a key to accounts, which the migrations still tell of."""

    user_id = models.IntegerField()
