"""What a ``banyan.toml`` that is there would need, so that each app is in a module again."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from banyan.boundaries.checking.drafting import block_text, blocks
from banyan.survey.facts import Module, Survey


class Gone(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """An app that a module lists, and that isn't there any more.

    Attributes:
        number: which of the module's apps it is, from 0.
    """

    module: str
    app: str
    number: int


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """What has come and gone since the file was written.

    Attributes:
        new: the names of the modules that would be added, each with its apps.
        gone: what only a person can take out, since it may have been moved or renamed.
        text: what would be written at the end of the file; "" where nothing would.
    """

    new: Mapping[str, tuple[str, ...]] = {}
    gone: tuple[Gone, ...] = ()
    text: str = ""


def addition(
    survey: Survey, uses: Mapping[str, Collection[str]], listed: Mapping[str, Sequence[str]]
) -> Addition:
    """What is missing in a file, and what is there too much.

    Args:
        survey: with a module for each app, whatever the file says.
        uses: which module uses which by name.
        listed: the apps of each module, as the file has them.
    """
    by_name = {name: one for one in survey.modules for name in _names(one)}
    described: dict[str, str] = {}
    gone: list[Gone] = []
    for module, apps in listed.items():
        for number, app in enumerate(apps):
            found = by_name.get(app.rstrip("/")) or by_name.get(_package(app))
            if found is None:
                gone.append(Gone(module=module, app=app, number=number))
            else:
                described[found.name] = module
    # The name of a module whose apps have gone isn't free either.
    written = blocks(survey, uses, described, taken=listed)
    return Addition(
        new={one.name: one.apps for one in written},
        gone=tuple(sorted(gone)),
        text="\n".join(map(block_text, written)),
    )


def _names(module: Module) -> Collection[str]:
    """All that a file may call the one app of a module by."""
    return {*module.packages, module.path, f"./{module.path}"}


def _package(app: str) -> str:
    """The package of an app that is named by its configuration, as ``users.apps.UsersConfig``."""
    holder, _, name = app.rpartition(".")
    return holder.removesuffix(".apps") if name[:1].isupper() else app
