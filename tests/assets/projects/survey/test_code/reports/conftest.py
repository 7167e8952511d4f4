# ALL EXPECTED
import pytest

from orders.models import Order


@pytest.fixture
def order(db):
    return Order.objects.create(user_id=1, total=3)  # MAY: model_access reports->orders verb=create place=test
