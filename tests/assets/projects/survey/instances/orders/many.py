# ALL EXPECTED
"""Many-to-many, forward: told on the line of the last method."""
from catalogue.models import Product


def watchers(pk):
    product = Product.objects.get(pk=pk)  # EXPECT: model_access orders->catalogue target=catalogue.Product verb=read
    return product.watchers.filter(is_active=True)  # EXPECT: model_access orders->accounts target=accounts.User verb=read


def watch(pk, user):
    Product.objects.get(pk=pk).watchers.add(user)  # EXPECT: model_access orders->accounts; model_access orders->catalogue


def categories():
    # Two steps within one other app.
    return [
        product.category.parent  # EXPECT: model_access orders->catalogue verb=read
        for product in Product.objects.all()  # EXPECT: model_access orders->catalogue verb=read
    ]
