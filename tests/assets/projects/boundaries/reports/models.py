from django.db import models

from users.models import User  # EXPECT: E101, E102


class UserRow(models.Model):  # EXPECT: E110
    email = models.CharField(max_length=200)

    class Meta:
        managed = False
        db_table = "users_user"


class Staff(User):  # EXPECT: E110
    class Meta:
        proxy = True


class Child(User):  # EXPECT: E104
    pass


class OrderRow(models.Model):
    order = models.OneToOneField("orders.Order", on_delete=models.PROTECT)  # EXPECT: E104

    class Meta:
        db_table = "reports_rows"
