# ALL EXPECTED
from django.db import models


class Named(models.Model):
    name = models.CharField(max_length=40)

    class Meta:
        abstract = True


class Animal(Named):
    weight = models.FloatField(default=0)

    def feed(self):
        self.weight += 1
        self.save()


class Tame(Animal):
    pass


class Feeding:
    """No model."""
