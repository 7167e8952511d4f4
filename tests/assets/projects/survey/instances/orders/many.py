# ALL EXPECTED
"""Many-to-many, forward: told on the line of the last method."""
from catalogue.models import Product


def watchers(pk):
    product = Product.objects.get(pk=pk)  # EXPECT: model_access orders->catalogue target=catalogue.Product verb=read
    return product.watchers.filter(is_active=True)  # EXPECT: model_access orders->accounts target=accounts.User verb=read


def watch(pk, user):
    # No row of the user is written, but a pair, which is the product's.
    Product.objects.get(pk=pk).watchers.add(user)  # EXPECT: model_access orders->catalogue target=catalogue.Product verb=read; model_access orders->catalogue target=catalogue.Product_watchers verb=create


def categories():
    # Two steps within one other app.
    return [
        product.category.parent  # EXPECT: model_access orders->catalogue verb=read
        for product in Product.objects.all()  # EXPECT: model_access orders->catalogue verb=read
    ]
