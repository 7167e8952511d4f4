"""Strict local calls leak nothing, and can be made to fail; fast ones hand over what they have."""

import time

import pytest
from django.conf import settings as django_settings
from django.db import models
from pytest_django import Settings
from tests.in_django.apps.stock import service
from tests.in_django.apps.stock.contract import Level, Stock
from tests.in_django.apps.stock.models import Item

from banyan.calls import Fault, inject
from banyan.calls.modes import is_strict
from banyan.errors import Misuse, NotExecuted, OutcomeUnknown

stock = Stock.client()


@pytest.fixture
def strict(settings: Settings, db: None) -> None:
    settings.BANYAN = {"calls": {"mode": "strict"}}
    Item.objects.create(sku="tea", quantity=3)


@pytest.fixture
def fast(settings: Settings, db: None) -> None:
    settings.BANYAN = {"calls": {"mode": "fast"}}
    Item.objects.create(sku="tea", quantity=3)


def test_tests_are_strict_unless_told_otherwise(db: None) -> None:
    assert is_strict(None, debug=False)
    assert is_strict(None, debug=django_settings.DEBUG)
    assert not is_strict("fast", debug=True)


@pytest.mark.usefixtures("strict")
def test_a_method_sees_copies_of_its_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(
        service.StockService, "levels", lambda self, skus, least: seen.append(skus) or []
    )  # type: ignore[func-returns-value]
    mine = ["tea"]
    stock.levels(mine)
    assert seen == [["tea"]]
    assert seen[0] is not mine


@pytest.mark.usefixtures("fast")
def test_a_fast_call_hands_over_the_objects_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.StockService, "levels", lambda self, skus, least=0: skus)
    mine = ["tea"]
    assert stock.levels(mine) is mine  # type: ignore[comparison-overlap]


@pytest.mark.usefixtures("strict")
def test_a_queryset_or_a_model_does_not_leak_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def leak(self: object, sku: str) -> models.Model:
        return Item.objects.get()

    def leak_many(self: object, skus: list[str], least: int) -> object:
        return Item.objects.all()

    monkeypatch.setattr(service.StockService, "level", leak)
    monkeypatch.setattr(service.StockService, "levels", leak_many)
    with pytest.raises(OutcomeUnknown, match="expected Level, got Item"):
        stock.level("tea")
    with pytest.raises(OutcomeUnknown, match="expected list, got QuerySet"):
        stock.levels([])


@pytest.mark.usefixtures("strict")
def test_a_queryset_or_a_model_does_not_leak_in() -> None:
    with pytest.raises(Misuse, match="expected list, got QuerySet"):
        stock.levels(Item.objects.values_list("sku"))  # type: ignore[arg-type]


@pytest.mark.usefixtures("strict")
def test_a_result_that_does_not_travel_undoes_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def put(self: object, sku: str, quantity: int) -> object:
        return Item.objects.create(sku=sku, quantity=quantity)

    monkeypatch.setattr(service.StockService, "put", put)
    with pytest.raises(OutcomeUnknown, match="rolled back"):
        stock.put("milk", 1)
    assert not Item.objects.filter(sku="milk").exists()


@pytest.mark.usefixtures("strict")
def test_latency_is_injected_where_asked() -> None:
    with inject("*Stock/Level", latency=0.05):
        started = time.perf_counter()
        stock.levels([])
        assert time.perf_counter() - started < 0.05
        stock.level("tea")
        assert time.perf_counter() - started > 0.05


@pytest.mark.usefixtures("strict")
def test_a_call_can_be_made_to_never_arrive_or_to_lose_its_answer() -> None:
    with inject("*Stock/Put", fault=Fault.NEVER_ARRIVES), pytest.raises(NotExecuted):
        stock.put("tea", 1)
    assert Item.objects.get().quantity == 3
    with inject("*Stock/Put", fault=Fault.ANSWER_LOST), pytest.raises(OutcomeUnknown):
        stock.put("tea", 1)
    assert Item.objects.get().quantity == 4
    assert stock.put("tea", 1) == Level(sku="tea", quantity=5)
