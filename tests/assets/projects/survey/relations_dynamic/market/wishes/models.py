# ALL EXPECTED
from django.apps import apps
from django.conf import settings
from django.db import models

from market.loading import get_basket_model
from market.wishes import conf


def owner_key(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, **options)


class Wish(models.Model):
    owner = models.ForeignKey(conf.OWNER, on_delete=models.CASCADE)  # EXPECT: foreign_key wishes->customer source=wishes.Wish.owner target=customer.Client
    basket = models.ForeignKey(conf.BASKET, null=True, on_delete=models.SET_NULL)  # EXPECT: foreign_key wishes->basket source=wishes.Wish.basket target=basket.Basket
    other = models.ForeignKey(settings.MARKET_BASKET_MODEL, models.CASCADE, "+")  # EXPECT: foreign_key wishes->basket source=wishes.Wish.other
    third = models.ForeignKey(get_basket_model(), models.CASCADE, related_name="+")  # EXPECT: foreign_key wishes->basket source=wishes.Wish.third target=basket.Basket; MAY: get_model wishes->basket
    offer = models.ForeignKey("%s.%s" % ("offer", "Offer"), on_delete=models.CASCADE)  # EXPECT: foreign_key wishes->offer source=wishes.Wish.offer
    lazily = models.ForeignKey(apps.get_model("offer", "Voucher", require_ready=False), on_delete=models.CASCADE)  # EXPECT: foreign_key wishes->offer source=wishes.Wish.lazily target=offer.Voucher; get_model wishes->offer
    made = owner_key(null=True, related_name="+")  # EXPECT: foreign_key wishes->customer source=wishes.Wish.made target=customer.Client null=True
    gone = models.ForeignKey(settings.NO_SUCH_MODEL, on_delete=models.CASCADE)  # UNRESOLVED: setting|model|target
