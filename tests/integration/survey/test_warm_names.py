"""A run after a change by which a name comes to mean something else, in unusual ways."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.integration.survey.test_warm_ground import HEAD, HOLDING, IMPORTS, SHOP, VIEWS
from tests.integration.survey.writing import write

from banyan.survey.recalling import survey

BASE = HEAD + "class Base(models.Model):\n    class Meta:\n        abstract = True\n"
HEIRS = ["class One(Base):\n    pass\n", "class Other(Base):\n    pass\n"]
IMPORTS_BASE = "from shared.base import Base\n"


def used(module: str, name: str = "Thing") -> str:
    return f"from {module} import {name}\ndef show():\n    return {name}.objects.all()\n"


def holding(before: int, after: int) -> str:
    """A function with a class, whose method has lines before its end, and some after it."""
    return (
        IMPORTS
        + "def held():\n    class Inner:\n        def given(self, row):\n            row.name\n"
        + "            # More.\n" * before
        + "            return row\n"
        + "    # More.\n" * after
        + "    return Inner().given(User.objects.get(pk=1))\n"
    )


@pytest.mark.parametrize(
    ("before", "change"),
    [
        pytest.param(
            {"tests/helpers.py": "Thing = None\n", VIEWS: used("tests.helpers")},
            {"tests/helpers.py": "from users.models import User as Thing\n"},
            id="in a file of tests that is in no app",
        ),
        pytest.param(
            {"shared/names.py": IMPORTS + "Thing: type\n", VIEWS: used("shared.names")},
            {"shared/names.py": IMPORTS + "Thing: type = User\n"},
            id="a name that was only annotated",
        ),
        pytest.param(
            {
                "shared/names.py": IMPORTS + "class Kind:\n    model: type\n",
                VIEWS: "from shared.names import Kind\n"
                "def show():\n    return Kind.model.objects.all()\n",
            },
            {"shared/names.py": IMPORTS + "class Kind:\n    model: type = User\n"},
            id="an attribute that was only annotated",
        ),
        pytest.param(
            {
                "shared/base.py": BASE,
                "users/others.py": IMPORTS_BASE + "".join(HEIRS),
                VIEWS: IMPORTS_BASE + "def drop(row: Base):\n    row.delete()\n",
            },
            {"users/others.py": IMPORTS_BASE + "".join(reversed(HEIRS))},
            id="classes in another order",
        ),
        pytest.param(
            {
                "shared/held.py": holding(38, 6),
                VIEWS: "from shared.held import held\ndef drop():\n    held().delete()\n",
            },
            {"shared/held.py": holding(44, 0)},
            id="a function inside of another that gets longer",
        ),
    ],
)
def test_who_stands_on_it_is_told(
    before: Mapping[str, str], change: Mapping[str, str], tmp_path: Path
) -> None:
    root = tmp_path / "project"
    write(root, {**SHOP, **before})
    earlier = survey(root, cache=tmp_path / "cache", jobs=1)
    write(root, change)
    after = survey(root, cache=tmp_path / "cache", jobs=1)
    assert after == survey(root, cache=tmp_path / "another", jobs=1)
    assert after.couplings != earlier.couplings


def test_a_name_that_leads_to_itself_means_the_same_whoever_asks_first(tmp_path: Path) -> None:
    root = tmp_path / "project"
    named = IMPORTS.replace("User", "User as Thing")
    circle = "try:\n    from shared.two import Thing\nexcept ImportError:\n    pass\n"
    views = {"users/views.py": used("shared.one"), VIEWS: used("shared.two")}
    two = {"shared/two.py": "from shared.one import Thing\n"}
    write(root, {**SHOP, **views, **two, "shared/one.py": named + circle})
    survey(root, cache=tmp_path / "cache", jobs=1)
    write(root, {"shared/one.py": named})
    after = survey(root, cache=tmp_path / "cache", jobs=1)
    assert after == survey(root, cache=tmp_path / "another", jobs=1)
    assert VIEWS in {one.file for one in after.couplings}


def test_a_path_that_is_written_elsewhere_is_told_where_it_is_used(tmp_path: Path) -> None:
    root = tmp_path / "project"
    paths = "PATHS = ['user__name']\n"
    admin = (
        "from django.contrib import admin\nfrom orders.models import Order\n"
        "from shared.paths import PATHS\n\nclass OrderAdmin(admin.ModelAdmin):\n"
        "    search_fields = PATHS\n\nadmin.site.register(Order, OrderAdmin)\n"
    )
    write(
        root,
        {
            **SHOP,
            "orders/models.py": HOLDING.format("CASCADE"),
            "shared/paths.py": paths,
            "orders/admin.py": admin,
        },
    )
    found = survey(root, cache=tmp_path / "cache", jobs=1)
    assert [one.line for one in found.couplings if one.lookup] == [6]
    write(root, {"shared/paths.py": "\n\n" + paths})
    assert survey(root, cache=tmp_path / "cache", jobs=1).couplings == found.couplings
