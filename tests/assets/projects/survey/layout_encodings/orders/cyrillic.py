#!/usr/bin/python
# vim: set fileencoding=koi8-r :
# ALL EXPECTED
from django.db import models

from users.models import User


class Shop(models.Model):
    """магазин"""

    user = models.ForeignKey(User, verbose_name="магазин", on_delete=models.CASCADE)  # EXPECT: foreign_key orders->users source=orders.Shop.user target=users.User on_delete=CASCADE


def count():
    return User.objects.filter(email="магазин").count()  # EXPECT: model_access orders->users target=users.User verb=read
