"""What a survey found: modules, the couplings between them, and what could not be told."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec

SCHEMA: Final = "banyan.survey/1"


class Kind(StrEnum):
    """In which way one module holds on to another; those that carry data come first."""

    FOREIGN_KEY = "foreign_key"
    ONE_TO_ONE = "one_to_one"
    MANY_TO_MANY = "many_to_many"
    GENERIC_RELATION = "generic_relation"
    MODEL_INHERITANCE = "model_inheritance"
    MODEL_ACCESS = "model_access"
    ORM_LOOKUP = "orm_lookup"
    REVERSE_ACCESSOR = "reverse_accessor"
    RAW_SQL = "raw_sql"
    TRANSACTION = "transaction"
    SIGNAL = "signal"
    GET_MODEL = "get_model"
    IMPORT = "import"
    MODEL_IMPORT = "model_import"
    TASK = "task"
    HTTP_CALL = "http_call"
    URL_REVERSE = "url_reverse"
    MIGRATION = "migration"


RELATIONS: Final = frozenset(
    {Kind.FOREIGN_KEY, Kind.ONE_TO_ONE, Kind.MANY_TO_MANY, Kind.MODEL_INHERITANCE}
)
DATA: Final = RELATIONS | {
    Kind.GENERIC_RELATION,
    Kind.MODEL_ACCESS,
    Kind.ORM_LOOKUP,
    Kind.REVERSE_ACCESSOR,
    Kind.RAW_SQL,
    Kind.TRANSACTION,
    Kind.SIGNAL,
    Kind.GET_MODEL,
}


REQUEST_USER: Final = "request.user"
"""The ``lookup`` of an access to whoever sends a request."""

# What a run can show to happen.
SHOWN_BY_RUNS: Final = frozenset(
    {
        Kind.MODEL_ACCESS,
        Kind.ORM_LOOKUP,
        Kind.REVERSE_ACCESSOR,
        Kind.RAW_SQL,
        Kind.TRANSACTION,
        Kind.SIGNAL,
        Kind.TASK,
        Kind.HTTP_CALL,
    }
)


class Place(StrEnum):
    """In what sort of code a coupling stands, where it is not ordinary code that runs."""

    FUNCTION = "function"
    TYPING = "typing"
    TEST = "test"
    MIGRATION = "migration"


class Basis(StrEnum):
    """How a coupling is known."""

    READ = "read"
    """It stands in the source."""
    SEEN = "seen"
    """A run did it; the source doesn't tell, or not to Banyan."""
    BOTH = "both"
    """It stands in the source, and a run did it."""


class Coupling(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"from_": "from"}
):
    """One place where a module holds on to another.

    Attributes:
        from_: the module that holds on.
        to: the module that is held on to; "" for an HTTP call to a host outside of the project.
        file: relative to the root of the project, with forward slashes.
        line: counted from 1; of the name that does it, not of the statement it is part of.
        source: what holds on, as ``orders.Order.user`` for a model's field, and as
            ``orders.views.checkout`` for a function of a Python module.
        target: what is held on to, as ``users.User`` or ``users.services.register``.
        evidence: ``read`` in the source, ``seen`` while the project ran, or ``both``.
        on_delete: of a foreign key: ``CASCADE``, ``SET_NULL`` and so on.
        null: of a foreign key: whether the column may be empty.
        related_name: the name under which the other model knows the relation, as written.
        through: the model between the two of a many-to-many relation.
        inherited_from: the abstract model or mixin that declares the relation, where it is not
            the source itself.
        verb: of an access: ``read``, ``create``, ``update`` or ``delete``.
        cascades: models of which rows go along when rows of the target are deleted.
        along: of a write that no name in the code tells: the model whose rows are deleted there, so
            that rows of the target go along or are emptied.
        lookup: the path of an ORM lookup, as ``user__email``; of an access to whoever sends a
            request, ``request.user``.
        table: the table that an SQL text names; of a join that was only seen, the table that
            the target's was joined with; of an access that was only seen, the table of pairs that
            stands between two models, where it is one.
        face: of an import: whether it reaches ``models``, the ``public`` face of the other
            module, or its ``internal`` parts.
        via: of an import: the name that is imported, where the target is defined elsewhere.
        place: where it stands, unless in ordinary code.
        host: of an HTTP call: ``hard-coded``, ``settings``, ``environment`` or ``unknown``.
        timeout: of an HTTP call: whether it has one.
    """

    kind: Kind
    from_: str
    to: str
    file: str
    line: int
    source: str
    target: str
    evidence: Basis = Basis.READ
    on_delete: str = ""
    null: bool | None = None
    related_name: str = ""
    through: str = ""
    inherited_from: str = ""
    verb: str = ""
    cascades: tuple[str, ...] = ()
    along: str = ""
    lookup: str = ""
    table: str = ""
    face: str = ""
    via: str = ""
    place: Place | None = None
    host: str = ""
    timeout: bool | None = None

    @property
    def details(self) -> Mapping[str, Any]:
        """What is said beyond the kind, the two ends, the place, and how it is known."""
        return {name: value for name in _DETAILS if (value := getattr(self, name)) not in _UNSAID}


def order(one: Coupling) -> tuple[str | int | tuple[str, ...], ...]:
    """By what the couplings of a survey are sorted."""
    place = (one.file, one.line, one.kind, one.target, one.source, one.lookup)
    return *place, one.verb, one.table, one.cascades, one.along, one.evidence


_DETAILS: Final = Coupling.__struct_fields__[Coupling.__struct_fields__.index("on_delete") :]
_UNSAID: Final = ("", None, ())


class Unresolved(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A place where following ended, and why."""

    file: str
    line: int
    reason: str


class Inside(msgspec.Struct, frozen=True, kw_only=True):
    """What is inside of a module, in ordinary code.

    Attributes:
        classes: at the top level of its files.
        abstract: those of them that say themselves to have no instances.
        imports: names that one of its files imports from another.
        relations: pairs of its models that a foreign key, a one-to-one, a many-to-many relation or
            inheritance ties, whichever way and however often.
    """

    classes: int = 0
    abstract: int = 0
    imports: int = 0
    relations: int = 0


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a module's contract offers to the others.

    Attributes:
        kind: ``query``, ``command`` or ``event``.
        name: as ``Orders.place`` of a contract's method, and ``OrderPlaced`` of an event.
    """

    kind: str
    name: str


class Module(msgspec.Struct, frozen=True, kw_only=True):
    """An app module: one Django app, or the apps that ``banyan.toml`` groups.

    Attributes:
        label: the app's label; of a group, its name.
        path: the app's folder, relative to the root of the project; of a group, its first app's.
        folders: of all its apps, in the order of ``apps``. A file is of the module with the
            deepest folder around it.
        apps: the labels of its apps.
        packages: its apps as ``banyan.toml`` writes them: dotted names; folders, with a slash in
            them, where several apps of the tree have one name.
        models: the names of its models that have a table.
        lines: of Python, without tests and migrations.
        inside: not known of a survey from before it was counted.
        offers: of the contracts and events that are declared in its public files, in their order.
    """

    name: str
    label: str
    path: str
    folders: tuple[str, ...] = ()
    apps: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    lines: int = 0
    inside: Inside | None = None
    offers: tuple[Offer, ...] = ()


class Imported(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One name that a file imports.

    Attributes:
        source: where it stands, as ``shop.mail.send``.
        target: the full dotted name.
        face: ``models``, ``public``, ``internal`` or ``contract`` of a module; ``shared`` code of
            the project's; or ``external``.
        to: the module that it is imported from; "" where it is none's.
        place: where it stands, unless in ordinary code.
    """

    line: int
    source: str
    target: str
    face: str
    to: str = ""
    place: Place | None = None


class ContractFile(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A file of a module's contract, and all that it leans on.

    Attributes:
        name: a dotted name, as ``shop.orders.contract``.
    """

    module: str
    name: str
    path: str
    imports: tuple[Imported, ...] = ()


class Form(StrEnum):
    """In which way a model has a table."""

    MANAGED = "managed"
    PAIRS = "pairs"
    """A many-to-many field made it."""
    UNMANAGED = "unmanaged"
    """``managed = False``: somebody else makes it."""
    PROXY = "proxy"


class Mapped(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A model that has a table, or a field that has a table of pairs.

    Attributes:
        model: as ``orders.Order``; of a field, as ``orders.Order.tags``.
    """

    module: str
    model: str
    file: str
    line: int
    form: Form = Form.MANAGED


class SharedTable(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A table that models of several modules have.

    Attributes:
        models: all of them; the one whose table it most likely is comes first.
    """

    name: str
    models: tuple[Mapped, ...]


class SharedCode(msgspec.Struct, frozen=True, kw_only=True):
    """First-party Python that belongs to no app, and what is known of it.

    Attributes:
        name: a dotted name, as ``shop.common.money``.
        imports: the modules that it imports from; none means that it could be a library.
        imports_models: whether it imports models of any of them.
        used_by: the modules that import it.
        reaches: what it imports from modules.
    """

    name: str
    path: str
    lines: int
    imports: tuple[str, ...] = ()
    imports_models: bool = False
    used_by: tuple[str, ...] = ()
    reaches: tuple[Imported, ...] = ()


class Problem(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A file that could not be read, or not whole."""

    file: str
    line: int
    id: str
    message: str


class Allowance(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A comment in the code that allows a finding: ``# banyan: allow[E104] reason``.

    Attributes:
        text: from the word ``allow`` on, as written.
        is_alone: whether nothing else stands on its line.
    """

    file: str
    line: int
    text: str
    is_alone: bool = False


class ProjectFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The project that was surveyed.

    Attributes:
        commit: of Git; "" where there is none.
        settings: the settings modules that were found, as dotted names.
    """

    name: str
    commit: str = ""
    files: int = 0
    lines: int = 0
    settings: tuple[str, ...] = ()


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """All that a survey found, sorted, so that two surveys of the same tree are equal."""

    project: ProjectFacts
    modules: tuple[Module, ...] = ()
    couplings: tuple[Coupling, ...] = ()
    cycles: tuple[tuple[str, ...], ...] = ()
    shared: tuple[SharedCode, ...] = ()
    contracts: tuple[ContractFile, ...] = ()
    tables: tuple[SharedTable, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    problems: tuple[Problem, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    schema: str = SCHEMA
