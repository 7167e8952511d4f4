"""Tasks of other modules that are sent to a queue: by import, by name, by a schedule."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from banyan.survey.consulted import Consulted, Fact
from banyan.survey.facts import Coupling, Kind, Place, Unresolved
from banyan.survey.meanings import ClassRef, External, FunctionRef
from banyan.survey.names import Names
from banyan.survey.outline import Outline
from banyan.survey.scopes import Instance, Known, Local, Scope
from banyan.survey.syntax import (
    Attribute,
    Call,
    Expression,
    Text,
)
from banyan.survey.syntax import Mapping as MappingNode
from banyan.survey.territory import Territory
from banyan.survey.traversal import last_name

# What makes a function a task, in Celery, Dramatiq, Huey, django-rq, django-tasks, Procrastinate.
_MAKERS: Final = frozenset(
    {"task", "shared_task", "periodic_task", "actor", "job", "db_task", "db_periodic_task"}
    | {"background", "on_commit_task", "lock_task"}
)
# One of these words, or a name that has the last in it, stands in a file that declares a task.
WORDS: Final = (_MAKERS, "Task")
# Methods that send a task or make a message of it.
_SENDERS: Final = frozenset(
    {"delay", "apply_async", "delay_on_commit", "apply_async_on_commit", "s", "si"}
    | {"signature", "subtask", "chunks", "map", "starmap", "send", "send_with_options"}
    | {"message", "enqueue", "defer", "configure", "schedule"}
)
# These are only ever a task's; the others are words of many things, and need a task's decorator.
_SURE: Final = frozenset({"delay", "apply_async", "delay_on_commit", "apply_async_on_commit"})
# Functions that take the task's name, or the path of a function, or the function itself.
_BY_NAME: Final = frozenset(
    {"send_task", "signature", "subtask", "async_task", "schedule", "enqueue", "enqueue_at"}
    | {"enqueue_in", "async_iter"}
)
# What the name begins with by which it is marked that a task was asked for, and the one by which
# it is marked that it was asked which names tasks have that are sent by being called.
_TASK: Final = "task "
_CALLED: Final = "called tasks"
_QUEUES: Final = ("django_q.", "django_rq.", "rq.", "celery.")


@dataclass(frozen=True, slots=True)
class DeclaredTask:
    """A function or class that makes a task.

    Attributes:
        name: under which it is sent; ``accounts.tasks.clean`` unless it is given another.
        target: the function's own dotted name.
        is_called: whether calling it sends it, as in Huey.
    """

    name: str
    target: str
    path: str
    is_called: bool = False


def declared_tasks(names: Names, outline: Outline) -> Iterator[DeclaredTask]:
    """The tasks that a file declares."""
    module = outline.module
    for node, scope in outline.functions:
        for decorator in node.decorators:
            called = decorator.function if isinstance(decorator, Call) else decorator
            if last_name(called) in _MAKERS:
                target = f"{scope.name}.{node.name}"
                given = _given_name(decorator)
                maker = getattr(names.known(scope, called), "name", "")
                yield DeclaredTask(given or target, target, module.path, maker.startswith("huey"))
    for of, scope in outline.classes:
        if any("Task" in last_name(base) for base in of.bases):
            ref = names.codebase.class_ref(module, of, within=scope.symbol)
            given = _class_name(names, ref)
            yield DeclaredTask(given or ref.name, ref.name, module.path)


class TaskIndex:
    """All tasks of a project, by the names under which they are sent and by their own.

    Args:
        consulted: is told which were asked for, whether or not there are any such.
    """

    def __init__(self, tasks: Iterable[DeclaredTask], consulted: Consulted) -> None:
        self._consulted = consulted
        self._by_name: dict[str, DeclaredTask] = {}
        self._by_target: dict[str, DeclaredTask] = {}
        self._called: set[str] = set()
        for task in tasks:
            self._by_name.setdefault(task.name, task)
            self._by_target.setdefault(task.target, task)
            if task.is_called:
                self._called.add(task.target.rpartition(".")[2])

    def named(self, name: str) -> DeclaredTask | None:
        """The task that is sent under a name."""
        self._consulted.look(_TASK + name)
        return self._by_name.get(name) or self._by_target.get(name)

    def of(self, known: Known) -> DeclaredTask | None:
        """The task that a function, a class or an object of it is."""
        match known:
            case FunctionRef(name=name) | ClassRef(name=name) | Instance(of=ClassRef(name=name)):
                self._consulted.look(_TASK + name)
                return self._by_target.get(name)
            case _:
                return None

    def may_be_called(self, name: str) -> bool:
        """Whether some task of that name is sent by being called."""
        self._consulted.look(_CALLED)
        return name in self._called

    def facts(self) -> Iterator[Fact]:
        """All that can be asked for."""
        for known in (self._by_name, self._by_target):
            for name, task in known.items():
                yield _TASK + name, (known is self._by_name, task)
        yield _CALLED, sorted(self._called)


@dataclass(frozen=True, slots=True)
class _Finder:
    names: Names
    territory: Territory
    index: TaskIndex
    outline: Outline
    here: str
    seen: set[tuple[int, str]] = field(default_factory=set[tuple[int, str]])

    def sent(self, known: Known, line: int, scope: Scope, *, is_sure: bool) -> Iterator[Coupling]:
        task = self.index.of(known)
        if task is not None:
            yield from self.coupling(task.target, task.path, line, scope)
        elif is_sure and isinstance(known, FunctionRef):
            yield from self.coupling(known.name, known.module.path, line, scope)

    def named(self, name: str, line: int, scope: Scope) -> Iterator[Coupling]:
        task = self.index.named(name)
        if task is not None:
            yield from self.coupling(task.target, task.path, line, scope)
            return
        # The path of a plain function, as django-q and RQ take it.
        holder, _, last = name.rpartition(".")
        module = self.names.codebase.find(holder, self.outline.module) if holder else None
        if module is not None and self.names.codebase.lookup(module, last) is not None:
            yield from self.coupling(name, module.path, line, scope)

    def coupling(self, target: str, path: str, line: int, scope: Scope) -> Iterator[Coupling]:
        there = self.territory.module_at(path)
        if there is None or there == self.here or (line, target) in self.seen:
            return
        self.seen.add((line, target))
        yield Coupling(
            kind=Kind.TASK,
            from_=self.here,
            to=there,
            file=self.outline.module.path,
            line=line,
            source=scope.name,
            target=target,
        )


def tasks(
    names: Names, territory: Territory, index: TaskIndex, outline: Outline
) -> Iterator[Coupling | Unresolved]:
    """The tasks of other modules that a file sends, signs or schedules."""
    here = territory.module_at(outline.module.path)
    if here is None or outline.module.place is Place.TEST:
        return
    finder = _Finder(names, territory, index, outline, here)
    for call, scope in outline.calls:
        yield from _called(finder, call, scope)
    for attribute, scope in outline.handed_on:
        if attribute.name in _SURE:
            known = names.known(scope, attribute.value)
            yield from finder.sent(known, attribute.line, scope, is_sure=True)
    for mapping, scope in outline.tasks:
        yield from _scheduled(finder, mapping, scope)


def _called(finder: _Finder, call: Call, scope: Scope) -> Iterator[Coupling | Unresolved]:
    name = last_name(call.function)
    if name in _SENDERS and isinstance(call.function, Attribute):
        known = finder.names.known(scope, call.function.value)
        if finder.index.of(known) is not None or name in _SURE:
            yield from finder.sent(known, call.line, scope, is_sure=name in _SURE)
            if isinstance(known, Local):
                reason = "which task is sent is not told here"
                yield Unresolved(file=finder.outline.module.path, line=call.line, reason=reason)
            return
    if name in _BY_NAME and call.arguments:
        first = call.arguments[0]
        if isinstance(first, Text):
            if name in ("send_task", "signature", "subtask") or _is_queue(finder, call, scope):
                yield from finder.named(first.value, call.line, scope)
        elif _is_queue(finder, call, scope):
            known = finder.names.known(scope, first)
            yield from finder.sent(known, call.line, scope, is_sure=True)
    elif finder.index.may_be_called(name):
        task = finder.index.of(finder.names.known(scope, call.function))
        if task is not None and task.is_called:
            yield from finder.coupling(task.target, task.path, call.line, scope)


def _is_queue(finder: _Finder, call: Call, scope: Scope) -> bool:
    known = finder.names.known(scope, call.function)
    return isinstance(known, External) and known.name.startswith(_QUEUES)


def _scheduled(finder: _Finder, mapping: MappingNode, scope: Scope) -> Iterator[Coupling]:
    for key, value in mapping.items:
        match key, value:
            case Text(value="task"), Text(value=name, line=line):
                yield from finder.named(name, line, scope)
            case _:
                pass


def _given_name(decorator: Expression) -> str:
    if isinstance(decorator, Call):
        for keyword in decorator.keywords:
            if keyword.name in ("name", "actor_name") and isinstance(keyword.value, Text):
                return keyword.value.value
    return ""


def _class_name(names: Names, ref: ClassRef) -> str:
    binding = names.codebase.own(ref, "name")
    given = getattr(binding, "expression", None)
    return given.value if isinstance(given, Text) else ""
