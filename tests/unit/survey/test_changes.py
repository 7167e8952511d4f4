"""What has changed in a file, where it is no more than bodies of functions and additions."""

from banyan.survey.adapters.tree_sitter import read
from banyan.survey.changes import changes

BEFORE = """
import shop

class Basket:
    limit = 5

    def fill(self, order):
        self.order = order
        return order

    class Meta:
        pass

def buy(order):
    def pay():
        return order
    return pay
"""
WHOLE = "whole a.py"


def changed(now: str, before: str = BEFORE) -> set[str] | None:
    return changes("a.py", read(before.encode()), read(now.encode()))


def edited(old: str, new: str) -> set[str] | None:
    assert old in BEFORE
    return changed(BEFORE.replace(old, new))


def test_a_function_and_a_class_at_the_end_are_additions() -> None:
    found = changed(BEFORE + "\ndef sell(order): ...\n\nclass Price: ...\n")
    assert found == {WHOLE, "missing sell", "missing Price"}


def test_a_name_that_the_file_had_means_something_else_by_it() -> None:
    assert changed(BEFORE + "\ndef buy(order, price): ...\n") is None
    assert changed(BEFORE + "\ndef shop(): ...\n") is None


def test_what_is_written_above_moves_lines_and_changes_nothing_else() -> None:
    assert changed("\n\n# Nothing.\n" + BEFORE) == {WHOLE}


def test_what_is_added_in_between_may_change_anything() -> None:
    assert edited("def buy", "def sell(): ...\n\ndef buy") is None


def test_a_statement_that_does_something_when_it_is_imported_is_no_addition() -> None:
    assert changed(BEFORE + "\nshop.open()\n") is None
    assert changed(BEFORE + "\nfrom shop import *\n") is None
    assert changed(BEFORE + "\n__all__ = ['buy']\n") is None


def test_what_is_gone_may_change_anything() -> None:
    assert changed("import shop\n") is None


def test_another_body_is_known_to_those_who_looked_into_it() -> None:
    assert edited("        return order\n\n", "        return self\n\n") == {
        WHOLE,
        "body a.py Basket.fill",
    }


def test_functions_in_a_function_go_with_its_body() -> None:
    found = edited("    return pay", "    pay()\n    return pay")
    assert found == {WHOLE, "body a.py buy", "body a.py buy.pay"}


def test_another_length_is_another_body() -> None:
    assert edited("    return pay", "    # Later.\n\n    return pay") == {
        WHOLE,
        "body a.py buy",
        "body a.py buy.pay",
    }


def test_whoever_asked_which_attributes_are_assigned_knows_of_a_new_one() -> None:
    found = edited(
        "        return order\n\n", "        self.shop, x = shop, 1\n        return order\n\n"
    )
    assert found == {WHOLE, "body a.py Basket.fill", "methods of a.py Basket"}


def test_all_but_bodies_may_be_known_to_anyone() -> None:
    assert edited("limit = 5", "limit = 6") is None
    assert edited("def fill(self, order)", "def fill(self, order=None)") is None
    assert edited("class Basket:", "class Basket(shop.Basket):") is None
    assert edited("def buy", "@shop.task\ndef buy") is None
    assert edited("import shop", "import shops as shop") is None
    assert edited("        pass", "        abstract = True") is None


def test_files_of_which_only_imports_were_read_are_not_compared() -> None:
    whole = read(BEFORE.encode())
    skimmed = type(whole)(whole.lines, whole.body, is_whole=False)
    assert changes("a.py", skimmed, whole) is None
