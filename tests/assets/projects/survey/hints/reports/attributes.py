# ALL EXPECTED
"""Attributes of an object, set by `__init__`, by an annotation, by a dataclass."""
from dataclasses import dataclass

from accounts.models import User
from orders.models import Order


class Receipt:
    last: Order | None = None

    def __init__(self, order: Order, user):
        self.order = order
        self.user = user
        self.lines = order.lines.all()  # EXPECT: reverse_accessor reports->orders

    def text(self):
        return self.order.user.email  # EXPECT: model_access reports->accounts verb=read

    def sum(self):
        return self.lines.count()  # EXPECT: model_access reports->orders target=orders.Line verb=read

    def keep(self):
        self.last.save()  # EXPECT: model_access reports->orders target=orders.Order verb=update

    def unknown(self):
        return self.user.delete()


@dataclass
class Letter:
    user: User
    order: "Order | None" = None

    def send(self):
        self.user.save()  # EXPECT: model_access reports->accounts target=accounts.User verb=update


def use(pk):
    letter = Letter(user=User.objects.get(pk=pk))  # EXPECT: model_access reports->accounts verb=read
    letter.order = Order.objects.get(pk=pk)  # EXPECT: model_access reports->orders verb=read
    letter.order.delete()  # EXPECT: model_access reports->orders verb=delete cascades=orders.Line,orders.Note
    letter.user.delete()  # EXPECT: model_access reports->accounts verb=delete
    receipt = Receipt(letter.order, None)
    return receipt.order.user  # EXPECT: model_access reports->accounts verb=read
