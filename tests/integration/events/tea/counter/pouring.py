"""Pouring cups."""

from banyan import atomic, publish
from counter.contract import Poured
from counter.models import Cup


def pour(table: int, number: int) -> None:
    """Pour a cup, and say so in the same transaction."""
    with atomic(Poured):
        Cup.objects.create(table=table, number=number)
        publish(Poured(table=table, cup=number), key=table)
