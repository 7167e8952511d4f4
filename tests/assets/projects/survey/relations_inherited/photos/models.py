# ALL EXPECTED
import stamps.models
from django.db import models
from stamps.models import Timed
from writers.models import Writer


class Photo(stamps.models.Owned, Timed):
    pass


class BigPhoto(Photo):
    """Inherits a model of its own app: the field is the parent's, told there."""

    megabytes = models.IntegerField()


# Another app's model is given a field: it is photos that ties writers to stamps.
Writer.add_to_class("portrait", models.ForeignKey(Photo, null=True, on_delete=models.SET_NULL))  # EXPECT: foreign_key writers->photos source=writers.Writer.portrait target=photos.Photo
