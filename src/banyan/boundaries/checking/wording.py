"""Says in a sentence what breaks a rule."""

from collections.abc import Sequence
from typing import Final

from banyan.boundaries.rules import Rule
from banyan.boundaries.violations import Violation
from banyan.survey.facts import Coupling, Kind, SharedCode
from banyan.survey.words import WORDS, some

_VERBS: Final = {"": "reads", "read": "reads", "create": "creates", "update": "updates"}
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


def library(shared: SharedCode, source: str, target: str, owner: str) -> str:
    """Of shared code that imports a module."""
    users = some(shared.used_by, 3)
    return f"{source} is shared code, which {users} import, and imports {target} of {owner}"


def tie(one: Violation, ties: Sequence[Coupling]) -> str:
    """Of one name of a module and one of another."""
    match one.rule:
        case Rule.INTERNALS:
            how = "loads" if all(each.kind is Kind.GET_MODEL for each in ties) else "imports"
            return f"{one.source} {how} {one.target}, which {one.owner} doesn't offer"
        case Rule.RELATION:
            kind = ties[0].kind
            what = _ARTICLES.get(kind) or f"a {WORDS[kind].one}"
            joint = "of" if kind is Kind.MODEL_INHERITANCE else "to"
            return f"{one.source} is {what} {joint} {one.target} of {one.owner}"
        case Rule.ACCESS:
            verbs = dict.fromkeys(_VERBS.get(each.verb, f"{each.verb}s") for each in ties)
            return f"{one.source} {' and '.join(sorted(verbs))} {one.target} of {one.owner}"
        case Rule.LOOKUP:
            paths = sorted({each.lookup for each in ties if each.lookup})
            by = f" by {some(paths, 3)}" if paths else ""
            return f"{one.source} joins {one.target} of {one.owner}{by}"
        case Rule.RAW_SQL:
            table = ties[0].table or "the table"
            return f"{one.source} names {table} in SQL, the table of {one.target} of {one.owner}"
        case Rule.TRANSACTION:
            return f"{one.source} writes {one.target} of {one.owner} in one transaction with others"
        case Rule.SIGNAL:
            return f"{one.source} hears signals of {one.target} of {one.owner}"
        case Rule.MIGRATION:
            return f"{one.source} waits for {one.target} of {one.owner}"
        case Rule.HARD_CODED_HOST:
            return f"{one.source} calls {one.target or 'a host'}, which is written into the code"
        case Rule.NO_TIMEOUT:
            to = f" to {one.target}" if one.target else ""
            return f"{one.source} makes an HTTP call{to} without a timeout"
        case _:
            raise AssertionError(f"{one.rule} is not of two names")
