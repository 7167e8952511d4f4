"""The Django app of events: finds the handlers, and runs them where there is no broker."""

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import AppConfig, apps
from django.core import checks as django_checks
from django.core.signals import request_started
from django.utils.module_loading import module_has_submodule

from banyan import conf, modules
from banyan.errors import ConfigurationError
from banyan.events import checks, publishing
from banyan.events.dispatcher import Dispatcher
from banyan.events.ports import Broker
from banyan.events.reporting import Counters
from banyan.events.residents import outbox_aliases, residents
from banyan.events.subscriptions import registry
from banyan.leases import Backoff
from banyan.leases.adapters.bell import Bell
from banyan.leases.adapters.database import notify
from banyan.observability import report_hops

if TYPE_CHECKING:
    from banyan.events.adapters.assembly import Assembly
    from banyan.events.adapters.repair import Repair
    from banyan.events.threads import Crew

PARTS = ("relay", "consumer")


class EventsConfig(AppConfig):
    """``banyan.events`` in INSTALLED_APPS."""

    name = "banyan.events"
    label = "banyan_events"
    verbose_name = "Events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The models of an app can be imported only now.
        from banyan.events.adapters.orm import OrmPublications

        report_hops()
        self._dispatcher = Dispatcher()
        self._bells: dict[str, Bell] = {}
        publishing.install(OrmPublications(self._committed))
        _import_handlers()
        django_checks.register(checks.check_subscriptions)
        django_checks.register(checks.check_broker)
        django_checks.register(checks.check_database, django_checks.Tags.database)
        request_started.connect(self._serve, dispatch_uid="banyan.events")

    def broker(self) -> Broker | None:
        """The broker that the settings name; None when events stay in the process.

        Raises:
            ConfigurationError: its address is of a kind that we do not speak.
        """
        address = conf.settings().events.broker
        if not address:
            return None
        for finding in checks.broker_findings(address):
            raise ConfigurationError(finding.message, hint=finding.hint, code=finding.id)
        from banyan.events.adapters.nats import NatsBroker

        residency = modules.current()
        return NatsBroker(address, name=f"banyan {residency.service or residency.project.name}")

    def assembly(
        self, broker: Broker | None, counters: Counters, backoff: Backoff | None = None
    ) -> "Assembly":
        """The parts that move the events of this process's handlers."""
        from banyan.events.adapters.assembly import Assembly

        return Assembly(residents(registry.all()), broker, counters=counters, backoff=backoff)

    @property
    def outboxes(self) -> tuple[str, ...]:
        """The databases in which the modules of this process publish."""
        return outbox_aliases()

    @property
    def repair(self) -> "Repair":
        """The tools for dead events, on the databases of this process's modules."""
        from banyan.events.adapters.repair import Repair

        inboxes = {one.alias for one in residents(registry.all())}
        return Repair(sorted({*self.outboxes, *inboxes}))

    def _crew(self) -> "Crew":
        def bell(alias: str) -> Bell:
            return self._bells.setdefault(alias, Bell())

        return self.assembly(None, Counters()).crew(PARTS, threads=1, ring=bell)

    def _serve(self, **_: object) -> None:
        settings = conf.settings().events
        if not settings.broker and settings.deliver == "after_commit" and not _is_testing():
            self._dispatcher.start(self._crew)

    def _committed(self, alias: str) -> None:
        if self._dispatcher.is_running:
            self._bells.setdefault(alias, Bell()).ring()
        else:
            notify(alias)


def _import_handlers() -> None:
    """Import ``handlers.py`` of the apps whose modules are resident, and of no other."""
    residency = modules.current()
    for config in apps.get_app_configs():
        module = residency.module_of(config.name)
        if module is not None and not residency.is_resident(module):
            continue
        if config.module is not None and module_has_submodule(config.module, "handlers"):
            import_module(f"{config.name}.handlers")


def _is_testing() -> bool:
    """True between Django's setup_test_environment() and its teardown: tests deliver themselves."""
    state = getattr(sys.modules.get("django.test.utils"), "_TestState", None)
    return hasattr(state, "saved_data")
