"""What in a contract cannot be used is found when it is read, with the name of the part."""

import enum
from typing import Annotated, Any, Generic, Literal, Protocol, TypeVar

import pytest

from banyan import Contract, DeclaredError, Event, Message, command, query
from banyan.contracts import event_spec, spec_of
from banyan.contracts.reading import contract_findings
from banyan.findings import FindingsError

T = TypeVar("T")


class Item(Message):
    name: str


class Page(Message, Generic[T]):
    items: list[T]


class Access(enum.Flag):
    READ = 1


class Deep(Message):
    labels: set[str]


class TwoNames(Message):
    user_id: int
    userId: int  # noqa: N815


class DefaultBesideNone(Message):
    limit: int | None = 10


class Umlaut(Message):
    größe: int  # noqa: PLC2401


class Dangling(Message):
    later: "Nowhere"  # type: ignore[name-defined]  # noqa: F821


class BadError(DeclaredError):
    cause: Exception


def found(hint: Any) -> str:
    """The one finding about a contract whose method takes this type."""

    class Asked(Contract, Protocol):
        @query
        def ask(self, it: hint) -> None: ...

    (finding,) = contract_findings(Asked)
    assert finding.id == "banyan.E201"
    assert finding.hint
    assert finding.location is not None
    assert finding.location.file.name == "test_reading.py"
    assert finding.location.line > 0
    return finding.message


@pytest.mark.parametrize(
    ("hint", "problem"),
    [
        (set[str], "Asked.ask.it: set[str] has no form on the wire"),
        (object, "Asked.ask.it: object has no form on the wire"),
        (Any, "Asked.ask.it: Any has no form on the wire"),
        (list, "Asked.ask.it: list has no form on the wire"),
        (dict, "Asked.ask.it: dict has no form on the wire"),
        (complex, "Asked.ask.it: complex has no form on the wire"),
        (Message, "Asked.ask.it: Message has no form on the wire"),
        (Literal["a"], "has no form on the wire"),
        (Annotated[int, "≥ 0"], "has no form on the wire"),
        (tuple[int, str], "Asked.ask.it: tuple[int, str] has no form on the wire"),
        (Page[Item], "has no form on the wire"),
        (Page, "the generic message Page has no form on the wire"),
        (Access, "the flags Access have no form on the wire"),
        (list[list[int]], "Asked.ask.it[]: a list or dict directly inside another"),
        (dict[str, list[int]], "Asked.ask.it{}: a list or dict directly inside another"),
        (list[int | None], "Asked.ask.it[]: an element that may be None"),
        (dict[bool, int], "Asked.ask.it: bool cannot be the key of a dict"),
        (int | str, "Asked.ask.it: int cannot be one of several types"),
        (Item | str, "Asked.ask.it: str cannot be one of several types"),
        (Deep, "Deep.labels: set[str] has no form on the wire"),
        (list[Deep], "Deep.labels: set[str] has no form on the wire"),
        (TwoNames, "TwoNames.userId: on the wire 'userId' and 'user_id' are both 'userId'"),
        (DefaultBesideNone, "DefaultBesideNone.limit: None is left out on the wire"),
        (Umlaut, "Umlaut.größe: the name has no form on the wire"),
        (Dangling, "Dangling: its annotations cannot be read: name 'Nowhere' is not defined"),
    ],
)
def test_a_type_without_a_form_on_the_wire_is_a_finding_that_names_the_field(
    hint: Any, problem: str
) -> None:
    assert problem in found(hint)


def test_a_result_and_a_declared_error_are_looked_at_too() -> None:
    class Asked(Contract, Protocol):
        @query
        def result(self) -> set[str]: ...

        @query(raises=[BadError])
        def error(self) -> None: ...

    messages = [finding.message for finding in contract_findings(Asked)]

    assert "Asked.result.result: set[str] has no form on the wire" in messages[0]
    assert "BadError.cause: Exception has no form on the wire" in messages[1]


def test_an_event_that_cannot_travel_is_a_finding() -> None:
    class LabelsChanged(Event):
        labels: set[str]

    with pytest.raises(FindingsError, match=r"LabelsChanged\.labels: set"):
        event_spec(LabelsChanged)


def test_all_that_is_wrong_with_a_contract_is_told_at_once() -> None:
    class Wrong(Contract, Protocol):
        def undeclared(self) -> None: ...

        @query
        async def waits(self) -> None: ...

        @query
        def gathers(self, *names: str) -> None: ...

        @query
        def positional(self, name: str, /) -> None: ...

        @query
        def bare(self, name, other: int): ...  # type: ignore[no-untyped-def]

        @query
        def same_name(self) -> None: ...

        @query
        def same__name(self) -> None: ...

        def _private(self) -> None: ...

    findings = contract_findings(Wrong)

    assert [finding.id for finding in findings] == [
        "banyan.E202",
        "banyan.E203",
        "banyan.E203",
        "banyan.E203",
        "banyan.E203",
        "banyan.E204",
    ]
    for finding, text in zip(
        findings,
        [
            "Wrong.undeclared is neither a query nor a command",
            "Wrong.waits is async",
            "Wrong.gathers takes '*names', but arguments travel by name",
            "Wrong.positional takes 'name', but arguments travel by name",
            "Wrong.bare has no annotation for name, return",
            "same_name and same__name, which on the wire are both SameName",
        ],
        strict=True,
    ):
        assert text in finding.message
        assert finding.hint
    with pytest.raises(FindingsError) as raised:
        spec_of(Wrong)
    assert raised.value.findings == findings


def test_a_class_that_is_no_protocol_is_no_contract() -> None:
    class Forgot(Contract):
        @query
        def ask(self) -> None: ...

    (finding,) = contract_findings(Forgot)

    assert finding.id == "banyan.E205"
    assert "class Forgot(Contract, Protocol):" in finding.hint


def test_a_contract_may_extend_another() -> None:
    class First(Contract, Protocol):
        @query
        def one(self) -> int: ...

    class Second(First, Protocol, version=2):
        @command
        def two(self) -> None: ...

    assert set(spec_of(Second).methods) == {"one", "two"}
    assert ".v2." in spec_of(Second).name
    assert spec_of(Second).methods["one"].path.endswith(".v2.Second/One")
    assert ".v1." in spec_of(First).name
