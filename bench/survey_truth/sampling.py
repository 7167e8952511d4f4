"""Draws couplings of a survey by chance, with the code around them, to be judged by hand.

``python -m bench.survey_truth.sampling SURVEY.json PROJECT --kinds model_access --size 100``
prints them numbered; the same seed draws the same ones.
"""

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

AROUND = 6


def drawn(
    couplings: Sequence[Mapping[str, Any]], kinds: Sequence[str], size: int, seed: int
) -> list[Mapping[str, Any]]:
    """Couplings of some kinds in ordinary code, in the order in which they were drawn."""
    among = [one for one in couplings if one["kind"] in kinds and not one.get("place")]
    return random.Random(seed).sample(among, min(size, len(among)))


def shown(number: int, coupling: Mapping[str, Any], root: Path) -> str:
    """A coupling and the lines around it."""
    details = {
        key: value
        for key, value in coupling.items()
        if key not in ("kind", "from", "to", "file", "line", "source", "target")
    }
    said = " ".join(f"{key}={value}" for key, value in details.items())
    head = (
        f"### {number}. {coupling['kind']} {coupling['source']} -> {coupling['target']} {said}\n"
        f"{coupling['file']}:{coupling['line']} ({coupling['from']} -> {coupling['to']})"
    )
    lines = (root / coupling["file"]).read_text(errors="replace").splitlines()
    first = max(coupling["line"] - AROUND, 1)
    body = [
        f"{'>' if at == coupling['line'] else ' '} {at:5} {text}"
        for at, text in enumerate(lines[first - 1 : coupling["line"] + AROUND], first)
    ]
    return "\n".join([head, *body, ""])


def main(arguments: Sequence[str]) -> int:
    """Print a sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("survey", type=Path)
    parser.add_argument("project", type=Path)
    parser.add_argument("--kinds", nargs="+", required=True)
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    couplings = json.loads(given.survey.read_text())["couplings"]
    for number, one in enumerate(drawn(couplings, given.kinds, given.size, given.seed), 1):
        print(shown(number, one, given.project))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
