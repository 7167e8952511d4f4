# ALL EXPECTED
from django.conf import settings
from django.db import models


class Category(models.Model):
    name = models.CharField(max_length=40)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")


class Product(models.Model):
    name = models.CharField(max_length=40)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    watchers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="watched")  # EXPECT: many_to_many catalogue->accounts target=accounts.User
