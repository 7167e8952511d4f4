"""``manage.py pour COUNT TABLES``: cups for many tables, in turn."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from counter.pouring import pour


class Command(BaseCommand):
    """Pours."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int)
        parser.add_argument("tables", type=int)

    def handle(self, *_: Any, count: int, tables: int, **__: Any) -> None:
        for number in range(count):
            pour(number % tables, number // tables)
