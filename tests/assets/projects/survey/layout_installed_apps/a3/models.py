# ALL EXPECTED
from django.db import models

from b3.models import User


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="a3")  # EXPECT: foreign_key a3->b3 source=a3.Order.user target=b3.User on_delete=CASCADE
    status = models.CharField(max_length=10)


def emails():
    return User.objects.values_list("email", flat=True)  # EXPECT: model_access a3->b3 target=b3.User verb=read


def paid():
    return Order.objects.filter(user__email="x")  # EXPECT: orm_lookup a3->b3 lookup=user__email
