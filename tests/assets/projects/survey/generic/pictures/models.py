# ALL EXPECTED
from django.db import models

from tags.models import Tag, Tagged


class Picture(Tagged):
    pass


def of_posts():
    return Tag.objects.filter(post__title="x")  # EXPECT: model_access pictures->tags target=tags.Tag; orm_lookup pictures->posts lookup=post__title


def about(tag: Tag):
    return tag.thing.title
