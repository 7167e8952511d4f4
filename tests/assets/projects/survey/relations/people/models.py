# ALL EXPECTED
from django.contrib.auth.models import AbstractUser, Group
from django.db import models


class Person(AbstractUser):
    born = models.DateField(null=True)
    mentor = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    # Django's own, not first-party
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT)


class Address(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    previous = models.OneToOneField("Address", null=True, on_delete=models.SET_NULL)
    friends = models.ManyToManyField("people.Person", related_name="+")
