"""`./dev run python -m bench.check_replay REPOSITORY`: what a check tells of each commit."""

import argparse
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.check_replay.history import History
from bench.check_replay.replaying import Key, Step, replay


def main() -> int:
    """Replay a history; 1 when a violation was told at another commit than at its own."""
    options = _options()
    with TemporaryDirectory(prefix="banyan-replay-") as folder:
        history = History(options.repository, Path(folder) / "clone")
        commits = history.last(options.number + 1)
        steps: list[Step] = []
        for step in replay(history, commits, Path(folder) / "cache"):
            steps.append(step)
            _say(_of_step(step))
    _say(_of_all(steps))
    return 0 if all(step.is_right for step in steps) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.check_replay",
        description="Checks each of the last commits against the baseline of the one before, and "
        "compares what is told with the difference of two surveys that begin from nothing.",
    )
    parser.add_argument("repository", type=Path, help="A clone with its history; is only read.")
    parser.add_argument("-n", "--number", type=int, default=200, help="How many commits.")
    return parser.parse_args()


def _of_step(step: Step) -> list[str]:
    lines: list[str] = []
    judged = step.judged
    if step.brought or step.gone or not step.is_right:
        lines.append(
            f"{step.commit.id[:10]} {step.commit.subject[:70]}: {len(judged.new)} new, "
            f"{len(judged.moved)} moved, {len(judged.fixed)} fixed"
        )
    for one in judged.new:
        spot = one.spots[0]
        lines.append(f"  + {one.law.id} {spot.file}:{spot.line} {one.message}")
    lines += [
        f"  ~ {one.violation.law.id} {one.before.text} is now of {one.violation.source}"
        for one in judged.moved
    ]
    for what, keys in (
        ("told, and not brought", step.told - step.brought),
        ("brought, and not told", step.brought - step.told),
        ("told as gone, and is not", step.told_gone - step.gone),
        ("gone, and not told", step.gone - step.told_gone),
    ):
        lines += [f"  ! {what}: {' '.join(key)}" for key in sorted(keys)]
    return lines


def _of_all(steps: list[Step]) -> list[str]:
    told: Counter[Key] = Counter(key for step in steps for key in step.told)
    brought: Counter[Key] = Counter(key for step in steps for key in step.brought)
    new = sum(len(step.judged.new) for step in steps)
    moved = sum(len(step.judged.moved) for step in steps)
    fixed = sum(len(step.judged.fixed) for step in steps)
    touched = sum(bool(step.brought) for step in steps)
    again = sum(count - 1 for count in brought.values())
    return [
        "",
        f"{len(steps)} commits, {touched} of which bring {sum(brought.values())} violations "
        f"({len(brought)} different ones; {again} came again after they had gone)",
        f"told: {new} as new, {moved} as moved, {fixed} as fixed",
        f"told at another commit than their own: {sum((told - brought).values())}; "
        f"never told: {sum((brought - told).values())}",
        f"commits that were told right: {sum(step.is_right for step in steps)} of {len(steps)}",
    ]


def _say(lines: list[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
