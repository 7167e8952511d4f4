from users.models import User


def register(email):
    return User.objects.create(email=email)
