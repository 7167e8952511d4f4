"""What the tests start from: a stocked shop, a customer, somebody of the staff."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client

from banyan.testing import serving
from payments.contract import Card, Payments
from tests.fakes import FakePayments, FakeUsers
from users.contract import Session, Users
from users.models import User

GOOD = Card(number="4242 4242 4242 4242", expires="12/30", cvc="123")
REFUSED = Card(number="4000 0000 0000 0002", expires="12/30", cvc="123")
PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def stock(db) -> None:
    call_command("loaddata", "plants", verbosity=0)


@pytest.fixture
def payments() -> Iterator[FakePayments]:
    with serving(Payments, FakePayments()) as fake:
        yield fake


@pytest.fixture
def users() -> Iterator[FakeUsers]:
    with serving(Users, FakeUsers()) as fake:
        yield fake


@pytest.fixture
def ada(db) -> Session:
    return Users.client().register("Ada King", "ada@example.org", PASSWORD)


@pytest.fixture
def browser(ada) -> Client:
    """Ada, logged in as the storefront does it."""
    client = Client()
    client.post("/login/", {"email": "ada@example.org", "password": PASSWORD})
    return client


@pytest.fixture
def staff(db) -> Client:
    User.objects.create_superuser("staff", "staff@example.org", PASSWORD)
    client = Client()
    client.post("/admin/login/", {"username": "staff", "password": PASSWORD})
    return client
