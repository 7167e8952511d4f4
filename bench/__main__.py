"""`./dev bench`: runs the benches by name, each file in a process of its own."""

import argparse
import json
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.measuring import Bench, Result, measure

FOLDER = Path(__file__).parent
NOT_BENCHES = {"__init__", "__main__", "measuring"}
LEAST_ROUNDS = 5


def files() -> list[str]:
    """The names of the files that hold benches."""
    return sorted(file.stem for file in FOLDER.glob("*.py") if file.stem not in NOT_BENCHES)


def benches_of(file: str) -> list[Bench]:
    """The benches that a file declares, in its order."""
    module = import_module(f"bench.{file}")
    return [value for value in vars(module).values() if isinstance(value, Bench)]


def run_in_a_new_process(file: str, rounds: int) -> list[Result]:
    """Measure the benches of a file, in a process of its own: each may set up a Django project.

    Raises:
        subprocess.CalledProcessError: a bench of the file could not be run.
    """
    command = [sys.executable, "-m", "bench", "--only-file", file, "--rounds", str(rounds)]
    done = subprocess.run(command, cwd=FOLDER.parent, stdout=subprocess.PIPE, text=True, check=True)
    return [Result(**result) for result in json.loads(done.stdout.splitlines()[-1])]


def show(results: list[Result]) -> None:
    """Print the results as a table for people."""
    table = Table("bench", "ours", "peer", "unit", "ratio", "goal", "", title=None)
    for result in results:
        table.add_row(
            result.name,
            f"{result.ours:.4g}",
            f"{result.peer:.4g} ({result.peer_name})",
            result.unit,
            f"{result.ratio:.3g}",
            result.goal,
            "[green]met[/]" if result.met else "[red]NOT MET[/]",
        )
    Console().print(table)


def main() -> int:
    """Run the named benches, or all of them; 0 when each could be run."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(files())}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results there, too")
    parser.add_argument("--rounds", type=int, default=7, help="at least 5 (default: 7)")
    parser.add_argument("--only-file", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rounds < LEAST_ROUNDS:
        parser.error(f"--rounds must be at least {LEAST_ROUNDS}")
    if options.only_file:
        results = [measure(one, options.rounds) for one in benches_of(options.only_file)]
        sys.stdout.write(json.dumps([asdict(result) for result in results]) + "\n")
        return 0
    unknown = sorted(set(options.names) - set(files()))
    if unknown:
        parser.error(f"no bench {', '.join(unknown)}; there are: {', '.join(files())}")
    results = []
    failed = []
    for file in options.names or files():
        try:
            results += run_in_a_new_process(file, options.rounds)
        except subprocess.CalledProcessError:
            failed.append(file)
    if results:
        show(results)
    if options.json:
        document = {"results": [asdict(result) for result in results]}
        options.json.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    if failed:
        sys.stderr.write(f"could not be run: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
