# ALL EXPECTED
from django.db import models

from stamps import fields as own_fields
from stamps.fields import CascadeKey as Key, LooseKey
from stamps.mixins import Stamped
from stamps.models import Edited, Owned
from writers.models import Publisher, Writer

from .bases import Piece


class Shelf(models.Model):
    name = models.CharField(max_length=10)


class Article(Stamped, Piece):
    publisher = models.ForeignKey(Publisher, models.CASCADE)  # EXPECT: foreign_key articles->writers source=articles.Article.publisher target=writers.House


class Column(Edited):
    author = Key(Writer)  # EXPECT: foreign_key articles->writers source=articles.Column.author on_delete=CASCADE
    second = LooseKey("writers.Writer", related_name="seconds", null=True)  # EXPECT: foreign_key articles->writers source=articles.Column.second null=True related_name=seconds
    third = own_fields.CascadeKey(to=Writer, related_name="+")  # EXPECT: foreign_key articles->writers source=articles.Column.third


class Note(Owned):  # EXPECT-NONE
    # The inherited field is taken away, as Django allows.
    owner = None


class Letter(Owned):
    # The inherited field is written over.
    owner = models.ForeignKey("stamps.Stamp", models.CASCADE)  # EXPECT: foreign_key articles->stamps source=articles.Letter.owner


def add_fields(model):
    model.add_to_class("ghost", models.ForeignKey("writers.Writer", models.CASCADE, related_name="+"))  # MAY: foreign_key articles->writers


Shelf.add_to_class("keeper", models.ForeignKey(Writer, models.PROTECT, related_name="shelves"))  # EXPECT: foreign_key articles->writers source=articles.Shelf.keeper on_delete=PROTECT
models.ForeignKey(Writer, models.CASCADE, related_name="+").contribute_to_class(Shelf, "founder")  # EXPECT: foreign_key articles->writers source=articles.Shelf.founder
