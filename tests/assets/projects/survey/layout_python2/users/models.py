# ALL EXPECTED
from django.db import models


class User(models.Model):
    email = models.EmailField()

    def __unicode__(self):
        return u"%s" % self.email
