# ALL EXPECTED
from django.db import models

from photos import get_image_model_string


class AbstractImage(models.Model):
    title = models.TextField()

    class Meta:
        abstract = True


class Image(AbstractImage):
    class Meta:
        swappable = "PHOTOS_IMAGE_MODEL"


class Use(models.Model):
    image = models.ForeignKey(get_image_model_string(), on_delete=models.CASCADE)  # EXPECT: foreign_key photos->own source=photos.Use.image target=own.Picture
