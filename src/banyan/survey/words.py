"""How the kinds of couplings are called, counted and told to people."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import msgspec

from banyan.survey.facts import Basis, Coupling, Kind, Place


class Group(StrEnum):
    """Kinds that are drawn alike."""

    RELATION = "relation"
    ACCESS = "access"
    MOMENT = "moment"
    CODE = "code"


class Word(msgspec.Struct, frozen=True):
    """A kind, as people say it.

    Attributes:
        about: what it is, in a sentence.
    """

    one: str
    many: str
    group: Group
    about: str


WORDS: Final = {
    Kind.FOREIGN_KEY: Word(
        "foreign key",
        "foreign keys",
        Group.RELATION,
        "A column that points at a row of the other module.",
    ),
    Kind.ONE_TO_ONE: Word(
        "one-to-one relation",
        "one-to-one relations",
        Group.RELATION,
        "A foreign key that may occur once.",
    ),
    Kind.MANY_TO_MANY: Word(
        "many-to-many relation",
        "many-to-many relations",
        Group.RELATION,
        "A table of pairs between the two.",
    ),
    Kind.GENERIC_RELATION: Word(
        "generic relation",
        "generic relations",
        Group.RELATION,
        "A row of any model, named by its content type.",
    ),
    Kind.MODEL_INHERITANCE: Word(
        "inherited model",
        "inherited models",
        Group.RELATION,
        "A model whose table shares its key with a table of the other.",
    ),
    Kind.MODEL_ACCESS: Word(
        "access",
        "accesses",
        Group.ACCESS,
        "A query on rows of the other module, or a write to them.",
    ),
    Kind.ORM_LOOKUP: Word(
        "lookup", "lookups", Group.ACCESS, "A path of names that joins a table of the other module."
    ),
    Kind.REVERSE_ACCESSOR: Word(
        "reverse accessor",
        "reverse accessors",
        Group.ACCESS,
        "A relation that the other declares, walked from its far end.",
    ),
    Kind.RAW_SQL: Word(
        "raw SQL",
        "raw SQL texts",
        Group.ACCESS,
        "An SQL text that names a table of the other module.",
    ),
    Kind.TRANSACTION: Word(
        "transaction",
        "transactions",
        Group.MOMENT,
        "A block that writes rows of both, all or nothing.",
    ),
    Kind.SIGNAL: Word(
        "signal receiver",
        "signal receivers",
        Group.MOMENT,
        "Code that runs in the moment in which the other saves or deletes.",
    ),
    Kind.GET_MODEL: Word(
        "model by name",
        "models by name",
        Group.ACCESS,
        "A model of the other module, got by get_model or the like.",
    ),
    Kind.IMPORT: Word("import", "imports", Group.CODE, "An import of code of the other module."),
    Kind.MODEL_IMPORT: Word(
        "model import", "model imports", Group.CODE, "An import of models of the other module."
    ),
    Kind.TASK: Word("task", "tasks", Group.CODE, "A task of the other module, sent or scheduled."),
    Kind.HTTP_CALL: Word("HTTP call", "HTTP calls", Group.CODE, "A URL that is called."),
    Kind.URL_REVERSE: Word(
        "URL name", "URL names", Group.CODE, "A page of the other module, linked by its name."
    ),
    Kind.MIGRATION: Word(
        "migration",
        "migrations",
        Group.CODE,
        "A migration that must come after one of the other module.",
    ),
}

GROUPS: Final = {
    Group.RELATION: "Relations between tables",
    Group.ACCESS: "Access to rows",
    Group.MOMENT: "Transactions and signals",
    Group.CODE: "Code",
}

# In the order in which a summary counts: what an import graph shows comes first.
IMPORTS: Final = frozenset({Kind.IMPORT, Kind.MODEL_IMPORT})
_TALLY: Final = (
    ("import", "imports", IMPORTS),
    ("foreign key", "foreign keys", frozenset({Kind.FOREIGN_KEY, Kind.ONE_TO_ONE})),
    ("cascade", "cascades", None),
    ("many-to-many relation", "many-to-many relations", frozenset({Kind.MANY_TO_MANY})),
    ("generic relation", "generic relations", frozenset({Kind.GENERIC_RELATION})),
    ("inherited model", "inherited models", frozenset({Kind.MODEL_INHERITANCE})),
    ("join", "joins", frozenset({Kind.ORM_LOOKUP})),
    (
        "access",
        "accesses",
        frozenset({Kind.MODEL_ACCESS, Kind.REVERSE_ACCESSOR}),
    ),
    ("model by name", "models by name", frozenset({Kind.GET_MODEL})),
    ("raw SQL", "raw SQL texts", frozenset({Kind.RAW_SQL})),
    ("transaction", "transactions", frozenset({Kind.TRANSACTION})),
    ("signal receiver", "signal receivers", frozenset({Kind.SIGNAL})),
    ("task", "tasks", frozenset({Kind.TASK})),
    ("HTTP call", "HTTP calls", frozenset({Kind.HTTP_CALL})),
    ("URL name", "URL names", frozenset({Kind.URL_REVERSE})),
    ("migration", "migrations", frozenset({Kind.MIGRATION})),
)


def is_cascade(coupling: Coupling) -> bool:
    """Whether rows of the source go along when a row of the target is deleted."""
    return coupling.on_delete == "CASCADE"


def tally(couplings: Iterable[Coupling]) -> str:
    """As ``3 imports, 14 foreign keys, 2 cascades, 6 joins``.

    Each coupling is counted once; a foreign key that cascades is one of the foreign keys and,
    said apart, one of the cascades.
    """
    listed = list(couplings)
    counts = [
        (sum(is_cascade(each) if kinds is None else each.kind in kinds for each in listed), a, many)
        for a, many, kinds in _TALLY
    ]
    return ", ".join(number(count, a, many) for count, a, many in counts if count)


def number(count: int, one: str, many: str) -> str:
    """As ``1 import`` and ``1,204 imports``."""
    return f"{count:,} {one if count == 1 else many}"


def share(part: int, whole: int) -> str:
    """As ``62 %``; what isn't nothing doesn't become 0 %, nor what isn't all 100 %."""
    if not whole:
        return "0 %"
    percent = 100 * part / whole
    if 0 < percent < 1:
        return "under 1 %"
    if 99 < percent < 100:
        return "over 99 %"
    return f"{percent:.0f} %"


def harmless(text: str) -> str:
    """Text for a terminal: names of a foreign project may hold what moves its cursor."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def some(names: Iterable[str], most: int) -> str:
    """The first few names, and how many more there are."""
    listed = list(names)
    if len(listed) <= most + 1:
        return ", ".join(listed)
    return f"{', '.join(listed[:most])} and {len(listed) - most:,} more"


def describe(coupling: Coupling, *, most: int = 1_000) -> str:
    """What is known of it beyond its kind and its ends, as ``CASCADE, may be empty``.

    Args:
        most: how many names are listed where there are many.
    """
    said = [
        coupling.verb,
        coupling.on_delete,
        "may be empty" if coupling.null else "",
        f"related_name {coupling.related_name}" if coupling.related_name else "",
        f"through {coupling.through}" if coupling.through else "",
        f"declared by {coupling.inherited_from}" if coupling.inherited_from else "",
        f"by {coupling.lookup}" if coupling.lookup else "",
        f"{_TABLES.get(coupling.kind, 'table')} {coupling.table}" if coupling.table else "",
        f"deletes also {some(coupling.cascades, most)}" if coupling.cascades else "",
        f"by a delete of {coupling.along}" if coupling.along else "",
        f"reaches {_FACES[coupling.face]}" if coupling.face in _FACES else "",
        f"host {_HOSTS.get(coupling.host, coupling.host)}" if coupling.host else "",
        _TIMEOUTS[coupling.timeout],
        _PLACES[coupling.place] if coupling.place else "",
        BASES[coupling.evidence],
    ]
    return ", ".join(filter(None, said))


# That an import of models reaches models says its kind already.
_FACES: Final = {
    "public": "the public face",
    "internal": "internal parts",
}
_TABLES: Final = {Kind.ORM_LOOKUP: "joined with", Kind.MODEL_ACCESS: "by way of"}
_HOSTS: Final = {
    "hard-coded": "written in the code",
    "settings": "from the settings",
    "environment": "from the environment",
    "unknown": "not known",
}
_TIMEOUTS: Final = {None: "", True: "with a timeout", False: "without a timeout"}
_PLACES: Final = {
    Place.FUNCTION: "inside a function",
    Place.TYPING: "for typing only",
    Place.TEST: "in a test",
    Place.MIGRATION: "in a migration",
}
# Without evidence there is nothing to be told apart: what was read is not marked.
BASES: Final = {Basis.READ: "", Basis.SEEN: "only seen running", Basis.BOTH: "also seen running"}
