# ALL EXPECTED
from accounts.models import User


def register(name):
    return User.objects.create(username=name)
