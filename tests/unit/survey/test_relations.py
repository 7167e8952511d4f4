"""Relations are found in whatever words they are declared."""

from dataclasses import dataclass

import pytest
from tests.unit.survey.texts import codebase_of, graph_of

from banyan.survey.facts import Coupling, Unresolved
from banyan.survey.kinds.relations import relations
from banyan.survey.loading import ClassLoader
from banyan.survey.meanings import PythonModule

USERS = """
    from django.contrib.auth.models import AbstractUser
    from django.db import models
    class User(AbstractUser): pass
    class Owned(models.Model):
        owner = models.ForeignKey("users.User", models.PROTECT, related_name="%(class)ss")
        class Meta:
            abstract = True
"""
HEAD = """
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.db import models
    from django.db.models import ForeignKey as FK, CASCADE
    from users.models import User, Owned
    import users.models as people
"""


@dataclass(frozen=True)
class App:
    label: str
    path: str


def found(files: dict[str, str]) -> tuple[list[Coupling], list[Unresolved]]:
    """The relations between the apps of a project, an app for each folder."""
    codebase = codebase_of(files)
    labels = sorted({path.partition("/")[0] for path in files if "/" in path})
    loader = ClassLoader(
        [App(label, label) for label in labels], {"AUTH_USER_MODEL": "users.User"}.get
    )
    codebase.loaders.append(loader)

    def label_at(module: PythonModule) -> str | None:
        label = module.path.partition("/")[0]
        return label if label in labels else None

    graph, unresolved = graph_of(codebase, loader, label_at)
    return list(relations(graph, lambda model: model.app or None)), unresolved


def found_in(orders: str) -> list[str]:
    """The relations of the app ``orders``, in words."""
    files = {"users/models.py": USERS, "orders/models.py": HEAD + orders}
    return sorted(
        f"{one.source} {one.kind} {one.target}" for one in found(files)[0] if one.from_ == "orders"
    )


@pytest.mark.parametrize(
    "declared",
    [
        "models.ForeignKey(User, models.CASCADE)",
        "FK(to=people.User, on_delete=CASCADE)",
        "models.ForeignKey('users.User', models.CASCADE)",
        "models.ForeignKey('users.user', models.CASCADE)",
        "models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)",
        "models.ForeignKey(getattr(settings, 'AUTH_USER_MODEL', 'auth.User'), models.CASCADE)",
        "models.ForeignKey(get_user_model(), models.CASCADE)",
        "models.ForeignKey(USER, models.CASCADE)",
        "OwnKey(User, models.CASCADE)",
        "UserKey()",
        "UserKey(null=True)",
        "user_key(on_delete=models.CASCADE)",
        "PartialKey(on_delete=models.CASCADE)",
        "PartialCascade('users.User')",
    ],
)
def test_a_foreign_key_is_found(declared: str) -> None:
    assert found_in(f"""
    import functools
    USER = "users.User"
    class OwnKey(models.ForeignKey): pass
    class UserKey(models.ForeignKey):
        def __init__(self, *args, **kwargs):
            kwargs["to"] = settings.AUTH_USER_MODEL
            kwargs.setdefault("on_delete", models.CASCADE)
            super().__init__(*args, **kwargs)
    def user_key(**kwargs):
        return models.ForeignKey("users.User", **kwargs)
    PartialKey = functools.partial(models.ForeignKey, "users.User")
    PartialCascade = functools.partial(models.ForeignKey, on_delete=models.CASCADE)
    class Order(models.Model):
        user = {declared}
    """) == ["orders.Order.user foreign_key users.User"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("class Order(Owned): pass", ["orders.Order.owner foreign_key users.User"]),
        (
            "class Order(models.Model):\n        u = models.OneToOneField(User, models.CASCADE)",
            ["orders.Order.u one_to_one users.User"],
        ),
        (
            "class Order(models.Model):\n        u = models.ManyToManyField(User)",
            ["orders.Order.u many_to_many users.User"],
        ),
        ("class Staff(User): pass", ["orders.Staff model_inheritance users.User"]),
        (
            "class Order(models.Model): pass\n    Order.add_to_class('u', FK(User, CASCADE))",
            ["orders.Order.u foreign_key users.User"],
        ),
        (
            "class Order(models.Model): pass\n    FK(User).contribute_to_class(Order, 'u')",
            ["orders.Order.u foreign_key users.User"],
        ),
        (
            "class Order(models.Model):\n        User = models.ForeignKey(User, CASCADE)",
            ["orders.Order.User foreign_key users.User"],
        ),
        ("class Order(models.Model):\n        u = models.ForeignKey('auth.Group', CASCADE)", []),
        ("class Order(models.Model):\n        u = models.ForeignKey('self', CASCADE)", []),
        ("class Order(models.Model):\n        u = models.ForeignKey('Order', CASCADE)", []),
        ("class Order(Owned):\n        owner = None", []),
        ("class Order:\n        u = models.ForeignKey(User, CASCADE)", []),
    ],
)
def test_what_crosses_is_found_and_nothing_else(body: str, expected: list[str]) -> None:
    assert found_in(body) == expected


def test_a_relation_tells_what_it_does_to_rows() -> None:
    files = {
        "users/models.py": USERS,
        "orders/models.py": HEAD
        + """
    class Order(Owned):
        payer = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="paid")
        watchers = models.ManyToManyField(User, through="Watch")
    class Watch(models.Model):
        order = models.ForeignKey(Order, CASCADE)
        user = models.ForeignKey(User, on_delete=models.SET(0))
    """,
    }
    rows = {one.source: one for one in found(files)[0]}
    assert (rows["orders.Order.payer"].on_delete, rows["orders.Order.payer"].null) == (
        "SET_NULL",
        True,
    )
    assert rows["orders.Order.payer"].related_name == "paid"
    assert rows["orders.Watch.user"].on_delete == "SET"
    assert rows["orders.Order.watchers"].through == "orders.Watch"
    owner = rows["orders.Order.owner"]
    assert (owner.file, owner.inherited_from) == ("users/models.py", "users.models.Owned")
    assert owner.on_delete == "PROTECT"


def test_a_target_that_cannot_be_told_is_said() -> None:
    files = {
        "orders/models.py": HEAD
        + """
    class Order(models.Model):
        a = models.ForeignKey(choose(), CASCADE)
        b = models.ForeignKey("orders.Missing", CASCADE)
    """
    }
    couplings, unresolved = found(files)
    assert couplings == []
    assert [one.reason for one in unresolved] == [
        "orders.Order.a: the target is computed",
        "orders.Order.b: no model orders.Missing was found",
    ]
