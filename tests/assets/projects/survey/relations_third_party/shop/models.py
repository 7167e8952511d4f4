# ALL EXPECTED
from django.db import models

import people.models


class Sale(models.Model):
    pass


for name in ("seller", "buyer"):
    Sale.add_to_class(name, models.ForeignKey("people.Author", models.CASCADE, related_name="+"))  # EXPECT: foreign_key shop->people target=people.Author


def key(to, **options):
    return models.ForeignKey(to, on_delete=models.PROTECT, **options)


class Gift(models.Model):
    giver = key(people.models.Author)  # EXPECT: foreign_key shop->people source=shop.Gift.giver target=people.Author on_delete=PROTECT
    taker = key("people.Author", null=True, related_name="+")  # EXPECT: foreign_key shop->people source=shop.Gift.taker target=people.Author null=True
