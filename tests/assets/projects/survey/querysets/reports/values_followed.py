# ALL EXPECTED
"""The line that names the model is not the line that runs the SQL."""
from functools import partial

from django.core.paginator import Paginator
from django.utils.functional import SimpleLazyObject

from accounts.models import Team, User
from orders.models import Order


def in_a_variable():
    orders = Order.objects.filter(status="paid")  # EXPECT: model_access reports->orders verb=read
    orders = orders.exclude(total=0)  # EXPECT: model_access reports->orders verb=read
    for order in orders:  # MAY: model_access reports->orders
        print(order.total)  # MAY: model_access reports->orders


def the_class_in_a_variable(paid):
    model = Order
    if not paid:
        model = User
    return model.objects.count()  # EXPECT: model_access reports->orders; model_access reports->accounts


def the_manager_in_a_variable():
    manager = Team.teams  # MAY: model_access reports->accounts
    return manager.big()  # EXPECT: model_access reports->accounts target=accounts.Team


def on_either_side(old):
    if old:
        rows = Order.objects.filter(status="old")  # EXPECT: model_access reports->orders
    else:
        rows = Order.objects.none()  # MAY: model_access reports->orders
    return rows.count()  # EXPECT: model_access reports->orders verb=read


def from_a_conditional(old):
    rows = (Order if old else User).objects.all()  # EXPECT: model_access reports->orders; model_access reports->accounts
    return rows


def walrus():
    if (found := Order.objects.filter(status="late")).exists():  # EXPECT: model_access reports->orders verb=read
        found.update(status="lost")  # EXPECT: model_access reports->orders verb=update


def over_the_classes():
    for model in (Order, User):
        model.objects.all().delete()  # EXPECT: model_access reports->orders verb=delete; model_access reports->accounts verb=delete


def by_a_table_of_classes(name):
    models = {"order": Order, "user": User}
    return models[name].objects.count()  # EXPECT: model_access reports->orders; model_access reports->accounts


def the_name_is_taken_again():
    rows = Order.objects.all()  # EXPECT: model_access reports->orders
    rows = [1, 2, 3]
    return rows.count(1)


def within(rows):
    rows.filter(status="x")


def a_closure():
    rows = Order.objects.all()  # EXPECT: model_access reports->orders

    def inner():
        return rows.last()  # EXPECT: model_access reports->orders verb=read

    return inner


def by_getattr():
    return getattr(Order, "objects").count()  # EXPECT: model_access reports->orders verb=read


def with_a_context():
    with open("x") as rows:
        return rows.values()


def by_its_class(order: Order):
    type(order).objects.count()  # EXPECT: model_access reports->orders verb=read
    order.__class__.objects.count()  # EXPECT: model_access reports->orders verb=read
    return order._meta.model.objects.count()  # EXPECT: model_access reports->orders verb=read


def by_partial():
    find = partial(Order.objects.get, status="paid")  # EXPECT: model_access reports->orders
    return find(pk=3).user.email  # MAY: model_access reports->accounts


def lazily():
    user = SimpleLazyObject(lambda: User.objects.get(pk=1))  # EXPECT: model_access reports->accounts verb=read
    return user


def paged(request):
    page = Paginator(Order.objects.order_by("pk"), 10).get_page(1)  # EXPECT: model_access reports->orders verb=read
    for order in page:
        print(order.user.email)  # MAY: model_access reports->accounts


def deleted_in_a_loop():
    rows = Order.objects.filter(status="old")[:100]  # EXPECT: model_access reports->orders verb=read
    while rows:  # MAY: model_access reports->orders
        for row in rows:  # MAY: model_access reports->orders
            row.delete()  # EXPECT: model_access reports->orders verb=delete
        rows = None


class Totals:
    queryset = Order.objects.filter(status="paid")  # EXPECT: model_access reports->orders verb=read
    model = User  # MAY: model_access reports->accounts

    def total(self):
        return self.queryset.count()  # EXPECT: model_access reports->orders verb=read

    def of_the_class(self):
        return self.model.objects.count()  # EXPECT: model_access reports->accounts target=accounts.User verb=read

    @classmethod
    def of_all(cls):
        return cls.queryset.all()  # EXPECT: model_access reports->orders verb=read


class PaidTotals(Totals):
    queryset = Totals.queryset.exclude(total=0)  # EXPECT: model_access reports->orders verb=read
