"""What sort of code a path tells of."""

import pytest

from banyan.survey.facts import Place
from banyan.survey.places import place_of


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("shop/orders/models.py", None),
        ("shop/orders/tests.py", Place.TEST),
        ("shop/orders/tests/test_models.py", Place.TEST),
        ("shop/orders/tests/factories.py", Place.TEST),
        ("shop/orders/test_models.py", Place.TEST),
        ("shop/orders/models_test.py", Place.TEST),
        ("shop/orders/model_tests.py", Place.TEST),
        ("shop/testing/clients.py", Place.TEST),
        ("conftest.py", Place.TEST),
        ("shop/orders/migrations/0001_initial.py", Place.MIGRATION),
        ("shop/orders/migrations/__init__.py", Place.MIGRATION),
        ("shop/orders/south_migrations/0001_initial.py", Place.MIGRATION),
        ("dojo/db_migrations/0001_squashed.py", Place.MIGRATION),
        ("shop/orders/migrations/tests/test_0002.py", Place.TEST),
        ("shop/contest/latest.py", None),
        ("shop/attests/protests.py", None),
        ("shop/migrations.py", None),
    ],
)
def test_a_path_tells_the_sort_of_code(path: str, place: Place | None) -> None:
    assert place_of(path) is place
