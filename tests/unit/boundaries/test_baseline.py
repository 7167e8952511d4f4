"""The baseline survives edits, merges and people, and shrinks only."""

import json
import random
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.unit.boundaries.made import violation

from banyan.boundaries import Rule, Violation
from banyan.boundaries.checking import baseline, reading
from banyan.boundaries.checking.adapters.files import read_baseline, write_baseline
from banyan.boundaries.checking.baseline import (
    Baseline,
    Entry,
    baseline_of,
    compare,
    render,
    updated,
)
from banyan.boundaries.checking.reading import parse
from banyan.conf.writing import quoted
from banyan.findings import FindingsError

FILE = Path("banyan.baseline.toml")


def some() -> list[Violation]:
    return [
        violation(),
        violation("orders.Order.user", rule=Rule.RELATION),
        violation("orders.Order.helper", rule=Rule.RELATION),
        violation(rule=Rule.CYCLE),
        violation(rule=Rule.USE),
        violation("shop.mail", consumer="shop.mail", rule=Rule.LIBRARY_MODELS),
        violation("pay.charge", "", Rule.NO_TIMEOUT, owner="", consumer="pay"),
        violation(rule=Rule.USE, owner="schema"),
        violation(owner="schema", consumer="schema"),
        violation('pay."x"', 'say "é" -> \\ \x7f', Rule.RAW_SQL, owner="a b", consumer="pay"),
    ]


def refused(text: str) -> str:
    with pytest.raises(FindingsError) as caught:
        parse(text.encode(), FILE)
    (finding,) = caught.value.findings
    assert finding.id == "banyan.E124"
    assert finding.location is not None
    return f"{finding.location} {finding.message}"


def test_it_is_readable_sorted_and_one_violation_a_line() -> None:
    text = render(baseline_of(some()))
    assert (
        """
[users.orders]
access = [
    "orders.views.checkout -> users.User",
]
cycle = [
    "orders -> users",
]
relation = [
    "orders.Order.helper -> users.User",
    "orders.Order.user -> users.User",
]
use = [
    "orders -> users",
]
"""
        in text
    )
    assert '[users."shop.mail"]\n' in text
    assert '["*".pay]\nno_timeout = [\n    "pay.charge -> *",\n]' in text


def test_it_says_the_same_for_the_same_violations_in_any_order() -> None:
    mixed = some()
    random.Random(7).shuffle(mixed)
    assert render(baseline_of(mixed)) == render(baseline_of(some()))


def test_what_is_written_is_what_is_read() -> None:
    known = baseline_of(some())
    read = parse(render(known).encode(), FILE)
    assert set(read.entries) == set(known.entries)
    assert render(read) == render(known)


def test_each_entry_knows_its_line() -> None:
    text = render(baseline_of(some()))
    lines = text.splitlines()
    for entry, line in parse(text.encode(), FILE).entries.items():
        assert lines[line - 1].strip() == f"{quoted(entry.text)},"


def test_moved_lines_leave_a_violation_the_same() -> None:
    known = baseline_of([violation(lines=(7,))])
    compared = compare([violation(lines=(1, 99))], known)
    assert (compared.new, compared.fixed, compared.moved) == ((), (), ())
    assert len(compared.known) == 1


def test_it_is_compared_both_ways() -> None:
    stays, came, gone = violation("a.x"), violation("a.y"), violation("a.z", "users.Other")
    compared = compare([stays, came], baseline_of([stays, gone]))
    assert compared.known == (stays,)
    assert compared.new == (came,)
    assert compared.fixed == (Entry.of(gone),)


def test_without_a_baseline_all_is_new() -> None:
    assert compare([violation()], None).new == (violation(),)


def test_what_has_another_source_is_told_as_moved() -> None:
    before, after = violation("orders.views.pay"), violation("orders.checkout.pay")
    compared = compare([after], baseline_of([before]))
    assert not compared.new
    assert not compared.fixed
    assert [(one.before, one.violation) for one in compared.moved] == [(Entry.of(before), after)]


def test_what_the_same_source_does_to_a_name_in_a_renamed_file_is_told_as_moved() -> None:
    def imported(target: str, source: str = "orders.views") -> Violation:
        return violation(source, target, Rule.INTERNALS)

    before = [imported("users.tools.a"), imported("users.tools.b")]
    after = [imported("users.toolbox.a"), imported("users.toolbox.c")]
    known = baseline_of(before)
    compared = compare(after, known)
    assert [(one.before, one.violation) for one in compared.moved] == [
        (Entry.of(before[0]), after[0])
    ]
    assert compared.new == (after[1],)
    assert compared.fixed == (Entry.of(before[1]),)
    assert set(updated(known, compared).entries) == {Entry.of(after[0])}
    both = compare([imported("users.toolbox.a", "orders.pages")], known)
    assert not both.moved


def test_of_several_that_may_have_moved_the_likest_names_belong_together() -> None:
    before = [violation("orders.views.pay"), violation("orders.views.show")]
    after = [violation("orders.pages.show"), violation("orders.views.settle")]
    compared = compare(after, baseline_of(before))
    assert {one.before.source: one.violation.source for one in compared.moved} == {
        "orders.views.pay": "orders.views.settle",
        "orders.views.show": "orders.pages.show",
    }


def test_more_than_have_gone_cannot_have_moved() -> None:
    after = [violation("orders.a.pay"), violation("orders.b.pay")]
    compared = compare(after, baseline_of([violation("orders.views.pay")]))
    assert len(compared.moved) == 1
    assert len(compared.new) == 1


@pytest.mark.parametrize(
    "after",
    [
        violation("orders.b", "users.Other"),
        violation("orders.b", rule=Rule.LOOKUP),
        violation("orders.b", owner="payments"),
        violation("orders.b", consumer="payments"),
    ],
)
def test_what_does_something_else_has_not_moved(after: Violation) -> None:
    compared = compare([after], baseline_of([violation("orders.a")]))
    assert compared.new == (after,)
    assert len(compared.fixed) == 1


def test_to_update_removes_and_renames_and_never_adds() -> None:
    stays, before, gone = violation("a.x"), violation("a.y"), violation("a.z", "users.Other")
    after, came = violation("b.y"), violation("a.new", "users.New")
    known = baseline_of([stays, before, gone])
    compared = compare([stays, after, came], known)
    assert set(updated(known, compared).entries) == {Entry.of(stays), Entry.of(after)}


def test_two_branches_that_add_each_something_can_be_merged(tmp_path: Path) -> None:
    base = [violation(f"orders.views.v{number}") for number in range(9)]
    mine = [*base, violation("orders.views.v3_more"), violation(owner="common")]
    theirs = [one for one in base if not one.source.endswith("v7")]
    theirs.append(violation("orders.Order.user", rule=Rule.RELATION))
    for name, content in (("mine", mine), ("base", base), ("theirs", theirs)):
        (tmp_path / name).write_text(render(baseline_of(content)))
    merged = subprocess.run(
        ["git", "merge-file", "-p", "mine", "base", "theirs"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    ).stdout
    whole = [one for one in mine if not one.source.endswith("v7")]
    whole.append(violation("orders.Order.user", rule=Rule.RELATION))
    assert merged.decode() == render(baseline_of(whole))
    assert set(parse(merged, FILE).entries) == set(baseline_of(whole).entries)


def test_two_branches_at_one_place_leave_marks_that_are_told(tmp_path: Path) -> None:
    for name, source in (("mine", "orders.b"), ("base", "orders.a"), ("theirs", "orders.c")):
        content = {violation("orders.a").identity: violation("orders.a")}
        content[violation(source).identity] = violation(source)
        (tmp_path / name).write_text(render(baseline_of(content.values())))
    run = subprocess.run(
        ["git", "merge-file", "-p", "mine", "base", "theirs"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    said = refused(run.stdout.decode())
    line = run.stdout.decode().splitlines().index("<<<<<<< mine") + 1
    assert said.startswith(f"banyan.baseline.toml:{line} ")
    assert "marks of a merge" in said


HEAD = 'schema = "banyan.baseline/1"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "banyan.baseline.toml banyan.baseline.toml does not say schema"),
        ('schema = "banyan.baseline/2"\n', "banyan.baseline.toml:1:1 "),
        (HEAD + "[users.orders]\naccess = [\n", "banyan.baseline.toml:"),
        (HEAD + "[users.orders]\n\n[users.orders]\n", "is no valid TOML"),
        (HEAD + "[users.orders]\nacess = []\n", "banyan.baseline.toml:3:1 'acess' in"),
        (HEAD + "[users.orders]\naccess = 'x'\n", "banyan.baseline.toml:3:1 access of users.or"),
        (HEAD + "[users.orders]\naccess = [\n 'x',\n]\n", "banyan.baseline.toml:4:2 'x' in"),
        (HEAD + "[users.orders]\naccess = [\n 7,\n]\n", "banyan.baseline.toml:4:2 7 in"),
        (HEAD + "[users.orders]\nuse = [\n 'a -> users',\n]\n", "banyan.baseline.toml:4:2 "),
        (HEAD + '[users.orders]\naccess = [\n    "x",\n]\n', "banyan.baseline.toml:4:5 'x' in"),
        (HEAD + "[schema.orders]\n", "is no valid TOML"),
        (HEAD + "users = 7\n", "banyan.baseline.toml:2:1 'users' in"),
        (HEAD + "[users]\norders = 7\n", "banyan.baseline.toml:3:1 'users.orders' in"),
    ],
)
def test_a_broken_file_gets_one_finding_that_says_where(text: str, said: str) -> None:
    assert said in refused(text)


def test_a_file_is_written_whole_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / FILE
    assert read_baseline(file) is None
    write_baseline(file, baseline_of(some()))
    read = read_baseline(file)
    assert read is not None
    assert read == Baseline(read.entries, file)
    assert set(read.entries) == set(baseline_of(some()).entries)
    assert [one.name for one in tmp_path.iterdir()] == [FILE.name]


def test_the_packaged_schema_is_the_one_that_the_code_gives() -> None:
    packaged = Path(baseline.__file__).parent / "banyan.baseline.schema.json"
    assert json.loads(packaged.read_text()) == baseline.json_schema()


@given(
    st.lists(
        st.builds(
            Entry,
            owner=st.text(min_size=1) | st.just("schema") | st.just(""),
            consumer=st.text(min_size=1),
            rule=st.sampled_from(sorted(Rule)),
            source=st.text(min_size=1).filter(lambda text: " -> " not in text),
            target=st.text(),
        )
    )
)
def test_any_names_are_read_as_they_were_written_and_as_toml_reads_them(
    entries: list[Entry],
) -> None:
    whole = [
        replace(one, source="", target="") if one.rule in (Rule.USE, Rule.CYCLE) else one
        for one in entries
        if one.owner not in ("*", "*schema")
        and one.target != "*"
        and " -> " not in one.consumer + one.owner
        and not any("\ud800" <= char <= "\udfff" for char in f"{one.owner}{one.consumer}")
    ]
    text = render(Baseline(dict.fromkeys(whole, 0)))
    quick = parse(text.encode(), FILE)
    # With a blank behind, it is not as it was rendered, and all of TOML is read.
    slow = parse((text + " \n").encode(), FILE)
    assert reading._as_rendered(text) is not None
    assert reading._as_rendered(text + " \n") is None
    assert set(quick.entries) == set(whole)
    assert quick == slow
