# ALL EXPECTED
from django.db import models

from payers.models import User


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="bills")  # EXPECT: foreign_key bills->payers source=bills.Order.user target=payers.User on_delete=CASCADE
    status = models.CharField(max_length=10)


def emails():
    return User.objects.values_list("email", flat=True)  # EXPECT: model_access bills->payers target=payers.User verb=read


def paid():
    return Order.objects.filter(user__email="x")  # EXPECT: orm_lookup bills->payers lookup=user__email
