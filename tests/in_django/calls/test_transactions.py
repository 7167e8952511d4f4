"""What a command owns: under TestCase, TransactionTestCase, ATOMIC_REQUESTS and other commands."""

import threading

import pytest
from django.db import connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, TestCase, TransactionTestCase
from django.urls import include, path
from pytest_django import Settings
from tests.in_django.apps.sales.contract import Sales
from tests.in_django.apps.sales.models import SaleRecord
from tests.in_django.apps.stock.contract import OutOfStock, Stock
from tests.in_django.apps.stock.models import Item, Note
from tests.in_django.calls.conftest import Mode
from tests.in_django.calls.loopback import SALES, STOCK, Loopback

from banyan import modules
from banyan.calls import idempotency_key, queries_in_transaction
from banyan.calls.adapters.transactions import DjangoTransactions
from banyan.calls.models import IdempotencyKey
from banyan.errors import Misuse, OutcomeUnknown
from banyan.modules import Module, Project, Residency

stock, sales = Stock.client(), Sales.client()


@pytest.fixture(params=["fast", "strict"])
def local(request: pytest.FixtureRequest, settings: Settings) -> str:
    settings.BANYAN = {"calls": {"mode": request.param}}
    return str(request.param)


class CommandsInATestCase(TestCase):
    """Django's TestCase wraps each test in a transaction of its own, which does not count."""

    @classmethod
    def setUpTestData(cls) -> None:
        Item.objects.create(sku="tea", quantity=3)

    def test_a_command_runs(self) -> None:
        assert stock.take("tea", 1).quantity == 2

    def test_a_block_of_the_test_s_own_counts(self) -> None:
        with transaction.atomic(), pytest.raises(Misuse):
            stock.take("tea", 1)

    def test_a_declared_error_with_a_key_undoes_and_is_remembered(self) -> None:
        for _ in range(2):
            with idempotency_key("k"), pytest.raises(OutOfStock):
                stock.take("tea", 9)
        assert IdempotencyKey.objects.get().declared_error
        assert not Note.objects.exists()


class CommandsInATransactionTestCase(TransactionTestCase):
    """Here commands commit for real."""

    def setUp(self) -> None:
        Item.objects.create(sku="tea", quantity=3)

    def test_a_command_commits_and_leaves_no_transaction_open(self) -> None:
        stock.take("tea", 1)
        assert connection.get_autocommit()
        connection.rollback()
        assert Item.objects.get().quantity == 2

    def test_key_effects_and_outcome_commit_together(self) -> None:
        statements: list[str] = []

        def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
            statements.append(sql.split()[0] + " " + ("key" if "idempotencykey" in sql else ""))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note), idempotency_key("k"):
            stock.put("tea", 1)
        assert statements[0] == "BEGIN " or statements[0].startswith("INSERT key")
        assert statements[-1] == "UPDATE key"
        assert not connection.in_atomic_block

    def test_a_command_that_fails_at_its_commit_leaves_no_key(self) -> None:
        with idempotency_key("k"), pytest.raises(OutcomeUnknown):
            stock.put_and_fail("tea", "")  # the article is there already
        assert not IdempotencyKey.objects.exists()

    def test_a_declared_error_with_a_key_leaves_the_key_only(self) -> None:
        with idempotency_key("k"), pytest.raises(OutOfStock):
            stock.take("tea", 9)
        connection.rollback()
        assert IdempotencyKey.objects.get().state == "done"
        assert not Note.objects.exists()

    def test_with_autocommit_off_a_command_is_refused(self) -> None:
        transaction.set_autocommit(False)
        try:
            with pytest.raises(Misuse, match="open transaction"):
                stock.take("tea", 1)
        finally:
            transaction.rollback()
            transaction.set_autocommit(True)


def test_a_command_called_in_a_command_is_refused_by_name(local: str, db: None) -> None:
    Item.objects.create(sku="tea", quantity=3)
    with pytest.raises(OutcomeUnknown) as caught:
        sales.record_and_take("tea")
    cause = caught.value.__cause__
    assert isinstance(cause, Misuse)
    assert cause.code == "banyan.call.in_command"
    assert "Sales/RecordAndTake" in cause.message
    assert "event" in cause.hint
    assert not SaleRecord.objects.exists()


def test_a_command_without_a_transaction_may_call_others(local: str, db: None) -> None:
    Item.objects.create(sku="tea", quantity=3)
    assert sales.take_then_record("tea").sku == "tea"
    assert Item.objects.get().quantity == 2


def test_a_key_is_not_passed_on_to_what_a_command_calls(local: str, db: None) -> None:
    Item.objects.create(sku="tea", quantity=3)
    with idempotency_key("k"):
        sales.take_then_record("tea")
    assert [row.method for row in IdempotencyKey.objects.all()] == [
        f"{_wire_name(Sales)}/TakeThenRecord"
    ]


def test_a_key_is_not_passed_on_to_what_runs_on_commit(
    local: str, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.in_django.apps.sales import service

    def record_then_put(sku: str):  # type: ignore[no-untyped-def]
        transaction.on_commit(lambda: stock.put(sku, 1) and None)
        return real(sku)

    real = service.record
    monkeypatch.setattr(service, "record", record_then_put)
    with idempotency_key("k"):
        sales.record("tea")
    assert Item.objects.get().quantity == 1
    assert IdempotencyKey.objects.count() == 1


def test_a_joining_command_is_undone_with_its_caller_s_transaction(local: str, db: None) -> None:
    with transaction.atomic():
        stock.note("one")
        assert Note.objects.count() == 1
        transaction.set_rollback(True)
    assert not Note.objects.exists()
    assert sales.record_with_note("tea").sku == "tea"
    assert Note.objects.get().text == "sold tea"
    stock.note("alone")


def test_a_joining_command_cannot_join_a_transaction_elsewhere(local: str, db: None) -> None:
    project = Project(
        "tests",
        modules={
            "stock": Module("stock", (STOCK,), database="other"),
            "sales": Module("sales", (SALES,)),
        },
    )
    with (
        modules.override(Residency(project)),
        transaction.atomic(),
        pytest.raises(Misuse, match=r"'default'.*'other'[\s\S]*using='other'"),
    ):
        stock.note("one")


def test_a_joining_command_cannot_be_remote(remote: Loopback, db: None) -> None:
    with pytest.raises(Misuse, match="joins=True") as caught:
        stock.note("one")
    assert caught.value.code == "banyan.call.joins_remote"
    assert remote.requests == []


@pytest.mark.django_db(databases=["default", "other"])
def test_a_command_commits_in_its_module_s_database(local: str) -> None:
    project = Project("tests", modules={"stock": Module("stock", (STOCK,), database="other")})
    with modules.override(Residency(project)):
        with transaction.atomic(using="other"), pytest.raises(Misuse, match="'other'"):
            stock.put("tea", 1)
        with transaction.atomic(using="default"), pytest.raises(Misuse, match="'default'"):
            stock.put("tea", 1)
        with idempotency_key("k"):
            stock.put("tea", 1)
    assert IdempotencyKey.objects.using("other").count() == 1
    assert not IdempotencyKey.objects.using("default").exists()


def test_queries_in_a_transaction_are_counted(mode: Mode, db: None) -> None:
    before = queries_in_transaction()
    stock.levels([])
    with transaction.atomic():
        stock.levels([])
    after = queries_in_transaction()
    grown = {name for name, count in after.items() if count != before.get(name, 0)}
    # A fast call has nothing to spare for looking.
    assert len(grown) == (0 if mode == "fast" else 1)


def test_looking_for_transactions_opens_no_connection() -> None:
    seen: list[object] = []

    def look() -> None:
        seen.append(DjangoTransactions().open_alias())
        seen.extend(connections.all(initialized_only=True))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [None]


# ATOMIC_REQUESTS


def order_naively(request: HttpRequest) -> HttpResponse:
    return HttpResponse(stock.take("tea", 1).quantity)


@transaction.non_atomic_requests
def order_well(request: HttpRequest) -> HttpResponse:
    return HttpResponse(stock.take("tea", 1).quantity)


def order_on_commit(request: HttpRequest) -> HttpResponse:
    transaction.on_commit(lambda: stock.take("tea", 1) and None)
    return HttpResponse("soon")


urlpatterns = [
    path("naively", order_naively),
    path("well", order_well),
    path("on-commit", order_on_commit),
    path("banyan/", include("banyan.calls.urls")),
]


@pytest.fixture
def atomic_requests(transactional_db: None, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    Item.objects.create(sku="tea", quantity=3)


@pytest.mark.usefixtures("atomic_requests")
def test_under_atomic_requests_a_view_opts_out_or_waits_for_the_commit(
    mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    client = Client()
    with pytest.raises(Misuse, match="non_atomic_requests"):
        client.get("/naively")
    assert client.get("/well").content == b"2"
    client.get("/on-commit")
    assert Item.objects.get().quantity == 1


@pytest.mark.usefixtures("atomic_requests")
def test_the_endpoint_is_outside_of_atomic_requests(
    remote: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    assert stock.take("tea", 1).quantity == 2


def _wire_name(contract: type) -> str:
    from banyan.contracts import spec_of

    return spec_of(contract).name
