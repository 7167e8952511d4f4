"""The lendery, migrated from zero as a monolith and as each of its services."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from tests.integration.data.lendery import SERVICES, Process, copy_to
from tests.integration.data.servers import database

MONOLITH = "monolith"


@pytest.fixture(
    scope="session",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def lendery(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, Process]]:
    """The processes by their service's name, each with a migrated database of its own."""
    folder = tmp_path_factory.mktemp(request.param)
    project = copy_to(folder)
    with ExitStack() as stack:
        processes = {
            name: Process(
                project,
                None if name == MONOLITH else name,
                stack.enter_context(database(request.param, folder)),
            )
            for name in (MONOLITH, *SERVICES)
        }
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(Process.migrate, processes.values()))
        yield processes
