"""`./dev run python -m bench.survey_truth PROJECT…`: the survey's relations beside the truth."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from bench.survey_truth import printing, unseen
from bench.survey_truth.comparing import Comparison, compare
from bench.survey_truth.declarations import made_by_libraries
from bench.survey_truth.importgraph import NotGraphed, app_edges
from bench.survey_truth.relations import Truth, read_truth
from bench.survey_truth.sources import Sources
from bench.survey_truth.surveying import NotSurveyed, Survey, read_document, survey


def main() -> int:
    """Compare each project; 1 when one of them could not be surveyed."""
    options = _options()
    settings = dict(one.split("=", 1) for one in options.setting)
    comparisons: list[Comparison] = []
    hidden: list[Mapping[str, unseen.Figures]] = []
    failed = False
    for root in options.projects:
        truth = read_truth(root.resolve(), settings)
        if options.truth_only:
            _say(_truth_lines(root.name, truth))
            continue
        try:
            surveyed = _survey(root.resolve(), options.surveys)
            comparison = _compared(root.resolve(), truth, surveyed)
        except NotSurveyed as problem:
            sys.stderr.write(f"{root.name}: {problem}\n")
            failed = True
            continue
        comparisons.append(comparison)
        _say(printing.of_project(root.name, truth, comparison, options.most))
        if options.unseen:
            of, by = _unseen(root.resolve(), surveyed)
            hidden.append(of)
            _say(unseen.of_project(root.name, of, by))
    if len(comparisons) > 1:
        _say(printing.of_all(comparisons))
        _say(unseen.of_all(hidden) if hidden else iter(()))
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.survey_truth",
        description="Measures a survey's relations against those that a project's migrations tell.",
    )
    parser.add_argument("projects", nargs="+", type=Path, metavar="PROJECT")
    parser.add_argument(
        "--setting",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a setting of all projects that is not read from them: AUTH_USER_MODEL=users.User",
    )
    parser.add_argument(
        "--surveys",
        type=Path,
        metavar="FOLDER",
        help="take each project's survey from FOLDER/NAME.json, instead of running it",
    )
    parser.add_argument(
        "--truth-only", action="store_true", help="no survey: write the relations as JSON lines"
    )
    parser.add_argument(
        "--unseen", action="store_true", help="tell what an import graph does not show, too"
    )
    parser.add_argument(
        "--most", type=int, default=10_000, metavar="N", help="list no more differences than these"
    )
    options = parser.parse_args()
    if any("=" not in one for one in options.setting):
        parser.error("--setting wants NAME=VALUE")
    return options


def _survey(root: Path, folder: Path | None) -> Survey:
    if folder is None:
        return survey(root)
    file = folder / f"{root.name}.json"
    if not file.is_file():
        raise NotSurveyed(f"there is no {file}")
    return read_document(file.read_bytes())


def _compared(root: Path, truth: Truth, surveyed: Survey) -> Comparison:
    by_libraries = made_by_libraries(Sources(root), truth)
    return compare(truth, surveyed.relations(), surveyed.modules.keys(), by_libraries)


def _unseen(root: Path, surveyed: Survey) -> tuple[Mapping[str, unseen.Figures], str]:
    try:
        edges, by = app_edges(root, surveyed.modules.values()), "grimp"
    except NotGraphed as problem:
        edges, by = unseen.edges_of_the_survey(surveyed.couplings), f"the survey; {problem}"
    return {
        "relations": unseen.figures(surveyed.couplings, unseen.RELATIONS, edges),
        "accesses": unseen.figures(surveyed.couplings, unseen.ACCESSES, edges),
    }, by


def _truth_lines(name: str, truth: Truth) -> Iterator[str]:
    for relation in truth.relations:
        yield json.dumps({"project": name, **asdict(relation)})
    for loss in truth.losses:
        yield json.dumps({"project": name, "not_read": asdict(loss)})


def _say(lines: Iterator[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
