"""A fake serves a contract for a while, by the rules of a call."""

import pytest
from django.db import transaction
from tests.in_django.apps.sales.contract import Sale, Sales

from banyan.errors import Misuse
from banyan.testing import serving

sales = Sales.client()


class FakeSales(Sales):
    """Counts 99, and records nothing."""

    def count(self) -> int:
        return 99

    def record(self, sku: str) -> Sale:
        return Sale(id=1, sku=sku)


@pytest.mark.django_db
def test_a_fake_serves_within_the_block_and_only_there() -> None:
    assert sales.count() == 0
    with serving(Sales, FakeSales()) as fake:
        assert isinstance(fake, FakeSales)
        assert sales.count() == 99
    assert sales.count() == 0


@pytest.mark.django_db
def test_of_two_fakes_the_inner_one_serves() -> None:
    class Emptier(FakeSales):
        def count(self) -> int:
            return 1

    with serving(Sales, FakeSales()):
        with serving(Sales, Emptier()):
            assert sales.count() == 1
        assert sales.count() == 99


@pytest.mark.django_db(transaction=True)
def test_a_command_of_a_fake_is_refused_in_an_open_transaction_as_the_real_one_is() -> None:
    with serving(Sales, FakeSales()):
        assert sales.record("tea").sku == "tea"
        with transaction.atomic(), pytest.raises(Misuse):
            sales.record("tea")
