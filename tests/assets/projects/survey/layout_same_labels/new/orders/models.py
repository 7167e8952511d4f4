# ALL EXPECTED
from django.db import models

from users.models import User


class Order(models.Model):
    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="orders")  # EXPECT: foreign_key *->* on_delete=CASCADE
    status = models.CharField(max_length=10)


def emails():
    return User.objects.values_list("email", flat=True)  # EXPECT: model_access *->* verb=read


def paid():
    return Order.objects.filter(user__email="x")  # EXPECT: orm_lookup *->* lookup=user__email
