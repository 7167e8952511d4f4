"""One class serves a contract; a missing, doubled or mistyped one is found at start-up."""

from collections.abc import Iterator
from typing import Any, Protocol, final

import pytest

from banyan import Contract, Message, command, implements, query
from banyan.contracts import implementation_of, install_caller, startup_findings
from banyan.contracts.implementations import implementation_findings
from banyan.contracts.specs import MethodSpec
from banyan.errors import Misuse
from banyan.findings import FindingsError


class Item(Message):
    name: str


class Shelf(Contract, Protocol):
    @query
    def get(self, number: int, *, deep: bool = False) -> Item: ...

    @command
    def put(self, number: int, item: Item) -> None: ...


def contract() -> Any:
    """A contract of its own for each test, as what implements one is known to the process."""

    class Fresh(Shelf, Protocol):
        pass

    return Fresh


def findings_about(wanted: Any) -> list[tuple[str, str]]:
    return [(finding.id, finding.message) for finding in implementation_findings([wanted])]


def test_a_service_that_fits_its_contract_is_found_and_made_once() -> None:
    wanted = contract()

    @implements(wanted)
    @final
    class Service(wanted):
        def get(self, number: int, *, deep: bool = False) -> Item:
            return Item(name=f"{number} {deep}")

        def put(self, number: int, item: Item) -> None: ...

    assert findings_about(wanted) == []
    assert isinstance(implementation_of(wanted), Service)
    assert implementation_of(wanted) is implementation_of(wanted)


def test_a_missing_service_is_found() -> None:
    wanted = contract()

    ((id_, message),) = findings_about(wanted)

    assert id_ == "banyan.E210"
    assert "Nothing implements" in message
    with pytest.raises(FindingsError, match=r"Write @implements\(Fresh\)"):
        implementation_of(wanted)


def test_a_subclass_that_is_not_registered_stays_out_of_it() -> None:
    wanted = contract()

    class Fake(wanted):
        def get(self, number: int, *, deep: bool = False) -> Item:
            return Item(name="fake")

        def put(self, number: int, item: Item) -> None: ...

    assert Fake().get(1) == Item(name="fake")
    assert findings_about(wanted)[0][0] == "banyan.E210"


def test_two_services_of_one_contract_are_found() -> None:
    wanted = contract()

    @implements(wanted)
    class First(wanted):
        def get(self, number: int, *, deep: bool = False) -> Item: ...

        def put(self, number: int, item: Item) -> None: ...

    @implements(wanted)
    class Second(First):
        pass

    ((id_, message),) = findings_about(wanted)
    assert id_ == "banyan.E211"
    assert "First" in message
    assert "Second" in message
    with pytest.raises(FindingsError, match="is implemented 2 times"):
        implementation_of(wanted)


def test_a_module_that_is_imported_anew_replaces_its_own_service() -> None:
    wanted = contract()

    def import_it() -> type:
        @implements(wanted)
        class Service(wanted):
            def get(self, number: int, *, deep: bool = False) -> Item: ...

            def put(self, number: int, item: Item) -> None: ...

        return Service

    import_it()
    implementation_of(wanted)
    newest = import_it()

    assert type(implementation_of(wanted)) is newest


@pytest.mark.parametrize(
    ("methods", "misfit"),
    [
        ({"get": None}, "get is missing"),
        ({"get": "def get(self, number: int) -> Item: ..."}, "get lacks the argument 'deep'"),
        (
            {"get": "def get(self, number: str, *, deep: bool = False) -> Item: ..."},
            "get takes 'number' as str, not int",
        ),
        (
            {"get": "def get(self, number: int, *, deep: bool = False) -> str: ..."},
            "get returns str, not Item",
        ),
        (
            {"get": "def get(self, number: int, *, deep: bool) -> Item: ..."},
            "get demands the argument 'deep', for which the contract has a default",
        ),
        (
            {"get": "def get(self, number: int, who: int, *, deep: bool = False) -> Item: ..."},
            "get demands the argument 'who', which no caller can give",
        ),
        (
            {"put": "def put(self, item: Item, number: int) -> None: ..."},
            "put takes its arguments in the order item, number",
        ),
        (
            {"put": "async def put(self, number: int, item: Item) -> None: ..."},
            "put is async, which its contract is not",
        ),
        (
            {"put": "def put(self, number: int, item: 'Gone') -> None: ..."},
            "put has a signature that cannot be read",
        ),
        ({"__init__": "def __init__(self, shelf: int): ..."}, "cannot be made without arguments"),
    ],
)
def test_a_method_that_does_not_fit_is_found(methods: dict[str, str | None], misfit: str) -> None:
    wanted = contract()
    source = {
        "get": "def get(self, number: int, *, deep: bool = False) -> Item: ...",
        "put": "def put(self, number: int, item: Item) -> None: ...",
    } | methods
    body = "\n    ".join(line for line in source.values() if line)
    names: dict[str, Any] = {"Item": Item, "wanted": wanted, "__name__": __name__}
    exec(f"class Service(wanted):\n    {body}", names)  # noqa: S102

    implements(wanted)(names["Service"])

    ((id_, message),) = findings_about(wanted)
    assert id_ == "banyan.E212"
    assert misfit in message


@pytest.mark.parametrize(
    "method",
    [
        "def get(self, number: int, *, deep: bool = False, more: int = 0) -> Item: ...",
        "def get(self, number: object, deep: bool = True) -> Item: ...",
        "def get(self, *args, **kwargs): ...",
        "def get(self, number: float, *, deep: bool = False) -> 'Item': ...",
    ],
)
def test_a_method_that_takes_more_than_it_must_fits(method: str) -> None:
    wanted = contract()
    names: dict[str, Any] = {"Item": Item, "wanted": wanted, "__name__": __name__}
    put = "def put(self, number: int, item: Item) -> None: ..."
    exec(f"class Service(wanted):\n    {method}\n    {put}", names)  # noqa: S102

    implements(wanted)(names["Service"])

    assert findings_about(wanted) == []


def test_a_service_that_does_not_inherit_from_its_contract_is_found() -> None:
    wanted = contract()

    @implements(wanted)
    class Stranger:
        pass

    ((id_, message),) = findings_about(wanted)
    assert id_ == "banyan.E212"
    assert "does not inherit from Fresh" in message


def test_only_the_contracts_of_resident_modules_need_a_service_at_start_up() -> None:
    wanted = contract()

    def about_ours(is_resident: bool) -> list[str]:
        place = f"{wanted.__module__}.{wanted.__qualname__}"
        found = startup_findings(lambda _module: is_resident)
        return [finding.id for finding in found if place in finding.message]

    assert about_ours(is_resident=True) == ["banyan.E210"]
    assert about_ours(is_resident=False) == []


def test_what_implements_no_contract_is_found_at_start_up() -> None:
    @implements(Item)
    class Service:
        pass

    assert any(
        finding.id == "banyan.E205" and "Item" in finding.message
        for finding in startup_findings(lambda _module: False)
    )


class Recording:
    """A caller that keeps what it is asked to carry."""

    def __init__(self) -> None:
        self.bound: list[str] = []
        self.calls: list[tuple[Any, ...]] = []

    def bind(self, method: MethodSpec) -> Any:
        self.bound.append(method.name)

        def call(*args: Any, **kwargs: Any) -> str:
            self.calls.append((method.name, args, kwargs))
            return "carried"

        return call


@pytest.fixture
def recording() -> Iterator[Recording]:
    caller = Recording()
    before = install_caller(caller)
    yield caller
    install_caller(before)


def test_a_client_calls_the_service_of_this_process_if_nothing_else_is_installed() -> None:
    wanted = contract()
    client = wanted.client()

    @implements(wanted)
    class Service(wanted):
        def get(self, number: int, *, deep: bool = False) -> Item:
            return Item(name=f"{number} {deep}")

        def put(self, number: int, item: Item) -> None: ...

    assert client.get(7, deep=True) == Item(name="7 True")


def test_a_client_asks_the_caller_of_calls_once_for_each_method(recording: Recording) -> None:
    client = contract().client()
    assert recording.bound == []

    assert client.get(7) == "carried"
    assert client.get(8, deep=True) == "carried"

    assert recording.bound == ["get"]
    assert recording.calls == [("get", (7,), {}), ("get", (8,), {"deep": True})]


def test_a_caller_that_is_installed_later_carries_the_calls_of_older_clients_too() -> None:
    wanted = contract()
    client = wanted.client()
    first, second = Recording(), Recording()
    before = install_caller(first)
    client.get(1)

    assert install_caller(second) is first
    client.get(2)
    install_caller(before)

    assert [call[1] for call in first.calls] == [(1,)]
    assert [call[1] for call in second.calls] == [(2,)]


def test_a_contract_has_one_client_whoever_asks() -> None:
    wanted = contract()

    @implements(wanted)
    class Service(wanted):
        pass

    assert wanted.client() is wanted.client() is Service.client()
    assert repr(wanted.client()) == f"<client of {wanted.__qualname__}>"


def test_what_a_contract_does_not_have_its_client_does_not_have_either() -> None:
    with pytest.raises(AttributeError, match="has no method 'shelve'"):
        _ = contract().client().shelve
    with pytest.raises(AttributeError):
        _ = contract().client().__wrapped__


def test_the_base_of_all_contracts_has_no_client() -> None:
    with pytest.raises(Misuse, match="has no client"):
        Contract.client()
