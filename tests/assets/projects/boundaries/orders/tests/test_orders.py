from users.models import User
from users.services import register


def test_it():
    User.objects.create(email=register("x"))
