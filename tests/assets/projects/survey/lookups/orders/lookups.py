# ALL EXPECTED
"""Paths that leave the app, told on the line of the path itself."""
from functools import reduce
from operator import or_

from django.db.models import Avg, Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Lower

from accounts.models import User
from orders.models import Line, Note, Order

BY_CITY = Q(user__profile__city="Ghent")  # MAY: orm_lookup orders->accounts
VIPS = Q(user__username__startswith="v") & ~Q(user__is_active=False)  # EXPECT: orm_lookup orders->accounts lookup=user__is_active; orm_lookup orders->accounts
ORDERING = ("-user__date_joined", "pk")  # EXPECT: orm_lookup orders->accounts lookup=user__date_joined
FIELDS = ["status", "user__email"]  # EXPECT: orm_lookup orders->accounts lookup=user__email


def plain():
    return Order.objects.filter(user__email="x@y.z")  # EXPECT: orm_lookup orders->accounts source=orders.lookups.plain lookup=user__email


def with_a_lookup_type():
    return Order.objects.exclude(user__email__iendswith="@y.z")  # EXPECT: orm_lookup orders->accounts


def two_steps():
    return Line.objects.get(order__user__team__name="x")  # EXPECT: orm_lookup orders->accounts lookup=order__user__team__name


def own_steps_only():
    return Line.objects.filter(order__status="paid", order__user=3, order__user_id=4, product_id__in=[1])


def over_several_lines():
    return (
        Order.objects.filter(
            status="paid",
            user__email__iendswith="x",  # EXPECT: orm_lookup orders->accounts
        )
        .exclude(
            user__is_active=False  # EXPECT: orm_lookup orders->accounts lookup=user__is_active
        )
        .order_by(
            "user__username",  # EXPECT: orm_lookup orders->accounts lookup=user__username
            "-lines__product__price",  # EXPECT: orm_lookup orders->catalogue lookup=lines__product__price
        )
    )


def through_a_reverse_name():
    return Order.objects.filter(lines__product__name="x", note__author__username="y")  # EXPECT: orm_lookup orders->catalogue lookup=lines__product__name; orm_lookup orders->accounts lookup=note__author__username


def values():
    return Order.objects.values("user__email", "total")  # EXPECT: orm_lookup orders->accounts lookup=user__email


def values_list():
    return Line.objects.values_list("product__category__name", flat=True)  # EXPECT: orm_lookup orders->catalogue lookup=product__category__name


def named_values():
    return Order.objects.values(name=F("user__username"), low=Lower("user__email"))  # EXPECT: orm_lookup orders->accounts lookup=user__username; orm_lookup orders->accounts lookup=user__email


def annotated():
    return Order.objects.annotate(
        city=F("user__profile__city"),  # EXPECT: orm_lookup orders->accounts lookup=user__profile__city
        price=Coalesce(Sum("lines__product__price"), Sum("total")),  # EXPECT: orm_lookup orders->catalogue lookup=lines__product__price
        count=Count("lines", filter=Q(lines__product__price__gt=3)),  # EXPECT: orm_lookup orders->catalogue
        kind=Case(
            When(user__is_staff=True, then=Value("staff")),  # EXPECT: orm_lookup orders->accounts lookup=user__is_staff
            default=Value("guest"),
        ),
    ).filter(city="Ghent")


def aggregated():
    return Line.objects.aggregate(Avg("product__price"))  # EXPECT: orm_lookup orders->catalogue lookup=product__price


def joined():
    return Order.objects.select_related("user__team").prefetch_related("lines__product")  # EXPECT: orm_lookup orders->accounts lookup=user__team; orm_lookup orders->catalogue lookup=lines__product


def joined_directly():
    return Order.objects.select_related("user")  # EXPECT: orm_lookup orders->accounts lookup=user


def only():
    return Order.objects.select_related("user").only("total", "user__email")  # EXPECT: orm_lookup orders->accounts lookup=user; orm_lookup orders->accounts lookup=user__email


def deferred():
    return Order.objects.select_related("user").defer("user__password")  # EXPECT: orm_lookup orders->accounts lookup=user; orm_lookup orders->accounts lookup=user__password


def distinct():
    return Order.objects.order_by("user__email").distinct("user__email")  # EXPECT: orm_lookup orders->accounts lookup=user__email


def dates():
    return Order.objects.dates("user__date_joined", "month")  # EXPECT: orm_lookup orders->accounts lookup=user__date_joined


def prefetched():
    return Order.objects.prefetch_related(
        Prefetch("lines__product__watchers", queryset=User.objects.active()),  # EXPECT: orm_lookup orders->catalogue; orm_lookup orders->accounts lookup=lines__product__watchers; model_access orders->accounts target=accounts.User verb=read
        Prefetch("lines", queryset=Line.objects.select_related("product"), to_attr="rows"),  # EXPECT: orm_lookup orders->catalogue lookup=product
    )


def by_a_dict(email):
    return Order.objects.filter(**{"user__email": email})  # EXPECT: orm_lookup orders->accounts lookup=user__email


def by_a_dict_made_before(email=None):
    where = {"status": "paid"}
    if email:
        where["user__email"] = email  # EXPECT: orm_lookup orders->accounts lookup=user__email
    where.update(user__is_active=True)  # EXPECT: orm_lookup orders->accounts lookup=user__is_active
    return Order.objects.filter(**where)


def by_dict_of_keywords(email):
    where = dict(user__email=email)  # EXPECT: orm_lookup orders->accounts lookup=user__email
    return Order.objects.filter(**where)


def by_an_f_string(field):
    return Order.objects.filter(**{f"user__{field}": 1})  # EXPECT: orm_lookup orders->accounts


def by_a_name_unknown(field, value):
    return Order.objects.filter(**{field: value})  # UNRESOLVED: path|lookup|name


def by_q_elsewhere():
    return Order.objects.filter(VIPS)


def by_q_made_before():
    where = Q(status="paid")
    where &= Q(user__is_staff=True)  # EXPECT: orm_lookup orders->accounts lookup=user__is_staff
    where.add(Q(("user__email", "x")), Q.OR)  # EXPECT: orm_lookup orders->accounts lookup=user__email
    return Order.objects.filter(where)


def by_reduce(names):
    return Order.objects.filter(reduce(or_, (Q(user__username=name) for name in names)))  # EXPECT: orm_lookup orders->accounts lookup=user__username


def by_stars():
    return Order.objects.order_by(*ORDERING).values(*FIELDS)


def compared():
    return Order.objects.filter(total__gt=F("lines__product__price"))  # EXPECT: orm_lookup orders->catalogue lookup=lines__product__price


def by_subquery():
    newest = User.objects.filter(pk=OuterRef("user_id")).order_by("-pk")  # EXPECT: model_access orders->accounts target=accounts.User
    return Order.objects.annotate(
        email=Subquery(newest.values("email")[:1]),  # EXPECT: model_access orders->accounts
        noted=Exists(Note.objects.filter(order=OuterRef("pk"), author__is_staff=True)),  # EXPECT: orm_lookup orders->accounts lookup=author__is_staff
        staff=Exists(User.objects.filter(team=OuterRef("user__team"))),  # EXPECT: model_access orders->accounts; orm_lookup orders->accounts lookup=user__team
    )


def trimmed():
    # Django asks the key's own column: no join.
    return Order.objects.filter(user__isnull=True), Order.objects.filter(user__in=[1]), Order.objects.values("user")


def by_the_key():
    # Django makes no join of it, but it names the other's column.
    return Order.objects.filter(user__id=3), Order.objects.filter(user__pk__in=[3])  # MAY: orm_lookup orders->accounts


def get_or_create():
    return Order.objects.get_or_create(user__email="x", defaults={"status": "new"})  # EXPECT: orm_lookup orders->accounts lookup=user__email


def json_and_dates():
    # Not relations: transforms of the app's own columns.
    return Order.objects.filter(status__in=["x"], total__gte=3, pk__in=[1])


def of_instances(order):
    # Nobody says that these are querysets.
    return order.filter(user__email="x"), dict(user__email="x"), sorted([], key="user__email")
