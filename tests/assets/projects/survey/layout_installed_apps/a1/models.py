# ALL EXPECTED
from django.db import models

from b1.models import User


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="a1")  # EXPECT: foreign_key a1->b1 source=a1.Order.user target=b1.User on_delete=CASCADE
    status = models.CharField(max_length=10)


def emails():
    return User.objects.values_list("email", flat=True)  # EXPECT: model_access a1->b1 target=b1.User verb=read


def paid():
    return Order.objects.filter(user__email="x")  # EXPECT: orm_lookup a1->b1 lookup=user__email
