"""A comment allows what stands on its line, says why, and is told when it allows nothing."""

import pytest
from tests.unit.boundaries.made import violation

from banyan.boundaries import Rule
from banyan.boundaries.checking.allowances import Sifted, sift
from banyan.survey.facts import Allowance


def allowance(text: str, line: int = 7, *, is_alone: bool = False) -> Allowance:
    return Allowance(file="orders/views.py", line=line, text=text, is_alone=is_alone)


def told(sifted: Sifted) -> list[str]:
    return [f"{one.id} {one.location}" for one in sifted.findings]


def test_on_the_line_itself() -> None:
    sifted = sift([violation()], [allowance("allow[E105] why")])
    assert not sifted.left
    assert not sifted.findings
    assert [one.reasons for one in sifted.allowed] == [("why",)]


def test_alone_on_the_line_before() -> None:
    assert not sift([violation()], [allowance("allow[E105] why", 6, is_alone=True)]).left


def test_at_the_end_of_the_line_before_it_is_about_that_line() -> None:
    sifted = sift([violation()], [allowance("allow[E105] why", 6)])
    assert len(sifted.left) == 1
    assert told(sifted) == ["banyan.E120 orders/views.py:6"]


def test_several_alone_are_about_the_line_below_them_all() -> None:
    sifted = sift(
        [violation(), violation(rule=Rule.LOOKUP)],
        [
            allowance("allow[E105] why", 5, is_alone=True),
            allowance("allow[E106] why", 6, is_alone=True),
        ],
    )
    assert not sifted.left
    assert not sifted.findings


def test_several_ids_in_one_comment() -> None:
    both = [violation(), violation(rule=Rule.LOOKUP)]
    assert not sift(both, [allowance("allow[E105, banyan.E106] why")]).left


def test_another_rule_is_not_allowed_and_the_comment_is_told() -> None:
    sifted = sift([violation()], [allowance("allow[E104] why")])
    assert len(sifted.left) == 1
    assert told(sifted) == ["banyan.E120 orders/views.py:7"]
    assert "E104" in sifted.findings[0].message


def test_of_two_ids_the_one_that_matches_nothing_is_told() -> None:
    sifted = sift([violation()], [allowance("allow[E104, E105] why")])
    assert not sifted.left
    assert [one.message for one in sifted.findings] == [
        "the comment allows E104, and nothing on line 7 breaks that rule"
    ]


def test_one_place_of_several_leaves_the_others() -> None:
    sifted = sift([violation(lines=(7, 9))], [allowance("allow[E105] why")])
    (left,) = sifted.left
    assert [spot.line for spot in left.spots] == [9]
    assert not sifted.allowed
    assert not sifted.findings


def test_all_places_must_be_allowed() -> None:
    comments = [allowance("allow[E105] one"), allowance("allow[E105] other", 9)]
    (allowed,) = sift([violation(lines=(7, 9))], comments).allowed
    assert allowed.reasons == ("one", "other")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("allow[E105]", "gives no reason"),
        ("allow[E105]   ", "gives no reason"),
        ("allow", "names no rule"),
        ("allow E105 why", "names no rule"),
        ("allow[] why", "names no rule"),
        ("allow[E999] why", "E999 is no rule"),
        ("allow[E120] why", "E120 is no rule"),
        ("allow[e105] why", "e105 is no rule"),
    ],
)
def test_a_comment_that_allows_nothing_is_told_as_such_and_only_so(text: str, said: str) -> None:
    sifted = sift([violation()], [allowance(text)])
    assert len(sifted.left) == 1
    assert [one.id for one in sifted.findings] == ["banyan.E121"]
    assert said in sifted.findings[0].message


def test_another_file_is_another_place() -> None:
    elsewhere = Allowance(file="orders/admin.py", line=7, text="allow[E105] why")
    assert len(sift([violation()], [elsewhere]).left) == 1


def test_a_comment_without_a_reason_is_shown_with_its_own_ids() -> None:
    (finding,) = sift([violation()], [allowance("allow[E102, E105]")]).findings
    assert "`# banyan: allow[E102, E105] why`" in finding.hint
