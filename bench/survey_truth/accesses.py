"""Compares the accesses to data that a survey reads with those that a recorder saw in tests.

``python -m bench.survey_truth.accesses SURVEY.json EVIDENCE.json`` prints which pairs of apps, and
of files and apps, the survey knows of those that were seen, and lists those it misses.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Kinds of coupling that say that a file reads or writes rows of another module.
ACCESSES = frozenset({"model_access", "orm_lookup", "reverse_accessor", "raw_sql"})


@dataclass(frozen=True)
class Pair:
    """A file (or an app) that reaches the tables of another app."""

    who: str
    app: str


@dataclass
class Comparison:
    """What was seen, what of it is known, and where the rest was seen.

    Attributes:
        seen: by pair, the lines and functions that ran the SQL.
    """

    seen: dict[Pair, list[str]] = field(default_factory=dict[Pair, list[str]])
    told: set[Pair] = field(default_factory=set[Pair])

    @property
    def missed(self) -> list[Pair]:
        """What was seen and is not told."""
        return sorted(self.seen.keys() - self.told, key=lambda pair: (pair.app, pair.who))

    @property
    def recall(self) -> float:
        """The part of what was seen that is told."""
        return 1 - len(self.missed) / len(self.seen) if self.seen else 1.0


def owner(path: str, folders: Mapping[str, str]) -> str | None:
    """The app of a file: that of the deepest folder which it is in."""
    best = max((each for each in folders if path.startswith(each + "/")), key=len, default=None)
    return None if best is None else folders[best]


def compare(
    modules: Iterable[Mapping[str, Any]],
    couplings: Iterable[Mapping[str, Any]],
    evidence: Mapping[str, Any],
) -> tuple[Comparison, Comparison]:
    """Compares by app, and by file.

    Args:
        modules: as in the survey's JSON; each of them one app.
        couplings: as in the survey's JSON.
        evidence: what a recorder wrote. Its apps are those of the tests' settings, which may
            stand in for apps of the project: a file is of the app whose folder it is in.
    """
    folders = {module["path"]: module["label"] for module in modules}
    first_party = set(folders.values())
    tables = {each["table"]: each["app"] for each in evidence["tables"]}
    by_app, by_file = Comparison(), Comparison()
    for line in evidence["lines"]:
        here = owner(line["file"], folders)
        if line["kind"] != "code" or here is None:
            continue
        for statement in line.get("statements", ()):
            there = tables.get(statement["table"])
            if there is None or there == here or there not in first_party:
                continue
            place = f"{line['line']} {line['function']} {statement['verb']} {statement['table']}"
            where = f"{line['file']}:{place}"
            by_app.seen.setdefault(Pair(here, there), []).append(where)
            by_file.seen.setdefault(Pair(line["file"], there), []).append(where)
    for coupling in couplings:
        if coupling["kind"] not in ACCESSES:
            continue
        reached = {coupling["to"]}
        reached |= {label.partition(".")[0] for label in coupling.get("cascades", ())}
        for there in reached - {coupling["from"]}:
            by_app.told.add(Pair(coupling["from"], there))
            by_file.told.add(Pair(coupling["file"], there))
    return by_app, by_file


def shown(name: str, comparison: Comparison, most: int = 3) -> str:
    """A comparison as lines of text."""
    known = len(comparison.seen) - len(comparison.missed)
    lines = [f"{name}: {known} of {len(comparison.seen)} seen are told ({comparison.recall:.1%})"]
    for pair in comparison.missed:
        places = "; ".join(comparison.seen[pair][:most])
        lines.append(f"  missed {pair.who} -> {pair.app}: {places}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Prints the comparison of a survey with what was recorded."""
    survey, evidence = (json.loads(Path(each).read_text()) for each in arguments)
    by_app, by_file = compare(survey["modules"], survey["couplings"], evidence)
    print(shown("apps", by_app))
    print(shown("files", by_file))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
