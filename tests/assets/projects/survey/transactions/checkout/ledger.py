# ALL EXPECTED
from accounts.models import User
from orders.models import Order


def close(pk):
    order = Order.objects.get(pk=pk)  # EXPECT: model_access checkout->orders verb=read
    order.status = "closed"  # MAY: model_access checkout->orders
    order.save()  # EXPECT: model_access checkout->orders verb=update
    User.objects.bulk_update([], ["email"])  # EXPECT: model_access checkout->accounts verb=update
