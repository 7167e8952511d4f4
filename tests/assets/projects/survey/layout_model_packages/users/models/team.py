# ALL EXPECTED
from django.db import models


class Team(models.Model):
    members = models.ManyToManyField("User")
