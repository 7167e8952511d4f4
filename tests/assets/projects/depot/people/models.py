"""People, who belong to firms."""

from django.db import models


class Firm(models.Model):
    """A firm."""

    name = models.CharField(max_length=100)


class Person(models.Model):
    """A person; the table has a name of its own."""

    name = models.CharField(max_length=100)
    firm = models.ForeignKey(Firm, models.CASCADE, null=True)

    class Meta:
        db_table = "staff"


class Nobody(Person):
    """A proxy has no table."""

    class Meta:
        proxy = True
