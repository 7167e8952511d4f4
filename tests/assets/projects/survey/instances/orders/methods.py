# ALL EXPECTED
"""What `self` is, in models, their querysets and managers."""
from django.db import models
from django.utils.functional import cached_property

from catalogue.models import Product


class Basket(models.Model):
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.CASCADE)  # EXPECT: foreign_key orders->accounts source=orders.Basket.owner
    product = models.ForeignKey(Product, on_delete=models.CASCADE)  # EXPECT: foreign_key orders->catalogue source=orders.Basket.product

    def __str__(self):
        return f"{self.owner.username}: {self.pk}"  # EXPECT: model_access orders->accounts verb=read

    @property
    def price(self):
        return self.product.price  # EXPECT: model_access orders->catalogue verb=read

    @cached_property
    def category(self):
        product = self.product  # EXPECT: model_access orders->catalogue verb=read
        return product.category  # EXPECT: model_access orders->catalogue verb=read

    def save(self, *args, **kwargs):
        if self.owner_id is None:
            self.owner = None
        super().save(*args, **kwargs)

    @classmethod
    def cheapest(cls):
        return cls.objects.first().product.price  # EXPECT: model_access orders->catalogue verb=read

    @staticmethod
    def of(pk):
        return Basket.objects.get(pk=pk).owner  # EXPECT: model_access orders->accounts verb=read


class WishQuerySet(models.QuerySet):
    def names(self):
        return [wish.product.name for wish in self.all()]  # EXPECT: model_access orders->catalogue verb=read

    def dear(self):
        return self.filter(product__price__gt=100)  # EXPECT: orm_lookup orders->catalogue lookup=product__price


class WishManager(models.Manager):
    def get_queryset(self):
        return WishQuerySet(self.model, using=self._db)

    def first_name(self):
        return self.first().product.name  # EXPECT: model_access orders->catalogue verb=read


class Wish(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE)  # EXPECT: foreign_key orders->catalogue source=orders.Wish.product

    objects = WishManager()
