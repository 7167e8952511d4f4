"""The URLs of a module answer where it is resident, and 404 elsewhere."""

from collections.abc import Mapping

import pytest
from tests.integration.data.lendery import Process

pytestmark = pytest.mark.slow

Lendery = Mapping[str, Process]

PATHS = (
    "/loans/",
    "/loans/async/",
    "/catalogue/",
    "/catalogue/old/",
    "/catalogue/nowhere/",
    "/admin/login/",
    "/admin/loans/fine/",
    "/admin/people/branch/",
)

VISIT = f"""
import asyncio
from django.test import AsyncClient, Client
paths = {PATHS!r}
print([Client().get(path).status_code for path in paths])

async def visit():
    return [(await AsyncClient().get(path)).status_code for path in paths]

print(asyncio.run(visit()))
"""


@pytest.mark.parametrize(
    ("service", "answers"),
    [
        ("loans", [200, 200, 404, 404, 404, 200, 302, 404]),
        ("catalogue", [404, 404, 200, 302, 404, 200, 404, 404]),
        ("people", [404, 404, 404, 404, 404, 200, 404, 302]),
        ("monolith", [200, 200, 200, 302, 404, 200, 302, 302]),
    ],
)
def test_each_service_answers_for_its_own_modules(
    lendery: Lendery, service: str, answers: list[int]
) -> None:
    printed = lendery[service].python(VISIT)
    assert printed.splitlines() == [str(answers), str(answers)]


def test_the_page_of_a_developer_says_where_the_module_lives(lendery: Lendery) -> None:
    printed = lendery["loans"].python(
        "from django.conf import settings\n"
        "from django.test import Client\n"
        "settings.DEBUG = True\n"
        "print(Client().get('/catalogue/').content.decode())"
    )
    assert "lives in service &#x27;catalogue&#x27;" in printed


def test_links_to_other_services_can_still_be_made(lendery: Lendery) -> None:
    printed = lendery["loans"].python("from django.urls import reverse; print(reverse('titles'))")
    assert printed == "/catalogue/\n"
