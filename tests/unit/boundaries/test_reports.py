"""A judgement as JSON, SARIF and GitHub's annotations says the same, in each one's own form."""

import json as plain_json
from pathlib import Path
from typing import Any

import msgspec
from tests.unit.boundaries.made import coupling, survey_of, violation

from banyan.boundaries import LAWS, Rule
from banyan.boundaries.checking import Judgement, judge
from banyan.boundaries.checking import judgement as beside
from banyan.boundaries.checking.baseline import baseline_of
from banyan.boundaries.checking.reports import github, json, sarif, telling
from banyan.findings import Finding, Level, Location
from banyan.modules import Checking, Module, Project
from banyan.survey.facts import Allowance, Kind, Problem

PACKAGED = Path(beside.__file__).parent / "banyan.findings.schema.json"
PROJECT = Project(
    "shop",
    modules={name: Module(name, (name,), calls=("users",)) for name in ("orders", "users")},
    check=Checking(levels={"E106": "warning"}),
)


def judged() -> Judgement:
    """New: an access at two places and a join; known: a signal; fixed: a relation; an allowance."""
    known = [violation(rule=Rule.SIGNAL), violation(rule=Rule.RELATION)]
    survey = survey_of(
        coupling(Kind.MODEL_ACCESS, 7, verb="read"),
        coupling(Kind.MODEL_ACCESS, 9, verb="read"),
        coupling(Kind.ORM_LOOKUP, 12, lookup="user__email"),
        coupling(Kind.SIGNAL, 20),
        allowances=(Allowance(file="orders/a b.py", line=3, text="allow[E104] why, so: 100%"),),
        problems=(Problem(file="orders/old.py", line=1, id="banyan.E801", message="no Python"),),
    )
    baseline = msgspec.structs.replace(baseline_of(known), file=Path("banyan.baseline.toml"))
    return judge(survey, PROJECT, baseline)


def made(*findings: Finding) -> Judgement:
    return Judgement(project="shop", is_described=True, findings=findings)


def finding(message: str, line: int = 1, level: Level = Level.ERROR) -> Finding:
    return Finding("banyan.E122", message, "Do it.", Location(Path("orders/a.py"), line), level)


# --- JSON


def test_json_tells_what_is_new_known_and_fixed() -> None:
    told = plain_json.loads(json.render(judged()))
    assert (told["schema"], told["project"], told["fails"]) == ("banyan.findings/1", "shop", True)
    states = [(one["state"], one["id"]) for one in told["violations"]]
    assert states == [
        ("new", "banyan.E105"),
        ("new", "banyan.E106"),
        ("known", "banyan.E109"),
        ("fixed", "banyan.E104"),
    ]
    first = told["findings"][0]
    assert first["url"].endswith("docs/findings/banyan.E105.md")
    assert (first["file"], first["line"], first["level"]) == ("orders/views.py", 7, "error")
    assert [one["line"] for one in told["violations"][0]["spots"]] == [7, 9]


def test_json_reads_back_as_the_report_that_it_was() -> None:
    text = json.render(judged()).encode()
    report = msgspec.json.decode(text, type=json.Report, strict=True)
    assert report.counts[Rule.ACCESS].new == 1
    assert json.render(judged()).encode() == text


def test_the_packaged_schema_is_the_one_that_the_structures_give() -> None:
    assert plain_json.loads(PACKAGED.read_text()) == json.json_schema(), (
        "Refresh it from banyan.boundaries.checking.reports.json.json_schema()"
    )
    assert json.json_schema()["$defs"]["Report"]["properties"]["schema"] == {
        "const": "banyan.findings/1"
    }


# --- SARIF


def run_of(judgement: Judgement, within: str = "") -> dict[str, Any]:
    log = plain_json.loads(sarif.render(judgement, within))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


def test_each_finding_is_a_result_of_a_rule_that_has_its_page() -> None:
    run = run_of(judged())
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["helpUri"].endswith(f"docs/findings/{rule['id']}.md")
    assert [one["level"] for one in run["results"][:2]] == ["error", "warning"]
    (related,) = run["results"][0]["relatedLocations"]
    assert related["physicalLocation"]["region"] == {"startLine": 9}
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "orders/old.py" in notification["message"]["text"]


def test_a_fingerprint_stays_when_lines_move_and_is_no_other_findings() -> None:
    def prints(*lines: int) -> set[str]:
        survey = survey_of(
            *(coupling(Kind.MODEL_ACCESS, line, verb="read") for line in lines),
            coupling(Kind.ORM_LOOKUP, lines[0], lookup="user__email"),
        )
        results = run_of(judge(survey, PROJECT))["results"]
        found = {one["partialFingerprints"]["finding/v1"] for one in results}
        assert len(found) == len(results) == 2
        return found

    assert prints(7) == prints(8, 31)


def test_findings_of_one_text_in_one_file_are_told_apart() -> None:
    results = run_of(made(finding("twice", 1), finding("twice", 2)))["results"]
    assert len({one["partialFingerprints"]["finding/v1"] for one in results}) == 2


def test_files_are_told_from_the_folder_that_a_scanner_looks_from() -> None:
    result = run_of(made(finding("x")), within="back end")["results"][0]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "back%20end/orders/a.py", "uriBaseId": "%SRCROOT%"}


def test_more_results_than_an_upload_may_have_are_left_out_and_counted() -> None:
    run = run_of(made(*(finding(f"number {one}") for one in range(25_003))))
    assert len(run["results"]) == 25_000
    said = run["invocations"][0]["toolExecutionNotifications"]
    assert said[0]["message"]["text"].startswith("3 findings are left out")


# --- GitHub


def commands(judgement: Judgement, within: str = "") -> list[str]:
    return [one for one in github.render(judgement, within).splitlines() if one.startswith("::")]


def test_a_finding_is_a_command_with_its_place() -> None:
    first, second, *_ = commands(judged(), "backend")
    assert first.startswith(
        "::error file=backend/orders/views.py,title=banyan.E105 reads or writes another module's "
        "rows,line=7::orders.views.checkout reads users.User of users (1 more place).%0A"
    )
    assert second.startswith("::warning file=backend/orders/views.py,")


def test_what_has_a_meaning_in_a_command_is_escaped() -> None:
    place = Location(Path("a,b:c%.py"), 3)
    (command,) = commands(made(Finding("banyan.E122", "100% of\r\nit: a, b::error::", "", place)))
    assert command.startswith("::error file=a%2Cb%3Ac%25.py,")
    assert "::100%25 of%0D%0Ait: a, b::error::." in command


def test_no_line_of_the_log_begins_a_command() -> None:
    text = github.render(made(Finding("banyan.E122", "x\n::add-mask::y", "")))
    assert [one for one in text.splitlines() if "add-mask" in one and one.startswith("::add")] == []


def test_no_more_annotations_than_are_shown_and_all_in_the_log() -> None:
    many = made(
        *(finding(f"error {one}") for one in range(12)),
        *(finding(f"note {one}", level=Level.INFO) for one in range(3)),
    )
    told = commands(many)
    assert sum(one.startswith("::error") for one in told) == 10
    assert sum(one.startswith("::notice") for one in told) == 3
    lines = github.render(many).splitlines()
    assert sum("error 11" in one for one in lines) == 1
    assert lines[-1] == "banyan check: 12 error, 3 info; it fails."


def test_where_nothing_is_found_a_line_says_so() -> None:
    assert github.render(made()) == "banyan check: nothing new.\n"


def test_every_rule_and_every_finding_of_the_bookkeeping_has_a_title() -> None:
    assert {law.id for law in LAWS.values()} < set(telling.TITLES)
    assert {one.id for one in judged().findings} <= set(telling.TITLES)
