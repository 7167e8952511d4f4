# ALL EXPECTED
from accounts.models import User


def close(pk):
    # Its own row, which takes orders with it.
    User.objects.get(pk=pk).delete()  # MAY: model_access accounts->orders
