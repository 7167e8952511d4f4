# ALL EXPECTED
from accounts.models import User


def close(pk):
    # Its own row, which takes orders and pairs with it.
    User.objects.get(pk=pk).delete()  # MAY: model_access accounts->orders; EXPECT: model_access accounts->catalogue target=catalogue.Product_watchers verb=delete along=accounts.User
