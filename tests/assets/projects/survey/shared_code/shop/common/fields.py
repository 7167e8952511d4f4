# SHARED: imports= imports_models=False used_by=orders,users
from django.db import models

from shop.common.money import euros


class MoneyField(models.DecimalField):
    def to_python(self, value):
        return euros(value)
