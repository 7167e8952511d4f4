# ALL EXPECTED
from django.conf import settings
from django.db import models

from photos import get_image_model, get_image_model_string

IMAGE = getattr(settings, "PHOTOS_IMAGE_MODEL", "photos.Image")


class Wall(models.Model):
    first = models.ForeignKey(IMAGE, on_delete=models.CASCADE, related_name="+")  # EXPECT: foreign_key gallery->own source=gallery.Wall.first target=own.Picture
    second = models.ForeignKey(get_image_model_string(), models.CASCADE, related_name="+")  # EXPECT: foreign_key gallery->own source=gallery.Wall.second target=own.Picture
    others = models.ManyToManyField(get_image_model())  # EXPECT: many_to_many gallery->own target=own.Picture; MAY: get_model gallery->own


def titles():
    Image = get_image_model()  # MAY: get_model gallery->own
    return Image.objects.values_list("title")  # EXPECT: model_access gallery->own target=own.Picture verb=read
