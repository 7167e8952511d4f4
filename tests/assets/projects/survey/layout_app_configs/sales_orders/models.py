# ALL EXPECTED
from django.db import models

from people.models import User


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sales_orders")  # EXPECT: foreign_key sales->folk source=sales.Order.user target=folk.User on_delete=CASCADE
    status = models.CharField(max_length=10)


def emails():
    return User.objects.values_list("email", flat=True)  # EXPECT: model_access sales->folk target=folk.User verb=read


def paid():
    return Order.objects.filter(user__email="x")  # EXPECT: orm_lookup sales->folk lookup=user__email
