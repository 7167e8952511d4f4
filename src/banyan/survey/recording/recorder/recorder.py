"""What the hooks tell, noted by the project's own lines."""

from __future__ import annotations

import contextvars
import functools
import os
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .log import Log
from .sql import Sql, Statement

if TYPE_CHECKING:
    Place = tuple[str, int, str]
    """File below the project's root, line, function."""

INSTALLED = re.compile(r"[/\\](?:site|dist)-packages[/\\]")
COMPREHENSIONS = {"<listcomp>", "<setcomp>", "<dictcomp>"}
MOST_REMEMBERED = 5_000  # statements; a project that writes values into its SQL has no end of them
MOST_WRAPPERS = 20  # around a function
PARTIAL: Any = functools.partial

frame_at: Callable[[int], Any] = sys._getframe  # pyright: ignore[reportPrivateUsage]
"""The frame so many calls up: 1 is the caller's."""

origin: contextvars.ContextVar[Place | None] = contextvars.ContextVar("origin", default=None)
"""The line of the coroutine that a thread works for."""


def _nobody(_frame: Any) -> Place | None:
    return None


def _coroutine(_frame: Any) -> Place | None:
    return origin.get()


def _maker(frame: Any) -> Place | None:
    return getattr(frame.f_locals.get("self"), "_banyan_place", None)


# Where others begin to work for somebody else: who stands outside of them is not the caller, but
# nobody, the coroutine that a thread works for, or who made the response that is rendered late.
ENTRANCES: dict[str, dict[str, Callable[[Any], Any]]] = {
    os.path.join("django", "core", "handlers", "base.py"): {
        "_get_response": _nobody,
        "_get_response_async": _nobody,
    },
    os.path.join("django", "core", "management", "__init__.py"): {"execute": _nobody},
    os.path.join("django", "template", "response.py"): {"rendered_content": _maker},
    os.path.join("asgiref", "sync.py"): {"thread_handler": _coroutine},
}


class Block:
    """An outermost transaction that is under way on a connection."""

    def __init__(self, place: Place | None) -> None:
        self.place = place
        self.depth = 1
        self.tables: set[str] = set()


class Recorder:
    """What the hooks tell it, told to the log by the project's own lines."""

    def __init__(self, root: str, folder: str) -> None:
        self.log = Log(folder)
        self._root = root + os.sep
        self._library = os.path.realpath(os.path.dirname(os.__file__)) + os.sep
        self._files: dict[str, str | None] = {}
        self._entrances: dict[str, dict[str, Callable[[Any], Any]]] = {}
        self._texts: dict[str, Statement | None] = {}
        self._statements: dict[Any, Statement] = {}
        self._sql = {True: Sql(is_mysql=True), False: Sql(is_mysql=False)}
        self._told: set[Any] = set()
        self._tables: set[str] = set()
        self._models = -1
        self._ran = self._nobodys = 0

    def failed(self, error: Exception) -> None:
        """The project goes on when the recorder fails; that it did is a fact. Its text is not."""
        trace, line = error.__traceback__, 0
        while trace is not None:
            if os.path.dirname(trace.tb_frame.f_code.co_filename) == os.path.dirname(__file__):
                line = trace.tb_lineno
            trace = trace.tb_next
        self.log.add("problem", type(error).__name__, line)

    # Places. This is the hot path: a look into a dictionary for each frame.

    def caller(self, frame: Any) -> Place | None:
        """The innermost line of the project's own."""
        files = self._files
        while frame is not None:
            code = frame.f_code
            try:
                file = files[code.co_filename]
            except KeyError:
                file = self._judge(code.co_filename)
            if file:
                return self._place(file, frame)
            if file is not None:
                behind = self._entrances[code.co_filename].get(code.co_name)
                if behind is not None:
                    place: Place | None = behind(frame)
                    return place
            frame = frame.f_back
        return origin.get()

    @staticmethod
    def _place(file: str, frame: Any) -> Place:
        line, function = frame.f_lineno, frame.f_code.co_name
        while function in COMPREHENSIONS and frame.f_back:
            # Newer Pythons have no frame for these.
            frame = frame.f_back
            function = frame.f_code.co_name
        return file, line, function

    def _judge(self, name: str) -> str | None:
        """The path below the root of a file of the project's own; "" has entrances; or None."""
        file: str | None = None
        for end, functions in ENTRANCES.items():
            if name.endswith(os.sep + end):
                file, self._entrances[name] = "", functions
        if file is None and name.endswith(".py"):
            file = self._below(os.path.realpath(name)) or None
        self._files[name] = file
        return file

    def _below(self, path: str) -> str:
        is_own = path.startswith(self._root) and not INSTALLED.search(path + os.sep)
        if not is_own or path.startswith(self._library):
            return ""
        return path[len(self._root) :].replace(os.sep, "/")

    def definition(self, receiver: Any) -> Place | None:
        """Where a function of the project's own is defined."""
        function = receiver
        for _ in range(MOST_WRAPPERS):
            if isinstance(function, PARTIAL):
                function = function.func
            elif hasattr(function, "__wrapped__"):
                function = function.__wrapped__
            else:
                break
        if not hasattr(function, "__code__"):
            function = getattr(receiver.__class__, "__call__", None)  # noqa: B004
        code = getattr(function, "__code__", None)
        if code is None or not code.co_filename.endswith(".py"):
            return None
        file = self._below(os.path.realpath(code.co_filename))
        return (file, code.co_firstlineno, code.co_name) if file else None

    # Statements and transactions

    def statement(self, sql: Any, connection: Any, frame: Any) -> None:
        """A statement has run."""
        if not isinstance(sql, str):
            # psycopg's composed statements need a connection to be written out.
            write = getattr(sql, "as_string", None)
            sql = write(connection.connection) if write else bytes(sql).decode("utf-8", "replace")
        # Lists of parameters differ in length only; a statement is read once.
        sql = sql.replace("%s, ", "")
        try:
            statement = self._texts[sql]
        except KeyError:
            statement = self._read(sql, connection)
        if statement is None:
            return
        self._ran += 1
        block = connection.__dict__.get("_banyan_block")
        if block is not None and statement.writes:
            block.tables |= statement.writes
        place = self.caller(frame)
        if place is None:
            self._nobodys += 1
        elif (place, statement) not in self._told:
            self._told.add((place, statement))
            for access in statement.accesses:
                self.log.add("access", *place, *access)
            for pair in statement.joins:
                self.log.add("join", *place, *pair)
        if not self._ran & 1023:
            self.count()

    def count(self) -> None:
        """Note how many statements there were since the last time."""
        if self._ran:
            self.log.append(("count", self._ran, self._nobodys))
            self._ran = self._nobodys = 0

    def forget_count(self) -> None:
        """What ran before a fork is the parent's to tell."""
        self._ran = self._nobodys = 0

    def _read(self, sql: str, connection: Any) -> Statement | None:
        if len(self._texts) >= MOST_REMEMBERED:
            self._texts.clear()
        statement = None
        found = self._sql[connection.vendor == "mysql"].read(sql)
        if found[0]:
            statement = self._statements.setdefault(found, Statement(*found))
            if not {table for _, table in statement.accesses} <= self._tables:
                self._learn_tables()
        self._texts[sql] = statement
        return statement

    def _learn_tables(self) -> None:
        registry = sys.modules["django.apps"].apps
        models = sum(map(len, registry.all_models.values()))
        if not registry.models_ready or models == self._models:
            return
        self._models = models
        for config in registry.get_app_configs():
            self.log.add("app", config.label, config.name, self._folder(config.path))
            for owner in type(config).__mro__:
                # A configuration that inherits from another app's stands in for that app.
                name = vars(owner).get("name")
                package = sys.modules.get(name) if isinstance(name, str) else None
                for path in getattr(package, "__path__", ()):
                    if name != config.name and self._folder(path):
                        self.log.add("app", config.label, name, self._folder(path))
        for model in registry.get_models(include_auto_created=True):
            meta = model._meta
            if not meta.proxy:
                table = Sql.bare(meta.db_table)
                self._tables.add(table)
                self.log.add("table", table, meta.app_label, meta.object_name, meta.managed)

    def _folder(self, path: str) -> str:
        folder = os.path.realpath(path)
        return "." if folder + os.sep == self._root else self._below(folder)

    def entered(self, atomic: Any, connection: Any, frame: Any) -> None:
        """A transaction or savepoint has begun."""
        if _is_of_a_testcase(atomic, frame):
            return
        block = connection.__dict__.get("_banyan_block")
        if block is not None:
            block.depth += 1
            return
        place = None
        if frame.f_code.co_name == "inner" and frame.f_globals.get("__name__") == "contextlib":
            place = self.definition(frame.f_locals.get("func"))  # it decorates this function
        connection._banyan_block = Block(place or self.caller(frame))

    def left(self, atomic: Any, connection: Any, frame: Any) -> None:
        """A transaction or savepoint is about to end."""
        block = connection.__dict__.get("_banyan_block")
        if block is None or _is_of_a_testcase(atomic, frame):
            return
        block.depth -= 1
        if not block.depth:
            connection._banyan_block = None
            if block.place and len(block.tables) > 1:
                self.log.add("transaction", *block.place, tuple(sorted(block.tables)))


def _is_of_a_testcase(atomic: Any, frame: Any) -> bool:
    """Whether it is the block around a whole test; only newer Djangos mark it."""
    names = {"_enter_atomics", "_rollback_atomics"}
    return getattr(atomic, "_from_testcase", False) or frame.f_code.co_name in names
