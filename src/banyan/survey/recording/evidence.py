"""The evidence file, ``banyan.evidence/1``: what ran, by the lines that ran it."""

import re
from inspect import cleandoc
from typing import Any, Literal

import msgspec
from msgspec import Struct

FORMAT = "banyan.evidence/1"

Kind = Literal["code", "tests", "migrations"]
Verb = Literal["SELECT", "INSERT", "UPDATE", "DELETE"]

_TEST_FILES = re.compile(r"test_.*\.py|.*_tests?\.py|tests?\.py|conftest\.py")
_TEST_FOLDERS = {"test", "tests"}


class App(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A Django app of the project that ran, or one that it stands in for.

    Attributes:
        label: the label of the running one in Django's registry.
        name: the Python package; another one when the app's configuration inherits from its.
        path: its folder below the project's root; "" for an installed one.
    """

    label: str
    name: str
    path: str


class Table(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A table that a model in Django's registry declares.

    Attributes:
        table: its name in the database, without quotes.
        app: the label of the model's app.
        model: the model's name.
        managed: whether Django creates it; several models may share a table.
    """

    table: str
    app: str
    model: str
    managed: bool


class Statement(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """What was done to a table.

    Attributes:
        verb: what; a subquery of a DELETE reads.
        table: the table, without quotes.
    """

    verb: Verb
    table: str


class Join(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """Two tables in one statement.

    Attributes:
        left: the table whose name sorts first.
        right: the other one.
        how: by a join, or one in a subquery.
    """

    left: str
    right: str
    how: Literal["join", "subquery"]


class Signal(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A signal and one of the project's own functions that received it.

    Attributes:
        signal: the dotted name of the signal.
        sender: the label of a model, or the dotted name of a class; "" for none.
        file: where the receiver is defined.
        line: the line of its definition.
        function: its name.
    """

    signal: str
    sender: str
    file: str
    line: int
    function: str


class Task(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A task that was sent.

    Attributes:
        name: as the task queue knows it.
        file: where it is defined; "" when it is not the project's own, or not known.
    """

    name: str
    file: str


class Request(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """An HTTP request to somewhere.

    Attributes:
        host: to which host; nothing else of the address is kept.
        timeout: whether a timeout was set.
    """

    host: str
    timeout: bool


class Line(Struct, frozen=True, order=True, omit_defaults=True, forbid_unknown_fields=True):
    """A line of the project's own, and what it did; each thing once.

    Attributes:
        file: below the project's root, with slashes.
        line: from 1.
        function: the function that the line is in, as Python names its code.
        kind: whether the file is the project's code, its tests, or its migrations.
        statements: the tables that it touched.
        joins: the tables that met in one statement.
        transactions: for each transaction that began here and wrote several tables, those tables.
        signals: the signals that it sent to receivers of the project's own.
        tasks: the tasks that it sent.
        requests: the HTTP requests that it made.
    """

    file: str
    line: int
    function: str
    kind: Kind
    statements: tuple[Statement, ...] = ()
    joins: tuple[Join, ...] = ()
    transactions: tuple[tuple[str, ...], ...] = ()
    signals: tuple[Signal, ...] = ()
    tasks: tuple[Task, ...] = ()
    requests: tuple[Request, ...] = ()


class Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    """All that was seen, sorted; the same run gives the same file.

    Attributes:
        format: which version of this format it is.
        apps: the apps that were installed.
        tables: the tables that their models declare.
        lines: the lines that did something.
    """

    format: Literal["banyan.evidence/1"]
    apps: tuple[App, ...]
    tables: tuple[Table, ...]
    lines: tuple[Line, ...]


def kind_of(file: str) -> Kind:
    """What a file of a project is, by its path."""
    *folders, name = file.split("/")
    if _TEST_FOLDERS & set(folders) or _TEST_FILES.fullmatch(name):
        return "tests"
    return "migrations" if "migrations" in folders else "code"


def encode(evidence: Evidence) -> bytes:
    """The text of the file."""
    return msgspec.json.format(msgspec.json.encode(evidence), indent=1) + b"\n"


def decode(text: bytes) -> Evidence:
    """Read the text of a file.

    Raises:
        ValueError: it is not of this format; the message says where.
    """
    return msgspec.json.decode(text, type=Evidence)


def json_schema() -> dict[str, Any]:
    """The JSON schema of the file."""
    schema = msgspec.json.schema(Evidence)
    for table in schema["$defs"].values():
        table["description"] = cleandoc(table["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        **schema,
    }
