# ALL EXPECTED
"""The public face of accounts: what it does with its own rows is its own affair."""
from functools import lru_cache

from accounts.models import User


def register(name):
    return User.objects.create_user(name)


def active_users():
    return User.objects.active()


def find(name) -> "User | None":
    return _find(name)


def _find(name):
    return User.objects.filter(username=name).first()


@lru_cache
def the_admin():
    return User.objects.get(username="admin")


def each_user():
    for user in User.objects.all():
        yield user


def names():
    return list(User.objects.values_list("username", flat=True))


def pair():
    return User.objects.first(), 3
