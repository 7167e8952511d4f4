"""What a past cut did, told from two surveys and changes written by hand."""

from collections.abc import Iterable

import msgspec
import pytest
from tests.surveys import HOSTILE, module, survey_of
from tests.unit.boundaries.advice.logs import change, log, moment

from banyan.boundaries.advice.aftermath import (
    Aftermath,
    PairAftermath,
    Turn,
    Windows,
    aftermath,
    lines,
    window_of,
    windows,
)
from banyan.boundaries.advice.changes import DAY, TWO_YEARS
from banyan.boundaries.advice.outcomes import Outcome
from banyan.survey.facts import Coupling, Kind, SharedCode, Survey

NAMES = ("orders", "users", "mail", "stock")
CUT = "2026-06-01"


def tie(
    from_: str, to: str, kind: Kind = Kind.MODEL_ACCESS, *, source: str = "", line: int = 1
) -> Coupling:
    return Coupling(
        kind=kind,
        from_=from_,
        to=to,
        file=f"shop/{from_}/views.py",
        line=line,
        source=source or f"shop.{from_}.views.checkout",
        target=f"{to}.{to.capitalize()}" if to else "api.shop.example",
    )


def ties(count: int, from_: str, to: str, kind: Kind = Kind.MODEL_ACCESS) -> list[Coupling]:
    return [tie(from_, to, kind, line=line) for line in range(count)]


def shop(couplings: Iterable[Coupling], names: Iterable[str] = NAMES) -> Survey:
    return msgspec.structs.replace(
        survey_of([module(name, "Thing") for name in names], list(couplings)), shared=()
    )


def seen(before: tuple[int, int] = (0, 0), after: tuple[int, int] = (0, 0)) -> Windows:
    """Of orders and users: how many changes of both, and of one alone, in each window."""
    made = []
    for both, alone in (before, after):
        pairs = [(change("orders", "users"), frozenset({"orders", "users"}))] * both
        made.append((*pairs, *[(change("orders"), frozenset({"orders"}))] * alone))
    return Windows(days=90, before=made[0], after=made[1])


def pair(
    then: Iterable[Coupling], now: Iterable[Coupling], windows: Windows | None = None
) -> PairAftermath:
    told = aftermath(shop(then), shop(now), "f" * 40, windows or seen())
    (found,) = [one for one in told.pairs if (one.first, one.second) == ("orders", "users")]
    return found


def test_a_cut_paid_when_the_two_change_together_more_seldom() -> None:
    then = ties(4, "orders", "users") + ties(2, "orders", "users", Kind.FOREIGN_KEY)
    found = pair(then, [], seen(before=(20, 10), after=(2, 28)))
    assert found.outcome is Outcome.PAID
    assert found.then == {Kind.MODEL_ACCESS: 4, Kind.FOREIGN_KEY: 2}
    assert found.now == {}
    assert (found.together_before, found.either_before) == (20, 30)
    assert (found.together_after, found.either_after) == (2, 30)
    assert found.way_back == ()


def test_a_cut_did_not_pay_when_changes_still_move_together() -> None:
    then = ties(4, "orders", "users") + ties(2, "orders", "users", Kind.FOREIGN_KEY)
    found = pair(then, [], seen(before=(20, 10), after=(18, 12)))
    assert found.outcome is Outcome.TOGETHER
    assert "18 of 30 since" in " ".join(found.said)
    back = " ".join(found.way_back)
    assert "in one module of banyan.toml" in back
    assert "put the 2 relations back" in back
    assert "in place of the 4 queries" in back


@pytest.mark.parametrize(
    ("before", "after"), [((5, 4), (0, 9)), ((9, 30), (0, 5)), ((2, 30), (2, 30)), ((0, 0), (0, 0))]
)
def test_of_few_changes_nothing_is_concluded(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    found = pair(ties(4, "orders", "users"), [], seen(before, after))
    assert found.outcome is Outcome.OPEN
    assert found.way_back == ()


def test_the_coupling_moved_where_the_same_function_does_it_from_a_third_module() -> None:
    source = "shop.checkout.views.pay"
    then = [
        tie("orders", "users", source=source.replace("checkout", "orders"), line=n)
        for n in range(4)
    ]
    now = [
        tie("stock", "users", source=source.replace("checkout", "stock"), line=n) for n in range(4)
    ]
    found = pair(then, now, seen(before=(20, 10), after=(2, 28)))
    assert found.outcome is Outcome.MOVED
    assert found.moved_to == ("stock",)
    assert any("banyan explain stock users" in one for one in found.way_back)


def test_the_coupling_moved_where_a_third_module_stands_between() -> None:
    then = ties(4, "orders", "users")
    now = [tie("stock", "users", source="shop.stock.api.find", line=n) for n in range(3)]
    between = [*now, tie("orders", "stock", Kind.IMPORT)]
    assert pair(then, between).outcome is Outcome.MOVED
    # Without an edge between the two it is a growth of its own.
    assert pair(then, now).outcome is Outcome.OPEN


def test_the_coupling_moved_with_the_thing_that_it_is_to() -> None:
    then = ties(4, "orders", "users")
    now = [msgspec.structs.replace(one, to="mail", target="mail.Users") for one in then]
    found = pair(then, now)
    assert (found.outcome, found.moved_to) == (Outcome.MOVED, ("mail",))


def test_the_coupling_moved_into_shared_code_that_reaches_models() -> None:
    then, now = shop(ties(4, "orders", "users")), shop([])
    between = SharedCode(
        name="shop.lookup",
        path="shop/lookup.py",
        lines=9,
        imports=("users",),
        imports_models=True,
        used_by=("orders",),
    )
    told = aftermath(then, msgspec.structs.replace(now, shared=(between,)), "", seen())
    assert told.pairs[0].outcome is Outcome.MOVED
    assert told.pairs[0].moved_to == ("shop.lookup",)
    # It was there before: the cut has nothing to do with it.
    then = msgspec.structs.replace(then, shared=(between,))
    told = aftermath(then, msgspec.structs.replace(now, shared=(between,)), "", seen())
    assert told.pairs[0].outcome is Outcome.OPEN


def test_more_remote_calls_than_the_queries_that_they_replaced() -> None:
    then = ties(2, "orders", "users", Kind.ORM_LOOKUP) + ties(2, "orders", "users", Kind.IMPORT)
    now = [tie("orders", "", Kind.HTTP_CALL, line=line) for line in range(3)]
    found = pair(then, now, seen(before=(20, 10), after=(2, 28)))
    assert found.outcome is Outcome.REMOTE
    assert "3 HTTP calls and tasks more." in found.said
    assert any("in place of 3 HTTP calls" in one for one in found.way_back)
    assert pair(then, now[:2], seen((20, 10), (2, 28))).outcome is Outcome.PAID


def test_a_pair_that_holds_on_more_has_grown() -> None:
    found = pair(ties(1, "orders", "users"), ties(5, "orders", "users"))
    assert found.outcome is Outcome.GREW
    assert "more: 4 accesses" in found.said[0]


def test_a_little_less_is_no_cut_unless_no_relation_is_left() -> None:
    then = [*ties(20, "orders", "users"), tie("orders", "users", Kind.FOREIGN_KEY)]
    told = aftermath(shop(then), shop(ties(18, "orders", "users")), "", seen())
    assert [one.outcome for one in told.pairs] == [Outcome.OPEN]
    keyed = [*ties(17, "orders", "users"), tie("orders", "users", Kind.FOREIGN_KEY)]
    told = aftermath(shop(then), shop(keyed), "", seen())
    assert (told.pairs, told.others) == ((), 1)
    assert "no two modules were cut apart" in told.headline


def test_a_function_that_got_another_name_has_lost_nothing() -> None:
    then = ties(4, "orders", "users")
    now = [msgspec.structs.replace(one, source="shop.orders.views.renamed") for one in then]
    now += ties(4, "stock", "users")
    told = aftermath(shop(then), shop(now), "", seen())
    assert [(one.first, one.second) for one in told.pairs] == [("stock", "users")]


def test_what_is_no_module_any_more_is_not_praised_for_not_changing() -> None:
    then = shop(ties(4, "orders", "users"))
    now = shop([], names=("orders", "mail"))
    told = aftermath(then, now, "", seen(before=(20, 10), after=(0, 30)))
    assert told.pairs[0].outcome is Outcome.OPEN
    assert any("users is no module" in one for one in told.pairs[0].said)


def test_windows_are_equal_and_leave_out_what_says_nothing() -> None:
    days = ("2026-05-01", "2026-05-30", "2026-06-02", "2026-07-20")
    changes = [change("orders", "users", day=day, commit=day) for day in days]
    changes += [
        change("orders", "users", day=days[2], bot=True),
        change("orders", "users", day=days[2], commit="formatting"),
        change("docs/index.md", day=days[2]),
    ]
    turn = Turn(
        moment=moment(CUT), length=20 * DAY, earlier=frozenset({"2026-05-30", "2026-05-01"})
    )
    found = windows(log(*changes, sweeps=("formatting",)), turn, [module(name) for name in NAMES])
    assert [one.commit for one, _ in found.before] == ["2026-05-30"]
    assert [one.commit for one, _ in found.after] == ["2026-06-02"]
    assert found.days == 20


def test_a_commit_from_a_branch_counts_by_where_it_was_made_not_by_its_date() -> None:
    one = change("orders", "users", day="2026-05-30", commit="on a branch")
    turn = Turn(moment=moment(CUT), length=20 * DAY, earlier=frozenset())
    found = windows(log(one), turn, [module(name) for name in NAMES])
    assert (len(found.before), len(found.after)) == (0, 1)


def test_a_window_is_as_long_as_the_shorter_side_and_never_longer_than_two_years() -> None:
    assert window_of(moment=100, head=150, born=20) == 50
    assert window_of(moment=100, head=500, born=20) == 80
    assert window_of(moment=10 * TWO_YEARS, head=20 * TWO_YEARS, born=0) == TWO_YEARS
    assert window_of(moment=100, head=90, born=20) == 0


def test_all_of_it_is_told_in_lines() -> None:
    then = ties(4, "orders", "users") + ties(1, "mail", "stock")
    now = ties(6, "mail", "stock")
    told = aftermath(shop(then), shop(now), "f" * 40, seen(before=(20, 10), after=(18, 12)))
    told = msgspec.structs.replace(told, unseen=("The history before 2026-01-01.",))
    text = "\n".join(lines(told))
    assert text.startswith(
        "Since ffffffffff: 5 couplings between modules then, 6 now; 1 pair was cut"
    )
    assert "over 90 days before and after it: 30 commits and 30." in text
    assert "orders and users: changes still move together\n" in text
    assert "mail and stock: it grew\n" in text
    assert text.endswith("Not seen: The history before 2026-01-01.")


def test_hostile_names_move_no_cursor() -> None:
    names = ("\x1b[2J", HOSTILE)
    told = aftermath(shop(ties(4, *names), names), shop([], names), "\x1b", seen())
    assert all(one.isprintable() for one in lines(told))


def test_nothing_changed_says_so() -> None:
    same = shop(ties(4, "orders", "users"))
    told = aftermath(same, same, "f" * 40, Windows())
    assert isinstance(told, Aftermath)
    assert lines(told) == [
        "Since ffffffffff: 4 couplings between modules then, 4 now; no two modules were cut apart."
    ]
