# SHARED: imports= imports_models=False used_by=orders,users
from decimal import Decimal


def euros(amount):
    return Decimal(amount)
