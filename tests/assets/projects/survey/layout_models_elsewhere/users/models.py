# ALL EXPECTED
from django.db import models


class User(models.Model):
    email = models.EmailField()


from users.tokens.tables import Token  # noqa: E402
