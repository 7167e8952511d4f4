# ALL EXPECTED
# Abstract bases: they have no table, so no relation stands here.
from django.db import models

from stamps.fields import WriterField


class Timed(models.Model):
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Owned(models.Model):
    owner = models.ForeignKey(
        "writers.Writer",
        on_delete=models.CASCADE,
        related_name="%(app_label)s_%(class)s_owned",
    )

    class Meta:
        abstract = True


class Edited(Timed):
    # Relative: resolved in the app of the model that inherits it.
    shelf = models.ForeignKey("Shelf", on_delete=models.PROTECT)
    edited_by = WriterField(related_name="+")

    class Meta(Timed.Meta):
        abstract = True


class Stamp(Timed):
    text = models.CharField(max_length=10)
