# ALL EXPECTED
from django.db import models

from stamps.models import Edited, Owned


class Reviewed(models.Model):
    reviewer = models.ForeignKey("writers.Writer", models.CASCADE, related_name="reviewed_%(class)s")  # EXPECT: foreign_key articles->writers source=articles.Article.reviewer target=writers.Writer on_delete=CASCADE

    class Meta:
        abstract = True


class Piece(Owned, Reviewed):
    title = models.CharField(max_length=80)

    class Meta:
        abstract = True
