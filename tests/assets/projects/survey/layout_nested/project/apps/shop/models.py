# ALL EXPECTED
from django.db import models


class Shop(models.Model):
    basket = models.ForeignKey("baskets.Order", on_delete=models.CASCADE)  # EXPECT: foreign_key shop->baskets target=baskets.Order
    keeper = models.ForeignKey("users.User", on_delete=models.CASCADE)  # EXPECT: foreign_key shop->users target=users.User
