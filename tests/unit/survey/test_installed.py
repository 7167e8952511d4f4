"""The apps of a project are found, however its settings say which they are."""

import pytest
from tests.unit.survey.projects import Project

from banyan.survey.constants import texts

MANAGE = """
    import os
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")
"""
APPS = {f"{name}/__init__.py": "" for name in ("orders", "users", "bills")}


def apps_by(settings: str, **more: str) -> list[str]:
    files = {"manage.py": MANAGE, "site/settings.py": settings, **APPS, **more}
    return sorted(Project(files).labels())


@pytest.mark.parametrize(
    "settings",
    [
        'INSTALLED_APPS = ["orders"] + ["users"]',
        'INSTALLED_APPS = ("orders",)\nINSTALLED_APPS += ("users",)',
        'OWN = ["orders", "users"]\nINSTALLED_APPS = ["django.contrib.auth", *OWN]',
        'INSTALLED_APPS = ["orders"]\nINSTALLED_APPS.append("users")',
        'INSTALLED_APPS = ["users"]\nINSTALLED_APPS.insert(0, "orders")',
        'INSTALLED_APPS = []\nINSTALLED_APPS.extend(f"{one}s" for one in ["order", "user"])',
        'INSTALLED_APPS = ["%s" % one for one in ("orders", "users")]',
        'INSTALLED_APPS = ["orders"]\nif DEBUG:\n    INSTALLED_APPS += ["users"]',
        'INSTALLED_APPS = ["orders", "users"]\nif DEBUG:\n    INSTALLED_APPS.remove("users")',
        'INSTALLED_APPS = ["orders"] + (["users"] if DEBUG else [])',
        'APPS = {"a": ["orders"], "b": ["users"]}\nINSTALLED_APPS = APPS["a"] + APPS["b"]',
        'INSTALLED_APPS = "orders users".split()',
        'INSTALLED_APPS = ["orders", "users", "bills"]\nINSTALLED_APPS.remove("bills")',
        "from decouple import config, Csv\n"
        'INSTALLED_APPS = config("A", "orders,users", cast=Csv())',
        'import environ\nenv = environ.Env()\nINSTALLED_APPS = env.list("A", default=["orders"])\n'
        'for app in ["users"]:\n    INSTALLED_APPS.append(app)',
        'def own():\n    return ["orders", "users"]\nINSTALLED_APPS = own()',
        'try:\n    import toolbar\nexcept ImportError:\n    INSTALLED_APPS = ["orders"]\n'
        'else:\n    INSTALLED_APPS = ["orders", "users"]',
        'class Common:\n    INSTALLED_APPS = ["orders"]\n'
        'class Dev(Common):\n    INSTALLED_APPS = Common.INSTALLED_APPS + ["users"]',
        'class Common:\n    @property\n    def INSTALLED_APPS(self):\n        return ["orders"]\n'
        "class Dev(Common):\n    @property\n    def INSTALLED_APPS(self):\n"
        '        return super().INSTALLED_APPS + ["users"]',
    ],
)
def test_installed_apps_are_read_in_whatever_way_they_are_written(settings: str) -> None:
    assert apps_by(settings) == ["orders", "users"]


def test_what_is_not_known_leaves_the_rest_and_a_reason() -> None:
    project = Project(
        {
            "manage.py": MANAGE,
            "site/settings.py": 'import os\nINSTALLED_APPS = ["orders"]\n'
            'INSTALLED_APPS += os.environ["MORE"].split(",")',
            **APPS,
        }
    )
    assert sorted(project.labels()) == ["orders"]
    assert [one.reason for one in project.installed.unresolved] == [
        "INSTALLED_APPS may have more: the environment's MORE"
    ]


def test_settings_that_are_split_add_to_each_other() -> None:
    files = {
        "manage.py": MANAGE.replace("site.settings", "site.settings.local"),
        "site/settings/base.py": 'from .apps import OWN\nINSTALLED_APPS = ["users"] + OWN',
        "site/settings/apps.py": 'OWN = ["orders"]',
        "site/settings/local.py": 'from .base import *\nINSTALLED_APPS += ["bills"]',
        **APPS,
    }
    project = Project(files)
    assert sorted(project.labels()) == ["bills", "orders", "users"]
    assert [one.name for one in project.configuration.settings] == [
        "site.settings.local",
        "site.settings.base",
    ]


def test_files_that_split_settings_includes_are_read_in_place() -> None:
    settings = (
        "from split_settings.tools import include, optional\n"
        'include("components/*.py", optional("local.py"))'
    )
    parts = 'INSTALLED_APPS = ["orders", "users"]'
    assert apps_by(settings, **{"site/components/apps.py": parts}) == ["orders", "users"]


def test_an_app_config_gives_the_label_and_the_place() -> None:
    project = Project(
        {
            "manage.py": MANAGE,
            "site/settings.py": 'INSTALLED_APPS = ["deep.orders.apps.Orders", "users"]',
            "deep/__init__.py": "",
            "deep/orders/__init__.py": "",
            "deep/orders/apps.py": """
                from django.apps import AppConfig
                class Own(AppConfig):
                    name = "deep.orders"
                class Orders(Own):
                    label = "shop_orders"
            """,
            "users/__init__.py": "default_app_config = 'users.config.People'",
            "users/config.py": """
                from django.apps import AppConfig
                class People(AppConfig):
                    name = "users"
                    label = "people"
            """,
        }
    )
    assert project.labels() == {"shop_orders": "deep/orders", "people": "users"}


def test_a_configuration_of_a_foreign_app_makes_it_no_app_of_ours() -> None:
    config = "from django.contrib.auth.apps import AuthConfig\nclass Own(AuthConfig): pass"
    settings = 'INSTALLED_APPS = ["site.apps.Own", "orders"]'
    assert apps_by(settings, **{"site/apps.py": config}) == ["orders"]


@pytest.mark.parametrize(
    ("files", "labels"),
    [
        ({"src/orders/__init__.py": "", "src/orders/models.py": ""}, {"orders": "src/orders"}),
        ({"lib/deep/orders/apps.py": "", "lib/orders.txt": ""}, {"orders": "lib/deep/orders"}),
    ],
)
def test_a_folder_below_which_alone_the_apps_have_their_names_is_a_root(
    files: dict[str, str], labels: dict[str, str]
) -> None:
    project = Project({"site/settings.py": 'INSTALLED_APPS = ["orders"]', **files})
    assert project.labels() == labels


def test_a_folder_that_is_put_on_the_path_is_a_root_though_it_is_a_package() -> None:
    project = Project(
        {
            "manage.py": MANAGE,
            "site/settings.py": """
                import sys
                from pathlib import Path
                BASE = Path(__file__).resolve().parent.parent
                sys.path.insert(0, str(BASE / "apps"))
                INSTALLED_APPS = ["orders"]
            """,
            "apps/__init__.py": "",
            "apps/orders/__init__.py": "",
        }
    )
    assert project.roots == ("", "apps")
    assert project.labels() == {"orders": "apps/orders"}


def test_apps_that_nobody_installs_are_found_where_they_have_a_config_or_migrations() -> None:
    project = Project(
        {
            "gifts/apps.py": """
                from django.apps import AppConfig
                class GiftsConfig(AppConfig):
                    name = "gifts"
            """,
            "cards/models.py": "",
            "cards/migrations/0001_initial.py": "",
            "tools/models.py": "",
            "tests/app/models.py": "",
            "tests/app/migrations/0001_initial.py": "",
        }
    )
    assert sorted(project.labels()) == ["cards", "gifts"]
    assert [app.settings for app in project.installed.apps] == [(), ()]


def test_test_code_is_no_app_and_test_settings_give_no_values_where_there_are_others() -> None:
    project = Project(
        {
            "manage.py": MANAGE,
            "site/settings.py": 'INSTALLED_APPS = ["orders"]\nAUTH_USER_MODEL = "orders.User"',
            "tests/settings.py": 'INSTALLED_APPS = ["tests.fakes", "users"]\nONLY_HERE = "x"',
            "tests/fakes/__init__.py": "",
            "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = tests.settings",
            **APPS,
        }
    )
    assert sorted(project.labels()) == ["orders", "users"]
    assert project.configuration.text("AUTH_USER_MODEL") == "orders.User"
    assert project.configuration.value("ONLY_HERE") is None
    assert [one.is_test for one in project.configuration.settings] == [False, True]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", '[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "odd.place"'),
        ("setup.cfg", "[tool:pytest]\nDJANGO_SETTINGS_MODULE = odd.place"),
        ("tox.ini", "[testenv]\nsetenv =\n    DJANGO_SETTINGS_MODULE=odd.place"),
    ],
)
def test_settings_are_found_where_the_tools_name_them(path: str, text: str) -> None:
    project = Project({path: text, "odd/place.py": 'INSTALLED_APPS = ["orders"]', **APPS})
    assert sorted(project.labels()) == ["orders"]


def test_settings_that_lead_back_to_themselves_are_read_all_the_same() -> None:
    settings = 'from site.settings import *\nINSTALLED_APPS = ["orders"]'
    assert apps_by(settings) == ["orders"]


def test_paths_are_told_relative_to_the_project() -> None:
    project = Project(
        {
            "manage.py": MANAGE,
            "site/settings.py": """
                import os
                ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
                TEMPLATES = [{"DIRS": [os.path.join(ROOT, "templates")]}]
                INSTALLED_APPS = []
            """,
        }
    )
    (templates,) = project.configuration.each("TEMPLATES")
    assert isinstance(templates, list)
    (engine,) = templates
    assert isinstance(engine, dict)
    assert list(texts(engine["DIRS"])) == ["templates"]


@pytest.mark.parametrize(
    "growing",
    [
        "x = 'x'\nfor i in list('0123456789' * 9):\n    x = x + x",
        "x = []\nfor i in " + "[0]" + ":\n    pass\n" + "x = [x, x]\n" * 60,
        "x = '{:>999999999}'.format('x')",
        "x = '%999999999d' % 3",
        "x = 'x' * 99\n" + "x = x.replace('x', x)\n" * 20,
        "def x(): return x()\nY = x()",
        "x = ['x' for a in range(9)]\n" + "x = [a for a in x for b in x]\n" * 20,
    ],
)
def test_settings_that_grow_without_bounds_cost_no_more_than_themselves(growing: str) -> None:
    assert apps_by(f"{growing}\nINSTALLED_APPS = ['orders']") == ["orders"]


@pytest.mark.parametrize("text", ["tool = 3", "[tool]\npytest = []", "a = " + "[" * 50_000])
def test_a_pyproject_of_another_form_names_settings_still(text: str) -> None:
    files = {
        "site/main.py": 'INSTALLED_APPS = ["orders"]',
        "pyproject.toml": f"# DJANGO_SETTINGS_MODULE=site.main\n{text}\n",
        **APPS,
    }
    project = Project(files)
    assert [one.name for one in project.configuration.settings] == ["site.main"]
