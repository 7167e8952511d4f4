# ALL EXPECTED
from django.db import models


class Post(models.Model):
    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE)  # EXPECT: foreign_key posts->trade target=orders.Order
