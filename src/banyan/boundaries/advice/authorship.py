"""Who changes each module, and who owns it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import msgspec

from banyan.boundaries.advice.changes import DAY, Change, Log
from banyan.boundaries.advice.owners import OwnerRule, owner_rules, owners_of
from banyan.boundaries.advice.places import module_of
from banyan.survey.facts import Module

_YEAR: Final = 365 * DAY
_MOST_OWNERS: Final = 3
"""More people than this are no owners of a module, but all that there are."""


class OwnerBasis(StrEnum):
    """How owners are known."""

    CODEOWNERS = "CODEOWNERS"
    AUTHORSHIP = "authorship"
    NONE = "nothing"


class Authorship(msgspec.Struct, frozen=True, kw_only=True):
    """Who changes a module.

    Attributes:
        changes: commits that changed it, sweeps included, those of bots not.
        authors: how many people wrote these.
        recent_authors: how many people changed it in the last year before the newest commit.
        top_share: the share of the commits that is by the one who wrote most: its *ownership*
            (C. Bird and others, "Don't touch my code!", 2011).
        owners: names, by CODEOWNERS, else those who together wrote most of it.
        basis: how the owners are known.
    """

    module: str
    changes: int
    authors: int
    recent_authors: int
    top_share: float
    owners: tuple[str, ...] = ()
    basis: OwnerBasis = OwnerBasis.NONE


class Written(msgspec.Struct, frozen=True):
    """How many commits of each person changed a module: of all times, and of the last year."""

    ever: Counter[str]
    recently: Counter[str]


def written_by(changes: Iterable[tuple[Change, frozenset[str]]], moment: int) -> dict[str, Written]:
    """Who wrote the changes of each module.

    Persons are told apart by name, as ``git shortlog`` does.

    Args:
        changes: each with the modules that it is of.
        moment: of the newest commit; the last year ends there.
    """
    found: defaultdict[str, Written] = defaultdict(lambda: Written(Counter(), Counter()))
    for change, on in changes:
        for name in on:
            found[name].ever[change.author] += 1
            if change.moment > moment - _YEAR:
                found[name].recently[change.author] += 1
    return dict(found)


def modules_per_author(written: Mapping[str, Written]) -> float:
    """How many modules a person changed in the last year, on average over those who did."""
    counts = Counter(author for one in written.values() for author in one.recently)
    return sum(counts.values()) / len(counts) if counts else 0.0


def authorships(
    log: Log,
    modules: Iterable[Module],
    by_folder: Mapping[str, str],
    written: Mapping[str, Written],
) -> dict[str, Authorship]:
    """Who changes each module, and who owns it."""
    owned = _owned(log, modules, by_folder)
    found: dict[str, Authorship] = {}
    for name, named in owned.items():
        one = written.get(name, Written(Counter(), Counter()))
        changes = one.ever.total()
        owners = named or _main_authors(one.ever)
        basis = OwnerBasis.CODEOWNERS if named else OwnerBasis.AUTHORSHIP
        found[name] = Authorship(
            module=name,
            changes=changes,
            authors=len(one.ever),
            recent_authors=len(one.recently),
            top_share=max(one.ever.values(), default=0) / changes if changes else 0.0,
            owners=owners,
            basis=basis if owners else OwnerBasis.NONE,
        )
    return found


def _owned(
    log: Log, modules: Iterable[Module], by_folder: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """The owners of each module by CODEOWNERS: those of most of the files that were changed."""
    rules = owner_rules(log.owners)
    files: dict[str, set[str]] = {one.name: set() for one in modules}
    if not rules:
        return dict.fromkeys(files, ())
    for folder, name in by_folder.items():
        # So that a module without a change is asked for too.
        files[name].add(f"{folder}/models.py" if folder else "models.py")
    for path in {path for change in log.changes for path in change.paths}:
        of = module_of(path, by_folder)
        if of is not None:
            files[of].add(path)
    return {name: _of_most(paths, rules, log.prefix) for name, paths in files.items()}


def _of_most(paths: set[str], rules: tuple[OwnerRule, ...], prefix: str) -> tuple[str, ...]:
    counts = Counter(one for path in paths for one in owners_of(prefix + path, rules))
    return tuple(sorted(one for one, count in counts.items() if 2 * count >= len(paths)))


def _main_authors(ever: Counter[str]) -> tuple[str, ...]:
    """The fewest who together wrote more than half of the commits; none where that takes many."""
    found: list[str] = []
    reached = 0
    for author, count in sorted(ever.items(), key=lambda one: (-one[1], one[0]))[:_MOST_OWNERS]:
        found.append(author)
        reached += count
        if 2 * reached > ever.total():
            return tuple(found)
    return ()
