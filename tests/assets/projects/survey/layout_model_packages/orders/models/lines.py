# ALL EXPECTED
from django.db import models

from users.models import *  # noqa
from users import models as m

from .order import Order


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    by = models.ForeignKey("users.Team", on_delete=models.CASCADE)  # EXPECT: foreign_key orders->users target=users.Team
    user = models.ForeignKey(User, on_delete=models.CASCADE)  # EXPECT: foreign_key orders->users target=users.User


def count():
    return User.objects.count() + m.Crew.objects.count()  # EXPECT: model_access orders->users
