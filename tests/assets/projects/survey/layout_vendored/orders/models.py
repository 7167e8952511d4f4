# ALL EXPECTED
from django.db import models

from users.models import User


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="orders")  # EXPECT: foreign_key orders->users source=orders.Order.user target=users.User on_delete=CASCADE
    status = models.CharField(max_length=10)


def emails():
    return User.objects.values_list("email", flat=True)  # EXPECT: model_access orders->users target=users.User verb=read


def paid():
    return Order.objects.filter(user__email="x")  # EXPECT: orm_lookup orders->users lookup=user__email


from orders.links import Linked  # noqa: E402,F401
