# ALL EXPECTED
from django.contrib.auth.models import AbstractBaseUser
from django.db import models


class AbstractClient(AbstractBaseUser):
    email = models.EmailField(unique=True)
    favourite = models.ForeignKey("offer.Offer", null=True, on_delete=models.SET_NULL, related_name="fans")

    class Meta:
        abstract = True
