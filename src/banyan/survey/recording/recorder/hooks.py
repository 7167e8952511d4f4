"""What is replaced in Django and in some libraries once the project has imported them."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from .recorder import frame_at, origin

if TYPE_CHECKING:
    from .recorder import Recorder

    Note = Callable[[Any, Any, tuple[Any, ...], dict[str, Any]], None]
    """Told of a call before it happens: the caller's frame, self, the other arguments."""

# Of Django's own workings, and sent thousands of times.
QUIET_SIGNALS = {
    "django.db.models.signals.class_prepared",
    "django.db.models.signals.pre_init",
    "django.db.models.signals.post_init",
    "django.test.signals.template_rendered",
    "django.test.signals.setting_changed",
    "django.core.signals.setting_changed",
    "django.db.backends.signals.connection_created",
}


class Hooks:
    """The hooks by the module that each belongs to."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._names: dict[int, str] = {}
        self._told: set[Any] = set()
        self.by_module: dict[str, Callable[[Any], None]] = {
            "django": self.django,
            "django.db.backends.base.base": self.connections,
            "django.db.transaction": self.transactions,
            "django.dispatch.dispatcher": self.signals,
            "django.template.response": self.responses,
            "django.tasks.base": self.django_tasks,
            "asgiref.sync": self.coroutines,
            "celery.app.task": self.celery_tasks,
            "celery.app.base": self.celery_app,
            "http.client": self.http_client,
            "requests.sessions": self.requests,
            "httpx._client": self.httpx,
            "multiprocessing.util": self.processes,
        }

    def _before(self, owner: Any, name: str, note: Note) -> None:
        original = getattr(owner, name, None)
        if original is None:
            return  # of another version
        recorder = self._recorder

        @functools.wraps(original)
        def noted(self: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                note(frame_at(1), self, args, kwargs)
            except Exception as error:
                recorder.failed(error)
            return original(self, *args, **kwargs)

        setattr(owner, name, noted)

    # Django

    def django(self, module: Any) -> None:
        """A process with Django has begun."""
        self._recorder.log.add("django", ".".join(map(str, module.VERSION[:2])))

    def connections(self, module: Any) -> None:
        """Every connection is made with a wrapper, whichever thread, alias or backend it is of.

        It is the outermost of the wrappers: one that is added and popped by a project's own
        ``connection.execute_wrapper()`` always stands inside of it.
        """
        recorder = self._recorder

        def run(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
            result = execute(sql, params, many, context)
            try:
                recorder.statement(sql, context["connection"], frame_at(1))
            except Exception as error:
                recorder.failed(error)
            return result

        make = module.BaseDatabaseWrapper.__init__

        @functools.wraps(make)
        def made(self: Any, *args: Any, **kwargs: Any) -> None:
            make(self, *args, **kwargs)
            self.execute_wrappers.insert(0, run)

        module.BaseDatabaseWrapper.__init__ = made

    def transactions(self, module: Any) -> None:
        """Blocks of ``transaction.atomic``, on every connection."""
        recorder, atomic, get_connection = self._recorder, module.Atomic, module.get_connection
        enter, leave = atomic.__enter__, atomic.__exit__

        @functools.wraps(enter)
        def entered(self: Any) -> Any:
            result = enter(self)
            try:
                recorder.entered(self, get_connection(self.using), frame_at(1))
            except Exception as error:
                recorder.failed(error)
            return result

        @functools.wraps(leave)
        def left(self: Any, *error: Any) -> Any:
            try:
                # Before: what is run on commit is no part of the transaction.
                recorder.left(self, get_connection(self.using), frame_at(1))
            except Exception as failure:
                recorder.failed(failure)
            return leave(self, *error)

        atomic.__enter__, atomic.__exit__ = entered, left

    def signals(self, module: Any) -> None:
        """Signals that reach receivers of the project's own."""
        make = module.Signal.__init__

        @functools.wraps(make)
        def made(self: Any, *args: Any, **kwargs: Any) -> None:
            make(self, *args, **kwargs)
            frame: Any = frame_at(1)
            while frame.f_code.co_name == "__init__" and frame.f_back:
                frame = frame.f_back
            self._banyan_home = (frame.f_globals.get("__name__", ""), frame.f_lineno)

        module.Signal.__init__ = made
        for name in ("send", "send_robust", "asend", "asend_robust"):
            self._before(module.Signal, name, self._sent)

    def _sent(self, frame: Any, signal: Any, args: tuple[Any, ...], named: dict[str, Any]) -> None:
        if not signal.receivers:
            return
        name = self._names.get(id(signal)) or self._name(signal)
        place = None if name in QUIET_SIGNALS else self._recorder.caller(frame)
        if place is None:
            return
        sender = args[0] if args else named.get("sender")
        owner = sender if isinstance(sender, type) else type(sender)
        # Receivers may come later: their number is part of what has been seen.
        key = (place, name, owner, len(signal.receivers))
        if key not in self._told:
            self._told.add(key)
            for receiver in _flat(signal._live_receivers(sender)):
                to = self._recorder.definition(receiver)
                if to:
                    self._recorder.log.add("signal", *place, name, _label(sender), *to)

    def _name(self, signal: Any) -> str:
        module, line = getattr(signal, "_banyan_home", ("", 0))
        names = vars(sys.modules[module]) if module in sys.modules else {}
        found = sorted(name for name, value in list(names.items()) if value is signal)
        if not found:
            return f"{module}:{line}"
        # A signal with a name is held by its module, and so its id is not used again.
        self._names[id(signal)] = f"{module}.{found[0]}"
        return self._names[id(signal)]

    def responses(self, module: Any) -> None:
        """A response that is rendered after its view has returned knows the view's line."""

        def note(frame: Any, response: Any, _args: Any, _named: Any) -> None:
            response._banyan_place = self._recorder.caller(frame)

        self._before(module.SimpleTemplateResponse, "__init__", note)

    def coroutines(self, module: Any) -> None:
        """A thread that works for a coroutine knows the coroutine's line."""
        recorder, call = self._recorder, module.SyncToAsync.__call__

        @functools.wraps(call)
        async def called(self: Any, *args: Any, **kwargs: Any) -> Any:
            token = origin.set(recorder.caller(frame_at(1)))
            try:
                return await call(self, *args, **kwargs)
            finally:
                origin.reset(token)

        module.SyncToAsync.__call__ = called

    # Tasks

    def _task(self, frame: Any, name: str, function: Any) -> None:
        place = self._recorder.caller(frame)
        if place:
            to = self._recorder.definition(function) if function else None
            self._recorder.log.add("task", *place, name, to[0] if to else "")

    def django_tasks(self, module: Any) -> None:
        """Tasks of Django's own, from 6.0 on."""

        def note(frame: Any, task: Any, _args: Any, _named: Any) -> None:
            self._task(frame, task.module_path, task.func)

        self._before(module.Task, "enqueue", note)

    def celery_tasks(self, module: Any) -> None:
        """Tasks sent by what they are: `delay`, signatures and canvases all come this way."""

        def note(frame: Any, task: Any, _args: Any, _named: Any) -> None:
            self._task(frame, task.name, task.run)

        self._before(module.Task, "apply_async", note)

    def celery_app(self, module: Any) -> None:
        """Tasks sent by name."""

        def note(frame: Any, app: Any, args: Any, named: Any) -> None:
            name = args[0] if args else named.get("name")
            task = app.tasks.get(name) if app.finalized else None
            self._task(frame, str(name), task.run if task else None)

        self._before(module.Celery, "send_task", note)

    # HTTP

    def _request(self, frame: Any, host: str, has_timeout: bool) -> None:
        place = self._recorder.caller(frame)
        if place and host:
            self._recorder.log.add("http", *place, host, has_timeout)

    def http_client(self, module: Any) -> None:
        """What every library on ``http.client`` comes down to."""
        import socket

        def note(frame: Any, connection: Any, _args: Any, _named: Any) -> None:
            timeout = connection.timeout
            if not isinstance(timeout, (int, float)) and timeout is not None:
                timeout = socket.getdefaulttimeout()
            host = getattr(connection, "_tunnel_host", None) or connection.host
            self._request(frame, str(host), timeout is not None)

        self._before(module.HTTPConnection, "putrequest", note)

    def requests(self, module: Any) -> None:
        """Also those that a test answers itself, before they come to ``http.client``."""
        from urllib.parse import urlsplit

        def note(frame: Any, _session: Any, args: Any, named: Any) -> None:
            request = args[0] if args else named["request"]
            self._request(
                frame, urlsplit(str(request.url)).hostname or "", named.get("timeout") is not None
            )

        self._before(module.Session, "send", note)

    def httpx(self, module: Any) -> None:
        """Both clients; a timeout is set unless each part of it is None."""

        def note(frame: Any, _client: Any, args: Any, named: Any) -> None:
            request = args[0] if args else named["request"]
            timeout: dict[str, Any] = request.extensions.get("timeout") or {}
            has_timeout = any(part is not None for part in timeout.values())
            self._request(frame, request.url.host, has_timeout)

        self._before(module.Client, "send", note)
        self._before(module.AsyncClient, "send", note)

    # Processes

    def processes(self, module: Any) -> None:
        """A child of multiprocessing ends without the functions that wait for an exit."""
        leave = module._exit_function

        @functools.wraps(leave)
        def left(*args: Any, **kwargs: Any) -> Any:
            self._recorder.count()
            return leave(*args, **kwargs)

        module._exit_function = left


def _flat(receivers: Any) -> Iterator[Any]:
    """Newer Djangos tell synchronous receivers from asynchronous ones."""
    groups: list[list[Any]] = list(receivers) if receivers.__class__ is tuple else [receivers]
    return chain.from_iterable(groups)


def _label(sender: Any) -> str:
    """What sends: a model's label, a class's name, or the class of anything else."""
    owner = sender if isinstance(sender, type) else type(sender)
    meta = getattr(owner, "_meta", None)
    if sender is None:
        return ""
    return str(getattr(meta, "label", None) or f"{owner.__module__}.{owner.__qualname__}")
