"""A user made from a token is one of Django's, and says so where the token says nothing."""

import copy
import pickle
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission, User
from django.db import transaction
from pytest_django import DjangoAssertNumQueries
from tests.in_django.identity.conftest import claims_of

from banyan.identity import NotHere, Person
from banyan.identity.adapters.orm import DjangoResidents, TokenPeople
from banyan.identity.rejections import InvalidToken

ANN = Person(
    id="7",
    username="ann",
    email="ann@example.org",
    first_name="Ann",
    last_name="Other",
    is_staff=True,
    permissions=frozenset({"auth.change_user", "orders.view_order"}),
)
BO = Person(id="8", username="bo")


def made(person: Person, keep: Any = "staff") -> User:
    user = TokenPeople(keep).user(claims_of(person))
    assert isinstance(user, User)
    return user


@pytest.mark.django_db
def test_it_is_an_instance_of_the_user_model_with_what_the_token_says() -> None:
    user = made(ANN)
    assert (user.pk, user.username, user.email) == (7, "ann", "ann@example.org")
    assert user.get_full_name() == "Ann Other"
    assert user.is_authenticated
    assert user.is_active
    assert user.is_staff
    assert not user.is_superuser


@pytest.mark.django_db
def test_its_permissions_are_the_tokens_and_cost_no_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = made(ANN, "none")
    with django_assert_num_queries(0):
        assert user.has_perm("auth.change_user")
        assert user.has_perms(["auth.change_user", "orders.view_order"])
        assert not user.has_perm("auth.delete_user")
        assert not user.has_perm("auth.change_user", obj=user)
        assert user.has_module_perms("orders")
        assert not user.has_module_perms("payments")
        assert user.get_all_permissions() == ANN.permissions


@pytest.mark.django_db
def test_a_superuser_may_do_everything() -> None:
    user = made(replace(ANN, is_superuser=True, permissions=frozenset()))
    assert user.has_perm("anything.at_all")
    assert len(user.get_all_permissions()) == Permission.objects.count() > 0


@pytest.mark.django_db
def test_what_the_token_does_not_say_raises_instead_of_reading_the_copy() -> None:
    user = made(ANN)
    with pytest.raises(NotHere, match=r"auth.User 7 .* does not say: date_joined"):
        _ = user.date_joined
    with pytest.raises(NotHere, match=r"auth.User 7's groups is not known"):
        user.groups.filter(name="x").exists()
    with pytest.raises(NotHere, match=r"user_permissions"):
        list(user.user_permissions.all())
    with pytest.raises(NotHere):
        user.refresh_from_db()


@pytest.mark.django_db
def test_it_matches_no_password_and_can_be_copied_and_pickled() -> None:
    user = made(BO)
    assert not user.check_password("")
    assert not user.check_password("x")
    assert copy.copy(user) == user
    assert pickle.loads(pickle.dumps(user)).username == "bo"  # noqa: S301 - our own bytes


@pytest.mark.django_db
def test_only_staff_leave_a_row_and_nobody_can_log_in_by_it() -> None:
    made(BO)
    made(ANN)
    row = User.objects.get()
    assert (row.pk, row.username, row.last_name, row.is_staff) == (7, "ann", "Other", True)
    assert not row.has_usable_password()


@pytest.mark.django_db
def test_everybody_or_nobody_leaves_a_row_where_the_settings_say_so() -> None:
    made(ANN, "none")
    assert not User.objects.exists()
    made(BO, "all")
    assert User.objects.get().username == "bo"


@pytest.mark.django_db
def test_the_admins_log_joins_to_the_row() -> None:
    user = made(ANN)
    LogEntry.objects.log_actions(user.pk, [Permission.objects.all()[0]], CHANGE, "changed")
    assert [str(entry.user) for entry in LogEntry.objects.select_related("user")] == ["ann"]


@pytest.mark.django_db
def test_the_row_follows_what_the_token_says() -> None:
    made(ANN)
    made(replace(ANN, last_name="Changed", is_superuser=True))
    row = User.objects.get()
    assert (row.last_name, row.is_superuser) == ("Changed", True)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_was_seen_is_not_looked_at_again_for_a_while(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    now = [0.0]
    people = TokenPeople("staff", recheck=300, clock=lambda: now[0])
    people.user(claims_of(ANN))
    with django_assert_num_queries(0):
        people.user(claims_of(ANN))
    now[0] = 299
    with django_assert_num_queries(0):
        people.user(claims_of(replace(ANN, permissions=frozenset())))
    now[0] = 301
    with django_assert_num_queries(1):
        people.user(claims_of(ANN))


@pytest.mark.django_db(transaction=True)
def test_a_row_that_was_rolled_back_with_its_request_is_written_by_the_next() -> None:
    people = TokenPeople("staff")

    with transaction.atomic():
        people.user(claims_of(ANN))
        assert User.objects.exists()
        transaction.set_rollback(True)
    assert not User.objects.exists()
    people.user(claims_of(ANN))
    assert User.objects.exists()


@pytest.mark.django_db
def test_a_name_that_was_given_up_and_taken_again_goes_to_its_new_holder() -> None:
    made(ANN)
    made(replace(ANN, id="9", first_name="Another"))
    assert dict(User.objects.values_list("pk", "username")) == {7: "ann~7", 9: "ann"}
    made(replace(ANN, username="anna"))
    assert dict(User.objects.values_list("pk", "username")) == {7: "anna", 9: "ann"}


@pytest.mark.django_db
def test_two_people_who_swap_their_names_both_keep_a_row() -> None:
    made(ANN)
    made(replace(BO, is_staff=True))
    made(replace(ANN, username="bo"))
    made(replace(BO, is_staff=True, username="ann"))
    assert dict(User.objects.values_list("pk", "username")) == {7: "bo", 8: "ann"}


@pytest.mark.django_db
def test_the_longest_name_gives_way_within_its_column() -> None:
    name = "n" * 150
    made(replace(ANN, username=name))
    made(replace(ANN, id="9", username=name))
    assert User.objects.get(pk=7).username == "n" * 148 + "~7"


@pytest.mark.django_db(transaction=True)
def test_a_row_that_another_process_makes_first_is_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from banyan.identity.adapters import copies

    write = copies._write

    def overtaken(rows: Any, model: Any, values: Any) -> None:
        monkeypatch.setattr(copies, "_write", write)
        User.objects.create(pk=7, username="ann")
        rows.bulk_create([model(**values)])

    monkeypatch.setattr(copies, "_write", overtaken)
    made(ANN)
    assert User.objects.get().last_name == "Other"


@pytest.mark.django_db
def test_it_sends_no_signal_of_a_new_user(django_capture_on_commit_callbacks: Any) -> None:
    from django.db.models.signals import post_save

    heard: list[object] = []

    def hear(**arguments: object) -> None:
        heard.append(arguments)

    post_save.connect(hear, sender=get_user_model())
    try:
        made(ANN)
    finally:
        post_save.disconnect(hear, sender=get_user_model())
    assert not heard


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["x", "1.5", "7; DROP TABLE", "9" * 100 + "x"])
def test_an_id_that_is_none_of_the_user_models_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidToken):
        made(replace(ANN, id=wrong))


def test_the_issuer_describes_staff_with_their_permissions_and_superusers_without(
    ann: User,
) -> None:
    ann.user_permissions.add(Permission.objects.get(codename="change_user"))
    residents = DjangoResidents(["date_joined"])
    told = residents.describe(ann)
    assert told.id == str(ann.pk)
    assert (told.username, told.email, told.is_staff) == ("ann", "ann@example.org", True)
    assert told.permissions == {"auth.change_user"}
    assert told.fields == {"date_joined": ann.date_joined.isoformat()}
    ann = User.objects.get(pk=ann.pk)
    ann.is_superuser = True
    assert residents.describe(ann).permissions == frozenset()
    ann.is_superuser = ann.is_staff = False
    assert residents.describe(ann).permissions == frozenset()


def test_a_field_that_travels_is_read_as_the_type_it_has(ann: User) -> None:
    told = DjangoResidents(["date_joined", "last_login"]).describe(ann)
    user = made(told, "none")
    assert user.date_joined == ann.date_joined
    assert user.last_login is None


def test_where_users_live_a_token_gives_the_row_as_it_is_now(ann: User) -> None:
    residents = DjangoResidents()
    claims = claims_of(residents.describe(ann))
    User.objects.filter(pk=ann.pk).update(first_name="New")
    assert residents.user(claims).first_name == "New"  # type: ignore[attr-defined]
    User.objects.filter(pk=ann.pk).update(is_active=False)
    with pytest.raises(InvalidToken, match="may not log in"):
        residents.user(claims)
    User.objects.all().delete()
    with pytest.raises(InvalidToken, match="does not exist"):
        residents.user(claims)
