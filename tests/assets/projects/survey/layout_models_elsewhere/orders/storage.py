# ALL EXPECTED
from django.db import models

from users.tokens.tables import Token


class Order(models.Model):
    user = models.ForeignKey("users.User", on_delete=models.CASCADE)  # EXPECT: foreign_key orders->users source=orders.Order.user target=users.User
    token = models.ForeignKey(Token, on_delete=models.CASCADE)  # EXPECT: foreign_key orders->users source=orders.Order.token target=users.Token


def tokens():
    return Token.objects.filter(word="x").delete()  # EXPECT: model_access orders->users target=users.Token verb=delete


def make(name):
    """A model made by `type`."""
    return type(name, (models.Model,), {"__module__": __name__})


def bought():
    class Bought(models.Model):
        user = models.ForeignKey("users.User", on_delete=models.CASCADE)  # MAY: foreign_key orders->users source=orders.Bought.user

    return Bought
