# ALL EXPECTED
# Abstract bases have no table: what they declare are relations of the models that inherit them.
from django.db import models

from stamps.fields import WriterField


class Timed(models.Model):
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Owned(models.Model):
    owner = models.ForeignKey(  # EXPECT: foreign_key articles->writers source=articles.Article.owner target=writers.Writer on_delete=CASCADE; foreign_key photos->writers source=photos.Photo.owner target=writers.Writer
        "writers.Writer",
        on_delete=models.CASCADE,
        related_name="%(app_label)s_%(class)s_owned",
    )

    class Meta:
        abstract = True


class Edited(Timed):
    # Relative: resolved in the app of the model that inherits it.
    shelf = models.ForeignKey("Shelf", on_delete=models.PROTECT)
    edited_by = WriterField(related_name="+")  # EXPECT: foreign_key articles->writers source=articles.Column.edited_by target=writers.Writer on_delete=SET_NULL null=True

    class Meta(Timed.Meta):
        abstract = True


class Stamp(Timed):
    text = models.CharField(max_length=10)
