"""Calls to modules that are resident in this process."""

import time
from typing import Any

from asgiref.sync import sync_to_async

from banyan.calls import faults
from banyan.calls.context import key_of_caller
from banyan.calls.counting import count_query_in_transaction
from banyan.calls.execution import Executor
from banyan.calls.failures import undeclared
from banyan.calls.ports import Transactions
from banyan.calls.routes import Call, Route
from banyan.calls.targets import Target


def fast(executor: Executor, target: Target) -> Route:
    """Caller and method share their objects; a call costs little more than a plain one."""
    if target.method.is_command:
        call = _fast_command(executor, target)
        return Route(call, sync_to_async(call))
    call = _fast_query(target)
    return Route(call, sync_to_async(call), direct=target.run, raises=target.method.raises)


def strict(executor: Executor, transactions: Transactions, target: Target) -> Route:
    """Arguments and results pass through the wire's codec, as if the module were remote."""
    method = target.method

    def call(*args: Any, **kwargs: Any) -> Any:
        body = method.encode_arguments(args, kwargs)
        executor.check(target)
        if not method.is_command and transactions.open_alias() is not None:
            count_query_in_transaction(method.name)
        if faults.active:
            time.sleep(faults.latency_of(method.name))
            if failure := faults.failure_before(method.name):
                raise failure
        key = (key_of_caller.get() or "") if method.is_command else ""
        outcome = executor.encoded(target, body, key)
        if faults.active and (failure := faults.failure_after(method.name)):
            raise failure
        return method.value(outcome)

    return Route(call, sync_to_async(call))


def _fast_query(target: Target) -> Call:
    """Without the caller's idempotency key, which would go along to what the query calls."""
    run, method = target.run, target.method

    def call(*args: Any, **kwargs: Any) -> Any:
        token = key_of_caller.set(None)
        try:
            return run(*args, **kwargs)
        except method.raises:
            raise
        except Exception as error:
            raise undeclared(method.name, error) from error
        finally:
            key_of_caller.reset(token)

    return call


def _fast_command(executor: Executor, target: Target) -> Call:
    method = target.method

    def call(*args: Any, **kwargs: Any) -> Any:
        executor.check(target)
        key = key_of_caller.get()
        if key is None:
            return executor.directly(target, args, kwargs)
        # What is remembered is encoded, so a call with a key is encoded too.
        body = method.encode_arguments(args, kwargs)
        return method.value(executor.encoded(target, body, key))

    return call
