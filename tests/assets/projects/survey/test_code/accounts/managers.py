# ALL EXPECTED
from django.contrib.auth.models import UserManager as DjangosUserManager
from django.db import models


class UserQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def named(self, name):
        return self.active().filter(username=name)


class UserManager(DjangosUserManager.from_queryset(UserQuerySet)):
    def newest(self):
        return self.get_queryset().active().order_by("-date_joined").first()


class TeamQuerySet(models.QuerySet):
    def big(self):
        return self.filter(size__gt=10)
