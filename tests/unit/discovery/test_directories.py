"""Services are found by the environment first, then by what is written down."""

import pytest

from banyan.discovery import FirstOf, Unlocated
from banyan.discovery.adapters.environment import EnvironmentDirectory
from banyan.discovery.adapters.static import StaticDirectory
from banyan.errors import ConfigurationError


def directory(environment: dict[str, str], written: dict[str, str]) -> FirstOf:
    return FirstOf([EnvironmentDirectory(environment), StaticDirectory(written.get)])


def test_the_environment_goes_before_what_is_written() -> None:
    services = directory(
        {"BANYAN_URL_ORDERS": "http://10.0.0.1:8001/"},
        {"orders": "http://orders.internal", "payments": "https://payments.internal/api/"},
    )
    assert services.locate("orders") == "http://10.0.0.1:8001"
    assert services.locate("payments") == "https://payments.internal/api"


def test_a_variable_that_is_set_later_counts() -> None:
    environment: dict[str, str] = {}
    services = directory(environment, {})
    with pytest.raises(Unlocated):
        services.locate("orders")
    environment["BANYAN_URL_ORDERS"] = "http://localhost:1"
    assert services.locate("orders") == "http://localhost:1"


def test_the_name_of_a_service_becomes_a_valid_variable() -> None:
    assert directory({"BANYAN_URL_ORDER_DESK": "http://d"}, {}).locate("order-desk") == "http://d"


def test_an_unknown_service_is_told_with_both_ways_to_make_it_known() -> None:
    with pytest.raises(Unlocated, match=r"'payments'.*\n.*BANYAN_URL_PAYMENTS.*banyan\.toml"):
        directory({}, {}).locate("payments")


@pytest.mark.parametrize(
    "address", ["payments:80", "ftp://x", "http://", "http://x:99999", "http://x/?a=1", "//x", "x"]
)
def test_what_is_no_address_is_refused_by_its_place(address: str) -> None:
    with pytest.raises(ConfigurationError, match="BANYAN_URL_PAYMENTS is no address"):
        directory({"BANYAN_URL_PAYMENTS": address}, {}).locate("payments")


def test_a_credential_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ConfigurationError, match="credential") as caught:
        directory({}, {"payments": "http://admin:hunter2@payments"}).locate("payments")
    assert "hunter2" not in str(caught.value)
