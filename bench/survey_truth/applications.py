"""A project's Django apps, as far as they have migrations: their labels and their files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.survey_truth.migrations import Loss
from bench.survey_truth.sources import Sources
from bench.survey_truth.values import Class, Named, Value

TEST_FOLDERS = {"test", "tests", "testing", "testapp", "unittests"}


@dataclass(frozen=True)
class Application:
    """An app with migrations."""

    label: str
    folder: str
    files: tuple[Path, ...]

    @property
    def is_for_tests(self) -> bool:
        """Whether it lies with the tests."""
        parts = self.folder.lower().split("/")
        return any(part in TEST_FOLDERS or part.startswith("test_") for part in parts)


def find_applications(
    sources: Sources, settings: Mapping[str, Value]
) -> tuple[list[Application], list[Loss]]:
    """Every app of the project that has migrations; of two with one label, the more usual."""
    elsewhere = settings.get("MIGRATION_MODULES", {})
    moved: dict[Path, str] = {}
    off: set[str] = set()
    for label, module in elsewhere.items() if isinstance(elsewhere, dict) else ():
        if isinstance(module, str):
            file = sources.find(module)
            if file is not None:
                moved[file.parent if file.name == "__init__.py" else file] = label
                off.add(label)
    found: dict[str, list[Application]] = {}
    folders: dict[Path, list[Path]] = {}
    for file in sources.files:
        if file.name != "__init__.py" and (
            file.parent.name == "migrations" or file.parent in moved
        ):
            folders.setdefault(file.parent, []).append(file)
    for folder, files in folders.items():
        if not any(b"Migration" in file.read_bytes() for file in files):
            continue
        label = moved.get(folder)
        if label is None:
            label = label_of(sources, folder.parent)
            if label in off:
                continue
        application = Application(label, sources.shown(folder), tuple(files))
        found.setdefault(label, []).append(application)
    return _one_each(found, installed_names(settings))


def _one_each(
    found: Mapping[str, list[Application]], installed: set[str]
) -> tuple[list[Application], list[Loss]]:
    chosen: list[Application] = []
    losses: list[Loss] = []
    for label, several in sorted(found.items()):
        first, *others = sorted(
            several,
            key=lambda one: (
                one.is_for_tests,
                not any(_names(entry, one.folder) for entry in installed),
                one.folder.count("/"),
                one.folder,
            ),
        )
        chosen.append(first)
        losses += [
            Loss(one.folder, 1, f"its label {label} is that of {first.folder}, which is read")
            for one in others
            if not one.is_for_tests
        ]
    return chosen, losses


def _names(entry: str, folder: str) -> bool:
    path = "/" + folder.rpartition("/")[0]
    names_a_config = entry.rpartition(".")[2][:1].isupper()
    dotted = entry.partition(".apps.")[0] if names_a_config else entry
    return path.endswith("/" + dotted.replace(".", "/"))


def installed_names(settings: Mapping[str, Value]) -> set[str]:
    """What INSTALLED_APPS names, as far as it is spelled out."""
    entries = settings.get("INSTALLED_APPS", [])
    if not isinstance(entries, list | tuple):
        return set()
    return {entry for entry in entries if isinstance(entry, str)}


def label_of(sources: Sources, folder: Path) -> str:
    """The label of the app in a folder: its config's, or the folder's name."""
    labels: list[str] = []
    for name in ("apps.py", "config.py", "__init__.py", "app.py"):
        file = folder / name
        if not file.is_file():
            continue
        for value in sources.names(file).values():
            if not isinstance(value, Class) or value.module != sources.dotted(file):
                continue
            if not _is_config(sources, value, file):
                continue
            label = attribute(sources, value, "label", file)
            path = attribute(sources, value, "name", file)
            if isinstance(path, str) and path.rpartition(".")[2] != folder.name:
                continue
            labels.append(label if isinstance(label, str) else folder.name)
    return labels[0] if labels else folder.name


def _is_config(sources: Sources, value: Class, file: Path) -> bool:
    return any(
        isinstance(one, Named) and one.last.endswith("AppConfig") and "apps" in one.path
        for one in sources.ancestry(value, file)
    )


def attribute(sources: Sources, value: Class, name: str, file: Path) -> Value:
    """An attribute of a class, its own or inherited."""
    for one in sources.ancestry(value, file):
        if isinstance(one, Class) and name in one.body.names:
            return sources.resolve(one.body.names[name], file)
    return None
