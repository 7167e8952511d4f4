# ALL EXPECTED
from django.db import models


class Team(models.Model):
    def orders(self):
        from orders.models import Order

        return Order.objects.filter(user__team=self)  # EXPECT: model_access people->trade target=orders.Order verb=read
