# ALL EXPECTED
from django.db import models


class User(models.Model):
    email = models.EmailField()


class Badge(models.Model):
    """Only the new project has it."""

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE)  # EXPECT: foreign_key *->*
