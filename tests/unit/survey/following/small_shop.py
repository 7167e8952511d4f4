"""A small shop of three apps, to which a test adds files, and what following tells of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tests.unit.survey.texts import codebase_of, directory_of, graph_of

from banyan.survey.consulted import Changed
from banyan.survey.facts import Coupling, Unresolved
from banyan.survey.following import FlowKey, Flows, Follower, History, Parcels, Rounds, Stale
from banyan.survey.following.walking import Walker
from banyan.survey.loading import ClassLoader

USERS = """
    from django.contrib.auth.models import AbstractUser
    from django.db import models

    class UserQuerySet(models.QuerySet):
        def active(self):
            return self.filter(is_active=True)

    class Team(models.Model):
        name = models.TextField()
        teams = UserQuerySet.as_manager()

    class User(AbstractUser):
        team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL)
        people = models.Manager.from_queryset(UserQuerySet)()
"""
CATALOGUE = """
    from django.conf import settings
    from django.db import models

    class Product(models.Model):
        name = models.TextField()
        watchers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="watched")
"""
ORDERS = """
    from django.conf import settings
    from django.db import models

    class Order(models.Model):
        user = models.ForeignKey(
            settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="orders")
        total = models.IntegerField()

    class Line(models.Model):
        order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
        product = models.ForeignKey("catalogue.Product", null=True, on_delete=models.SET_NULL)
"""
HEAD = """
    from django.db import models, transaction
    from django.db.models import Count, F, Prefetch, Q
    from django.shortcuts import get_object_or_404, render
    from users.models import Team, User
    from catalogue.models import Product
    from orders.models import Line, Order
"""
APPS = ("users", "catalogue", "orders", "reports")


@dataclass(frozen=True)
class App:
    """An app in a folder of its own name."""

    label: str

    @property
    def path(self) -> str:
        return self.label


class Territory:
    """Each app is a module."""

    def module_at(self, path: str) -> str | None:
        return self.module(path.partition("/")[0])

    def module(self, label: str) -> str | None:
        return label if label in APPS else None

    def home(self, label: str, path: str) -> str | None:
        return self.module(label)


@dataclass(frozen=True)
class Told:
    """What was told of a project, each with the text of its line."""

    couplings: tuple[Coupling, ...]
    unresolved: tuple[Unresolved, ...]
    files: Mapping[str, str]

    def lines(self, file: str = "reports/views.py") -> set[str]:
        """``kind target verb-or-lookup: text of the line`` of the couplings of a file."""
        return {
            f"{one.kind} {one.target} {one.verb or one.lookup}: {self._text(one)}"
            for one in self.couplings
            if one.file == file
        }

    def ends(self) -> list[str]:
        """The reasons why following ended."""
        return [one.reason for one in self.unresolved]

    def _text(self, one: Coupling) -> str:
        return self.files[one.file].split("\n")[one.line - 1].strip()


def gather(follower: Follower, paths: Collection[str], *, anew: bool = False) -> None:
    """Let it be known what functions are given, the files gone through in this order.

    Args:
        anew: whether all is forgotten after each round that was found out in it.
    """

    def forget(_entered: object, changed: Collection[FlowKey]) -> None:
        follower.walker.forget(changed)
        if anew:
            follower.walker = follower.world.interpreter = Walker(follower.world)

    follower.know()
    parcels = Parcels(follower.world)
    nothing = Flows(follower.world.codebase.consulted)
    rounds = Rounds(follower.world.flows, parcels, nothing, History([], []), Stale(Changed(())))
    rounds.run(
        list(paths),
        lambda number, some: [
            (path, follower.gathered(parcels, number, path)) for path in paths if path in some
        ],
        forget,
    )


def told(views: str = "", user: str = "users.User", **others: str) -> Told:
    """What following tells of the shop with ``reports/views.py`` and other files.

    Args:
        others: texts of further files, ``orders__services`` for ``orders/services.py``.
    """
    return _told(_shop(views, others), user)


def told_backwards(**others: str) -> Told:
    """The same, the files gone through in the opposite order."""
    return _told(dict(reversed(_shop("", others).items())), "users.User")


def told_anew(**others: str) -> Told:
    """The same, all functions gone through anew whenever more is known of what some are given."""
    return _told(_shop("", others), "users.User", anew=True)


def _shop(views: str, others: Mapping[str, str]) -> dict[str, str]:
    files = {
        "users/models.py": USERS,
        "catalogue/models.py": CATALOGUE,
        "orders/models.py": ORDERS,
        "reports/models.py": "",
        "reports/views.py": HEAD + views,
    }
    for name, text in others.items():
        files[name.replace("__", "/") + ".py"] = HEAD + text
    files |= {f"{label}/__init__.py": "" for label in APPS}
    return dict(sorted(files.items()))


def _told(files: Mapping[str, str], user: str, *, anew: bool = False) -> Told:
    codebase = codebase_of(files)
    loader = ClassLoader(map(App, APPS), lambda name: user if name == "AUTH_USER_MODEL" else None)
    codebase.loaders.append(loader)
    graph, _ = graph_of(codebase, loader, lambda module: module.path.partition("/")[0])
    follower = Follower(directory_of(codebase), graph, Territory(), user)
    gather(follower, files, anew=anew)
    found = [each for path in files for each in follower.follow(path)]
    return Told(
        tuple(each for each in found if isinstance(each, Coupling)),
        tuple(each for each in found if isinstance(each, Unresolved)),
        files,
    )
