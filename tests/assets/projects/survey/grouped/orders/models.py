# ALL EXPECTED
from django.db import models

from bills.models import Bill


class Order(models.Model):
    user = models.ForeignKey("users.User", on_delete=models.CASCADE)  # EXPECT: foreign_key trade->people source=orders.Order.user target=users.User
    bill = models.ForeignKey(Bill, on_delete=models.CASCADE)


def bills():
    return Bill.objects.count(), Order.objects.filter(bill__payer__team=3)  # EXPECT: orm_lookup trade->people lookup=bill__payer__team
