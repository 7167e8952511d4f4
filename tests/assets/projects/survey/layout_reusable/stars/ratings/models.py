# ALL EXPECTED
from django.db import models


class Rating(models.Model):
    star = models.ForeignKey("stars.Star", on_delete=models.CASCADE)  # EXPECT: foreign_key ratings->stars target=stars.Star
