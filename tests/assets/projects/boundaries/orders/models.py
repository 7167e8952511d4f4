from django.db import models

from users.models import User  # EXPECT: E102


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)  # EXPECT: E104
    helper = models.ForeignKey(  # EXPECT: E104
        User,
        on_delete=models.CASCADE,
        related_name="helped",
    )
    number = models.CharField(max_length=20)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
