"""People, and the branch each of them goes to."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Branch(models.Model):
    name = models.CharField(max_length=40)


class User(AbstractUser):
    branch = models.ForeignKey(Branch, null=True, blank=True, on_delete=models.SET_NULL)
    guardian = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    phone = models.CharField(max_length=20, blank=True)
    friends = models.ManyToManyField("self", blank=True)
    # The other way around than loans.Loan.user.
    last_loan = models.ForeignKey(
        "loans.Loan", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class Card(models.Model):
    """A library card: its key is a person's."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE)
    code = models.CharField(max_length=12, unique=True)
