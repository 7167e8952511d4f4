"""A query on what is not resident is refused with where it is and what to do."""

from collections.abc import Mapping

import pytest
from tests.integration.data.lendery import Process

pytestmark = pytest.mark.slow

Lendery = Mapping[str, Process]

REPORT = """
from django.db import DatabaseError, transaction
from banyan.data import NonResidentModel

def refusal(question):
    try:
        with transaction.atomic():
            question()
    except NonResidentModel as error:
        assert isinstance(error, DatabaseError)
        assert error.hint
        print(error.message)
    else:
        print("answered")
"""


def ask(process: Process, setup: str, *questions: str) -> list[str]:
    """What comes of each question: the refusal's message, or "answered"."""
    asked = "\n".join(f"refusal(lambda: {question})" for question in questions)
    return process.python(f"{REPORT}\n{setup}\n{asked}").splitlines()


def test_reading_and_writing_a_model_of_another_module_is_refused(lendery: Lendery) -> None:
    answers = ask(
        lendery["loans"],
        "from catalogue.models import Label, Title",
        "Title.objects.count()",
        "list(Title.objects.filter(name='x'))",
        "Title.objects.create(name='x', isbn='1')",
        "Label.objects.filter(pk=1).delete()",
        "Label(name='x').save()",
        "Title.labels.through.objects.count()",
    )

    place = "it belongs to module 'catalogue', which lives in service 'catalogue'"
    assert len(answers) == 6
    for answer in answers:
        assert answer.startswith("catalogue.")
        assert answer.endswith(f"is not resident in service 'loans': {place}")


def test_a_join_or_subquery_with_a_table_elsewhere_is_refused(lendery: Lendery) -> None:
    answers = ask(
        lendery["loans"],
        "from catalogue.models import Title\n"
        "from loans.models import Loan\n"
        "from django.db import connection",
        "list(Loan.objects.filter(title__name='x'))",
        "list(Loan.objects.select_related('title'))",
        "list(Loan.objects.filter(labels__name='x'))",
        "list(Loan.objects.filter(title__in=Title.objects.filter(name='x')))",
        "connection.cursor().execute('SELECT count(*) FROM catalogue_title')",
    )

    assert [answer.partition(" ")[0] for answer in answers] == [
        "catalogue.Title",
        "catalogue.Title",
        "catalogue.Label",
        "catalogue.Title",
        "catalogue.Title",
    ]


def test_users_cannot_be_asked_for_where_they_do_not_live_though_their_table_is_there(
    lendery: Lendery,
) -> None:
    answers = ask(
        lendery["loans"],
        "from people.models import User\n"
        "from loans.models import Loan\n"
        "from django.contrib.auth.models import Group\n"
        "from django.contrib.admin.models import LogEntry\n"
        "ann = User(pk=1, username='ann')\n"
        "loan = Loan(user_id=1)\n",
        "User.objects.count()",
        "User.objects.create(username='ann')",
        "loan.user",
        "list(Loan.objects.filter(user__username='ann'))",
        "list(Loan.objects.select_related('user'))",
        "Loan.objects.filter(user__in=User.objects.filter(is_staff=True)).update(number='1')",
        "list(ann.groups.all())",
    )

    assert len(answers) == 7
    assert all("people.User" in answer for answer in answers)
    assert "reached from loans.Loan" in answers[2]
    assert "A query on loans.Loan goes through people.User" in answers[3]


def test_what_a_service_needs_of_users_for_itself_is_answered(lendery: Lendery) -> None:
    answers = ask(
        lendery["loans"],
        "from people.models import User\n"
        "from loans.models import Fine, Loan\n"
        "from shared.models import Mark\n"
        "from django.contrib.admin.models import LogEntry\n"
        "from django.contrib.auth.models import Group, Permission\n"
        "from django.contrib.contenttypes.models import ContentType\n"
        "from django.contrib.sessions.models import Session\n"
        "User._base_manager.using('default').filter(username='ann').delete()\n"
        "ann = User(pk=41, username='ann')\n"
        "ann.save(using='default')\n"
        "kind = ContentType.objects.get_for_model(Loan)\n"
        "entry = LogEntry.objects.create("
        "user_id=41, content_type=kind, object_id='1', action_flag=1, change_message='[]')",
        "list(LogEntry.objects.select_related('user', 'content_type'))",
        "LogEntry.objects.get(pk=entry.pk).user.username",
        "list(ann.loan_set.all())",
        "Loan.objects.create(user=ann, number='7').delete()",
        "list(Loan.objects.filter(user_id=41))",
        "list(Loan.objects.filter(user=ann))",
        "Mark.objects.create(text='x', by=ann)",
        "list(Mark.objects.select_related('by'))",
        "Group.objects.create(name='staff').permissions.set(Permission.objects.all())",
        "Session.objects.count()",
    )

    # Deleting a loan looks for the titles whose newest loan it was: that is not ours to decide.
    assert [number for number, answer in enumerate(answers) if answer != "answered"] == [3], answers
    assert answers[3].startswith("catalogue.Title is not resident")


def test_each_service_knows_the_content_types_and_permissions_of_all(lendery: Lendery) -> None:
    printed = lendery["loans"].python(
        "from django.contrib.auth.models import Permission\n"
        "print(Permission.objects.filter(codename='change_title').count())"
    )
    assert printed == "1\n"


def test_the_monolith_is_asked_as_before(lendery: Lendery) -> None:
    printed = lendery["monolith"].python(
        "from django.db import connection\n"
        "from loans.models import Loan\n"
        "print(Loan.objects.filter(user__username='ann', title__name='x').count())\n"
        "print(connection.settings_dict['ENGINE'], connection.execute_wrappers)"
    )
    kind = "sqlite3" if "sqlite" in str(lendery["monolith"].database).lower() else "postgresql"
    assert printed == f"0\ndjango.db.backends.{kind} []\n"


def test_dumping_and_checking_leave_out_what_is_elsewhere(lendery: Lendery) -> None:
    dumped = lendery["loans"].manage("dumpdata", "--exclude=people")
    assert dumped.returncode == 0, dumped.stderr
    assert "catalogue.title" not in dumped.stdout
    checked = lendery["loans"].manage("check", "--database", "default")
    assert checked.returncode == 0, checked.stderr
