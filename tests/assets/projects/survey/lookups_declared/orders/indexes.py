# ALL EXPECTED
from django.db import models


class Offer(models.Model):
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, limit_choices_to={"team__size__gt": 3})  # EXPECT: foreign_key orders->accounts; MAY: orm_lookup orders->accounts
    number = models.IntegerField()

    class Meta:
        # Constraints and indexes name the app's own columns.
        ordering = ["user__username", "number"]  # EXPECT: orm_lookup orders->accounts lookup=user__username
        unique_together = [("user", "number")]
        indexes = [models.Index(fields=["user", "number"])]
        constraints = [models.UniqueConstraint(fields=["user"], name="one")]
