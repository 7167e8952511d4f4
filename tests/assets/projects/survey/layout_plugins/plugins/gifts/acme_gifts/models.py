# ALL EXPECTED
from django.db import models


class Gift(models.Model):
    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE)  # EXPECT: foreign_key acme_gifts->orders target=orders.Order
    giver = models.ForeignKey("users.User", on_delete=models.CASCADE)  # EXPECT: foreign_key acme_gifts->users
