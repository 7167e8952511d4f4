"""Who has what."""

from django.conf import settings
from django.db import models


class Loan(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    title = models.ForeignKey("catalogue.Title", null=True, on_delete=models.SET_NULL)
    edition = models.ForeignKey(
        "catalogue.Title", to_field="isbn", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    card = models.ForeignKey("people.Card", null=True, on_delete=models.SET_NULL)
    number = models.CharField(max_length=12, unique=True)
    labels = models.ManyToManyField("catalogue.Label", blank=True)
    watchers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")


class Fine(models.Model):
    loan = models.ForeignKey(Loan, on_delete=models.CASCADE)
    cents = models.PositiveIntegerField()
