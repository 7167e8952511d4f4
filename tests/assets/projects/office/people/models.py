"""People, with a badge: a field that must have a value and has no default."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    badge = models.IntegerField()
