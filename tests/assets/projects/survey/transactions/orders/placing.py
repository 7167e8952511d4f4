# ALL EXPECTED
"""An app's own tables count as one of several: only the other is told."""
from django.db import transaction

from catalogue.models import Product
from orders.models import Order


@transaction.atomic()  # EXPECT: transaction orders->catalogue
def place(user):
    order = Order.objects.create(user=user)
    Product.objects.update(price=3)  # EXPECT: model_access orders->catalogue verb=update
    return order


@transaction.non_atomic_requests
def without(request):
    Order.objects.update(status="x")
    Product.objects.update(price=3)  # EXPECT: model_access orders->catalogue verb=update


def by_hand():
    transaction.set_autocommit(False)
    Order.objects.update(status="x")
    Product.objects.update(price=3)  # EXPECT: model_access orders->catalogue verb=update
    transaction.commit()
