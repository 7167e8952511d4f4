# ALL EXPECTED
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Tag(models.Model):
    # To any model at all: to none in particular.
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveIntegerField()
    thing = GenericForeignKey("content_type", "object_id")
    word = models.CharField(max_length=40)


class Label(models.Model):
    tags = GenericRelation(Tag)


class Tagged(models.Model):
    tags = GenericRelation("tags.Tag", related_query_name="%(class)s")  # EXPECT: generic_relation pictures->tags source=pictures.Picture.tags target=tags.Tag

    class Meta:
        abstract = True
