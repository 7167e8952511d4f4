"""The Django project that the tests run in."""

from django.core import checks
from django.core.management import call_command
from django.test import Client


def test_the_test_project_passes_djangos_own_checks() -> None:
    assert [one for one in checks.run_checks() if not one.is_silenced()] == []


def test_the_test_project_has_all_the_migrations_that_its_models_need(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_admin_of_the_test_project_asks_for_a_login(db: None, client: Client) -> None:
    response = client.get("/admin/")
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")
