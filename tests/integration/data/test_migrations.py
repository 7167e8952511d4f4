"""Old migrations run unedited, from zero, in a service that has only some of their tables."""

from collections.abc import Mapping

import pytest
from tests.integration.data.lendery import SERVICES, Process
from tests.integration.data.servers import Database

pytestmark = pytest.mark.slow

Lendery = Mapping[str, Process]

FOUNDATION = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_admin_log",
    "django_content_type",
    "django_migrations",
    "django_session",
}
PEOPLE = {"people_user", "people_user_groups", "people_user_user_permissions"}
PEOPLE |= {"people_user_friends"}
OWN = {
    "people": {"people_branch", "people_card"},
    "catalogue": {
        "catalogue_label",
        "catalogue_title",
        "catalogue_title_labels",
        "catalogue_title_fans",
    },
    "loans": {"loans_loan", "loans_fine", "loans_loan_labels", "loans_loan_watchers"},
}


def of(process: Process) -> Database:
    assert process.database is not None
    return process.database


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_its_own_tables_and_what_django_needs(lendery: Lendery, service: str) -> None:
    tables = of(lendery[service]).tables() - {"sqlite_sequence"}

    assert tables == FOUNDATION | PEOPLE | OWN[service] | {"shared_mark"}


@pytest.mark.parametrize("service", SERVICES)
def test_each_table_of_a_service_has_the_columns_that_it_has_in_the_monolith(
    lendery: Lendery, service: str
) -> None:
    whole, part = of(lendery["monolith"]), of(lendery[service])

    for table in part.tables():
        assert part.columns(table) == whole.columns(table), table


@pytest.mark.parametrize("service", SERVICES)
def test_constraints_are_those_of_the_monolith_but_for_rows_that_live_elsewhere(
    lendery: Lendery, service: str
) -> None:
    whole, part = of(lendery["monolith"]), of(lendery[service])

    for table in part.tables():
        surely_here = part.tables() - (PEOPLE if service != "people" else set())
        if table in PEOPLE:
            surely_here |= PEOPLE
        wanted = {(column, to) for column, to in whole.references(table) if to in surely_here}
        assert part.references(table) == wanted, table


def test_a_data_migration_runs_where_its_module_is_resident(lendery: Lendery) -> None:
    assert of(lendery["people"]).run("SELECT name FROM people_branch") == [("High Street",)]


@pytest.mark.parametrize("service", SERVICES)
def test_nothing_is_left_to_migrate(lendery: Lendery, service: str) -> None:
    done = lendery[service].manage("migrate", "--check")
    assert done.returncode == 0, done.stdout


def test_the_projects_models_need_no_further_migration(lendery: Lendery) -> None:
    done = lendery["loans"].manage("makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_go_back_as_they_came(lendery: Lendery, service: str) -> None:
    process = lendery[service]
    before = {table: of(process).columns(table) for table in of(process).tables()}

    back = process.manage("migrate", "loans", "0001", "--verbosity=0")
    assert back.returncode == 0, back.stderr
    process.migrate()

    assert {table: of(process).columns(table) for table in of(process).tables()} == before
