"""How the module sales does what it offers, with what stock offers."""

from typing import final

from tests.in_django.apps.sales.contract import Sale, Sales
from tests.in_django.apps.sales.models import SaleRecord
from tests.in_django.apps.stock.contract import Stock

from banyan.contracts import implements

stock = Stock.client()


def record(sku: str) -> Sale:
    """Write a sale down."""
    return Sale(id=SaleRecord.objects.create(sku=sku).pk, sku=sku)


@final
@implements(Sales)
class SalesService(Sales):
    """On Django's ORM and on stock's contract."""

    def count(self) -> int:
        return SaleRecord.objects.count()

    def record(self, sku: str) -> Sale:
        return record(sku)

    def record_and_take(self, sku: str) -> Sale:
        stock.take(sku, 1)
        return record(sku)

    def record_with_note(self, sku: str) -> Sale:
        stock.note(f"sold {sku}")
        return record(sku)

    def take_then_record(self, sku: str) -> Sale:
        stock.take(sku, 1)
        return record(sku)
