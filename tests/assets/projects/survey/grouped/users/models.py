# ALL EXPECTED
from django.db import models


class User(models.Model):
    team = models.ForeignKey("teams.Team", on_delete=models.CASCADE)
