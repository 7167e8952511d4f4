"""Titles, and what is said about them."""

from django.conf import settings
from django.db import models


class Label(models.Model):
    name = models.CharField(max_length=40)


class Title(models.Model):
    name = models.CharField(max_length=80)
    isbn = models.CharField(max_length=17, unique=True)
    shelf = models.CharField(max_length=8, blank=True)
    labels = models.ManyToManyField(Label, blank=True)
    fans = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    # The other way around than loans.Loan.title.
    newest_loan = models.ForeignKey(
        "loans.Loan", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["name", "shelf"], name="catalogue_name_shelf")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="catalogue_named"),
        ]
