"""What is on the shelf: taken, and put back."""

from django.db.models import F

from banyan import publish
from orders.contract import BackInStock, OutOfStock
from orders.models import Order, Product


def take(product: Product, quantity: int) -> None:
    """Take goods from the shelf, inside the caller's transaction.

    Raises:
        OutOfStock: there are fewer.
    """
    taken = Product.objects.filter(pk=product.pk, stock__gte=quantity)
    if not taken.update(stock=F("stock") - quantity):
        product.refresh_from_db(fields=["stock"])
        raise OutOfStock(product=product.slug, left=product.stock)


def put_back(order: Order) -> None:
    for line in order.lines.select_related("product"):
        restock(line.product, line.quantity)


def restock(product: Product, quantity: int) -> None:
    """Put goods on the shelf; whoever waits for them will hear of it."""
    Product.objects.filter(pk=product.pk).update(stock=F("stock") + quantity)
    tell_waiting(product)


def tell_waiting(product: Product) -> None:
    waiting = list(product.alerts.values_list("user_id", flat=True))
    if waiting:
        product.alerts.all().delete()
        publish(BackInStock(product=product.slug, name=product.name, user_ids=waiting))
