# ALL EXPECTED, code too
from django.db import models

from shop.money import euros

KINDS = ["a", "b"]


class User(models.Model):
    name = models.CharField(max_length=40)


class Team(models.Model):
    name = models.CharField(max_length=40)
