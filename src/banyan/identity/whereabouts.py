"""Where users live, and how to reach the service."""

import os
from collections.abc import Mapping

from banyan.modules import Residency

NO_ADDRESS = "The service in which users live has no address here."
NO_ADDRESS_HINT = (
    "Set BANYAN_URL_<SERVICE>, as BANYAN_URL_USERS=http://127.0.0.1:8001, or `url` of the "
    "service in banyan.toml. If no service has the user model's module, add its app to one: "
    'apps = ["users", "django.contrib.auth"].'
)


def users_are_resident(residency: Residency, user_model: str) -> bool:
    """Whether this process is the one in which users live.

    Args:
        user_model: the dotted Python name of the user model's module.
    """
    owner = residency.module_of(user_model)
    if owner is None:
        return residency.service is None
    return residency.is_resident(owner)


def issuer_url(
    residency: Residency, user_model: str, environment: Mapping[str, str] = os.environ
) -> str | None:
    """The base address of the service in which users live; None where nothing says.

    The names are those that calls go by: ``BANYAN_URL_USERS``, else ``url`` in banyan.toml.
    """
    owner = residency.module_of(user_model)
    service = residency.service_of(owner) if owner else None
    if service is None:
        return None
    return environment.get(f"BANYAN_URL_{service.name.upper()}") or service.url
