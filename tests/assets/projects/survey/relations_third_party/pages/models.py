# ALL EXPECTED
"""Fields of libraries that are subclasses of Django's, and are not in this tree."""
from annoying.fields import AutoOneToOneField
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from mptt.models import MPTTModel, TreeForeignKey
from phonenumber_field.modelfields import PhoneNumberField
from simple_history.models import HistoricalRecords
from smart_selects.db_fields import ChainedForeignKey
from sortedm2m.fields import SortedManyToManyField
from taggit.managers import TaggableManager
from wagtail.models import Page

from people.models import Author


class Chapter(MPTTModel):
    parent = TreeForeignKey("self", null=True, on_delete=models.CASCADE)
    author = TreeForeignKey(Author, null=True, on_delete=models.SET_NULL)  # EXPECT: foreign_key pages->people source=pages.Chapter.author target=people.Author on_delete=SET_NULL null=True
    phone = PhoneNumberField()
    tags = TaggableManager()
    history = HistoricalRecords()


class Story(ClusterableModel, Page):
    author = ParentalKey("people.Author", on_delete=models.CASCADE, related_name="stories")  # EXPECT: foreign_key pages->people source=pages.Story.author target=people.Author on_delete=CASCADE related_name=stories
    others = ParentalManyToManyField("people.Author", blank=True)  # EXPECT: many_to_many pages->people source=pages.Story.others target=people.Author
    sorted_others = SortedManyToManyField(Author, related_name="+")  # EXPECT: many_to_many pages->people source=pages.Story.sorted_others target=people.Author
    only = AutoOneToOneField("people.Author", on_delete=models.CASCADE, related_name="+")  # EXPECT: one_to_one pages->people source=pages.Story.only target=people.Author
    chained = ChainedForeignKey(Author, chained_field="author", on_delete=models.CASCADE, related_name="+")  # EXPECT: foreign_key pages->people source=pages.Story.chained


class Dated(models.Model):
    # Its own spelling, on a table that others made.
    author = models.ForeignKey(Author, models.DO_NOTHING, db_column="AUTHOR_ID", to_field="id", db_index=False)  # EXPECT: foreign_key pages->people source=pages.Dated.author on_delete=DO_NOTHING

    class Meta:
        managed = False
        db_table = "DATED"


def authors(story: Story):
    return story.others.all()  # EXPECT: model_access pages->people target=people.Author verb=read
