"""How the module stock does what it offers."""

import time
from typing import final

from tests.in_django.apps.stock.contract import Level, NotDeclared, OutOfStock, Stock
from tests.in_django.apps.stock.models import Item, Note

from banyan.contracts import implements


def fail(how: str) -> None:
    """Fail in one of the ways in which methods do."""
    match how:
        case "bug":
            raise ZeroDivisionError("secret-of-the-service")
        case "type":
            raise TypeError("inside")
        case "undeclared":
            raise NotDeclared(sku="tea")
        case "slow":
            time.sleep(0.3)
        case _:
            pass


@final
@implements(Stock)
class StockService(Stock):
    """On Django's ORM."""

    def level(self, sku: str) -> Level:
        item = Item.objects.filter(sku=sku).first()
        if item is None:
            raise OutOfStock(sku=sku, left=0)
        return Level(sku=item.sku, quantity=item.quantity)

    def levels(self, skus: list[str], least: int = 0) -> list[Level]:
        items = Item.objects.filter(sku__in=skus, quantity__gte=least).order_by("sku")
        return [Level(sku=item.sku, quantity=item.quantity) for item in items]

    def fail(self, how: str) -> None:
        fail(how)

    def take(self, sku: str, quantity: int) -> Level:
        Note.objects.create(text=f"take {quantity} {sku}")
        item = Item.objects.get(sku=sku)
        if item.quantity < quantity:
            raise OutOfStock(sku=sku, left=item.quantity)
        item.quantity -= quantity
        item.save()
        return Level(sku=sku, quantity=item.quantity)

    def put(self, sku: str, quantity: int) -> Level:
        Note.objects.create(text=f"put {quantity} {sku}")
        item, _ = Item.objects.get_or_create(sku=sku)
        item.quantity += quantity
        item.save()
        return Level(sku=sku, quantity=item.quantity)

    def put_and_fail(self, sku: str, how: str) -> None:
        Item.objects.create(sku=sku, quantity=1)
        fail(how)

    def reorder(self, sku: str, how: str = "") -> int:
        Note.objects.create(text=f"reorder {sku}")
        fail(how)
        if how == "none":
            raise OutOfStock(sku=sku, left=0)
        return Note.objects.filter(text=f"reorder {sku}").count()

    def unlock(self, sku: str, password: str) -> str:
        Note.objects.create(text=f"unlock {sku}")
        if password != "open-sesame":
            raise OutOfStock(sku=sku, left=0)
        return "token-of-the-caller"

    def lock(self, sku: str) -> str:
        Note.objects.create(text=f"lock {sku}")
        return "token-of-the-caller"

    def note(self, text: str) -> int:
        return Note.objects.create(text=text).pk
