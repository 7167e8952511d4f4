# ALL EXPECTED
from catalogue.models import Product
from checkout import ledger


def reserve(pk):
    Product.objects.filter(pk=pk).update(price=3)  # EXPECT: model_access checkout->catalogue verb=update


def after():
    Product.objects.update(price=3)  # EXPECT: model_access checkout->catalogue verb=update


def settle(pk):
    if pk:
        ledger.close(pk)
        settle(pk - 1)
