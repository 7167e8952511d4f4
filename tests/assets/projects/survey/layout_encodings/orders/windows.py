# ALL EXPECTED
from django.db import models

from users.models import User


class Line(models.Model):
    """café — twee"""

    user = models.ForeignKey(User, verbose_name="café — twee", on_delete=models.CASCADE)  # EXPECT: foreign_key orders->users source=orders.Line.user target=users.User on_delete=CASCADE


def count():
    return User.objects.filter(email="café — twee").count()  # EXPECT: model_access orders->users target=users.User verb=read
