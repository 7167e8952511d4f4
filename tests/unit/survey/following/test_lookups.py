"""Paths of lookups are resolved over the models, wherever they are written."""

import pytest
from tests.unit.survey.following.small_shop import told

from banyan.survey.facts import Kind


def lookups(body: str, file: str = "orders__services") -> set[str]:
    """``target lookup`` of the lookups that a file of orders makes."""
    found = told(**{file: body})
    return {f"{one.target} {one.lookup}" for one in found.couplings if one.kind is Kind.ORM_LOOKUP}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('Order.objects.filter(user__email="x")', {"users.User user__email"}),
        ('Order.objects.exclude(user__email__iexact="x")', {"users.User user__email"}),
        ('Order.objects.order_by("-user__email")', {"users.User user__email"}),
        ('Order.objects.values("user__email", "total")', {"users.User user__email"}),
        ('Order.objects.select_related("user")', {"users.User user"}),
        ('Order.objects.filter(Q(user__email="x") | ~Q(total=3))', {"users.User user__email"}),
        ('Order.objects.annotate(x=F("user__email"))', {"users.User user__email"}),
        ('Order.objects.annotate(n=Count("lines__product"))', set[str]()),
        ('Order.objects.annotate(n=Count("lines__product__name"))',
         {"catalogue.Product lines__product__name"}),
        ('Order.objects.filter(**{"user__email": "x"})', {"users.User user__email"}),
        ('Order.objects.filter(**dict(user__email="x"))', {"users.User user__email"}),
        ('Order.objects.prefetch_related(Prefetch("lines__product"))',
         {"catalogue.Product lines__product"}),
        ('get_object_or_404(Order, user__email="x")', {"users.User user__email"}),
        ('Line.objects.filter(order__user__team__name="x")',
         {"users.User order__user__team__name", "users.Team order__user__team__name"}),
        ("Order.objects.filter(user=3, user_id=3, user__isnull=True, user__in=[3])", set[str]()),
        ('dict(user__email="x")', set[str]()),
    ],
)  # fmt: skip
def test_a_path_is_told_for_each_model_that_it_needs(expression: str, expected: set[str]) -> None:
    assert lookups(f"\n    def asked():\n        return {expression}\n") == expected


def test_a_path_is_told_on_its_own_line_in_whatever_it_was_put() -> None:
    found = told(
        orders__services="""
    ORDERING = ["total", "user__email"]

    def asked(email=None):
        where = {"total": 3}
        if email:
            where["user__email"] = email
        where.update(user__team=3)
        return Order.objects.filter(**where).order_by(*ORDERING)
    """
    )
    assert found.lines("orders/services.py") == {
        'orm_lookup users.User user__email: ORDERING = ["total", "user__email"]',
        'orm_lookup users.User user__email: where["user__email"] = email',
        "orm_lookup users.User user__team: where.update(user__team=3)",
    }


def test_what_is_computed_or_leads_nowhere_is_unresolved() -> None:
    found = told(
        orders__services="""
    def asked(field, where):
        Line.objects.order_by(field)
        Line.objects.filter(**where)
        Line.objects.filter(ordre__total=3)
        Line.objects.annotate(n=Count("pk")).filter(n__gt=3)
    """
    )
    assert found.ends() == [
        "a path given to `.order_by()` is computed",
        "a path given to `.filter()` is computed",
        "orders.Line has nothing by the path `ordre__total`",
    ]
