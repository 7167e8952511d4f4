# ALL EXPECTED, code too
from decimal import Decimal


def euros(amount):
    return Decimal(amount)
