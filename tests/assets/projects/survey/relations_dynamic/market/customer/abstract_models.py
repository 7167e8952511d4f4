# ALL EXPECTED
from django.contrib.auth.models import AbstractBaseUser
from django.db import models


class AbstractClient(AbstractBaseUser):
    email = models.EmailField(unique=True)
    favourite = models.ForeignKey("offer.Offer", null=True, on_delete=models.SET_NULL, related_name="fans")  # EXPECT: foreign_key customer->offer source=customer.Client.favourite target=offer.Offer on_delete=SET_NULL null=True

    class Meta:
        abstract = True
