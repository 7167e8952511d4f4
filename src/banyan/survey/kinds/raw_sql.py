"""SQL texts that name tables of another module's models."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from banyan.survey.consulted import Fact
from banyan.survey.facts import Coupling, Kind, Place, Unresolved
from banyan.survey.meanings import External, FunctionRef
from banyan.survey.modelgraph import Model, ModelGraph
from banyan.survey.names import Names
from banyan.survey.outline import Outline
from banyan.survey.scopes import Known, Local, Scope
from banyan.survey.sql import Tables, looks_like_sql, tables_of
from banyan.survey.syntax import Attribute, Call, Display, Expression, Name
from banyan.survey.territory import Territory
from banyan.survey.traversal import last_name
from banyan.survey.wording import GAP, Wording

_WORD: Final = re.compile(r"\w+")
_EXECUTING: Final = frozenset({"execute", "executemany"})
# One of these words stands in a file that has a function which runs SQL.
WORDS: Final = _EXECUTING
# And one of these in most files that have SQL of their own.
RUNNING: Final = _EXECUTING | {"RunSQL", "RawSQL"}
# By which it is marked that it was asked for the dialect, or which functions run SQL.
_DIALECT: Final = "dialect"
_RUNNERS: Final = "runners"
# What a cursor, or what has one, is called where nothing tells more.
_CURSORS: Final = frozenset({"cursor", "cur", "curs", "c", "schema_editor", "connection", "conn"})


@dataclass(frozen=True, slots=True)
class Runner:
    """A function that runs the SQL that it is given.

    Attributes:
        target: its dotted name.
        parameter: the name of the parameter that takes the text.
        number: which of its parameters that is.
    """

    target: str
    parameter: str
    number: int


def runners(names: Names, outline: Outline) -> Iterator[Runner]:
    """The functions of a file that hand a parameter to a cursor."""
    for call, scope in outline.calls:
        text = _first(call, "sql")
        if not (isinstance(text, Name) and last_name(call.function) in _EXECUTING):
            continue
        if not _is_cursor(names, scope, call):
            continue
        at: Scope | None = scope
        while at is not None and not at.is_parameter(text.id):
            at = at.parent
        if at is None or not at.symbol:
            continue
        parameters = [one.name for one in getattr(at.node, "parameters", ())]
        yield Runner(at.name, text.id, parameters.index(text.id))


class SqlReader:
    """What has to be known to tell which models an SQL text is about.

    Args:
        dialect: of the project's database, "" where that is not told.
        runners: the project's own functions that run SQL, by their dotted name.
    """

    def __init__(
        self,
        names: Names,
        wording: Wording,
        territory: Territory,
        graph: ModelGraph,
        *,
        dialect: str = "",
        runners: Mapping[str, Runner],
    ) -> None:
        self.names = names
        self.wording = wording
        self.territory = territory
        self.graph = graph
        self._consulted = names.codebase.consulted
        self._dialect = dialect
        self._runners = runners
        self._last_names = frozenset(target.rpartition(".")[2] for target in runners)

    @property
    def dialect(self) -> str:
        """Of the project's database, "" where that is not told."""
        self._consulted.look(_DIALECT)
        return self._dialect

    def runner(self, target: str) -> Runner | None:
        """The project's own function of a dotted name, where it runs SQL."""
        self._consulted.look(_RUNNERS)
        return self._runners.get(target)

    @property
    def last_names(self) -> frozenset[str]:
        """The names of those functions, without their modules."""
        self._consulted.look(_RUNNERS)
        return self._last_names

    def facts(self) -> Iterator[Fact]:
        """All that can be asked for, but for the tables."""
        yield _DIALECT, self._dialect
        yield _RUNNERS, sorted(self._runners.items())

    def module_of(self, model: Model) -> str | None:
        """The module whose rows a model's table has; None where it is none of the project's."""
        return self.territory.module(model.app)

    def is_about_others(self, here: str, text: str) -> bool:
        """Whether the name of a table of another module's stands in a text."""
        named = map(self.graph.with_table, dict.fromkeys(_WORD.findall(text)))
        homes = {self.module_of(model) for model in named if model is not None}
        return not homes <= {here, None}


def raw_sql(reader: SqlReader, outline: Outline) -> Iterator[Coupling | Unresolved]:
    """The tables of other modules that the SQL of a file names."""
    module = outline.module
    here = reader.territory.module_at(module.path)
    if here is None or module.place is Place.TEST:
        return
    for call, scope in outline.calls:
        told: set[str] = set()
        for text in _texts(reader, scope, call):
            found = _read(reader, here, text)
            if found is None:
                continue
            for table in found.names:
                model = reader.graph.with_table(table)
                there = reader.module_of(model) if model is not None else None
                if model is None or there is None or there == here or table.lower() in told:
                    continue
                told.add(table.lower())
                yield Coupling(
                    kind=Kind.RAW_SQL,
                    from_=here,
                    to=there,
                    file=module.path,
                    line=call.line,
                    source=scope.name,
                    target=model.label,
                    table=table,
                    place=module.place if module.place is Place.MIGRATION else None,
                )
            if found.has_gap or not found.is_read:
                reason = _REASONS[found.has_gap]
                yield Unresolved(file=module.path, line=call.line, reason=reason)


_REASONS: Final = {
    True: "the SQL names a table that is not told here",
    False: "the SQL could not be read",
}


def _read(reader: SqlReader, here: str, text: str) -> Tables | None:
    if text == GAP:
        return Tables((), has_gap=True)
    if GAP not in text and not reader.is_about_others(here, text):
        # Nothing of another module's, whatever else it says.
        return None
    return tables_of(text, reader.dialect)


def _texts(reader: SqlReader, scope: Scope, call: Call) -> Iterator[str]:
    """The SQL texts that a call runs."""
    last = last_name(call.function)
    if last in _EXECUTING:
        text = _first(call, "sql")
        if text is not None and _is_cursor(reader.names, scope, call):
            yield reader.wording.text(scope, text)
        elif text is not None:
            yield from _by_runner(reader, scope, call)
    elif last == "raw":
        for text in _given(call, "raw_query"):
            said = reader.wording.text(scope, text)
            if looks_like_sql(said):
                yield said
    elif last == "extra":
        yield from _extra(reader, scope, call)
    elif last == "RunSQL":
        for text in (_first(call, "sql"), _nth(call, 1, "reverse_sql")):
            if text is not None:
                yield from _statements(reader, scope, text)
    elif last == "RawSQL":
        text = _first(call, "sql")
        if text is not None:
            yield _as_query(reader.wording.text(scope, text))
    else:
        yield from _by_runner(reader, scope, call)


def _by_runner(reader: SqlReader, scope: Scope, call: Call) -> Iterator[str]:
    """The text that is given to a function of the project which runs it."""
    last = last_name(call.function)
    if last not in reader.last_names:
        return
    known = reader.names.known(scope, call.function)
    runner = reader.runner(known.name) if isinstance(known, FunctionRef) else None
    if runner is None:
        return
    is_method = isinstance(known, FunctionRef) and known.owner is not None
    number = runner.number - 1 if is_method else runner.number
    text = _nth(call, number, runner.parameter)
    if text is not None and not _is_handed_in(scope, text):
        yield reader.wording.text(scope, text)


def _is_handed_in(scope: Scope, text: Expression) -> bool:
    """Whether the text is the function's own parameter: its callers are looked at instead."""
    at: Scope | None = scope
    while isinstance(text, Name) and at is not None:
        if at.is_parameter(text.id):
            return text.id not in at.names()
        at = at.parent
    return False


def _extra(reader: SqlReader, scope: Scope, call: Call) -> Iterator[str]:
    named = {one.name: one.value for one in call.keywords}
    for key in ("select", "where", "tables"):
        if key in named:
            for text in reader.wording.texts(scope, named[key]):
                yield f'TABLE "{text}"' if key == "tables" else _as_query(text)


def _as_query(text: str) -> str:
    """A query that has an expression in it, which itself may be one."""
    return text if looks_like_sql(text) else f"SELECT 1 WHERE {text}"


def _statements(reader: SqlReader, scope: Scope, text: Expression) -> Iterator[str]:
    """The statements of ``RunSQL``: one text, or a list of texts and of pairs with parameters."""
    known = reader.names.known(scope, text)
    match known:
        case Local(expression=Display(items=items), scope=there):
            for item in items:
                match item:
                    case Display(items=[statement, *_]):
                        yield reader.wording.text(there, statement)
                    case _:
                        yield reader.wording.text(there, item)
        case External(name=name) if name.endswith("RunSQL.noop"):
            return
        case _:
            yield reader.wording.text(scope, text)


def _is_cursor(names: Names, scope: Scope, call: Call) -> bool:
    """Whether the call is of Django's cursor, or of what its name says is one."""
    if not isinstance(call.function, Attribute):
        return False
    of = call.function.value
    known: Known = names.known(scope, of)
    if isinstance(known, External):
        return known.name.startswith("django.")
    if isinstance(known, FunctionRef):
        return False
    match of:
        case Name(id=name) | Attribute(name=name):
            return name in _CURSORS or name.endswith("cursor")
        case Call(function=function):
            return last_name(function) == "cursor"
        case _:
            return False


def _first(call: Call, keyword: str) -> Expression | None:
    return _nth(call, 0, keyword)


def _nth(call: Call, number: int, keyword: str) -> Expression | None:
    if len(call.arguments) > number >= 0:
        return call.arguments[number]
    return next((one.value for one in call.keywords if one.name == keyword), None)


def _given(call: Call, keyword: str) -> Iterable[Expression]:
    found = _first(call, keyword)
    return () if found is None else (found,)
