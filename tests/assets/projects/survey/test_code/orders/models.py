# ALL EXPECTED
from django.conf import settings
from django.db import models


class Order(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="orders")  # EXPECT: foreign_key orders->accounts source=orders.Order.user target=accounts.User on_delete=CASCADE
    status = models.CharField(max_length=10)
    total = models.DecimalField(max_digits=8, decimal_places=2)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT)  # EXPECT: foreign_key orders->catalogue target=catalogue.Product on_delete=PROTECT
    quantity = models.IntegerField(default=1)


class Note(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)  # EXPECT: foreign_key orders->accounts on_delete=SET_NULL null=True
    text = models.TextField()
