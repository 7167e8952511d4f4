"""How long the outcome of a command is remembered, and of which ones it is not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings
from tests.in_django.apps.stock.contract import OutOfStock, Stock
from tests.in_django.apps.stock.models import Note
from tests.in_django.calls.conftest import Mode

from banyan.calls import idempotency_key
from banyan.calls.apps import CallsConfig
from banyan.calls.forgetting import Forgetting
from banyan.calls.models import IdempotencyKey
from banyan.errors import OutcomeUnknown

stock = Stock.client()


def keys(*ages: float) -> None:
    """Keys that were claimed so many days ago."""
    IdempotencyKey.objects.bulk_create(
        IdempotencyKey(
            method="m",
            key=f"{age} days",
            fingerprint=b"",
            created_at=timezone.now() - timedelta(days=age),
        )
        for age in ages
    )


def left() -> list[str]:
    return list(IdempotencyKey.objects.order_by("created_at").values_list("key", flat=True))


def put(times: int) -> None:
    for number in range(times):
        with idempotency_key(f"put-{number}"):
            stock.put("tea", 1)


@pytest.mark.django_db
def test_old_keys_are_forgotten_as_new_ones_come(mode: Mode, calls_config: CallsConfig) -> None:
    keys(8, 6)
    put(100)
    assert left()[0] == "6 days"
    assert len(left()) == 101


@pytest.mark.django_db
def test_a_hundred_commands_forget_more_than_a_hundred_keys(mode: Mode) -> None:
    keys(*(8 + number for number in range(250)))
    put(100)
    assert len(left()) == 100


@pytest.mark.django_db
def test_keys_are_kept_as_long_as_the_settings_say(settings: Settings) -> None:
    keys(8, 3, 1)
    settings.BANYAN = {"calls": {"retention": 2 * 86_400.0}}
    call_command("banyan_calls", "forget", verbosity=0)
    assert left() == ["1 days"]


@pytest.mark.django_db
def test_the_command_says_what_it_has_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    keys(*(8 + number for number in range(1001)), 1)
    call_command("banyan_calls", "forget")
    assert capsys.readouterr().out == "default: 1001 keys forgotten\n"
    assert left() == ["1 days"]


def test_a_command_that_is_done_is_no_failure_when_old_keys_cannot_be_deleted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Stuck:
        def forget(self, alias: str, older_than: float, limit: int) -> int:
            raise OSError("the disk is full")

    forgetting = Forgetting(Stuck(), lambda: 1.0)  # type: ignore[arg-type]
    for _ in range(100):
        forgetting.after_command("default")
    assert "the disk is full" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "call", [lambda: stock.unlock("tea", "open-sesame"), lambda: stock.lock("tea")]
)
def test_of_a_secret_command_only_the_use_of_its_key_is_kept(
    mode: Mode, call: Callable[[], str]
) -> None:
    with idempotency_key("k"):
        assert call() == "token-of-the-caller"
    row = IdempotencyKey.objects.values("state", "fingerprint", "outcome", "declared_error").get()
    assert (row["state"], row["outcome"], row["declared_error"]) == ("done", None, "")
    assert bytes(row["fingerprint"]) == b""
    with idempotency_key("k"), pytest.raises(OutcomeUnknown, match="not kept") as caught:
        call()
    assert caught.value.code == "banyan.call.not_kept"
    assert Note.objects.count() == 1


@pytest.mark.django_db
def test_a_secret_command_that_was_refused_may_be_tried_again_under_its_key(mode: Mode) -> None:
    with idempotency_key("k"), pytest.raises(OutOfStock):
        stock.unlock("tea", "wrong")
    assert not IdempotencyKey.objects.exists()
    with idempotency_key("k"):
        assert stock.unlock("tea", "open-sesame") == "token-of-the-caller"
