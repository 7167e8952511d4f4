"""Which module each file of a project belongs to, as a survey has divided it."""

from collections.abc import Iterable, Mapping

from banyan.survey.facts import Module


def folders(modules: Iterable[Module]) -> dict[str, str]:
    """The folders of all apps of the modules, each with the name of its module."""
    return {
        folder: module.name for module in modules for folder in module.folders or (module.path,)
    }


def module_of(path: str, by_folder: Mapping[str, str]) -> str | None:
    """The module that a file belongs to: that of the deepest folder around it."""
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        if folder in by_folder:
            return by_folder[folder]
    return None
