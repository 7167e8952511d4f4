"""The apps that a project's packages offer as entry points are those of its settings."""

import pytest
from tests.unit.survey.projects import Project

MANAGE = """
    import os
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")
"""
BY_MODULE = """
    from importlib.metadata import entry_points
    INSTALLED_APPS = ["orders"]
    for one in entry_points(group="shop.plugin"):
        INSTALLED_APPS.append(one.module)
"""
FILES = {
    "manage.py": MANAGE,
    "site/settings.py": BY_MODULE,
    "orders/__init__.py": "",
    "plugins/gifts/acme_gifts/__init__.py": "",
    "plugins/gifts/acme_gifts/plugin.py": "",
}
TOML = """
    [project]
    name = "acme-gifts"

    [project.entry-points."shop.plugin"]
    acme_gifts = "acme_gifts:PluginMeta"
"""
AT = "plugins/gifts/pyproject.toml"
GIFTS = {"orders": "orders", "acme_gifts": "plugins/gifts/acme_gifts"}


def project_with(**more: str) -> Project:
    names = {"toml": AT, "cfg": "plugins/gifts/setup.cfg", "setup": "plugins/gifts/setup.py"}
    files = {names.get(name, name): text for name, text in more.items()}
    if "settings" in files:
        files["site/settings.py"] = files.pop("settings")
    return Project({**FILES, **files})


def told(project: Project) -> list[str]:
    found = project.offered.unresolved(project.installed.foreign)
    return [f"{one.file}:{one.line} {one.reason}" for one in found]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("toml", TOML),
        ("toml", '[tool.poetry.plugins."shop.plugin"]\ngifts = "acme_gifts:PluginMeta"'),
        ("toml", '[project.entry-points]\n"shop.plugin" = {gifts = "acme_gifts [more]"}'),
        ("cfg", "[options.entry_points]\nshop.plugin =\n    Gifts = acme_gifts:PluginMeta\n"),
        ("setup", 'setup(entry_points={"shop.plugin": ["gifts = acme_gifts:PluginMeta"]})'),
        ("setup", 'setup(entry_points={"shop.plugin": "gifts = acme_gifts"})'),
        ("setup", 'setup(entry_points="""\n[shop.plugin]\ngifts=acme_gifts:PluginMeta\n""")'),
        (
            "setup",
            'import setuptools\nPLUGINS = ["gifts=acme_gifts:PluginMeta"]\n'
            'if __name__ == "__main__":\n'
            '    setuptools.setup(entry_points={"shop.plugin": PLUGINS})',
        ),
    ],
)
def test_an_app_that_an_entry_point_names_is_one_of_the_project(file: str, text: str) -> None:
    project = project_with(**{file: text})
    assert project.labels() == GIFTS
    assert told(project) == []


@pytest.mark.parametrize(
    "settings",
    [
        BY_MODULE,
        'from importlib import metadata\nINSTALLED_APPS = ["orders"]\n'
        'INSTALLED_APPS += [one.module for one in metadata.entry_points(group="shop.plugin")]',
        "from pkg_resources import iter_entry_points\nGROUP = 'shop.plugin'\n"
        'INSTALLED_APPS = ["orders"]\nfor one in iter_entry_points(GROUP, name=None):\n'
        "    if one.module_name not in INSTALLED_APPS:\n"
        "        INSTALLED_APPS.append(one.module_name)",
        "import importlib.metadata\nINSTALLED_APPS = ['orders']\n"
        'for one in importlib.metadata.entry_points(group="shop.plugin"):\n'
        "    INSTALLED_APPS.append(one.name)",
        "from importlib.metadata import entry_points\nINSTALLED_APPS = ['orders']\n"
        "for one in entry_points().get('shop.plugin', []):\n    INSTALLED_APPS.append(one.module)",
        "from importlib.metadata import entry_points\nINSTALLED_APPS = ['orders']\n"
        "for one in entry_points()['shop.plugin']:\n    INSTALLED_APPS.append(one.module)",
        "from importlib.metadata import entry_points\nINSTALLED_APPS = ['orders']\n"
        "for one in entry_points().select(group='shop.plugin'):\n"
        "    INSTALLED_APPS.append(one.module)",
        "from importlib_metadata import entry_points\nALL = entry_points()\n"
        "PLUGINS = ALL.select(group='shop.plugin').select(name='acme_gifts')\n"
        "INSTALLED_APPS = ['orders', *(one.module for one in PLUGINS)]",
        "from stevedore import ExtensionManager\nINSTALLED_APPS = ['orders']\n"
        "for one in ExtensionManager(namespace='shop.plugin', invoke_on_load=False):\n"
        "    INSTALLED_APPS.append(one.entry_point.module)",
        "from stevedore import extension\nfound = extension.ExtensionManager('shop.plugin')\n"
        "INSTALLED_APPS = ['orders', *found.names()]",
        "from stevedore.extension import ExtensionManager\nINSTALLED_APPS = ['orders']\n"
        "INSTALLED_APPS += [x.module_name for x in ExtensionManager('shop.plugin')]",
    ],
)
def test_settings_may_ask_for_entry_points_in_several_ways(settings: str) -> None:
    assert project_with(settings=settings, toml=TOML).labels() == GIFTS


@pytest.mark.parametrize(
    "asked",
    [
        "entry_points().select(group='shop.other')",
        "entry_points().get('shop.other', [])",
        "ExtensionManager('shop.other')",
        "entry_points(group='shop.plugin', name='other')",
    ],
)
def test_only_what_is_asked_for_is_an_app_and_that_there_may_be_more_is_told(asked: str) -> None:
    project = project_with(
        settings="from importlib.metadata import entry_points\n"
        "from stevedore import ExtensionManager\n"
        f"INSTALLED_APPS = ['orders', *(one.module for one in {asked})]",
        toml=TOML,
    )
    assert project.labels() == {"orders": "orders"}
    (one,) = project.installed.unresolved
    group = "shop.plugin" if "name=" in asked else "shop.other"
    assert one.reason == (
        f"INSTALLED_APPS may have more: the entry points of {group} in packages that are installed"
    )


@pytest.mark.parametrize(
    "asked", ["entry_points().select(group=made())", "ExtensionManager(made())", "entry_points()"]
)
def test_a_group_that_is_not_known_is_told(asked: str) -> None:
    project = project_with(
        settings="from importlib.metadata import entry_points\n"
        "from stevedore import ExtensionManager\n"
        f"INSTALLED_APPS = ['orders']\nfor one in {asked}:\n    INSTALLED_APPS.append(one.module)",
        toml=TOML,
    )
    assert project.labels() == {"orders": "orders"}
    assert project.installed.unresolved


def test_what_is_offered_to_others_is_no_app() -> None:
    assert project_with(toml=TOML.replace("shop.plugin", "other.plugin")).labels() == {
        "orders": "orders"
    }


def test_what_tests_and_templates_offer_is_left_alone() -> None:
    files = {"tests/fixtures/pyproject.toml": TOML, "{{ plugin }}/pyproject.toml": "[{{ a }}"}
    project = project_with(**files)
    assert project.labels() == {"orders": "orders"}
    assert told(project) == []


def test_the_packages_that_are_installed_may_offer_more() -> None:
    assert [one.reason for one in project_with(toml=TOML).installed.unresolved] == [
        "INSTALLED_APPS may have more: the entry points of shop.plugin in packages that are "
        "installed"
    ]


def test_an_app_that_is_not_found_is_told_where_it_is_declared() -> None:
    text = '[project.entry-points."shop.plugin"]\na = "elsewhere:Meta"\n'
    assert told(project_with(toml=text)) == [
        f"{AT}:2 the entry point a of shop.plugin stands for an app that was not found in the "
        "project: elsewhere"
    ]


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        (
            "toml",
            "[project]\nname = \n",
            "pyproject.toml:2 its entry points are not known: it is no",
        ),
        ("toml", "a = " + "[" * 50_000, "pyproject.toml:1 its entry points are not known: it "),
        ("toml", "#" * 1_000_001, "pyproject.toml:1 its entry points are not known: it has more"),
        ("cfg", "[options]\nno key\n", "setup.cfg:2 its entry points are not known: it is not"),
        ("setup", "setup(entry_points=made())", "setup.py:1 its entry points are not known: made"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(file: str, text: str, reason: str) -> None:
    project = project_with(**{file: text})
    assert project.labels() == {"orders": "orders"}
    (one,) = told(project)
    assert one.startswith(f"plugins/gifts/{reason}")


@pytest.mark.parametrize(
    "text",
    [
        "project = 3",
        "tool = []",
        "[project]\nentry-points = 'x'",
        '[project.entry-points]\n"shop.plugin" = "acme_gifts"',
        '[project.entry-points."shop.plugin"]\na = 3\nb = "not a reference"',
    ],
)
def test_what_is_no_entry_point_is_none(text: str) -> None:
    project = project_with(toml=text)
    assert project.labels() == {"orders": "orders"}
    assert told(project) == []


def test_no_more_than_a_thousand_of_a_file_are_looked_at() -> None:
    many = "\n".join(f'a{number} = "a{number}"' for number in range(1_000))
    text = f'[project.entry-points."shop.plugin"]\n{many}\nb = "acme_gifts"\n'
    assert project_with(toml=text).labels() == {"orders": "orders"}
