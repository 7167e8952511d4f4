"""A run after a change to what is known of a project as a whole: models, settings, URLs, files."""

import random
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.integration.survey.writing import write

from banyan.survey.recalling import survey

PROJECTS = Path(__file__).parents[2] / "assets" / "projects" / "survey"
ROUNDS = 8
HEAD = "from django.db import models\n"
USER = HEAD + "class User(models.Model):\n    name = models.CharField()\n"
ORDER = HEAD + "class Order(models.Model):\n    number = models.IntegerField()\n"
KEY = "models.ForeignKey('users.User', on_delete=models.{})"
HOLDING = ORDER + f"    user = {KEY}\n"
IMPORTS = "from users.models import User\n"
# Two apps, and a file that asks for nothing that is changed.
SHOP = {
    "manage.py": "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\n",
    "settings.py": "INSTALLED_APPS = ['orders', 'users']\nROOT_URLCONF = 'urls'\n",
    "urls.py": "",
    "users/__init__.py": "",
    "users/models.py": USER,
    "orders/__init__.py": "",
    "orders/models.py": ORDER,
    "orders/bystander.py": IMPORTS + "def aside():\n    return User.objects.first().name\n",
}
VIEWS = "orders/views.py"


@pytest.mark.parametrize(
    ("asking", "change"),
    [
        pytest.param(
            {
                "users/views.py": IMPORTS
                + "def show():\n    return User.objects.get().order_set.all()"
            },
            {"orders/models.py": HOLDING.format("CASCADE")},
            id="a reverse accessor",
        ),
        pytest.param(
            {
                "users/views.py": IMPORTS
                + "def show():\n    return User.objects.filter(order__id=1)"
            },
            {"orders/models.py": HOLDING.format("CASCADE")},
            id="a lookup",
        ),
        pytest.param(
            {VIEWS: "from orders.models import Order\ndef show():\n    return Order().user.name"},
            {"orders/models.py": HOLDING.format("CASCADE")},
            id="a field",
        ),
        pytest.param(
            {
                "orders/models.py": HOLDING.format("PROTECT"),
                "users/views.py": IMPORTS + "def show(pk):\n    User.objects.get(pk=pk).delete()",
            },
            {"orders/models.py": HOLDING.format("CASCADE")},
            id="what is deleted along",
        ),
        pytest.param(
            {VIEWS: "from django.apps import apps\nlater = apps.get_model('users', 'later')"},
            {"users/models.py": USER + "class Later(models.Model):\n    pass\n"},
            id="a model by its label",
        ),
        pytest.param(
            {
                VIEWS: "from django.db import connection\ndef show():\n"
                "    connection.cursor().execute('SELECT 1 FROM people')"
            },
            {"users/models.py": USER + "    class Meta:\n        db_table = 'people'\n"},
            id="a table",
        ),
        pytest.param(
            {VIEWS: "from django.urls import reverse\ndef show():\n    return reverse('profile')"},
            {
                "users/urls.py": "from django.urls import path\nfrom users import views\n"
                "urlpatterns = [path('', views.show, name='profile')]"
            },
            id="a URL's name",
        ),
        pytest.param(
            {VIEWS: "from celery import current_app\ndef f():\n    current_app.send_task('tidy')"},
            {
                "users/tasks.py": "from celery import shared_task\n"
                "@shared_task(name='tidy')\ndef tidy():\n    pass"
            },
            id="a task",
        ),
        pytest.param(
            {
                VIEWS: "from django.contrib.auth import get_user_model\n"
                "def show():\n    return get_user_model().objects.all().delete()"
            },
            {"settings.py": SHOP["settings.py"] + "AUTH_USER_MODEL = 'users.User'\n"},
            id="a setting",
        ),
        pytest.param(
            {VIEWS: "def show(request):\n    return request.user.name"},
            {"settings.py": SHOP["settings.py"] + "AUTH_USER_MODEL = 'users.User'\n"},
            id="the model of users",
        ),
        pytest.param(
            {VIEWS: "from users.later import all\ndef show():\n    return all().delete()"},
            {"users/later.py": IMPORTS + "def all():\n    return User.objects.all()"},
            id="a module",
        ),
        pytest.param(
            {VIEWS: "import sqlite\ndef show():\n    return sqlite.all().delete()"},
            {"sqlite/__init__.py": IMPORTS + "def all():\n    return User.objects.all()"},
            id="a package of another's name",
        ),
        pytest.param(
            {
                VIEWS: "from users.tools import all\ndef show():\n    return all().delete()",
                "users/tools.py": IMPORTS + "def all():\n    return User.objects.all()",
            },
            {"users/tools/__init__.py": "def all():\n    pass"},
            id="a package before a file",
        ),
        pytest.param(
            {
                VIEWS: "from users.tools import all\ndef show():\n    return all().delete()",
                "users/tools.py": IMPORTS + "def all():\n    return User.objects.all()",
            },
            {"users/tools.py": None},
            id="a file that is gone",
        ),
        pytest.param(
            {
                "users/views.py": IMPORTS + "from orders.views import gone\n"
                "def show():\n    gone(User.objects.all())",
                VIEWS: "def gone(rows):\n    rows.delete()",
            },
            {"users/models.py": USER + "    class Meta:\n        app_label = 'orders'\n"},
            id="a model that a function is given",
        ),
    ],
)
def test_who_has_asked_for_it_is_told_and_nobody_else(
    asking: Mapping[str, str],
    change: Mapping[str, str | None],
    tmp_path: Path,
    followed: list[str],
) -> None:
    root = tmp_path / "project"
    write(root, {**SHOP, **asking})
    before = survey(root, cache=tmp_path / "cache", jobs=1)
    followed.clear()
    write(root, change)
    after = survey(root, cache=tmp_path / "cache", jobs=1)
    looked = set(followed)
    assert after == survey(root, cache=tmp_path / "another", jobs=1)
    assert after.couplings != before.couplings
    assert looked & asking.keys()
    if "users/models.py" not in change:
        assert "orders/bystander.py" not in looked


# --- Edits by chance

Edit = Callable[[Path, random.Random], None]
FIELD = re.compile(r"^    (\w+) = (\w*\.?\w+(?:Field|Key))\(", re.MULTILINE)
OPTION = re.compile(r"(on_delete|related_name)=[\w.\"']+")
CLASS = re.compile(r"^class (\w+)\(([^()]*)\):", re.MULTILINE)
ROUTE = re.compile(r"name=[\"'][\w-]+[\"']")
TASK = re.compile(r"^@.*task\b.*\n", re.MULTILINE)
ENTRY = re.compile(r"^ +[\"'][\w.]+[\"'],\n", re.MULTILINE)


def sources(root: Path) -> list[Path]:
    return sorted(root.rglob("*.py"))


def read(file: Path) -> str:
    return file.read_text(errors="surrogateescape")


def names(root: Path, chance: random.Random) -> str:
    found = re.findall(r"\.([a-z_]{3,})\b", "".join(map(read, sources(root))))
    return chance.choice(found or ["named"])


def models(root: Path, chance: random.Random) -> str:
    found = [name for file in sources(root) for name, _ in CLASS.findall(read(file))]
    return chance.choice(found or ["Added"])


def replacing(
    pattern: re.Pattern[str], new: Callable[[re.Match[str], Path, random.Random], str]
) -> Edit:
    def edit(root: Path, chance: random.Random) -> None:
        files = [file for file in sources(root) if pattern.search(read(file))]
        if files:
            file = chance.choice(files)
            text = read(file)
            match = chance.choice(list(pattern.finditer(text)))
            made = text[: match.start()] + new(match, root, chance) + text[match.end() :]
            file.write_text(made, errors="surrogateescape")

    return edit


def appending(ending: Callable[[Path, random.Random], str], name: str = "") -> Edit:
    def edit(root: Path, chance: random.Random) -> None:
        files = [file for file in sources(root) if name in file.name]
        if files:
            with chance.choice(files).open("a") as file:
                file.write("\n\n" + ending(root, chance))

    return edit


def coming(root: Path, chance: random.Random) -> None:
    """A file that is another's copy, or a package of another's name."""
    file = chance.choice(sources(root))
    name = chance.choice((f"{names(root, chance)}.py", f"{file.stem}/__init__.py", "apps.py"))
    write(root, {str((file.parent / name).relative_to(root)): read(file)})


def going(root: Path, chance: random.Random) -> None:
    chance.choice(sources(root)).unlink()


def moving(root: Path, chance: random.Random) -> None:
    file, beside = chance.choice(sources(root)), chance.choice(sources(root))
    file.rename(beside.parent / file.name)


EDITS: tuple[Edit, ...] = (
    replacing(FIELD, lambda one, root, by: f"    {names(root, by)} = {one[2]}("),
    replacing(FIELD, lambda one, root, by: f"    {one[1]} = models.CharField("),
    replacing(
        FIELD,
        lambda one, root, by: f"    {names(root, by)} = {KEY.format('CASCADE')}\n{one[0]}",
    ),
    replacing(OPTION, lambda one, root, by: "on_delete=models.CASCADE"),
    replacing(OPTION, lambda one, root, by: f"related_name='{names(root, by)}'"),
    replacing(CLASS, lambda one, root, by: f"class {one[1]}({models(root, by)}):"),
    replacing(CLASS, lambda one, root, by: f"class {models(root, by)}({one[2]}):"),
    replacing(
        CLASS,
        lambda one, root, by: (
            f"{one[0]}\n    class Meta:\n        "
            + by.choice(("abstract = True", "db_table = 'elsewhere'", "proxy = True"))
            + "\n"
        ),
    ),
    replacing(ROUTE, lambda one, root, by: f"name='{names(root, by)}'"),
    replacing(TASK, lambda one, root, by: ""),
    replacing(ENTRY, lambda one, root, by: ""),
    appending(lambda root, by: USER.replace("User", models(root, by))),
    appending(
        lambda root, by: (
            f"from celery import shared_task\n@shared_task\ndef {names(root, by)}(): ..."
        )
    ),
    appending(lambda root, by: f"AUTH_USER_MODEL = 'users.{models(root, by)}'", "settings"),
    appending(
        lambda root, by: "DATABASES = {'default': {'ENGINE': 'django.db.backends.mysql'}}",
        "settings",
    ),
    appending(lambda root, by: f"ROOT_URLCONF = '{names(root, by)}.urls'", "settings"),
    coming,
    going,
    moving,
)


@pytest.mark.parametrize(
    "project", sorted(one for one in PROJECTS.iterdir() if one.is_dir()), ids=lambda one: one.name
)
def test_after_any_edits_a_run_finds_what_the_first_run_would(
    project: Path, tmp_path: Path
) -> None:
    root, cache = tmp_path / "project", tmp_path / "cache"
    shutil.copytree(project, root)
    chance = random.Random(project.name)
    survey(root, cache=cache, jobs=1)
    for number in range(ROUNDS):
        if number % 4 == 3:
            # All is undone again.
            shutil.rmtree(root)
            shutil.copytree(project, root)
        else:
            chance.choice(EDITS)(root, chance)
        expected = survey(root, cache=tmp_path / f"cache-{number}", jobs=1)
        assert survey(root, cache=cache, jobs=1) == expected
