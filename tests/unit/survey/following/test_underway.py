"""What depends on itself comes to an end, and is kept only where it is the same for all."""

from banyan.survey.following.underway import Underway


def test_what_depends_on_nothing_that_is_begun_can_be_kept() -> None:
    underway = Underway()
    underway.begin("outer")
    underway.begin("inner")
    assert underway.end("inner", 1) == {}
    assert underway.end("outer", 2) == {}


def test_a_knot_is_left_with_what_was_found_for_all_in_it() -> None:
    underway = Underway()
    underway.begin("root")
    underway.begin("one")
    assert underway.is_begun("root")
    assert underway.end("one", 1) is None
    assert underway.passing("one") == 1
    assert underway.end("root", 2) == {"one": 1, "root": 2}
    assert underway.passing("one") is None


def test_whoever_takes_a_passing_result_depends_on_what_it_depends_on() -> None:
    underway = Underway()
    underway.begin("root")
    underway.begin("one")
    underway.is_begun("root")
    underway.end("one", 1)
    underway.begin("two")
    underway.passing("one")
    assert underway.end("two", 2) is None
    assert underway.end("root", 3) == {"one": 1, "two": 2, "root": 3}


def test_what_depends_on_one_that_is_left_depends_on_what_that_depends_on() -> None:
    underway = Underway()
    underway.begin("root")
    underway.begin("middle")
    underway.is_begun("root")
    underway.begin("inner")
    underway.is_begun("middle")
    assert underway.end("inner", 1) is None
    assert underway.end("middle", 2) is None
    underway.begin("other")
    underway.passing("inner")
    assert underway.end("other", 3) is None
    assert underway.is_within(frozenset({"root"}))
    assert not underway.is_within(frozenset({"inner"}))


def test_nothing_is_kept_of_what_is_begun_when_something_is_left_out() -> None:
    underway = Underway()
    underway.begin("outer")
    underway.begin("inner")
    underway.give_up()
    assert underway.end("inner", 1) is None
    assert underway.end("outer", 2) is None
    underway.clear()
    assert underway.passing("outer") is None
