"""What was added to a file, and whether it is nothing else that is different."""

from banyan.survey.adapters.tree_sitter import read
from banyan.survey.additions import added, parts

_BEFORE = "import shop\n\ndef buy(order):\n    return order\n"


def _added(now: str, before: str = _BEFORE) -> set[str] | None:
    body = read(now.encode()).body
    return added(parts(read(before.encode()).body), parts(body), body)


def test_a_function_and_a_class_at_the_end_are_additions() -> None:
    assert _added(_BEFORE + "\ndef sell(order): ...\n\nclass Price: ...\n") == {"sell", "Price"}


def test_a_name_that_the_file_had_means_something_else_by_it() -> None:
    assert _added(_BEFORE + "\ndef buy(order, price): ...\n") is None
    assert _added(_BEFORE + "\ndef shop(): ...\n") is None


def test_what_is_written_above_moves_the_lines_of_what_follows() -> None:
    assert _added("\n" + _BEFORE) is None
    assert _added("import shop\ndef sell(): ...\n\ndef buy(order):\n    return order\n") is None


def test_a_statement_that_does_something_when_it_is_imported_is_no_addition() -> None:
    assert _added(_BEFORE + "\nshop.open()\n") is None
    assert _added(_BEFORE + "\nfrom shop import *\n") is None
    assert _added(_BEFORE + "\n__all__ = ['buy']\n") is None


def test_what_is_gone_or_different_is_no_addition() -> None:
    assert _added("import shop\n") is None
    assert _added(_BEFORE.replace("return order", "return shop") + "\ndef sell(): ...\n") is None


def test_nothing_is_added_where_nothing_is_different() -> None:
    assert _added(_BEFORE) == set()
