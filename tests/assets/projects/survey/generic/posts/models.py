# ALL EXPECTED
from django.contrib.contenttypes import fields, generic as old_generic
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from tags.fields import TagsField
from tags.models import Tag


class Post(models.Model):
    title = models.CharField(max_length=40)
    tags = GenericRelation(Tag, related_query_name="post")  # EXPECT: generic_relation posts->tags source=posts.Post.tags target=tags.Tag


class Page(models.Model):
    tags = fields.GenericRelation(  # EXPECT: generic_relation posts->tags source=posts.Page.tags target=tags.Tag
        "tags.Tag",
        content_type_field="content_type",
    )


class Old(models.Model):
    tags = old_generic.GenericRelation("tags.Tag")  # EXPECT: generic_relation posts->tags source=posts.Old.tags


class Short(models.Model):
    tags = TagsField()  # EXPECT: generic_relation posts->tags source=posts.Short.tags target=tags.Tag


def words(post: Post):
    return post.tags.values_list("word")  # EXPECT: model_access posts->tags target=tags.Tag verb=read


def by_word():
    return Post.objects.filter(tags__word="x")  # EXPECT: orm_lookup posts->tags lookup=tags__word
