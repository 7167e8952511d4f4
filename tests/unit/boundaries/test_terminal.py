"""The terminal tells what is new, a hint once for each rule, a summary, and the next step."""

from tests.unit.boundaries.made import coupling, survey_of

from banyan.boundaries.checking import Judgement, judge, violations
from banyan.boundaries.checking.baseline import baseline_of
from banyan.boundaries.checking.reports import terminal
from banyan.modules import Project
from banyan.survey.facts import Kind, Problem

ACCESSES = [
    coupling(Kind.MODEL_ACCESS, number, verb="read", source=f"orders.views.v{number:02}")
    for number in range(1, 31)
]
PROJECT = Project("shop")


def text(judgement: Judgement, **more: bool) -> str:
    return terminal.render(judgement, **more)  # type: ignore[arg-type]


def test_where_it_is_and_what_is_wrong_stand_on_one_line_and_the_hint_once() -> None:
    said = text(judge(survey_of(*ACCESSES[:2]), PROJECT, baseline_of([])))
    line = "orders/views.py:1  orders.views.v01 reads users.User of users"
    assert line in said
    assert said.count("→ Contract:") == 1
    assert "shop: 2 new (2 errors), 0 known, 0 fixed, 0 allowed\n" in said
    assert "# banyan: allow[E105] why" in said


def test_the_next_step_names_all_that_one_line_breaks() -> None:
    both = coupling(Kind.IMPORT, target="users.inner.x", face="internal")
    back = coupling(Kind.IMPORT, 3, from_="users", to="orders", target="orders.x", face="public")
    said = text(judge(survey_of(both, back), PROJECT, baseline_of([])))
    assert "# banyan: allow[E102, E103] why" in said


def test_of_what_has_moved_no_more_is_told_than_is_read() -> None:
    known = baseline_of(violations(survey_of(*ACCESSES)))
    gone = judge(survey_of(), PROJECT, known)
    assert text(gone).count("fixed: access") == 20
    assert "… and 10 more: `banyan check --all` lists them" in text(gone)
    assert text(gone, whole=True).count("fixed: access") == 30


def test_without_a_baseline_it_shows_a_sight_of_it_and_how_to_begin() -> None:
    said = text(judge(survey_of(*ACCESSES)))
    assert said.count(" reads users") == 3
    assert "and 27 more" in said
    assert "`banyan init` writes a banyan.toml" in said
    assert text(judge(survey_of(*ACCESSES)), whole=True).count(" reads users") == 30


def test_nothing_new_is_one_line() -> None:
    known = baseline_of(violations(survey_of(*ACCESSES)))
    said = text(judge(survey_of(*ACCESSES), PROJECT, known))
    assert said == "shop: 0 new, 30 known, 0 fixed, 0 allowed\n"


def test_what_was_fixed_says_how_to_update() -> None:
    known = baseline_of(violations(survey_of(*ACCESSES[:1])))
    said = text(judge(survey_of(), PROJECT, known))
    assert "fixed: access orders.views.v01 -> users.User is not there any more" in said
    assert "Next: `banyan check --update` takes out" in said


def test_files_that_could_not_be_read_are_told() -> None:
    broken = Problem(file="a.py", line=1, id="banyan.E016", message="it is broken")
    said = text(judge(survey_of(problems=(broken,))))
    assert "1 file could not be read whole" in said
    assert "`banyan survey -o survey.html` lists them." in said
