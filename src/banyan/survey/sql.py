"""Which tables an SQL text names, whatever its dialect, with placeholders and gaps in it."""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from banyan.survey.wording import GAP

# Importing the parser takes longer than surveying a small project: only the first SQL text that
# names one of the project's tables pays for it.
if TYPE_CHECKING:
    from sqlglot import Token, exp

# It warns of each statement that it does not take apart; those are read token by token here.
logging.getLogger("sqlglot").setLevel(logging.ERROR)

_ENGINES: Final = ("postgres", "mysql", "sqlite", "oracle")
_GAP_NAME: Final = "banyan_gap"
_PLACEHOLDER: Final = re.compile(r"%\(\w+\)s|%[sd]")
_LIST: Final = re.compile(r"\bIN\s+(%\(\w+\)s|%s)", re.IGNORECASE)
_SQL: Final = re.compile(
    r"\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*|\(\s*)*"
    r"(SELECT|WITH|INSERT|UPDATE|DELETE|MERGE|REPLACE|TRUNCATE|CREATE|ALTER|DROP|LOCK|COPY|DO|CALL"
    r"|EXPLAIN|REFRESH|ANALYZE|VACUUM|REINDEX|SET|COMMENT|GRANT|BEGIN|PRAGMA|LOAD|OPTIMIZE|SHOW)\b",
    re.IGNORECASE | re.DOTALL,
)
_WRITING: Final = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|REPLACE|TRUNCATE)\b", re.IGNORECASE)
_WRITES: Final = re.compile(
    r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+[\"`]?(\w+)[\"`]?[\s(]",
    re.IGNORECASE,
)
# Words after which the name of a table stands.
_BEFORE_TABLE: Final = frozenset({"FROM", "JOIN", "INTO", "UPDATE", "TABLE", "ON", "REFERENCES"})
_MODIFIERS: Final = frozenset({"ONLY", "IF", "EXISTS", "NOT", "LATERAL"})


@dataclass(frozen=True, slots=True)
class Tables:
    """What an SQL text names.

    Attributes:
        names: the tables, as they are written, without their schemas.
        has_gap: whether there is a table whose name is not known.
        is_read: whether the text is SQL that could be read.
    """

    names: tuple[str, ...]
    has_gap: bool = False
    is_read: bool = True


def load() -> None:
    """Load the parser before the first text, where several processes will need it."""
    import_module("sqlglot")


def dialect_of(engine: str) -> str:
    """The dialect of a database engine of Django's, "" where it can't be told."""
    if "postgis" in engine or "psycopg" in engine:
        return "postgres"
    return next((one for one in _ENGINES if one in engine), "")


def looks_like_sql(text: str) -> bool:
    """Whether a text begins as an SQL statement does."""
    return _SQL.match(text) is not None


@lru_cache(maxsize=1024)
def tables_of(text: str, dialect: str = "") -> Tables:
    """The tables that a text of one or several statements names."""
    plain = _filled(text)
    for candidate in (plain, plain.replace(_GAP_NAME, " ")):
        for one in dict.fromkeys((dialect or "postgres", "postgres", "mysql", "sqlite")):
            found = _parsed(candidate, one)
            if found is not None:
                has_gap = any(_GAP_NAME in name for name in found)
                names = tuple(name for name in found if _GAP_NAME not in name)
                return Tables(names, has_gap)
        if _GAP_NAME not in plain:
            break
    return _by_tokens(plain, dialect)


@lru_cache(maxsize=1024)
def written_by(text: str) -> tuple[str, ...]:
    """The tables that a text's statements insert into, update, delete from or empty.

    Where the text can't be taken apart, or leaves open which of several tables it is: none.
    """
    if _WRITING.search(text) is None:
        return ()
    import sqlglot
    from sqlglot.errors import SqlglotError

    plain = _filled(text)
    for dialect in ("postgres", "mysql", "sqlite"):
        try:
            statements = sqlglot.parse(plain, read=dialect)
        except (SqlglotError, RecursionError):
            continue
        found = [name for one in statements if one is not None for name in _targets(one)]
        return tuple(dict.fromkeys(found))
    return ()


def first_written(text: str) -> tuple[str, ...]:
    """The table that a text writes of which only the beginning is known."""
    found = _WRITES.match(text)
    return (found.group(1),) if found else ()


def _targets(statement: "exp.Expr") -> Iterator[str]:
    """The tables that a statement, or one inside of it, writes."""
    from sqlglot import exp

    hidden = {cte.alias_or_name.lower() for cte in statement.find_all(exp.CTE)}
    for one in statement.find_all(exp.Insert, exp.Update, exp.Delete, exp.Merge):
        target = one.this.this if isinstance(one.this, exp.Schema) else one.this
        # ``UPDATE a JOIN b`` and ``DELETE b FROM a JOIN b`` may write either.
        is_open = one.args.get("tables") or target is None or target.args.get("joins")
        if isinstance(target, exp.Table) and not is_open and target.name.lower() not in hidden:
            yield target.name
    for emptied in statement.find_all(exp.TruncateTable):
        yield from (one.name for one in emptied.expressions if isinstance(one, exp.Table))


def _filled(text: str) -> str:
    text = _LIST.sub("IN (1)", text)
    text = _PLACEHOLDER.sub("1", text).replace("%%", "%")
    # A gap may be part of a name.
    return text.replace(GAP, _GAP_NAME)


def _parsed(text: str, dialect: str) -> tuple[str, ...] | None:
    """The names of all tables; None where the text, or part of it, could not be taken apart."""
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    try:
        statements = sqlglot.parse(text, read=dialect)
    except (SqlglotError, RecursionError):
        return None
    found: dict[str, None] = {}
    for statement in statements:
        if statement is None:
            continue
        if isinstance(statement, exp.Command):
            return None
        found.update(dict.fromkeys(_tables(statement)))
    return tuple(found)


def _tables(statement: "exp.Expr") -> Iterator[str]:
    """The tables of a statement; a common table expression's name hides a table's."""
    from sqlglot import exp

    hidden = {cte.alias_or_name.lower() for cte in statement.find_all(exp.CTE)}
    made = statement.find(exp.Create) if isinstance(statement, exp.Create) else None
    for table in statement.find_all(exp.Table):
        if not table.name or (not table.db and table.name.lower() in hidden):
            continue
        if made is not None and _is_made(made, table):
            continue
        yield table.name


def _is_made(made: "exp.Expr", table: "exp.Expr") -> bool:
    """Whether a view or function is made of this name: that is no table that is used."""
    kind = str(made.args.get("kind") or "").upper()
    return kind in ("VIEW", "FUNCTION", "PROCEDURE") and made.this in (table, table.parent)


# --- Where the parser gives up


def _by_tokens(text: str, dialect: str) -> Tables:
    import sqlglot
    from sqlglot import TokenType
    from sqlglot.errors import SqlglotError

    try:
        tokens = sqlglot.tokenize(text, read=dialect or "postgres")
    except (SqlglotError, RecursionError):
        return Tables((), is_read=False)
    names = list(_named(tokens))
    for token in tokens:
        # The body of a function, in dollars.
        if token.token_type in (TokenType.HEREDOC_STRING, TokenType.RAW_STRING):
            names += tables_of(token.text, dialect).names
    known = [name for name in names if _GAP_NAME not in name]
    is_read = looks_like_sql(text) or bool(known)
    return Tables(tuple(dict.fromkeys(known)), len(known) < len(names), is_read)


def _named(tokens: Iterable["Token"]) -> Iterator[str]:
    """The names behind words that a table's name follows."""
    from sqlglot import TokenType

    ahead = list(tokens)
    hidden = {
        name.text.lower()
        for name, word, opening in zip(ahead, ahead[1:], ahead[2:], strict=False)
        if word.text.upper() == "AS" and opening.text == "("
    }
    number = 0
    while number < len(ahead):
        word = ahead[number].text.upper()
        number += 1
        if word not in _BEFORE_TABLE or ahead[number - 1].token_type == TokenType.IDENTIFIER:
            continue
        while number < len(ahead) and ahead[number].text.upper() in _MODIFIERS:
            number += 1
        name = ""
        while number < len(ahead) and _is_name(ahead[number]):
            name = ahead[number].text
            number += 1
            if number < len(ahead) and ahead[number].text == ".":
                number += 1
                continue
            break
        if name and name.lower() not in hidden:
            yield name


def _is_name(token: "Token") -> bool:
    from sqlglot import TokenType

    return token.token_type in (TokenType.VAR, TokenType.IDENTIFIER) or (
        token.text.isidentifier()
        and token.token_type != TokenType.STRING
        and token.text.upper() not in _BEFORE_TABLE | _MODIFIERS | {"SELECT", "SET", "WHERE"}
    )
