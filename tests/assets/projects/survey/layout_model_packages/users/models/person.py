# ALL EXPECTED
from django.db import models

__all__ = ["User", "make"]


class User(models.Model):
    email = models.EmailField()


class Hidden(models.Model):
    """A model, though no star exports it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)


def make():
    return User()
