"""Fakes in tests: another object serves a contract for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from django.apps import apps

from banyan.calls.apps import CallsConfig
from banyan.contracts import substituted

Service = TypeVar("Service")


@contextmanager
def serving(contract: type[object], service: Service) -> Iterator[Service]:
    """Let a fake serve a contract within a block; it is a subclass that is not registered.

    ``with serving(Payments, FakePayments()) as payments:`` and whoever asks ``Payments.client()``
    in this process asks the fake, by the rules of a call: strict mode, transactions, errors.
    """
    with substituted(contract, service):
        _forget_routes()
        try:
            yield service
        finally:
            _forget_routes()


def _forget_routes() -> None:
    """A route has bound the service of before; without the app of calls nothing is bound."""
    if apps.is_installed("banyan.calls"):
        cast(CallsConfig, apps.get_app_config("banyan_calls")).router.forget()
