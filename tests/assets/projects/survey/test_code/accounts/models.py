# ALL EXPECTED
from django.contrib.auth.models import AbstractUser
from django.db import models

from .managers import TeamQuerySet, UserManager


class Team(models.Model):
    name = models.CharField(max_length=40)
    size = models.IntegerField(default=0)

    teams = TeamQuerySet.as_manager()


class User(AbstractUser):
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="members")

    objects = UserManager()
    everyone = models.Manager()

    def best_friend(self):
        return type(self).objects.exclude(pk=self.pk).first()


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    city = models.CharField(max_length=40)
