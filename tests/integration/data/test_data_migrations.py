"""An old data migration that needs another module's tables is named, with what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.integration.data.lendery import Process, copy_to
from tests.integration.data.servers import database

pytestmark = pytest.mark.slow

HEAD = """
from django.db import migrations

def by_model(apps, schema_editor):
    for loan in apps.get_model("loans", "Loan").objects.all():
        loan.delete()
    for title in apps.get_model("catalogue", "Title").objects.all():
        title.delete()

def by_join(apps, schema_editor):
    list(apps.get_model("loans", "Loan").objects.filter(title__name="x"))

def by_user(apps, schema_editor):
    list(apps.get_model("loans", "Loan").objects.filter(user__username="x"))

def by_old_table(apps, schema_editor):
    schema_editor.connection.cursor().execute("SELECT count(*) FROM catalogue_pamphlet")

def wrong(apps, schema_editor):
    raise ValueError("a bug of its own")

class Migration(migrations.Migration):
    dependencies = [("loans", "0004_stricter"), ("catalogue", "0003_pamphlet")]
    operations = [{operation}]
"""

# A model of the past: gone today, so that only the migrations know whose table it was.
PAMPHLET = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_labels_and_bigger_keys")]
    operations = [
        migrations.CreateModel("Pamphlet", [("id", models.BigAutoField(primary_key=True))]),
    ]
"""
NO_PAMPHLET = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_pamphlet"), ("loans", "0005_report")]
    operations = [migrations.DeleteModel("Pamphlet")]
"""


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def loans(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Process]:
    """The service of loans, migrated up to what the tests add."""
    folder = tmp_path_factory.mktemp("data")
    with database(request.param, folder) as own:
        process = Process(copy_to(folder), "loans", own)
        process.migrate()
        catalogue = process.folder / "catalogue" / "migrations"
        (catalogue / "0003_pamphlet.py").write_text(PAMPHLET)
        (catalogue / "0004_no_pamphlet.py").write_text(NO_PAMPHLET)
        yield process


def with_operation(process: Process, operation: str) -> Process:
    file: Path = process.folder / "loans" / "migrations" / "0005_report.py"
    file.write_text(HEAD.replace("{operation}", operation))
    return process


@pytest.mark.parametrize(
    ("operation", "needs", "module"),
    [
        ("migrations.RunPython(by_model)", "catalogue.Title", "catalogue"),
        ("migrations.RunPython(by_join)", "catalogue.Title", "catalogue"),
        ("migrations.RunPython(by_user)", "people.User", "people"),
        ("migrations.RunPython(by_old_table)", "catalogue.pamphlet", "catalogue"),
        ("migrations.RunSQL('DELETE FROM catalogue_title')", "catalogue.Title", "catalogue"),
        ("migrations.RunSQL('DELETE FROM catalogue_pamphlet')", "catalogue.pamphlet", "catalogue"),
        (
            "migrations.SeparateDatabaseAndState([migrations.RunPython(by_model)])",
            "catalogue.Title",
            "catalogue",
        ),
    ],
)
def test_the_migration_and_the_way_out_are_named(
    loans: Process, operation: str, needs: str, module: str
) -> None:
    done = with_operation(loans, operation).manage("migrate", "--verbosity=0")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Migration loans.0005_report needs" in done.stderr
    assert needs in done.stderr
    assert f'hints={{"needs": ["{module}"]}}' in done.stderr
    assert "manage.py migrate loans 0005_report --fake" in done.stderr


def test_a_bug_of_the_migrations_own_is_shown_as_it_is(loans: Process) -> None:
    done = with_operation(loans, "migrations.RunPython(wrong)").manage("migrate", "--verbosity=0")

    assert "ValueError: a bug of its own" in done.stderr
    assert "Traceback" in done.stderr


def test_the_hint_names_a_module_that_there_is(loans: Process) -> None:
    operation = 'migrations.RunPython(by_model, hints={"needs": ["catalog"]})'
    done = with_operation(loans, operation).manage("migrate", "--verbosity=0")

    assert "Did you mean 'catalogue'?" in done.stderr


def test_with_the_hint_the_migration_is_left_out_where_the_module_is_not(loans: Process) -> None:
    operation = 'migrations.RunPython(by_model, hints={"needs": ["catalogue"]})'
    with_operation(loans, operation).migrate()


def test_with_the_hint_the_migration_runs_in_the_monolith(loans: Process, tmp_path: Path) -> None:
    operation = 'migrations.RunPython(wrong, hints={"needs": ["catalogue"]})'
    monolith = Process(with_operation(loans, operation).folder, None)
    done = monolith.manage("migrate", "--verbosity=0")

    assert "a bug of its own" in done.stderr
