"""Says in a sentence what breaks a rule."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from banyan.boundaries.rules import Rule
from banyan.boundaries.violations import Violation
from banyan.survey.facts import Coupling, Kind
from banyan.survey.words import WORDS, some

_ARTICLES: Final = {
    Kind.ONE_TO_ONE: "a one-to-one relation",
    Kind.MODEL_INHERITANCE: "a child",
}


def use(consumer: str, owner: str) -> str:
    """Of a module that uses another undeclared."""
    return f"{consumer} uses {owner}, which banyan.toml doesn't name among its calls"


def cycle(consumer: str, owner: str, group: Sequence[str]) -> str:
    """Of a module that holds on to another which holds on to it."""
    if len(group) == 2:
        return f"{consumer} holds on to {owner}, and {owner} to {consumer}"
    return f"{consumer} holds on to {owner}, in a cycle of {some(group, 5)}"


def shared_table(model: str, other: str, table: str) -> str:
    """Of a model that has another's table."""
    return f"{model} has the table {table}, which is that of {other}"


def contract(name: str, target: str) -> str:
    """Of a contract that imports what it must not."""
    return f"{name} is a contract, and imports {target}"


def library(source: str, target: str, owner: str, users: Sequence[str]) -> str:
    """Of shared code that imports a module."""
    return f"{source}, shared by {some(users, 3)}, imports {target} of {owner}"


def tie(one: Violation, ties: Sequence[Coupling], taken: Sequence[str] = ()) -> str:
    """Of one name of a module and one of another.

    Args:
        taken: models of third modules of which rows are deleted along.
    """
    along = f", and with it rows of {some(taken, 3)}" if taken else ""
    return f"{one.source} {_TIES[one.rule](one, ties)}{along}"


def _internals(one: Violation, ties: Sequence[Coupling]) -> str:
    how = "loads" if all(each.kind is Kind.GET_MODEL for each in ties) else "imports"
    return f"{how} {one.target}, which {one.owner} doesn't offer"


def _relation(one: Violation, ties: Sequence[Coupling]) -> str:
    kind = ties[0].kind
    what = _ARTICLES.get(kind) or f"a {WORDS[kind].one}"
    joint = "of" if kind is Kind.MODEL_INHERITANCE else "to"
    return f"is {what} {joint} {one.target} of {one.owner}"


def _access(one: Violation, ties: Sequence[Coupling]) -> str:
    verbs = sorted({f"{each.verb or 'read'}s" for each in ties})
    said = f"{' and '.join(verbs)} {one.target} of {one.owner}"
    if all(each.along for each in ties):
        said += f", by a delete of {some(sorted({each.along for each in ties}), 2)}"
    return said


def _lookup(one: Violation, ties: Sequence[Coupling]) -> str:
    paths = sorted({each.lookup for each in ties if each.lookup})
    by = f" by {some(paths, 3)}" if paths else ""
    return f"joins {one.target} of {one.owner}{by}"


def _raw_sql(one: Violation, ties: Sequence[Coupling]) -> str:
    return f"names {ties[0].table} in SQL, the table of {one.target} of {one.owner}"


def _transaction(one: Violation, _ties: Sequence[Coupling]) -> str:
    return f"writes {one.target} of {one.owner} in one transaction with others"


def _signal(one: Violation, _ties: Sequence[Coupling]) -> str:
    return f"hears signals of {one.target} of {one.owner}"


def _migration(one: Violation, _ties: Sequence[Coupling]) -> str:
    return f"waits for {one.target} of {one.owner}"


def _library(one: Violation, _ties: Sequence[Coupling]) -> str:
    return f"is of shared code, and imports {one.target} of {one.owner}"


def _host(one: Violation, _ties: Sequence[Coupling]) -> str:
    return f"calls {one.target or 'a host'}, which is written into the code"


def _timeout(one: Violation, _ties: Sequence[Coupling]) -> str:
    to = f" to {one.target}" if one.target else ""
    return f"makes an HTTP call{to} without a timeout"


_TIES: Final[Mapping[Rule, Callable[[Violation, Sequence[Coupling]], str]]] = {
    Rule.INTERNALS: _internals,
    Rule.RELATION: _relation,
    Rule.ACCESS: _access,
    Rule.LOOKUP: _lookup,
    Rule.RAW_SQL: _raw_sql,
    Rule.TRANSACTION: _transaction,
    Rule.SIGNAL: _signal,
    Rule.MIGRATION: _migration,
    Rule.HARD_CODED_HOST: _host,
    Rule.NO_TIMEOUT: _timeout,
    Rule.LIBRARY_MODELS: _library,
    Rule.LIBRARY_MODULE: _library,
}
