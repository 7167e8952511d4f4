"""Every call is tested in each mode: fast and strict in one process, and over the protocol."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

import pytest
from django.apps import apps
from pytest_django import Settings
from tests.in_django.calls.loopback import Loopback, residency

from banyan import modules
from banyan.calls.adapters.connect import ConnectTransport
from banyan.calls.apps import CallsConfig

Mode: TypeAlias = Literal["fast", "strict", "remote"]


@pytest.fixture(autouse=True)
def calls_config() -> Iterator[CallsConfig]:
    config = apps.get_app_config("banyan_calls")
    assert isinstance(config, CallsConfig)
    config.router.forget()
    yield config
    config.router.forget()


@pytest.fixture
def network(calls_config: CallsConfig, monkeypatch: pytest.MonkeyPatch) -> Loopback:
    """The network to the service stock, seen from the service sales."""
    loopback = Loopback()
    transport = ConnectTransport(loopback, lambda: "sales", lambda: "", 1024 * 1024)
    monkeypatch.setattr(calls_config, "_made_transport", transport)
    return loopback


@pytest.fixture(params=["fast", "strict", "remote"])
def mode(request: pytest.FixtureRequest, settings: Settings, network: Loopback) -> Iterator[Mode]:
    mode: Mode = request.param
    settings.BANYAN = {"calls": {"mode": "fast" if mode == "fast" else "strict"}}
    with modules.override(residency("sales" if mode == "remote" else None)):
        yield mode


@pytest.fixture
def remote(network: Loopback) -> Iterator[Loopback]:
    """Only the remote mode."""
    with modules.override(residency("sales")):
        yield network
