"""Who buys in the tests, and how."""

from users.models import User

ADDRESS = {"name": "Ada King", "street": "1 Analytical Row", "postcode": "N1 9GU", "city": "London"}
GOOD_CARD = {"number": "4242 4242 4242 4242", "expires": "12/30", "cvc": "123"}
BAD_CARD = {**GOOD_CARD, "number": "4000 0000 0000 0002"}


def customer(email="ada@example.org"):
    return User.objects.create_user(email, email, "correct horse", first_name="Ada")


def staff(email="staff@example.org"):
    return User.objects.create_superuser(email, email, "correct horse")
