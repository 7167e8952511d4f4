"""Evidence as flat values, with the apps of files and tables found."""

from dataclasses import dataclass

from banyan.survey.recording.evidence import (
    Evidence,
    Kind,
    Line,
    Request,
    Signal,
    Table,
    Task,
    Verb,
    kind_of,
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of the project's own.

    Attributes:
        app: the label of the app whose folder the file is in; "" when it is in none.
    """

    file: str
    line: int
    function: str
    kind: Kind
    app: str


@dataclass(frozen=True, slots=True, order=True)
class Owned:
    """A table, and whose it is.

    Attributes:
        app: the label of the app whose model declares it; "" when no model does.
        model: that model's name, or "".
    """

    table: str
    app: str
    model: str


@dataclass(frozen=True, slots=True, order=True)
class Access:
    """A line read or wrote a table."""

    place: Place
    verb: Verb
    of: Owned


@dataclass(frozen=True, slots=True, order=True)
class Joined:
    """A line's statement had two tables in it, by a join or one in a subquery."""

    place: Place
    left: Owned
    right: Owned
    how: str


@dataclass(frozen=True, slots=True, order=True)
class Transaction:
    """A transaction that began at a line wrote several tables."""

    place: Place
    wrote: tuple[Owned, ...]


@dataclass(frozen=True, slots=True, order=True)
class Sent:
    """A line sent a signal to a receiver; `to` is where the receiver is defined."""

    place: Place
    signal: str
    sender: str
    to: Place


@dataclass(frozen=True, slots=True, order=True)
class TaskSent:
    """A line sent a task.

    Attributes:
        app: the label of the app that defines the task, or "".
    """

    place: Place
    task: Task
    app: str


@dataclass(frozen=True, slots=True, order=True)
class Requested:
    """A line made an HTTP request."""

    place: Place
    request: Request


@dataclass(frozen=True, slots=True)
class Observations:
    """All that the evidence tells, sorted by place."""

    accesses: tuple[Access, ...]
    joins: tuple[Joined, ...]
    transactions: tuple[Transaction, ...]
    signals: tuple[Sent, ...]
    tasks: tuple[TaskSent, ...]
    requests: tuple[Requested, ...]


def observe(evidence: Evidence) -> Observations:
    """What the evidence tells, as values."""
    own = _Owners(evidence)
    places = [(own.place(line), line) for line in evidence.lines]
    return Observations(
        tuple(
            Access(place, one.verb, own.table(one.table))
            for place, line in places
            for one in line.statements
        ),
        tuple(
            Joined(place, own.table(one.left), own.table(one.right), one.how)
            for place, line in places
            for one in line.joins
        ),
        tuple(
            Transaction(place, tuple(map(own.table, tables)))
            for place, line in places
            for tables in line.transactions
        ),
        tuple(
            Sent(place, one.signal, one.sender, own.receiver(one))
            for place, line in places
            for one in line.signals
        ),
        tuple(
            TaskSent(place, one, own.app(one.file)) for place, line in places for one in line.tasks
        ),
        tuple(Requested(place, one) for place, line in places for one in line.requests),
    )


def app_pairs(
    observations: Observations, kinds: tuple[Kind, ...] = ("code",)
) -> set[tuple[str, str]]:
    """The (app of the calling file, app of the table) pairs of two different, known apps."""
    return {
        (one.place.app, one.of.app)
        for one in observations.accesses
        if one.place.kind in kinds and one.place.app and one.of.app and one.place.app != one.of.app
    }


class _Owners:
    """Whose a file or a table is."""

    def __init__(self, evidence: Evidence) -> None:
        # The deepest folder first, for apps inside of apps.
        self._folders = sorted(
            ((app.path, app.label) for app in evidence.apps if app.path),
            key=lambda one: (-len(one[0]), one),
        )
        self._tables: dict[str, Table] = {}
        for table in sorted(evidence.tables, key=lambda one: (not one.managed, one)):
            self._tables.setdefault(table.table, table)

    def app(self, file: str) -> str:
        for folder, label in self._folders:
            if file.startswith(f"{folder}/") or (folder == "." and file):
                return label
        return ""

    def table(self, name: str) -> Owned:
        table = self._tables.get(name)
        return Owned(name, table.app, table.model) if table else Owned(name, "", "")

    def place(self, line: Line) -> Place:
        return Place(line.file, line.line, line.function, line.kind, self.app(line.file))

    def receiver(self, signal: Signal) -> Place:
        file = signal.file
        return Place(file, signal.line, signal.function, kind_of(file), self.app(file))
