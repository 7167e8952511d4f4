"""Money, as the shop writes it."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def written(amount: Decimal) -> str:
    return f"£{rounded(amount):,.2f}"
