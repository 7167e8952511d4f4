"""What holds for a call wherever it goes."""

import asyncio
import re
from collections.abc import Callable

import pytest
from django.db import transaction
from tests.in_django.apps.stock.contract import Level, OutOfStock, Stock
from tests.in_django.apps.stock.models import Item, Note
from tests.in_django.apps.stock.service import StockService
from tests.in_django.calls.conftest import Mode

from banyan.calls import acall, idempotency_key, or_else
from banyan.calls.context import key_of_caller
from banyan.calls.models import IdempotencyKey
from banyan.errors import CallError, Misuse, NotExecuted, OutcomeUnknown, Status
from banyan.resilience import deadline

stock = Stock.client()


@pytest.fixture(autouse=True)
def tea(db: None) -> Item:
    return Item.objects.create(sku="tea", quantity=3)


def test_a_query_answers(mode: Mode) -> None:
    assert stock.level("tea") == Level(sku="tea", quantity=3)
    assert stock.levels(skus=["tea", "milk"]) == [Level(sku="tea", quantity=3)]
    assert stock.levels(["tea"], least=4) == []


def test_a_command_acts(mode: Mode) -> None:
    assert stock.take("tea", 1).quantity == 2
    assert Item.objects.get().quantity == 2


def test_a_declared_error_comes_back_as_itself(mode: Mode) -> None:
    with pytest.raises(OutOfStock) as caught:
        stock.level("milk")
    assert (caught.value.sku, caught.value.left) == ("milk", 0)


def test_a_declared_error_undoes_what_the_command_did(mode: Mode) -> None:
    with pytest.raises(OutOfStock):
        stock.take("tea", 4)
    assert not Note.objects.exists()


@pytest.mark.parametrize("how", ["bug", "type", "undeclared"])
def test_any_other_exception_is_a_failed_call(mode: Mode, how: str) -> None:
    with pytest.raises(OutcomeUnknown) as caught:
        stock.fail(how)
    assert caught.value.status is Status.INTERNAL
    assert caught.value.code == "banyan.call.failed"
    if mode == "remote":
        assert "secret-of-the-service" not in str(caught.value)
    else:
        assert caught.value.__cause__ is not None


def test_a_failed_command_leaves_nothing(mode: Mode) -> None:
    with pytest.raises(OutcomeUnknown):
        stock.put_and_fail("milk", "bug")
    assert not Item.objects.filter(sku="milk").exists()


def test_arguments_that_do_not_fit_are_the_caller_s_mistake(mode: Mode) -> None:
    with pytest.raises(Misuse):
        stock.take("tea")  # type: ignore[call-arg]
    if mode != "fast":
        with pytest.raises(Misuse, match="quantity"):
            stock.take("tea", "many")  # type: ignore[arg-type]
        with pytest.raises(Misuse, match="sku"):
            stock.level(Item.objects.get())  # type: ignore[arg-type]


@pytest.mark.parametrize("call", [lambda: stock.take("tea", 1), lambda: stock.reorder("tea")])
def test_a_command_inside_a_transaction_is_refused(mode: Mode, call: Callable[[], object]) -> None:
    refusal = r"called inside an open transaction on the database 'default'[\s\S]*on_commit"
    with transaction.atomic(), pytest.raises(Misuse, match=refusal) as caught:
        call()
    assert caught.value.code == "banyan.call.in_transaction"
    assert Item.objects.get().quantity == 3


def test_a_query_inside_a_transaction_is_allowed(mode: Mode) -> None:
    with transaction.atomic():
        assert stock.level("tea").quantity == 3


def test_a_command_may_be_called_on_commit(
    mode: Mode, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():  # type: ignore[attr-defined]
        transaction.on_commit(lambda: stock.take("tea", 1))
    assert Item.objects.get().quantity == 2


def test_a_repeat_with_the_same_key_is_answered_and_not_run(mode: Mode) -> None:
    for _ in range(3):
        with idempotency_key("checkout-17"):
            assert stock.take("tea", 1) == Level(sku="tea", quantity=2)
    assert Item.objects.get().quantity == 2
    with idempotency_key("checkout-18"):
        assert stock.take("tea", 1).quantity == 1


def test_a_remembered_declared_error_is_answered_again(mode: Mode) -> None:
    with idempotency_key("k"), pytest.raises(OutOfStock):
        stock.take("tea", 4)
    assert not Note.objects.exists()
    Item.objects.update(quantity=10)
    with idempotency_key("k"), pytest.raises(OutOfStock) as caught:
        stock.take("tea", 4)
    assert caught.value.left == 3
    assert Item.objects.get().quantity == 10


def test_a_failure_is_not_remembered_so_that_a_repeat_runs_again(mode: Mode) -> None:
    with idempotency_key("k"), pytest.raises(OutcomeUnknown):
        stock.put_and_fail("milk", "bug")
    assert not IdempotencyKey.objects.exists()


def test_a_key_does_not_go_along_to_what_a_query_calls(
    mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str | None] = []

    def levels(self: object, skus: list[str], least: int = 0) -> list[Level]:
        seen.append(key_of_caller.get())
        return []

    monkeypatch.setattr(StockService, "levels", levels)
    with idempotency_key("k"):
        stock.levels(["tea"])
    assert seen == [None]


def test_a_key_with_other_arguments_is_refused(mode: Mode) -> None:
    with idempotency_key("k"):
        stock.take("tea", 1)
        with pytest.raises(Misuse, match="other arguments") as caught:
            stock.take("tea", 2)
    assert caught.value.code == "banyan.call.key_reused"
    assert Item.objects.get().quantity == 2


def test_a_key_counts_for_each_method_by_itself(mode: Mode) -> None:
    with idempotency_key("k"):
        stock.take("tea", 1)
        stock.put("tea", 1)
    assert IdempotencyKey.objects.count() == 2


def test_a_command_without_a_transaction_is_remembered_too(mode: Mode) -> None:
    for _ in range(2):
        with idempotency_key("k"):
            assert stock.reorder("tea") == 1
    assert IdempotencyKey.objects.get().state == "done"
    with idempotency_key("other"), pytest.raises(OutOfStock):
        stock.reorder("tea", "none")
    with idempotency_key("other"), pytest.raises(OutOfStock):
        stock.reorder("tea", "none")
    assert Note.objects.count() == 2


def test_a_repeat_of_a_started_command_has_an_unknown_outcome(mode: Mode) -> None:
    with idempotency_key("k"), pytest.raises(OutcomeUnknown):
        stock.reorder("tea", "bug")
    assert IdempotencyKey.objects.get().state == "started"
    with idempotency_key("k"), pytest.raises(OutcomeUnknown, match="started before") as caught:
        stock.reorder("tea", "bug")
    assert caught.value.code == "banyan.call.started"
    assert Note.objects.count() == 1


def test_a_call_after_its_deadline_is_not_made(mode: Mode) -> None:
    with deadline(-1), pytest.raises(NotExecuted) as caught:
        stock.take("tea", 1)
    assert caught.value.status is Status.DEADLINE_EXCEEDED
    assert Item.objects.get().quantity == 3


def test_a_command_that_ends_after_its_deadline_is_undone(mode: Mode) -> None:
    with deadline(0.1), pytest.raises(OutcomeUnknown) as caught:
        stock.put_and_fail("milk", "slow")
    assert caught.value.status is Status.DEADLINE_EXCEEDED
    assert not Item.objects.filter(sku="milk").exists()


def test_or_else_answers_for_a_failed_call_and_for_nothing_else(mode: Mode) -> None:
    def failing(sku: str) -> Level:
        raise NotExecuted("away", status=Status.UNAVAILABLE)

    nothing = Level(sku="", quantity=0)
    assert or_else(stock.level, nothing)("tea").quantity == 3
    assert or_else(failing, nothing)("tea") is nothing
    assert or_else(stock.fail, None)("bug") is None
    with pytest.raises(OutOfStock):
        or_else(stock.level, nothing)("milk")
    with pytest.raises(Misuse):
        or_else(stock.take, nothing)("tea")  # type: ignore[call-arg]


@pytest.mark.django_db(transaction=True)
def test_async_code_awaits_a_call(mode: Mode) -> None:
    async def work() -> None:
        assert (await acall(stock.level, "tea")).quantity == 3
        assert (await acall(stock.take, "tea", quantity=1)).quantity == 2
        with pytest.raises(OutOfStock):
            await acall(stock.level, "milk")
        with pytest.raises(CallError):
            await acall(stock.fail, "bug")
        assert await acall(or_else(stock.fail, None), "bug") is None
        with idempotency_key("k"):
            first = await acall(stock.take, "tea", 1)
            assert await acall(stock.take, "tea", 1) == first

    asyncio.run(work())


def test_a_key_that_no_header_can_carry_is_refused() -> None:
    for key in ("", " ", "ä", "a b", "x" * 201, "a\n"):
        with pytest.raises(Misuse, match=re.escape("idempotency key")), idempotency_key(key):
            pass
