# ALL EXPECTED
from catalogue.models import Product
from orders.models import Order


def by_the_default_related_name(order: Order):
    order.pins.all().delete()  # EXPECT: reverse_accessor orders->reports target=reports.Pinned


def by_the_query_name():
    return Product.objects.filter(pinning__order=3), Order.objects.filter(pins__isnull=True)  # EXPECT: model_access orders->catalogue; orm_lookup orders->reports lookup=pinning__order; orm_lookup orders->reports


def back_home(order: Order):
    return order.user.orders.count()  # EXPECT: model_access orders->accounts target=accounts.User verb=read
