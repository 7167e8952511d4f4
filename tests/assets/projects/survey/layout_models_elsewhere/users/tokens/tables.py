# ALL EXPECTED
from django.db import models


class Token(models.Model):
    user = models.ForeignKey("users.User", on_delete=models.CASCADE)
    word = models.TextField()
