# ALL EXPECTED
from django.db import models


class Shelf(models.Model):
    order = models.ForeignKey("sales.Order", null=True, on_delete=models.CASCADE)  # EXPECT: foreign_key shelves->sales target=sales.Order


class Foreign(models.Model):
    """Says itself which app it is of."""

    user = models.ForeignKey("folk.User", on_delete=models.CASCADE)  # EXPECT: foreign_key stock->folk source=stock.Foreign.user

    class Meta:
        app_label = "stock"
