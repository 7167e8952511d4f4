"""Runs the methods of modules that are resident here, with the transaction a command owns."""

import hashlib
import logging
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from banyan.calls.context import command_around, key_of_caller
from banyan.calls.failures import (
    could_not_begin,
    ended_too_late,
    failed,
    mistaken_call,
    too_late_to_begin,
)
from banyan.calls.forgetting import Forgetting
from banyan.calls.guards import refuse_inside_transaction, refuse_to_join_elsewhere
from banyan.calls.outcomes import Outcome, recall
from banyan.calls.ports import Ledger, Transactions
from banyan.calls.targets import Method, Target
from banyan.errors import CallError
from banyan.resilience import remaining

logger = logging.getLogger("banyan.calls")


class Executor:
    """Runs queries and commands as the contract declares them.

    A declared error undoes what the command did and is remembered as its outcome; any other
    exception undoes it too and is not remembered, so that a repeat with the same key runs again.
    """

    def __init__(self, transactions: Transactions, ledger: Ledger, forgetting: Forgetting) -> None:
        self._transactions = transactions
        self._ledger = ledger
        self._forgetting = forgetting

    def check(self, target: Target) -> None:
        """Refuse a call that may not be made where it is made.

        Raises:
            Misuse: a command inside a transaction that it would not be part of.
            NotExecuted: the deadline has passed.
        """
        method = target.method
        if method.joins:
            refuse_to_join_elsewhere(method.name, target.alias, self._transactions)
        elif method.is_command:
            refuse_inside_transaction(method.name, self._transactions)
        left = remaining()
        if left is not None and left <= 0:
            raise too_late_to_begin(method.name)

    def directly(self, target: Target, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Run a method on the caller's own objects.

        Raises:
            DeclaredError: one that the contract names for the method.
            CallError: any other exception, which is its cause.
        """
        method = target.method
        stage = _Stage.BEFORE
        try:
            with _Keyless(), self._transaction(target), _Inside(method):
                stage = _Stage.DURING
                result = target.run(*args, **kwargs)
                _refuse_if_late(method)
                stage = _Stage.AFTER
        except method.raises:
            raise
        except Exception as error:
            if isinstance(error, TypeError) and (mistake := mistaken_call(method.name, error)):
                raise mistake from error
            raise _failure(method, error, stage) from _cause(error)
        return result

    def encoded(self, target: Target, body: bytes, key: str) -> Outcome:
        """Run a method on decoded arguments, at most once for each key.

        Args:
            body: the arguments, as JSON.
            key: the idempotency key of a command; empty for none.

        Raises:
            CallError: an exception that the contract does not declare, which is its cause.
            DecodeError: the arguments are not what the contract says.
            Misuse: the key was used with other arguments.
        """
        method = target.method
        arguments = method.bind((), method.spec.request.decode(body))
        if not method.is_command:
            return self._run(target, arguments)
        keyed = _Keyed(key, _fingerprint(method, arguments)) if key else None
        if method.joins:
            return self._in_transaction(target, arguments, keyed)
        run = self._in_transaction if method.owns_transaction else self._in_steps
        outcome = run(target, arguments, keyed)
        if keyed is not None:
            self._forgetting.after_command(target.alias)
        return outcome

    def _in_transaction(
        self, target: Target, arguments: dict[str, Any], keyed: "_Keyed | None"
    ) -> Outcome:
        """The key, the effects and the remembered outcome commit together."""
        method, alias = target.method, target.alias
        stage = _Stage.BEFORE
        outcome, known = None, None
        try:
            with _Keyless(), self._transaction(target):
                if keyed is not None:
                    known = self._ledger.claim(alias, method.name, keyed.key, keyed.fingerprint)
                if known is None:
                    stage = _Stage.DURING
                    remembered = keyed is not None and not method.secret
                    outcome = self._undoably(target, arguments, remembered=remembered)
                    _refuse_if_late(method)
                    if keyed is not None:
                        kept = None if method.secret else outcome
                        self._ledger.remember(alias, method.name, keyed.key, kept)
                    stage = _Stage.AFTER
        except method.raises as error:
            return method.declared(error)
        except Exception as error:
            raise _failure(method, error, stage) from _cause(error)
        if known is not None and keyed is not None:
            return recall(known, keyed.fingerprint, method.name, keyed.key)
        assert outcome is not None  # noqa: S101 - nothing was known, so it ran
        return outcome

    def _in_steps(
        self, target: Target, arguments: dict[str, Any], keyed: "_Keyed | None"
    ) -> Outcome:
        """A command without a transaction: its key is on record as started, then as done."""
        method, alias = target.method, target.alias
        if keyed is not None:
            try:
                known = self._ledger.claim(alias, method.name, keyed.key, keyed.fingerprint)
            except Exception as error:
                raise could_not_begin(method.name, error) from error
            if known is not None:
                return recall(known, keyed.fingerprint, method.name, keyed.key)
        outcome = self._run(target, arguments)
        if keyed is not None:
            try:
                kept = None if method.secret else outcome
                self._ledger.remember(alias, method.name, keyed.key, kept)
            except Exception:
                # The outcome is known now, and only a repeat will hear that it is not.
                logger.exception(
                    "The outcome of %s under the key %r is not on record", method.name, keyed.key
                )
        return outcome

    def _undoably(self, target: Target, arguments: dict[str, Any], *, remembered: bool) -> Outcome:
        """Run within a transaction; a declared error undoes the effects.

        One that is to be remembered must not undo the whole transaction, in which it is remembered.
        """
        method = target.method
        part = remembered and bool(method.raises)
        try:
            with self._transactions.join(target.alias) if part else nullcontext(), _Inside(method):
                return Outcome(method.spec.encode_result(target.run(**arguments)))
        except method.raises as error:
            if not part:
                raise
            return method.declared(error)

    def _run(self, target: Target, arguments: dict[str, Any]) -> Outcome:
        """Run without a transaction."""
        method = target.method
        try:
            with _Keyless(), _Inside(method):
                return Outcome(method.spec.encode_result(target.run(**arguments)))
        except method.raises as error:
            return method.declared(error)
        except Exception as error:
            raise failed(method.name, error, rolled_back=False) from error

    def _transaction(self, target: Target) -> AbstractContextManager[object]:
        method = target.method
        if method.joins:
            return self._transactions.join(target.alias)
        if method.owns_transaction:
            return self._transactions.own(target.alias)
        return nullcontext()


@dataclass(frozen=True, slots=True)
class _Keyed:
    key: str
    fingerprint: bytes


class _Stage(Enum):
    """Where in a method's transaction an exception came."""

    BEFORE = auto()
    DURING = auto()
    AFTER = auto()


class _Keyless:
    """Keeps the caller's idempotency key from what the method calls, and runs on its commit."""

    __slots__ = ("_token",)

    def __enter__(self) -> None:
        self._token = key_of_caller.set(None)

    def __exit__(self, *_: object) -> None:
        key_of_caller.reset(self._token)


class _Inside:
    """Marks the body of a command that owns its transaction; its commit is outside already."""

    __slots__ = ("_path", "_token")

    def __init__(self, method: Method) -> None:
        self._path = method.name if method.owns_transaction else command_around.get()

    def __enter__(self) -> None:
        self._token = command_around.set(self._path)

    def __exit__(self, *_: object) -> None:
        command_around.reset(self._token)


class _TooLate(Exception):
    """Rolls a command back whose caller has given up."""


def _refuse_if_late(method: Method) -> None:
    left = remaining()
    if left is not None and left <= 0 and method.owns_transaction:
        raise _TooLate


def _failure(method: Method, error: Exception, stage: _Stage) -> CallError:
    if stage is _Stage.BEFORE:
        return could_not_begin(method.name, error)
    if isinstance(error, _TooLate):
        return ended_too_late(method.name)
    rolled_back = method.owns_transaction and stage is _Stage.DURING
    return failed(method.name, error, rolled_back=rolled_back)


def _cause(error: Exception) -> Exception | None:
    return None if isinstance(error, _TooLate) else error


def _fingerprint(method: Method, arguments: dict[str, Any]) -> bytes:
    """Stands for the arguments, however they were written on the wire.

    Nothing does for secret ones: who has the hash of a password can try passwords on it.
    """
    if method.secret:
        return b""
    return hashlib.blake2b(method.spec.request.encode(arguments), digest_size=16).digest()
