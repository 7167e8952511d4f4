"""The rules of a modular monolith: what each forbids, how much it weighs, and what cuts it."""

from enum import StrEnum
from typing import Final

import msgspec

from banyan.findings import Level


class Rule(StrEnum):
    """What a module may not do to another; the value is its name in a baseline."""

    USE = "use"
    INTERNALS = "internals"
    CYCLE = "cycle"
    RELATION = "relation"
    ACCESS = "access"
    LOOKUP = "lookup"
    RAW_SQL = "raw_sql"
    TRANSACTION = "transaction"
    SIGNAL = "signal"
    SHARED_TABLE = "shared_table"
    MIGRATION = "migration"
    CONTRACT = "contract"
    HARD_CODED_HOST = "hard_coded_host"
    NO_TIMEOUT = "no_timeout"
    LIBRARY_MODELS = "library_models"
    LIBRARY_MODULE = "library_module"


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """All that is said of a rule.

    Attributes:
        id: stable; ``docs/findings/`` has a page for each.
        title: what is wrong, without its ends.
        hint: which step of the journey cuts it, and how.
        level: how much it weighs unless ``banyan.toml`` says otherwise.
    """

    id: str
    title: str
    hint: str
    level: Level = Level.ERROR


LAWS: Final = {
    Rule.USE: Law(
        id="banyan.E101",
        title="uses a module that it doesn't declare",
        hint="Where it is meant, add it to the module's calls (or listens) in banyan.toml; where "
        "not, let the other publish an event, or move the code to where its data is.",
    ),
    Rule.INTERNALS: Law(
        id="banyan.E102",
        title="reaches past the public face of another module",
        hint="Bound: let the other module offer what is needed by a public name (its contract, "
        "its package, or a name listed as public in banyan.toml), and import that.",
    ),
    Rule.CYCLE: Law(
        id="banyan.E103",
        title="is in a cycle with another module",
        hint="Bound: turn one direction around, most often by an event that the other hears, or "
        "move what both need to where neither needs the other.",
    ),
    Rule.RELATION: Law(
        id="banyan.E104",
        title="has a relation to another module's table",
        hint="Own: keep the column of the key, drop the constraint (a reference), and hear by an "
        "event that the other row has gone.",
    ),
    Rule.ACCESS: Law(
        id="banyan.E105",
        title="reads or writes another module's rows",
        hint="Contract: ask by a query of the other's contract; what writes is a command.",
    ),
    Rule.LOOKUP: Law(
        id="banyan.E106",
        title="joins another module's table",
        hint="Own: filter by a projection of the few columns that are needed, or ask the other's "
        "contract for the keys first.",
    ),
    Rule.RAW_SQL: Law(
        id="banyan.E107",
        title="names another module's table in SQL",
        hint="Own: ask the other's contract, or read a projection of its rows.",
    ),
    Rule.TRANSACTION: Law(
        id="banyan.E108",
        title="writes another module's rows in one transaction with others",
        hint="Own: write your own rows and publish an event in the same commit; where the other "
        "may refuse, a saga undoes the first step.",
    ),
    Rule.SIGNAL: Law(
        id="banyan.E109",
        title="hears the signals of another module",
        hint="Contract: subscribe to an event that the other publishes, after its commit.",
    ),
    Rule.SHARED_TABLE: Law(
        id="banyan.E110",
        title="shares a table with another module",
        hint="Own: one module owns the table; the other asks it.",
    ),
    Rule.MIGRATION: Law(
        id="banyan.E111",
        title="has migrations that wait for another module's",
        hint="Own: it goes with the last foreign key; squash once no constraint is left.",
        level=Level.INFO,
    ),
    Rule.CONTRACT: Law(
        id="banyan.E112",
        title="has a contract that leans on more than contracts",
        hint="Contract: a contract imports messages and other contracts alone; no models, no "
        "Django, no code of a module.",
    ),
    Rule.HARD_CODED_HOST: Law(
        id="banyan.E113",
        title="calls a host that is written into the code",
        hint="Take the address from settings or the environment, or name the service by a "
        "contract that is implemented elsewhere.",
    ),
    Rule.NO_TIMEOUT: Law(
        id="banyan.E114",
        title="makes an HTTP call without a timeout",
        hint="Give it a timeout in seconds: a call without one can hold a worker for ever.",
    ),
    Rule.LIBRARY_MODELS: Law(
        id="banyan.E115",
        title="is shared code that imports models",
        hint="Bound: shared code that knows tables couples all its users to them; move it to the "
        "module that owns the models.",
    ),
    Rule.LIBRARY_MODULE: Law(
        id="banyan.E116",
        title="is shared code that imports a module",
        hint="Bound: a library knows none of its users; move the code to the module, or turn the "
        "import around.",
    ),
}

# Findings of the bookkeeping itself.
UNMATCHED_ALLOWANCE: Final = "banyan.E120"
BAD_ALLOWANCE: Final = "banyan.E121"
FIXED: Final = "banyan.E122"
STRICT: Final = "banyan.E123"
BAD_BASELINE: Final = "banyan.E124"
