# ALL EXPECTED
from django.db import models

from users.models import User


class Order(models.Model):
    """café"""

    user = models.ForeignKey(User, verbose_name="café", on_delete=models.CASCADE)  # EXPECT: foreign_key orders->users source=orders.Order.user target=users.User on_delete=CASCADE


def count():
    return User.objects.filter(email="café").count()  # EXPECT: model_access orders->users target=users.User verb=read
