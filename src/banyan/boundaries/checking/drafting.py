"""Drafts a ``banyan.toml`` of what a survey found, in words that a person goes on from."""

import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from banyan.boundaries.checking import explaining
from banyan.boundaries.checking.judging import hearings, hears
from banyan.conf.writing import quoted
from banyan.survey.configuration import TEMPLATE
from banyan.survey.facts import Survey
from banyan.survey.figures import Figures, figures, is_between_modules, module_names
from banyan.survey.words import number, some

_WIDTH: Final = 96
_LONGEST_NAME: Final = 63
_MANY: Final = 8
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """What is written of one module.

    Attributes:
        apps: as ``banyan.toml`` writes them.
        uses: how often it holds on to which other module today.
        used_by: how often which other module holds on to it.
        calls: what it may go on using by name.
        listens: whose events it hears.
        against: what it uses by name against the order of the modules, so that to allow it would
            close a circle.
    """

    name: str
    apps: tuple[str, ...]
    lines: int
    models: tuple[str, ...]
    uses: Mapping[str, int]
    used_by: Mapping[str, int]
    calls: tuple[str, ...]
    listens: tuple[str, ...]
    against: tuple[str, ...]


def blocks(
    survey: Survey,
    uses: Mapping[str, Collection[str]],
    described: Mapping[str, str] | None = None,
    taken: Iterable[str] = (),
) -> list[Block]:
    """A block for each module that has none yet, those that use others before those they use.

    Args:
        survey: with a module for each app, as without a ``banyan.toml``.
        uses: which module uses which by name.
        described: the module of ``banyan.toml`` that has an app of it already, for each module of
            the survey that has one.
        taken: names that are no longer free.
    """
    described = described or {}
    names = _names(survey, described, taken)
    found = figures(survey)
    ties = Counter(
        (names[one.from_], names[one.to]) for one in found.counted if is_between_modules(one)
    )
    heard = hears(survey)
    ordered = list(dict.fromkeys(names[one] for one in _order(survey, found)))
    made: list[Block] = []
    for module in sorted(survey.modules, key=lambda one: ordered.index(names[one.name])):
        name = names[module.name]
        if module.name in described:
            continue
        used = {names[one] for one in uses.get(module.name, ())} - {name}
        # What is described already cannot name what is new, so that no circle is closed with it.
        below = {*ordered[ordered.index(name) + 1 :], *described.values()}
        made.append(
            Block(
                name=name,
                apps=module.packages,
                lines=module.lines,
                models=module.models,
                uses={to: times for (of, to), times in ties.most_common() if of == name != to},
                used_by={of: times for (of, to), times in ties.most_common() if to == name != of},
                calls=tuple(sorted(used & below)),
                listens=tuple(sorted({names[one] for one in heard.get(module.name, ())} - {name})),
                against=tuple(sorted(used - below)),
            )
        )
    return made


def _order(survey: Survey, found: Figures) -> tuple[str, ...]:
    """All modules, those that use others first; to hear another closes no circle, so it is none."""
    heard = frozenset(hearings(survey))
    if not heard:
        return found.order
    left = tuple(one for one in survey.couplings if one not in heard)
    return figures(replace(survey, couplings=left)).order


def draft(survey: Survey, uses: Mapping[str, Collection[str]]) -> str:
    """The text of a whole ``banyan.toml``.

    Args:
        survey: with a module for each app.
        uses: which module uses which by name.
    """
    written = blocks(survey, uses)
    parts = [
        explaining.HEADER,
        _project(survey),
        explaining.MODULES,
        *map(block_text, written),
        explaining.check(),
        explaining.advice(written[0].name if written else "orders"),
    ]
    return "\n".join(parts)


def block_text(block: Block) -> str:
    """One module's part of the file, with what is known of it today."""
    size = f"{number(block.lines, 'line', 'lines')} of Python"
    models = f"; {_models(block.models)}" if block.models else "; no models"
    lines = [
        *_comment(f"{size}{models}."),
        *_comment(f"Holds on to {_counted(block.uses)}." if block.uses else "Holds on to none."),
        *_comment(f"Held on to by {_counted(block.used_by)}." if block.used_by else ""),
        f"[modules.{block.name}]",
        *_array("apps", block.apps),
    ]
    if block.against:
        lines += _comment(
            f"Not among its calls, since that would close a circle: {', '.join(block.against)}. "
            "Known debt, in the baseline."
        )
    lines += _array("calls", block.calls) if block.calls else ["calls = []"]
    if block.listens:
        lines += _array("listens", block.listens)
    return "\n".join(lines) + "\n"


def _project(survey: Survey) -> str:
    fit = [one for one in survey.project.settings if not TEMPLATE.search(one.replace(".", "/"))]
    lines = [
        "[project]",
        "# The first word of the names that events and contracts have on the wire.",
        f"name = {quoted(name_of(survey.project.name, 'project'))}",
        "# Django's settings module, as DJANGO_SETTINGS_MODULE has it.",
    ]
    # One of django-configurations is a class in its module.
    modules = list(dict.fromkeys(re.sub(r"\.[A-Z]\w*$", "", one) for one in fit))
    if len(modules) > 1:
        lines += _comment(f"Found as well: {some(modules[1:], _MANY)}.")
    if modules:
        lines.append(f"settings = {quoted(modules[0])}")
    else:
        lines += [
            "# None was found: name it before `banyan up` is to run the project.",
            '# settings = ""',
        ]
    return "\n".join(lines) + "\n"


def _names(survey: Survey, described: Mapping[str, str], others: Iterable[str]) -> dict[str, str]:
    """What each module of a survey is called in ``banyan.toml``.

    A module that only couplings name, as of an app that isn't installed, keeps its name.
    """
    names = dict(described)
    taken = {*others, *described.values()}
    # Those that may keep their names come first.
    waiting = [one.name for one in survey.modules if one.name not in described]
    for name in sorted(waiting, key=lambda one: (name_of(one) != one, one)):
        wanted = free = name_of(name)
        times = 1
        while free in taken:
            times += 1
            free = f"{wanted[: _LONGEST_NAME - 4]}_{times}"
        taken.add(free)
        names[name] = free
    return {one: one for one in module_names(survey)} | names


def name_of(text: str, otherwise: str = "module") -> str:
    """A name that ``banyan.toml`` allows, as near as can be to another one."""
    if _NAME.match(text):
        return text
    # A letter without its accent is nearer than none.
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(one for one in parts if not unicodedata.combining(one))
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", bare).casefold()
    plain = re.sub(r"[^a-z0-9]+", "_", spaced).strip("_")
    if not plain:
        return otherwise
    name = plain if plain[0].isalpha() else f"{otherwise}_{plain}"
    return name[:_LONGEST_NAME]


def _models(models: Sequence[str]) -> str:
    shown = some(models, _MANY)
    return f"{number(len(models), 'model', 'models')}: {shown}"


def _counted(others: Mapping[str, int]) -> str:
    told = [f"{name} ({times:,})" for name, times in others.items()]
    return some(told, _MANY)


def _comment(text: str) -> list[str]:
    # What is named by others may hold what no comment of TOML may.
    safe = "".join(each if each.isprintable() else " " for each in text)
    return textwrap.wrap(
        safe,
        _WIDTH,
        initial_indent="# ",
        subsequent_indent="# ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _array(key: str, items: Iterable[str]) -> Iterator[str]:
    written = [quoted(one) for one in items]
    line = f"{key} = [{', '.join(written)}]"
    if len(line) <= _WIDTH:
        yield line
        return
    yield f"{key} = ["
    for one in written:
        yield f"    {one},"
    yield "]"
