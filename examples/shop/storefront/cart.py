"""The cart, in a signed cookie: the storefront has no tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from orders.contract import Line, Orders, ProductView

COOKIE = "cart"
MOST_LINES = 30
MOST_PIECES = 99


@dataclass(frozen=True)
class CartLine:
    product: ProductView
    quantity: int

    @property
    def total(self) -> Decimal:
        return self.product.price * self.quantity


class Cart:
    """Quantities by product; a forged or broken cookie is an empty cart."""

    def __init__(self, request: HttpRequest) -> None:
        try:
            found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE)
        except signing.BadSignature:
            found = {}
        self.quantities: dict[str, int] = found

    def add(self, product: ProductView, quantity: int) -> None:
        wanted = self.quantities.get(product.slug, 0) + max(quantity, 1)
        if product.slug in self.quantities or len(self.quantities) < MOST_LINES:
            self.quantities[product.slug] = min(wanted, product.stock, MOST_PIECES)

    def remove(self, slug: str) -> None:
        self.quantities.pop(slug, None)

    def count(self) -> int:
        return sum(self.quantities.values())

    def contents(self) -> list[CartLine]:
        """With names and prices of today; what is no longer sold is left out."""
        if not self.quantities:
            return []
        products = {product.slug: product for product in Orders.client().products()}
        return [
            CartLine(products[slug], quantity)
            for slug, quantity in self.quantities.items()
            if slug in products and quantity
        ]

    def save(self, response: HttpResponseBase) -> None:
        if self.quantities:
            value = signing.dumps(self.quantities, salt=COOKIE)
            response.set_cookie(COOKIE, value, max_age=30 * 86400, httponly=True, samesite="Lax")
        else:
            response.delete_cookie(COOKIE, samesite="Lax")


def total(lines: Sequence[CartLine]) -> Decimal:
    return sum((line.total for line in lines), Decimal(0))


def ordered(lines: Sequence[CartLine]) -> list[Line]:
    return [Line(product=line.product.slug, quantity=line.quantity) for line in lines]
