"""What the lines of the truth set say is read, and both sorts of difference are seen."""

import msgspec
import pytest
from tests.integration.survey.expectations import (
    Case,
    UnreadableExpectation,
    extra,
    missed,
    read_case,
    read_text,
)

from banyan.survey.facts import Coupling, Kind, Problem, Unresolved

KEY = Coupling(
    kind=Kind.FOREIGN_KEY,
    from_="orders",
    to="users",
    file="orders/models.py",
    line=2,
    source="orders.Order.user",
    target="users.User",
    on_delete="CASCADE",
    null=False,
)


def case_of(text: str, file: str = "orders/models.py") -> Case:
    case = Case("shop")
    read_text(text, file, case)
    return case


def test_an_expectation_is_read_with_its_details() -> None:
    case = case_of(
        "\nuser = key()  # EXPECT: foreign_key orders->users on_delete=CASCADE null=False\n"
    )
    assert [str(wanted) for wanted in case.expected] == [
        "orders/models.py:2: foreign_key orders->users on_delete=CASCADE null=False"
    ]
    assert missed(case, Kind.FOREIGN_KEY, [KEY]) == []


def test_several_are_read_from_one_line() -> None:
    case = case_of(
        "x  # EXPECT: foreign_key a->b; signal a->c; MAY: get_model a->b; UNRESOLVED: Name"
    )
    assert [(wanted.kind, wanted.to, wanted.required) for wanted in case.expected] == [
        ("foreign_key", "b", True),
        ("signal", "c", True),
        ("get_model", "b", False),
    ]
    assert [note.words for note in case.unresolved] == [("name",)]


@pytest.mark.parametrize(
    "comment",
    ["# EXPECT: {}", "{{# EXPECT: {} #}}", "<!-- EXPECT: {} -->", "-- EXPECT: {}"],
)
def test_the_comments_of_other_languages_are_read_too(comment: str) -> None:
    case = case_of(comment.format("url_reverse orders->users target=users.detail"))
    assert [str(wanted) for wanted in case.expected] == [
        "orders/models.py:1: url_reverse orders->users target=users.detail"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# EXPECT: foreign_kye orders->users",
        "# EXPECT: foreign_key orders users",
        "# EXPECT: foreign_key orders->users on_delte=CASCADE",
        "# EXPECT: foreign_key orders->users,",
        "# EXPECT:",
        "# UNRESOLVED:",
    ],
)
def test_a_slip_in_an_expectation_is_an_error(text: str) -> None:
    with pytest.raises(UnreadableExpectation, match=r"orders/models\.py:1"):
        case_of(text)


@pytest.mark.parametrize(
    "change",
    [
        {"line": 3},
        {"file": "orders/views.py"},
        {"to": "payments"},
        {"kind": Kind.ONE_TO_ONE},
        {"on_delete": "PROTECT"},
        {"null": True},
        {"null": None},
        {"target": "users.Address"},
    ],
)
def test_a_coupling_that_differs_does_not_meet_the_expectation(change: dict[str, object]) -> None:
    case = case_of(
        "\n# EXPECT: foreign_key orders->users target=users.User on_delete=CASCADE null=False"
    )
    differences = missed(case, Kind.FOREIGN_KEY, [msgspec.structs.replace(KEY, **change)])
    assert differences
    assert differences[0].startswith("missed orders/models.py:2: foreign_key orders->users")


def test_what_was_found_instead_stands_beside_what_was_missed() -> None:
    case = case_of("# EXPECT: foreign_key orders->users")
    (difference,) = missed(case, Kind.FOREIGN_KEY, [KEY])
    assert "beside orders/models.py:2: foreign_key orders->users" in difference


def test_cascades_are_written_with_commas_in_order() -> None:
    case = case_of("\n# EXPECT: model_access orders->users cascades=a.A,b.B")
    access = msgspec.structs.replace(KEY, kind=Kind.MODEL_ACCESS, cascades=("b.B", "a.A"))
    assert missed(case, Kind.MODEL_ACCESS, [access]) == []


def test_a_star_stands_for_any_module() -> None:
    case = case_of("\n# EXPECT: http_call orders->* host=hard-coded timeout=False")
    call = msgspec.structs.replace(
        KEY, kind=Kind.HTTP_CALL, to="", host="hard-coded", timeout=False
    )
    assert missed(case, Kind.HTTP_CALL, [call]) == []


def test_in_a_complete_file_what_is_not_expected_is_extra() -> None:
    assert extra(case_of("# ALL EXPECTED\n\n"), Kind, [KEY])
    assert not extra(case_of("\n\n"), Kind, [KEY])
    assert not extra(case_of("# ALL EXPECTED\n# MAY: foreign_key orders->users"), Kind, [KEY])
    assert not extra(case_of("# ALL EXPECTED\n\n"), [Kind.SIGNAL], [KEY])


def test_a_complete_file_is_so_for_data_unless_it_says_for_code_too() -> None:
    used = msgspec.structs.replace(KEY, kind=Kind.IMPORT)
    assert not extra(case_of("# ALL EXPECTED\n"), Kind, [used])
    assert extra(case_of("# ALL EXPECTED, code too\n"), Kind, [used])


def test_a_line_that_expects_none_still_may_import() -> None:
    silent = case_of("\n# EXPECT-NONE")
    assert extra(silent, Kind, [KEY])
    assert not extra(silent, Kind, [msgspec.structs.replace(KEY, kind=Kind.MODEL_IMPORT)])
    assert not extra(silent, Kind, [msgspec.structs.replace(KEY, line=3)])


@pytest.mark.parametrize("words", ["computed", "name|computed", "*"])
def test_an_unresolved_place_is_known_by_file_line_and_a_word(words: str) -> None:
    (note,) = case_of(f"x = load()  # UNRESOLVED: {words}").unresolved
    told = Unresolved(file="orders/models.py", line=1, reason="It is Computed.")
    assert note.is_met_by(told)
    assert not note.is_met_by(msgspec.structs.replace(told, line=2))
    assert not note.is_met_by(msgspec.structs.replace(told, file="orders/views.py"))
    assert note.is_met_by(msgspec.structs.replace(told, reason="?")) == (words == "*")


def test_a_problem_is_known_by_its_file() -> None:
    (note,) = case_of("def broken(:  # PROBLEM: parse").problems
    told = Problem(file="orders/models.py", line=7, id="x", message="Does not parse.")
    assert note.is_met_by(told)
    assert not note.is_met_by(msgspec.structs.replace(told, file="orders/views.py"))


def test_what_is_said_of_shared_code_is_read() -> None:
    case = case_of("# SHARED: imports=users imports_models=True used_by=", "common/people.py")
    assert case.shared == {
        "common/people.py": {"imports": "users", "imports_models": "True", "used_by": ""}
    }


def test_a_folder_is_read_whatever_its_encoding(tmp_path) -> None:
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "models.py").write_bytes(
        b"# -*- coding: latin-1 -*-\nname = '\xe9'\n\x0cx = 1  # EXPECT: signal orders->users\n"
    )
    (tmp_path / "settings.py").write_text("# MODULES: orders users\n")
    case = read_case(tmp_path)
    assert [str(wanted) for wanted in case.expected] == ["orders/models.py:3: signal orders->users"]
    assert case.modules == {"orders", "users"}
    assert case.kinds == [Kind.SIGNAL]
