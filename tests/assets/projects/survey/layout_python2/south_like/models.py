# ALL EXPECTED
from django.db import models


class Change(models.Model):
    user = models.ForeignKey("users.User")  # EXPECT: foreign_key south_like->users target=users.User on_delete=CASCADE
