"""Sales, which hold on to everything."""

from django.db import models


class Sale(models.Model):
    """Who bought what."""

    buyer = models.ForeignKey("people.Person", models.CASCADE)
    item = models.ForeignKey("goods.Item", models.CASCADE)
