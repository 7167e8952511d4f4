# ALL EXPECTED
from django.db import models

from users.models import User


class Order(models.Model):
    __metaclass__ = models.base.ModelBase

    user = models.ForeignKey(User)  # EXPECT: foreign_key orders->users target=users.User on_delete=CASCADE
    other = models.ForeignKey(u"users.User", null=True, blank=True, related_name=u"others")  # EXPECT: foreign_key orders->users target=users.User null=True

    def show(self):
        print "of", self.user.email  # EXPECT: model_access orders->users verb=read
        print >>file, self.pk
        exec "x = 1"
        if self.pk <> 3:
            raise ValueError, "three"
        return `self.pk`, 0777, 10L


def emails():
    try:
        return User.objects.values_list("email")  # EXPECT: model_access orders->users verb=read
    except (ValueError, TypeError), error:
        print error
