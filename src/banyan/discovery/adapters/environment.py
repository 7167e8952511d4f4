"""Services located by environment variables."""

import os
import re
from collections.abc import Mapping

from banyan.discovery.addresses import base_url


class EnvironmentDirectory:
    """Reads ``BANYAN_URL_<SERVICE>``, at each question, so that a changed variable counts."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment

    def locate(self, service: str) -> str | None:
        """The address in the service's variable, if it is set."""
        variable = variable_of(service)
        address = self._environment.get(variable)
        return base_url(address, f"The environment variable {variable}") if address else None

    def how_to_add(self, service: str) -> str:
        """Which variable to set."""
        return f"set {variable_of(service)} in the environment"


def variable_of(service: str) -> str:
    """The environment variable that locates a service.

    >>> variable_of("order-desk")
    'BANYAN_URL_ORDER_DESK'
    """
    return "BANYAN_URL_" + re.sub(r"[^A-Z0-9]", "_", service.upper())
