# ALL EXPECTED
from django.db import models

from shop.common.fields import MoneyField


class User(models.Model):
    debt = MoneyField(max_digits=8, decimal_places=2)
