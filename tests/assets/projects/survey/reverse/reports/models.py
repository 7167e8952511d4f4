# ALL EXPECTED
from django.db import models


class Written(models.Model):
    author = models.ForeignKey("accounts.User", models.CASCADE, related_name="%(app_label)s_%(class)s_written")  # EXPECT: foreign_key reports->accounts source=reports.Memo.author

    class Meta:
        abstract = True


class Memo(Written):
    text = models.TextField()


class Licence(models.Model):
    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="licence")  # EXPECT: one_to_one reports->accounts
    number = models.TextField()


class Audit(models.Model):
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")  # EXPECT: foreign_key reports->accounts


class Pinned(models.Model):
    class Meta:
        default_related_name = "pins"

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE)  # EXPECT: foreign_key reports->orders
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_query_name="pinning")  # EXPECT: foreign_key reports->catalogue
