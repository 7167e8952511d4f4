# ALL EXPECTED
"""The line that names the model is not the line that runs the SQL."""
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
