"""The Django app: puts calls together, and finds the services of the resident modules."""

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import module_has_submodule

from banyan import conf, modules
from banyan.calls.execution import Executor
from banyan.calls.forgetting import Forgetting
from banyan.calls.modes import is_strict
from banyan.calls.ports import Ledger, Transport
from banyan.calls.routing import Router, Surroundings
from banyan.calls.serving import Server
from banyan.conf import CallsSettings
from banyan.contracts import install_caller
from banyan.contracts.text import MAX_BYTES
from banyan.discovery import FirstOf
from banyan.discovery.adapters.environment import EnvironmentDirectory
from banyan.discovery.adapters.static import StaticDirectory
from banyan.observability import report_hops
from banyan.observability.health import register_probe

if TYPE_CHECKING:
    from banyan.calls.adapters.transactions import DjangoTransactions


class CallsConfig(AppConfig):
    """Calls through contracts."""

    name = "banyan.calls"
    label = "banyan_calls"
    verbose_name = "Banyan: calls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take over the clients' calls, and import the resident modules' services."""
        from banyan.calls import readiness

        install_caller(self.router)
        setting_changed.connect(self._forget_settings)
        register_probe("database", readiness.database)
        register_probe("migrations", readiness.migrations)
        report_hops()
        import_module("banyan.calls.checks")
        _import_services()

    @cached_property
    def router(self) -> Router:
        """Decides where each call goes."""
        return Router(
            Surroundings(
                executor=self.executor,
                transactions=self.transactions,
                transport=self._transport,
                locate=self.directory.locate,
                settings=_settings,
                is_strict=lambda: is_strict(_settings().mode, debug=settings.DEBUG),
            )
        )

    @cached_property
    def server(self) -> Server:
        """Answers the calls that come over the network."""
        return Server(self.executor, self.router.target, lambda: _settings().secret)

    @cached_property
    def directory(self) -> FirstOf:
        """Knows where the other services are."""
        return FirstOf([EnvironmentDirectory(), StaticDirectory(_url_of)])

    @cached_property
    def executor(self) -> Executor:
        """Runs the methods of resident modules."""
        return Executor(self.transactions, self._ledger, self.forgetting)

    @cached_property
    def forgetting(self) -> Forgetting:
        """Deletes old idempotency keys."""
        return Forgetting(self._ledger, lambda: _settings().retention)

    @cached_property
    def _ledger(self) -> Ledger:
        from banyan.calls.adapters.orm import OrmLedger

        return OrmLedger()

    @cached_property
    def transactions(self) -> "DjangoTransactions":
        """The transactions of this process."""
        from banyan.calls.adapters.transactions import DjangoTransactions

        return DjangoTransactions()

    def _transport(self) -> Transport:
        """Carries calls to other services; a process that makes none loads no HTTP client."""
        if self._made_transport is None:
            from banyan.calls.adapters.connect import ConnectTransport
            from banyan.http.adapters.urllib3 import Urllib3Client

            self._made_transport = ConnectTransport(
                Urllib3Client(),
                lambda: modules.current().service or "",
                lambda: _settings().secret,
                MAX_BYTES,
            )
        return self._made_transport

    _made_transport: Transport | None = None

    def _forget_settings(self, *, setting: str, **_: Any) -> None:
        if setting in ("BANYAN", "DEBUG"):
            self.router.forget()


def _settings() -> CallsSettings:
    return conf.settings().calls


def _url_of(service: str) -> str | None:
    topology = modules.current().topology
    known = topology.services.get(service) if topology else None
    return known.url if known else None


def _import_services() -> None:
    """Import ``contract.py`` and ``service.py`` of the apps of resident modules."""
    residency = modules.current()
    for config in apps.get_app_configs():
        module = residency.module_of(config.name)
        if residency.project.modules and (module is None or not residency.is_resident(module)):
            continue
        for name in ("contract", "service"):
            if module_has_submodule(config.module, name):
                import_module(f"{config.name}.{name}")
