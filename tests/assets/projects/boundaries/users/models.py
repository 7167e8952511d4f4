from django.db import models


class User(models.Model):
    email = models.CharField(max_length=200)


class Profile(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
