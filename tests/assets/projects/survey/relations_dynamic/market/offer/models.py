# ALL EXPECTED
from django.db import models


class Offer(models.Model):
    name = models.CharField(max_length=40)


class Voucher(models.Model):
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE)
