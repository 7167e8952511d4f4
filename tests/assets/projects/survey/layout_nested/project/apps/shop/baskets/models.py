# ALL EXPECTED
from django.db import models

from project.apps.shop.wishes.models import User


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="baskets")  # EXPECT: foreign_key baskets->wishes source=baskets.Order.user target=wishes.User on_delete=CASCADE
    status = models.CharField(max_length=10)


def emails():
    return User.objects.values_list("email", flat=True)  # EXPECT: model_access baskets->wishes target=wishes.User verb=read


def paid():
    return Order.objects.filter(user__email="x")  # EXPECT: orm_lookup baskets->wishes lookup=user__email
