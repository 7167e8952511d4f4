"""The recorder sees what a project's lines do, and the project does not see the recorder."""

import os
import sys
from pathlib import Path

import pytest
from tests.integration.recording.depot import (
    ALL_TESTS,
    banyan,
    copy_of_the_depot,
    expected,
    record,
    seen,
)

from banyan.survey.recording import decode, encode, merge, observe

PYTEST = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--ds", "depot.settings"]
TESTS = ["-o", "python_files=tests.py", "--rootdir", "."]


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    return copy_of_the_depot(tmp_path)


def test_each_line_is_seen_doing_what_its_comment_says_and_nothing_else(depot: Path) -> None:
    assert seen(record(depot, *ALL_TESTS)) == expected()


def test_lines_of_tests_are_told_apart(depot: Path) -> None:
    places = [one.place for one in observe(record(depot, *ALL_TESTS)).accesses]
    assert {place.kind for place in places if place.file == "goods/tests.py"} == {"tests"}
    assert {place.app for place in places if place.file == "goods/tests.py"} == {"goods"}
    # What the test runner and the middleware pass on is not theirs.
    assert not {"manage.py", "depot/middleware.py"} & {place.file for place in places}


def test_code_is_of_the_app_that_stands_in_for_its_own(depot: Path) -> None:
    told = observe(record(depot, *ALL_TESTS, "depot.own_parcels"))
    assert {(one.place.app, one.of.app) for one in told.accesses if one.place.kind == "code"} == {
        ("parcels", "goods")
    }


def test_joins_are_seen_with_the_apps_of_both_tables(depot: Path) -> None:
    joins = observe(record(depot, *ALL_TESTS)).joins
    assert {(one.place.function, one.left.app, one.right.app, one.how) for one in joins} == {
        ("names_of_buyers", "sales", "people", "join"),
        ("busiest", "sales", "people", "subquery"),
        ("busiest", "people", "people", "subquery"),
    }


def test_the_same_run_gives_the_same_file_without_paths_of_the_machine_or_values(
    depot: Path,
) -> None:
    first, second = encode(record(depot, *ALL_TESTS)), encode(record(depot, *ALL_TESTS))
    assert first == second
    text = first.decode()
    assert "Secret" not in text
    assert "secret" not in text
    assert str(depot) not in text
    assert "site-packages" not in text


def test_the_evidence_of_shards_merges_to_that_of_one_run(depot: Path) -> None:
    whole = record(depot, *ALL_TESTS)
    apps = ["people", "goods", "sales", "depot"]
    shards = [record(depot, *ALL_TESTS, app, name=f"{app}.json") for app in apps]
    assert merge(shards) == whole
    assert merge(reversed(shards)) == whole
    assert all(shard != whole for shard in shards)
    names = [f"{app}.json" for app in reversed(apps)]
    done = banyan("record", "merge", *names, "-o", "all.json", folder=depot.parent)
    assert done.returncode == 0, done.stderr
    assert decode((depot.parent / "all.json").read_bytes()) == whole


def test_forked_processes_and_those_of_xdist_see_what_one_process_sees(depot: Path) -> None:
    whole = record(depot, *ALL_TESTS)
    assert record(depot, *ALL_TESTS, "--parallel", "2") == whole
    alone = record(depot, *PYTEST, "-p", "no:xdist", *TESTS)
    assert record(depot, *PYTEST, "-n", "2", *TESTS) == alone
    assert seen(alone) == expected()


def test_nothing_is_written_into_the_project(depot: Path) -> None:
    before = sorted(depot.rglob("*"))
    record(depot, *ALL_TESTS)
    assert sorted(depot.rglob("*")) == before


def test_what_was_seen_survives_a_process_that_is_killed(depot: Path) -> None:
    script = (
        "import os, signal, django; django.setup()\n"
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        "from sales.services import hire; hire('Ada')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    out = depot.parent / "seen.json"
    done = banyan(
        "record", "-o", out, "--", sys.executable, "-c", script,
        folder=depot, DJANGO_SETTINGS_MODULE="depot.settings",
    )  # fmt: skip
    assert done.returncode == 128 + 9
    assert {what for _, _, what in seen(decode(out.read_bytes()))} == {
        "INSERT people_firm",
        "INSERT staff",
        "transaction people_firm + staff",
    }


def test_a_sitecustomize_of_the_projects_own_runs_too(depot: Path) -> None:
    (depot / "start").mkdir()
    (depot / "start" / "sitecustomize.py").write_text("import os\nos.environ['STARTED'] = 'yes'\n")
    script = (
        "import os, sys, sitecustomize, django\n"
        "assert os.environ['STARTED'] == 'yes'\n"
        "assert sitecustomize.__file__.endswith('start/sitecustomize.py')\n"
        "assert not [entry for entry in sys.path if 'banyan-record' in entry]\n"
    )
    path = os.pathsep.join(["start", os.environ.get("PYTHONPATH", "")])
    done = banyan("record", "--", sys.executable, "-c", script, folder=depot, PYTHONPATH=path)
    assert done.returncode == 0, done.stderr


def test_a_failing_recorder_lets_the_project_go_on_and_says_so(depot: Path) -> None:
    # An SQL that is neither text nor bytes: SQLite refuses it, a wrapper of the project's mends it.
    script = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "def mend(execute, sql, params, many, context):\n"
        "    return execute('SELECT 1', params, many, context)\n"
        "with connection.execute_wrapper(mend), connection.cursor() as cursor:\n"
        "    print(cursor.execute(object()).fetchall())\n"
    )
    done = banyan(
        "record", "--", sys.executable, "-c", script,
        folder=depot, DJANGO_SETTINGS_MODULE="depot.settings",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[(1,)]\n"
    assert "the recorder failed, and left something out: TypeError in line " in done.stderr
