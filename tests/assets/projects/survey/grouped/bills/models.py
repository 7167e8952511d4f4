# ALL EXPECTED
from django.db import models


class Bill(models.Model):
    payer = models.ForeignKey("users.User", on_delete=models.PROTECT)  # EXPECT: foreign_key trade->people source=bills.Bill.payer on_delete=PROTECT
