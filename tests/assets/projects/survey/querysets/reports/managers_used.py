# ALL EXPECTED
from accounts.models import Team, User
from catalogue import models as catalogue_models
from catalogue.models import Product
from orders.models import Line, Order


def all_of_them():
    return Order.objects.all()  # EXPECT: model_access reports->orders target=orders.Order verb=read


def by_the_default_manager(pk):
    return Order._default_manager.get(pk=pk)  # EXPECT: model_access reports->orders target=orders.Order verb=read


def by_the_base_manager():
    return Order._base_manager.count()  # EXPECT: model_access reports->orders verb=read


def by_a_renamed_manager():
    return list(Team.teams.big())  # EXPECT: model_access reports->accounts target=accounts.Team verb=read


def by_a_second_manager():
    return User.everyone.exists()  # EXPECT: model_access reports->accounts target=accounts.User verb=read


def by_a_method_of_the_manager():
    return User.objects.newest()  # EXPECT: model_access reports->accounts target=accounts.User verb=read


def by_a_method_of_the_queryset(name):
    return User.objects.filter(is_staff=True).named(name)  # EXPECT: model_access reports->accounts target=accounts.User verb=read


def through_a_module():
    return catalogue_models.Category.objects.values_list("name", flat=True)  # EXPECT: model_access reports->catalogue target=catalogue.Category verb=read


def over_several_lines():
    return (
        Order.objects
        .filter(status="paid")
        .exclude(total=0)
        .order_by("-total")
        .first()  # EXPECT: model_access reports->orders target=orders.Order verb=read
    )


def with_the_call_over_several_lines():
    return Order.objects.filter(  # EXPECT: model_access reports->orders verb=read
        status__in=[
            "paid",
            "sent",
        ],
    )


def with_backslashes():
    return Product.objects \
        .filter(price__gt=10) \
        .count()  # EXPECT: model_access reports->catalogue target=catalogue.Product verb=read


def two_on_one_line():
    return Order.objects.count(), Product.objects.count()  # EXPECT: model_access reports->orders; model_access reports->catalogue


def one_within_the_other():
    return Order.objects.filter(  # EXPECT: model_access reports->orders target=orders.Order
        pk__in=Line.objects.filter(quantity=1),  # EXPECT: model_access reports->orders target=orders.Line
        user__in=User.objects.active(),  # EXPECT: model_access reports->accounts target=accounts.User
    )


def a_union():
    return User.objects.active() | User.everyone.filter(is_staff=True)  # EXPECT: model_access reports->accounts


def sliced():
    return User.objects.order_by("username")[:10]  # EXPECT: model_access reports->accounts verb=read


def on_another_database():
    return User.objects.using("replica").get(pk=1)  # EXPECT: model_access reports->accounts verb=read


async def awaited(pk):
    async for order in Order.objects.filter(status="paid"):  # EXPECT: model_access reports->orders verb=read
        print(order)
    return await Order.objects.aget(pk=pk)  # EXPECT: model_access reports->orders verb=read


def only_if_missing(pk):
    try:
        return Order.objects.get(pk=pk)  # EXPECT: model_access reports->orders verb=read
    except Order.DoesNotExist:  # EXPECT-NONE
        return None


def aggregated():
    from django.db.models import Sum

    return Order.objects.aggregate(sum=Sum("total"))["sum"]  # EXPECT: model_access reports->orders verb=read


def latest():
    return Order.objects.latest("pk")  # EXPECT: model_access reports->orders verb=read


def of_the_table_between():
    return Product.watchers.through.objects.filter(user_id=3).delete()  # EXPECT: model_access reports->catalogue verb=delete


def joined_all():
    return Order.objects.select_related().first()  # EXPECT: model_access reports->orders verb=read; MAY: orm_lookup reports->accounts


def told_of_the_class():
    # Its description, and none of its rows.
    return Order._meta.get_field("user").null, Order._meta.label, Order.__doc__, User.USERNAME_FIELD


class Choice:
    def __init__(self, field):
        field.queryset = User.objects.filter(is_staff=True)  # EXPECT: model_access reports->accounts verb=read
        self.field = field


def with_keywords_only(data):
    return Order.objects.create(**data)  # EXPECT: model_access reports->orders verb=create


def decorated_by_a_condition(request):
    orders = Order.objects.filter(status="paid") if request else Order.objects.all()  # EXPECT: model_access reports->orders verb=read
    return orders.count() if orders else None  # EXPECT: model_access reports->orders verb=read


def in_a_dict():
    return {"orders": Order.objects.count(), "users": User.objects.count()}  # EXPECT: model_access reports->orders verb=read; model_access reports->accounts verb=read


def in_a_default(options):
    return options.get("orders") or Order.objects.none()  # MAY: model_access reports->orders


def in_an_assertion():
    assert not Order.objects.filter(status="lost").exists()  # EXPECT: model_access reports->orders verb=read


def yielded():
    yield from Order.objects.iterator(chunk_size=100)  # EXPECT: model_access reports->orders verb=read


def in_a_lambda():
    return lambda pk: Order.objects.get(pk=pk)  # EXPECT: model_access reports->orders


def as_a_default(orders=Order.objects.none()):  # MAY: model_access reports->orders
    return orders


LIMIT = Order.objects.count  # MAY: model_access reports->orders
