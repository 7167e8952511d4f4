"""Tests of no app."""
from orders.models import Order


def test_all():
    assert not Order.objects.exists()
