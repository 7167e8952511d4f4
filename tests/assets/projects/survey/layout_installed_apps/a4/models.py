# ALL EXPECTED
from django.db import models

from b4.models import User


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="a4")  # EXPECT: foreign_key a4->b4 source=a4.Order.user target=b4.User on_delete=CASCADE
    status = models.CharField(max_length=10)


def emails():
    return User.objects.values_list("email", flat=True)  # EXPECT: model_access a4->b4 target=b4.User verb=read


def paid():
    return Order.objects.filter(user__email="x")  # EXPECT: orm_lookup a4->b4 lookup=user__email
