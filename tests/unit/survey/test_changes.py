"""What has changed in a file, name by name."""

import pytest

from banyan.survey.adapters.tree_sitter import read
from banyan.survey.changes import changes

BEFORE = """
import shop

class Basket:
    limit = 5
    owner: shop.User

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


def changed(now: str, before: str = BEFORE) -> set[str]:
    return changes("a.py", read(before.encode()), read(now.encode()))


def edited(old: str, new: str) -> set[str]:
    assert old in BEFORE
    return changed(BEFORE.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    return pay\n", "    return pay\n\ndef sell(order): ...\n\nclass Price: ...\n"),
        ("def buy", "def sell(): ...\n\nclass Price: ...\n\ndef buy"),
        ("import shop\n", "import shop\nfrom shop import sell, Price\n"),
        ("import shop\n", "import shop\nif shop:\n    sell = Price = 3\n"),
    ],
)
def test_whoever_missed_a_name_knows_of_it_when_it_is_added(old: str, new: str) -> None:
    assert edited(old, new) == {WHOLE, "missing sell", "missing Price"}


def test_what_is_written_above_moves_lines_and_changes_nothing_else() -> None:
    assert changed("\n\n# Nothing.\n" + BEFORE) == {WHOLE}


def test_a_statement_that_binds_no_name_is_known_to_those_who_looked_at_the_whole_file() -> None:
    assert changed(BEFORE + "\nshop.open()\n") == {WHOLE}


def test_names_of_another_file_as_a_whole_may_change_anything() -> None:
    assert changed(BEFORE + "\nfrom shop import *\n") == {"file a.py"}


def test_a_name_that_is_gone_takes_with_it_all_that_is_in_it() -> None:
    assert changed(BEFORE.partition("def buy")[0]) == {
        WHOLE,
        "name a.py buy",
        "body a.py buy",
        "name a.py buy.pay",
        "body a.py buy.pay",
    }
    assert changed("import shop\n" + BEFORE[BEFORE.index("def buy") :]) == {
        WHOLE,
        "name a.py Basket",
        "contents a.py Basket",
        "methods of a.py Basket",
        "name a.py Basket.limit",
        "name a.py Basket.owner",
        "name a.py Basket.fill",
        "body a.py Basket.fill",
        "name a.py Basket.Meta",
        "contents a.py Basket.Meta",
        "methods of a.py Basket.Meta",
    }


def test_a_name_that_is_bound_once_more_is_another_name() -> None:
    marks = {"name a.py buy", "body a.py buy", "name a.py buy.pay", "body a.py buy.pay"}
    assert changed(BEFORE + "\ndef buy(order, price): ...\n") == {WHOLE, *marks}
    assert changed(BEFORE + "\nfrom shop import buy\n") == {WHOLE, *marks}
    assert edited("import shop", "import shop\nimport shop") == {WHOLE, "name a.py shop"}


def test_another_body_is_known_to_those_who_looked_into_it() -> None:
    assert edited("        return order\n\n", "        return self\n\n") == {
        WHOLE,
        "body a.py Basket.fill",
    }


def test_functions_in_a_function_go_with_its_body() -> None:
    inner = {"name a.py buy.pay", "body a.py buy.pay"}
    found = edited("    return pay", "    pay()\n    return pay")
    assert found == {WHOLE, "body a.py buy", *inner}


def test_another_length_is_another_body() -> None:
    found = edited("        return order\n\n", "        # Later.\n        return order\n\n")
    assert found == {WHOLE, "body a.py Basket.fill"}


def test_whoever_asked_which_attributes_are_assigned_knows_of_a_new_one() -> None:
    found = edited(
        "        return order\n\n", "        self.shop, x = shop, 1\n        return order\n\n"
    )
    assert found == {WHOLE, "body a.py Basket.fill", "methods of a.py Basket"}


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [
        ("import shop", "import shops as shop", {"name a.py shop"}),
        ("def buy", "@shop.task\ndef buy", {"name a.py buy"}),
        ("def buy(order)", "def buy(order, price)", {"name a.py buy"}),
        ("class Basket:", "class Basket(shop.Basket):", {"name a.py Basket"}),
        ("limit = 5", "limit = 6", {"name a.py Basket.limit", "contents a.py Basket"}),
        ("owner: shop.User", "owner: int", {"name a.py Basket.owner", "contents a.py Basket"}),
        (
            "    limit = 5",
            "    limit = 5\n    least = 1",
            {"missing .least", "contents a.py Basket"},
        ),
        (
            "def fill(self, order)",
            "def fill(self, order=None)",
            {"name a.py Basket.fill", "contents a.py Basket"},
        ),
        (
            "        pass",
            "        abstract = True",
            {"missing .abstract", "contents a.py Basket.Meta", "contents a.py Basket"},
        ),
        ("    limit = 5\n", "    limit = 5\n    shop.open()\n", {"contents a.py Basket"}),
    ],
)
def test_whoever_looked_at_a_name_knows_of_what_it_is_now(
    old: str, new: str, marks: set[str]
) -> None:
    assert edited(old, new) == {WHOLE, *marks}


def test_a_method_that_is_added_is_missed_by_its_name() -> None:
    found = edited("    class Meta", "    def empty(self):\n        self.x = 1\n\n    class Meta")
    assert found == {WHOLE, "missing .empty", "contents a.py Basket", "methods of a.py Basket"}


def test_files_of_which_only_imports_were_read_are_not_compared() -> None:
    whole = read(BEFORE.encode())
    skimmed = type(whole)(whole.lines, whole.body, is_whole=False)
    assert changes("a.py", skimmed, whole) == {"file a.py"}
