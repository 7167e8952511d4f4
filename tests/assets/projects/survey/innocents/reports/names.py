# ALL EXPECTED
"""Names that look like those of models and are none."""
from collections import Counter, namedtuple
from dataclasses import dataclass

from orders.models import Order as _RealOrder  # imported, never asked


class User:
    """A class of this file, of the name of a model elsewhere."""

    objects = []

    def __init__(self, email=""):
        self.email = email
        self.orders = []

    def save(self):
        return self

    def delete(self):
        return self


class Product:
    class objects:
        @staticmethod
        def filter(**kwargs):
            return kwargs


Team = namedtuple("Team", "name members")


@dataclass
class Line:
    order: int
    product: "Product"


def of_a_class_here():
    user = User("x")
    user.save()
    user.orders.append(3)
    User().delete()
    return Product.objects.filter(user__email="x"), Team("x", []).members


def of_a_name_taken_away(Order):
    return Order.objects.filter(user__email="x")


def of_builtins(values):
    order = {"user": {"email": "x"}}
    order.get("user").update(email="y")
    list(filter(None, values))
    Counter(values).update(values)
    return [value.user.email for value in values]


def of_an_annotation_of_this_file(user: User, line: Line):
    user.save()
    return line.order.user, line.product.category


def of_text():
    """accounts.User.objects.all()"""
    return "accounts.User", "orders.Order", "SELECT * FROM orders_order", "user__email"


def of_keywords(user__email=None, **where):
    of_keywords(user__email="x")
    return dict(user__email=user__email), where


def shadowed():
    from orders.models import Order

    Order = User
    return Order("x").save()


def unreachable_names():
    orders = User("x")
    for orders in range(3):
        orders.bit_length()
    return orders


class Manager:
    def filter(self, **kwargs):
        return self

    create = update = delete = get = filter


def of_a_manager_of_people():
    manager = Manager()
    manager.filter(user__email="x").delete()
    return manager.create(user=3)


class Command:
    def get_model(self, label, name=None):
        return self

    def receiver(self, signal, sender=None):
        return lambda function: function

    def reverse(self, name):
        return name


command = Command()


@command.receiver("post_save", sender=_RealOrder)
def heard(sender):
    return command.get_model("orders", "Order").reverse("accounts:login")


def reverse(name):
    return name[::-1]


def of_a_reverse_here():
    return reverse("accounts:login")


def only_the_class():
    # Nothing is asked of its table.
    return isinstance(3, _RealOrder), _RealOrder.__name__, issubclass(_RealOrder, object), _RealOrder._meta.verbose_name


def the_errors():
    try:
        raise ValueError
    except (_RealOrder.DoesNotExist, _RealOrder.MultipleObjectsReturned):
        return None
