# ALL EXPECTED
from django.db import models

from b5.models import User


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="a5")  # EXPECT: foreign_key a5->b5 source=a5.Order.user target=b5.User on_delete=CASCADE
    status = models.CharField(max_length=10)


def emails():
    return User.objects.values_list("email", flat=True)  # EXPECT: model_access a5->b5 target=b5.User verb=read


def paid():
    return Order.objects.filter(user__email="x")  # EXPECT: orm_lookup a5->b5 lookup=user__email
