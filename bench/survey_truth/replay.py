"""Replays the operations of migrations, in their order, to the models that come out."""

from collections.abc import Iterable

from bench.survey_truth.fields import Fields, NotTold
from bench.survey_truth.migrations import DJANGO, Loss, Migration
from bench.survey_truth.sources import Sources
from bench.survey_truth.state import Missing, Model, ModelKey, State
from bench.survey_truth.values import Called, Class, Either, Function, Named, Unread, Value

SIGNATURES: dict[str, tuple[str, ...]] = {
    "CreateModel": ("name", "fields", "options", "bases", "managers"),
    "DeleteModel": ("name",),
    "RenameModel": ("old_name", "new_name"),
    "AddField": ("model_name", "name", "field"),
    "AlterField": ("model_name", "name", "field"),
    "RemoveField": ("model_name", "name"),
    "RenameField": ("model_name", "old_name", "new_name"),
    "SeparateDatabaseAndState": ("database_operations", "state_operations"),
    "RunSQL": ("sql", "reverse_sql", "state_operations"),
}
# Django's other operations change no relation; nor do those of these packages.
WITHOUT_RELATIONS = (
    DJANGO,
    "django.contrib.postgres.",
    "pgtrigger.",
    "wagtail.blocks.migrations.",
)


class Replay:
    """The state while migrations are replayed, and what could not be."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._fields = Fields(sources)
        self.state = State()
        self.losses: list[Loss] = []

    def run(self, migrations: Iterable[Migration]) -> None:
        """Replay migrations that are in order."""
        for migration in migrations:
            self.losses += migration.losses
            self._all(migration.operations, migration)

    def _all(self, operations: Iterable[Value], migration: Migration) -> None:
        for operation in operations:
            try:
                self._one(self._sources.resolve(operation, migration.path), migration)
            except (Missing, NotTold) as problem:
                self._lose(migration, getattr(operation, "line", 1), str(problem))

    def _lose(self, migration: Migration, line: int, reason: str) -> None:
        self.losses.append(Loss(migration.file, line, reason))

    def _one(self, operation: Value, migration: Migration) -> None:
        match operation:
            case list() | tuple():
                self._all(operation, migration)
            case Either():
                self._either(operation, migration)
            case Unread():
                self._lose(migration, operation.line, operation.reason)
            case Called():
                self._call(operation, migration)
            case _:
                self._lose(migration, 1, f"{type(operation).__name__} isn't an operation")

    def _either(self, operation: Either, migration: Migration) -> None:
        """Go on when the condition makes no difference to relations."""
        before, losses = self.state, self.losses
        outcomes: list[tuple[State, list[Loss]]] = []
        for choice in operation.choices:
            self.state, self.losses = before.copy(), []
            if choice is not None:
                self._all(choice if isinstance(choice, list | tuple) else [choice], migration)
            outcomes.append((self.state, self.losses))
        (first, first_losses), (second, second_losses) = outcomes
        if first.relations() == second.relations():
            first.adopt(second)
            self.state, self.losses = first, [*losses, *first_losses, *second_losses]
            return
        self.state, self.losses = before, losses
        reason = f"what is done depends on `{operation.condition}`"
        self._lose(migration, operation.line, reason)

    def _call(self, call: Called, migration: Migration) -> None:
        kind = self._kind(call, migration)
        if kind is None:
            return
        given = {
            name: self._sources.resolve(call.argument(name, position), migration.path)
            for position, name in enumerate(SIGNATURES[kind])
        }
        lists = {"fields", "options", "bases", "managers", "field", "sql", "reverse_sql"}
        for name, value in given.items():
            if name not in lists and not name.endswith("operations") and type(value) is not str:
                why = value.reason if isinstance(value, Unread) else repr(value)[:80]
                raise NotTold(f"{name} of {kind} isn't read: {why}")
        self._apply(kind, given, call, migration)

    def _kind(self, call: Called, migration: Migration) -> str | None:
        """Which of Django's operations is called; None for one without effect on relations."""
        own_state, own_init = False, False
        for one in self._sources.ancestry(call.function, migration.path):
            if isinstance(one, Class):
                hook = one.body.names.get("state_forwards")
                own_state |= isinstance(hook, Function) and not _does_nothing(hook)
                if isinstance(hook, Function) and not own_state:
                    return None
                own_init |= "__init__" in one.body.names
            elif own_state:
                raise NotTold(f"the operation {_name(call)} has its own state_forwards")
            elif one.path.startswith(DJANGO) and one.last in SIGNATURES:
                if own_init:
                    raise NotTold(f"the operation {_name(call)} has its own __init__")
                return one.last
            elif one.path.startswith(WITHOUT_RELATIONS):
                return None
        raise NotTold(f"the operation {_name(call)} isn't known")

    def _apply(
        self, kind: str, given: dict[str, Value], call: Called, migration: Migration
    ) -> None:
        app = migration.app
        match kind:
            case "CreateModel":
                self._create(given, call, migration)
            case "DeleteModel":
                self.state.delete(app, given["name"])
            case "RenameModel":
                self.state.rename(app, given["old_name"], given["new_name"])
            case "AddField" | "AlterField":
                self.state.model(app, given["model_name"])
                column = self._fields.read(
                    migration, given["model_name"], given["name"], given["field"]
                )
                self.state.put(app, given["model_name"], column)
            case "RemoveField":
                self.state.remove(app, given["model_name"], given["name"])
            case "RenameField":
                self.state.rename_field(
                    app, given["model_name"], given["old_name"], given["new_name"]
                )
            case "SeparateDatabaseAndState" | "RunSQL":
                inner = given["state_operations"]
                if inner is not None:
                    self._all(inner if isinstance(inner, list | tuple) else [inner], migration)

    def _create(self, given: dict[str, Value], call: Called, migration: Migration) -> None:
        name, options = given["name"], given["options"]
        is_proxy = isinstance(options, dict) and options.get("proxy") is True
        model = Model(migration.app, name, migration.file, call.line, is_proxy=is_proxy)
        model.bases = list(self._bases(given["bases"], call, migration, name))
        self.state.create(model)
        fields = given["fields"]
        if not isinstance(fields, list | tuple):
            raise NotTold(f"the fields of {name} aren't read")
        for one in fields:
            one = self._sources.resolve(one, migration.path)  # noqa: PLW2901
            try:
                if not (isinstance(one, list | tuple) and len(one) == 2 and type(one[0]) is str):
                    raise NotTold(f"a field of {name} isn't read: {getattr(one, 'reason', one)}")
                self.state.put(
                    migration.app, name, self._fields.read(migration, name, one[0], one[1])
                )
            except NotTold as problem:
                self._lose(migration, call.line, str(problem))

    def _bases(
        self, bases: Value, call: Called, migration: Migration, name: str
    ) -> Iterable[ModelKey]:
        if bases is None:
            return
        if not isinstance(bases, list | tuple):
            self._lose(migration, call.line, f"the bases of {name} aren't read")
            return
        for one in bases:
            one = self._sources.resolve(one, migration.path)  # noqa: PLW2901
            if isinstance(one, str):
                app, dot, base = one.rpartition(".")
                yield (app if dot else migration.app, base.lower())
            elif isinstance(one, Unread | Either):
                self._lose(migration, call.line, f"a base of {name} isn't read")
            # A class that stands here is a mixin: migrations name models by text.


def _name(call: Called) -> str:
    function = call.function
    return function.path if isinstance(function, Named) else getattr(function, "name", "?")


def _does_nothing(hook: Function) -> bool:
    body = hook.node.body
    return isinstance(body, list) and all(
        type(statement).__name__ in {"Pass", "Expr"} and not _calls(statement) for statement in body
    )


def _calls(statement: object) -> bool:
    return type(getattr(statement, "value", None)).__name__ == "Call"
