# ALL EXPECTED
from django.conf import settings
from django.db import models

from market.loading import get_class

ShownManager = get_class("offer.managers", "ShownManager")


class AbstractBasket(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="baskets")  # EXPECT: foreign_key basket->customer source=basket.Basket.owner target=customer.Client on_delete=CASCADE related_name=baskets
    vouchers = models.ManyToManyField("offer.Voucher", blank=True)  # EXPECT: many_to_many basket->offer source=basket.Basket.vouchers target=offer.Voucher

    hidden = models.BooleanField(default=False)

    shown = ShownManager()

    class Meta:
        abstract = True
        app_label = "basket"

    def owners_name(self):
        return self.owner.email  # EXPECT: model_access basket->customer target=customer.Client verb=read


class AbstractRow(models.Model):
    # Relative, and found in the app of the model that will be made of it.
    basket = models.ForeignKey("Basket", on_delete=models.CASCADE, related_name="rows")
    offer = models.ForeignKey("offer.Offer", on_delete=models.PROTECT)  # EXPECT: foreign_key basket->offer source=basket.Row.offer target=offer.Offer on_delete=PROTECT

    class Meta:
        abstract = True
