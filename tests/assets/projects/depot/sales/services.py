"""Selling, in one transaction over three apps."""

# What a line does must stay behind it.
# fmt: off

import urllib.request
from http.client import HTTPConnection

from django.db import transaction
from goods.models import Item
from people.models import Firm, Person

from sales.models import Sale
from sales.signals import sold, unheard


def sell(name):
    """Sell an item to somebody new."""
    with transaction.atomic():  # RUNS: transaction goods_item + goods_item_labels + goods_label + sales_sale + staff
        buyer = Person.objects.create(name=name)  # RUNS: INSERT staff
        item = Item.objects.create(name="Spade", stock=2)  # RUNS: INSERT goods_item
        with transaction.atomic():
            sale = Sale.objects.create(buyer=buyer, item=Item.objects.get(pk=item.pk))  # RUNS: INSERT sales_sale, SELECT goods_item, signal goods/receivers.py
        transaction.on_commit(lambda: greet(name))
        sold.send(sender=Sale, item_id=item.pk)  # RUNS: signal goods/receivers.py
    unheard.send(sender=Sale)
    return sale


@transaction.atomic  # RUNS: transaction people_firm + staff
def hire(name):
    """Found a firm with somebody."""
    firm = Firm.objects.create(name="Acme")  # RUNS: INSERT people_firm
    Person.objects.create(name=name, firm=firm)  # RUNS: INSERT staff


def greet(name):
    """Not part of the sale's transaction."""
    Firm.objects.create(name=name)  # RUNS: INSERT people_firm


def archive():
    """In another database."""
    with transaction.atomic(using="archive"):  # RUNS: transaction goods_label + people_firm
        Firm.objects.using("archive").create(name="Old")  # RUNS: INSERT people_firm
        Item.labels.rel.model.objects.using("archive").create(text="old")  # RUNS: INSERT goods_label


def names_of_buyers():
    """Joins, with a comprehension in the middle."""
    return [sale.buyer.name for sale in Sale.objects.select_related("buyer")]  # RUNS: SELECT sales_sale, SELECT staff


def forget(sale):
    """Cascades are run by this line."""
    sale.buyer.delete()  # RUNS: DELETE sales_sale, DELETE staff, transaction sales_sale + staff


def tell(port):
    """Over HTTP, once without a timeout."""
    urllib.request.urlopen(f"http://127.0.0.1:{port}/secret-path?key=secret").read()  # RUNS: http 127.0.0.1 without a timeout
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/secret-path")  # RUNS: http 127.0.0.1 with a timeout
    connection.getresponse().read()
    connection.close()
