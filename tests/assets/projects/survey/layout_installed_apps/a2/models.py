# ALL EXPECTED
from django.db import models

from b2.models import User


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="a2")  # EXPECT: foreign_key a2->b2 source=a2.Order.user target=b2.User on_delete=CASCADE
    status = models.CharField(max_length=10)


def emails():
    return User.objects.values_list("email", flat=True)  # EXPECT: model_access a2->b2 target=b2.User verb=read


def paid():
    return Order.objects.filter(user__email="x")  # EXPECT: orm_lookup a2->b2 lookup=user__email
