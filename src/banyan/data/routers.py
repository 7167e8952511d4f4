"""The database router of a service: no query and no migration for what lives elsewhere."""

from collections.abc import Iterable
from typing import cast

from django.db.models import Model

from banyan.conf import nearest
from banyan.data.holdings import Holdings, Presence, holdings, is_of_a_migration
from banyan.data.refusals import query_on
from banyan.errors import ConfigurationError


class ResidencyRouter:
    """Refuses what is not resident, and leaves all else to the routers after it."""

    def db_for_read(self, model: type[Model], **hints: object) -> None:
        """Refuse to read a model that is not resident."""
        _refuse(model, hints.get("instance"))

    def db_for_write(self, model: type[Model], **hints: object) -> None:
        """Refuse to write a model that is not resident."""
        _refuse(model, hints.get("instance"))

    def allow_migrate(
        self, _db: str, app_label: str, model_name: str | None = None, **hints: object
    ) -> bool | None:
        """Refuse to migrate what is not resident.

        A data migration names further modules that it needs with ``hints={"needs": [...]}``.
        """
        held = holdings()
        if held.residency.service is None:
            return None
        needs = cast("str | Iterable[str]", hints.get("needs", ()))
        if not _are_resident([needs] if isinstance(needs, str) else needs, held):
            return False
        if model_name is None:
            return None if held.has_code(app_label) else False
        model = hints.get("model")
        presence = (
            held.of(model)
            if isinstance(model, type) and issubclass(model, Model)
            else held.in_the_past(app_label, model_name)
        )
        if presence is not Presence.AWAY:
            return None
        # A migration's past model that tables here refer to: the schema editor leaves its own
        # table alone, but lets the columns here follow when its key changes, or its name.
        if isinstance(model, type) and issubclass(model, Model) and is_of_a_migration(model):
            return None if _is_referred_to(model, held) else False
        return False


def _refuse(model: type[Model], instance: object) -> None:
    held = holdings()
    if held.residency.service is None:
        return
    presence = held.of(model)
    source = type(instance) if isinstance(instance, Model) else None
    if presence is Presence.HOME:
        if model in held.borrowed and source and held.of(source) is Presence.GUEST:
            raise query_on(source, held)
        return
    if source is None or source is model:
        raise query_on(model, held)
    if presence is Presence.GUEST and held.module_of(source._meta.app_label) is None:
        # Django's own, as the admin's log asking for who did it.
        return
    raise query_on(model, held, via=source._meta.label)


def _are_resident(names: Iterable[str], held: Holdings) -> bool:
    known = held.residency.project.modules
    for name in names:
        if name not in known:
            raise ConfigurationError(
                f'A migration says hints={{"needs": [{name!r}]}}, which is no module.',
                hint=nearest(name, known, f"The modules are: {', '.join(known)}."),
                code="banyan.data.unknown_need",
            )
    return all(held.residency.is_resident(name) for name in names)


def _is_referred_to(model: type[Model], held: Holdings) -> bool:
    return any(
        held.of(relation.related_model) is not Presence.AWAY
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and isinstance(relation.related_model, type)
    )
