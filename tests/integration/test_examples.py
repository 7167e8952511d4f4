"""The two shops by themselves: their own tests pass, and one's data becomes the other's."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"

# A purchase in the tangled shop, by its own code.
PURCHASE = """
from django.core.management import call_command
from orders.models import Product
from orders.services import check_out
from users.models import User
call_command("loaddata", "plants", verbosity=0)
user = User.objects.create_user("ada", "ada@example.org", "x")
home = {"name": "Ada King", "street": "1 Row", "postcode": "N1", "city": "London"}
card = {"number": "4242424242424242", "expires": "12/30", "cvc": "123"}
check_out(user, [(1, 2)], home, card)
Product.objects.get(slug="monstera").watchers.add(user)
"""


def run(folder: str, *command: str, **environment: str) -> str:
    """Run Python in an example; its output, or a failed test that shows it."""
    clean = {
        key: value
        for key, value in os.environ.items()
        if key != "DJANGO_SETTINGS_MODULE" and not key.startswith("BANYAN_")
    }
    done = subprocess.run(
        [sys.executable, *command],
        cwd=EXAMPLES / folder,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{folder}: {' '.join(command)}\n{(done.stdout + done.stderr)[-4000:]}")
    return done.stdout + done.stderr


def test_the_tangled_shop_passes_its_own_tests():
    assert "OK" in run("tangled_shop", "-W", "error", "manage.py", "test")


def test_the_shop_passes_its_own_tests():
    assert "passed" in run("shop", "-m", "pytest", "-q", "-p", "no:cacheprovider")


@pytest.mark.parametrize("folder", ["tangled_shop", "shop"])
def test_models_and_migrations_agree(folder):
    assert "No changes" in run(folder, "manage.py", "makemigrations", "--check", "--dry-run")


def test_the_data_of_the_tangled_shop_moves_into_the_shop(tmp_path):
    """The same database, migrated on: nothing is lost when the foreign keys go."""
    database = str(tmp_path / "shop.sqlite3")
    run("tangled_shop", "manage.py", "migrate", "-v0", DATABASE=database)
    run("tangled_shop", "manage.py", "shell", "-v0", "-c", PURCHASE, DATABASE=database)
    run("shop", "manage.py", "migrate", "-v0", DATABASE=database)

    with sqlite3.connect(database) as connection:
        one = lambda query: connection.execute(query).fetchone()  # noqa: E731
        assert one("SELECT user_id, number, ship_name, ship_city, total FROM orders_order") == (
            1,
            "FF-1001",
            "Ada King",
            "London",
            68,
        )
        assert one("SELECT order_id, user_id, number, status FROM payments_payment") == (
            1,
            1,
            "FF-1001",
            "received",
        )
        assert one("SELECT order_id, user_id, number, ship_city FROM shipping_shipment") == (
            1,
            1,
            "FF-1001",
            "London",
        )
        assert one("SELECT user_id FROM orders_stockalert") == (1,)
        for table in ("orders_order", "payments_payment", "shipping_shipment"):
            to = {row[2] for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
            assert to <= {"shipping_carrier"}, table
    connection.close()
