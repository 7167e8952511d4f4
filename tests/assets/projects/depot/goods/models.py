"""Goods, and labels on them."""

from django.db import models


class Label(models.Model):
    """A label."""

    text = models.CharField(max_length=100)


class Item(models.Model):
    """Something that is sold."""

    name = models.CharField(max_length=100)
    stock = models.IntegerField(default=0)
    labels = models.ManyToManyField(Label)
