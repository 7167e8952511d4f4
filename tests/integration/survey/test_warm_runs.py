"""A run after some files have changed finds what one finds that knows of no earlier run."""

import random
import re
import shutil
from collections.abc import Callable, Iterator
from keyword import iskeyword
from pathlib import Path

import pytest
from tests.integration.survey.writing import write

from banyan.survey import declared
from banyan.survey.adapters.cache import SUFFIX
from banyan.survey.codebase import Codebase
from banyan.survey.facts import Kind
from banyan.survey.meanings import PythonModule
from banyan.survey.recalling import survey

PROJECTS = Path(__file__).parents[2] / "assets" / "projects" / "survey"
ROUNDS = 6
MODELS = "from django.db import models\nclass {}(models.Model):\n    pass\n"

CALLING = """

def handed_on_{number}(order, user, self=None):
    order.user.email
    user.orders.all().delete()
    return order.save()
"""
# Two apps, of which one has a model; what is in them is added by each test.
SHOP = {
    "manage.py": "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\n",
    "settings.py": "INSTALLED_APPS = ['orders', 'users']\n",
    "users/__init__.py": "",
    "users/models.py": MODELS.format("User"),
    "orders/__init__.py": "",
}


def projects() -> list[Path]:
    """Those of the truth set with the most Python, of which much is followed."""
    found = [one for one in PROJECTS.iterdir() if one.is_dir()]
    found.sort(key=lambda one: (-sum(file.stat().st_size for file in sources(one)), one.name))
    return found[:6]


def sources(root: Path) -> list[Path]:
    return sorted(file for file in root.rglob("*.py") if file.stat().st_size > 20)


def appended(text: str, number: int, _: random.Random) -> str:
    return f"{text}\nchanged_{number} = True\n"


def moved(text: str, number: int, _: random.Random) -> str:
    return f"import os  # {number}\n\n{text}"


def called(text: str, number: int, _: random.Random) -> str:
    return text + CALLING.format(number=number)


def cut(text: str, _number: int, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    return "\n".join(lines[:at] + lines[at + chance.choice((1, 3, 12)) :])


def renamed(text: str, _number: int, chance: random.Random) -> str:
    names = sorted({word for word in text.split() if word.isidentifier() and len(word) > 3})
    return text.replace(chance.choice(names), chance.choice(names)) if names else text


def named(text: str, _number: int, chance: random.Random) -> str:
    """What is added has a name that something may have asked for in vain."""
    names = sorted({word for word in re.findall(r"[A-Za-z_]{3,}", text) if not iskeyword(word)})
    name = chance.choice(names or ["named"])
    function = "def {}(order, user):\n    return user.orders.all()"
    made = chance.choice((function, "class {}:\n    pass"))
    return f"{text}\n\n{made.format(name)}\n"


EDITS: tuple[Callable[[str, int, random.Random], str], ...] = (
    appended,
    moved,
    called,
    cut,
    renamed,
    named,
)


def edits(root: Path, seed: int) -> Iterator[None]:
    """One edit after the other of files that chance chooses."""
    chance = random.Random(seed)
    for number in range(ROUNDS):
        for _ in range(chance.choice((1, 1, 2))):
            file = chance.choice(sources(root))
            text = file.read_text(errors="surrogateescape")
            edited = chance.choice(EDITS)(text, number, chance)
            file.write_text(edited, errors="surrogateescape")
        yield


@pytest.mark.parametrize("project", projects(), ids=lambda one: one.name)
def test_after_any_edits_a_run_finds_what_the_first_run_would(
    project: Path, tmp_path: Path
) -> None:
    root = tmp_path / "project"
    shutil.copytree(project, root)
    cache = tmp_path / "cache"
    survey(root, cache=cache, jobs=1)
    for number, _ in enumerate(edits(root, seed=len(project.name))):
        expected = survey(root, cache=tmp_path / f"cache-{number}", jobs=1)
        assert survey(root, cache=cache, jobs=1) == expected


def test_of_the_files_those_are_left_alone_that_stand_on_nothing_that_changed(
    tmp_path: Path, followed: list[str]
) -> None:
    root = tmp_path / "project"
    write(
        root,
        {
            **SHOP,
            "orders/tools.py": "from users.models import User\nlimit = 5\n"
            "def all():\n    return User.objects.all()\n",
            "orders/views.py": "from orders.tools import all\n"
            "def show():\n    return all().delete()\n",
            "orders/other.py": "from orders.tools import limit\ndef other():\n    return limit\n",
        },
    )
    survey(root, cache=tmp_path / "cache")
    assert "orders/other.py" in followed
    followed.clear()
    tools = root / "orders/tools.py"
    edits = {
        "limit = 5\n": ["orders/other.py", "orders/tools.py"],
        "def all():": ["orders/tools.py", "orders/views.py"],
        "User.objects.all()": ["orders/tools.py", "orders/views.py"],
        "import User\n": ["orders/tools.py", "orders/views.py"],
    }
    changes = ("limit = 7\n", "def all(*no):", "User.objects.filter()", "import User as User\n")
    for (old, stale), new in zip(edits.items(), changes, strict=True):
        tools.write_text(tools.read_text().replace(old, new))
        survey(root, cache=tmp_path / "cache")
        assert sorted(followed) == stale
        followed.clear()
    tools.write_text("import os\n\n" + tools.read_text() + "def added():\n    return User()\n")
    survey(root, cache=tmp_path / "cache")
    assert followed == ["orders/tools.py"]


def test_who_has_asked_for_a_name_in_vain_is_told_when_it_is_added(tmp_path: Path) -> None:
    root = tmp_path / "project"
    write(
        root,
        {
            **SHOP,
            "orders/tools.py": "from users.models import User\n",
            "orders/between.py": "from orders.tools import *\n",
            "orders/views.py": "from orders.between import later\n"
            "def show():\n    return later().delete()\n",
        },
    )
    before = survey(root, cache=tmp_path / "cache")
    with (root / "orders/tools.py").open("a") as file:
        file.write("def later():\n    return User.objects.all()\n")
    after = survey(root, cache=tmp_path / "cache")
    told = [(one.file, one.line) for one in after.couplings if one.verb == "delete"]
    assert told == [("orders/views.py", 3)]
    assert not [one for one in before.couplings if one.verb == "delete"]
    assert after == survey(root, cache=tmp_path / "another")


def test_who_opens_a_transaction_by_a_function_is_told_when_it_opens_none(tmp_path: Path) -> None:
    root = tmp_path / "project"
    opening = "@contextmanager\ndef opened():\n    with {}:\n        yield\n"
    head = "from contextlib import contextmanager\nfrom django.db import transaction\n"
    write(
        root,
        {
            **SHOP,
            "orders/models.py": MODELS.format("Order"),
            "orders/tools.py": head + opening.format("transaction.atomic()"),
            "orders/views.py": "from orders.models import Order\nfrom orders.tools import opened\n"
            "from users.models import User\n@opened\ndef show():\n"
            "    Order().save()\n    User().save()\n",
        },
    )
    before = survey(root, cache=tmp_path / "cache")
    write(root, {"orders/tools.py": head + opening.format("open('x')")})
    after = survey(root, cache=tmp_path / "cache")
    assert [one for one in before.couplings if one.kind is Kind.TRANSACTION]
    assert after == survey(root, cache=tmp_path / "another")
    assert not [one for one in after.couplings if one.kind is Kind.TRANSACTION]


def test_what_a_file_declares_is_found_anew_where_it_stands_on_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "project"
    write(
        root,
        {
            "manage.py": "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\n",
            "settings.py": "INSTALLED_APPS = ['orders', 'users']\n",
            "users/__init__.py": "",
            "users/kinds.py": "class Kind:\n    pass\n",
            "users/models.py": "from users.kinds import Kind\nclass User(Kind):\n    pass\n",
            "orders/__init__.py": "",
            "orders/views.py": "from users.models import User\n"
            "def show():\n    return User.objects.all().delete()\n",
        },
    )
    looked: list[str] = []
    model_classes = declared.model_classes

    def looking(codebase: Codebase, module: PythonModule) -> Iterator[tuple[str, int]]:
        looked.append(module.path)
        return model_classes(codebase, module)

    monkeypatch.setattr(declared, "model_classes", looking)
    before = survey(root, cache=tmp_path / "cache")
    assert "orders/views.py" in looked
    looked.clear()
    (root / "users/kinds.py").write_text(
        "from django.db import models\nclass Kind(models.Model):\n    pass\n"
    )
    after = survey(root, cache=tmp_path / "cache")
    assert looked == ["users/kinds.py", "users/models.py"]
    told = [(one.file, one.line) for one in after.couplings if one.verb == "delete"]
    assert told == [("orders/views.py", 3)]
    assert not [one for one in before.couplings if one.verb == "delete"]
    assert after == survey(root, cache=tmp_path / "another")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("start/asgi.py", "import sys\nsys.path.insert(0, 'apps')\n"),
        ("pytest.ini", "[pytest]\nDJANGO_SETTINGS_MODULE = later\n"),
    ],
    ids=["Python's path", "settings"],
)
def test_where_modules_are_imported_from_is_found_anew_where_that_changed(
    path: str, text: str, tmp_path: Path
) -> None:
    root = tmp_path / "project"
    write(
        root,
        {
            "start/asgi.py": "",
            "pytest.ini": "[pytest]\n",
            "base.py": "INSTALLED_APPS = ['orders', 'users']\n",
            "later.py": "INSTALLED_APPS = ['orders']\n",
            "apps/users/__init__.py": "",
            "apps/users/models.py": "from django.db import models\n"
            "class User(models.Model):\n    pass\n",
            "orders/__init__.py": "",
            "orders/views.py": "from users.models import User\n"
            "def show():\n    return User.objects.all().delete()\n",
        },
    )
    before = survey(root, cache=tmp_path / "cache")
    (root / path).write_text(text)
    after = survey(root, cache=tmp_path / "cache")
    assert after != before
    assert after == survey(root, cache=tmp_path / "another")


@pytest.mark.parametrize("record", ["followed", "declared"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data.replace(b"orders", b"ordeal"),
        lambda data: data[:40] + bytes(len(data) - 40),
    ],
    ids=["empty", "cut", "altered", "zeroed"],
)
def test_a_record_that_is_damaged_costs_time_only(
    damage: Callable[[bytes], bytes], record: str, tmp_path: Path
) -> None:
    root = tmp_path / "project"
    shutil.copytree(PROJECTS / "hints", root)
    cache = tmp_path / "cache"
    survey(root, cache=cache)
    (kept,) = cache.glob(f"*-{record}{SUFFIX}")
    kept.write_bytes(damage(kept.read_bytes()))
    with sources(root)[0].open("a") as file:
        file.write("changed = True\n")
    assert survey(root, cache=cache) == survey(root, cache=tmp_path / "another")


@pytest.mark.parametrize("record", ["followed", "declared"])
def test_the_record_of_another_project_is_not_believed(record: str, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(PROJECTS / "hints", root)
    cache = tmp_path / "cache"
    survey(root, cache=cache)
    (kept,) = cache.glob(f"*-{record}{SUFFIX}")
    other = max(projects(), key=lambda one: one.name != "hints")
    survey(other, cache=tmp_path / "other")
    (theirs,) = (tmp_path / "other").glob(f"*-{record}{SUFFIX}")
    kept.write_bytes(theirs.read_bytes())
    with sources(root)[0].open("a") as file:
        file.write("changed = True\n")
    assert survey(root, cache=cache) == survey(root, cache=tmp_path / "another")
