"""What is told of functions that depend on each other does not depend on who asks first."""

import random

import pytest
from tests.unit.survey.following.small_shop import Told, told, told_anew, told_backwards

FILES = ("orders__services", "users__services", "catalogue__services")
ROWS = (
    "User.people.get(pk=1)",
    "Order.objects.get(pk=1).user",
    "Product.objects.first()",
    "Line.objects.all()",
    "given.order",
    "given.user.team",
)


def views(chance: random.Random, count: int) -> dict[str, str]:
    """Files of views whose methods call each other in circles, with rows and without."""
    texts: dict[str, str] = {}
    for index, file in enumerate(FILES):
        base = f"{FILES[index - 1].replace('__', '.')}" if index else ""
        head = f"import {base}\n\nclass View({base}.View):" if base else ""
        lines = (head or "class View:").split("\n")
        for number in range(count):
            if index and chance.random() < 0.6:
                continue
            lines += [f"    {line}" for line in method(chance, number, count)]
        lines += ["", "def use(given=None):", f"    view = View().m0({chance.choice(ROWS)})"]
        lines += ["    view.team", "    view.user.delete()"]
        texts[file] = "\n" + "\n".join(f"    {line}" for line in lines)
    return texts


def method(chance: random.Random, number: int, count: int) -> list[str]:
    def call() -> str:
        given = chance.choice(("", chance.choice(ROWS), "given", "given", "self.kept"))
        return f"self.m{chance.randrange(count)}({given})"

    lines = [f"def m{number}(self, given=None):"]
    lines += [f"    found{index} = {call()}" for index in range(chance.choice((1, 2, 3)))]
    if chance.random() < 0.3:
        lines += [f"    self.kept = {chance.choice((call(), chance.choice(ROWS)))}"]
    lines += ["    found0.team.delete()", "    found0.user.save()", "    if given:"]
    return [*lines, f"        return {chance.choice(ROWS)}", "    return found0", ""]


def everything(found: Told) -> set[object]:
    return {*found.couplings, *found.unresolved}


@pytest.mark.parametrize("seed", range(12))
def test_a_knot_of_functions_is_told_the_same_whoever_is_first(seed: int) -> None:
    texts = views(random.Random(seed), 3 + seed)
    assert everything(told(**texts)) == everything(told_backwards(**texts))


@pytest.mark.parametrize("seed", [*range(9), 52])
def test_what_is_found_again_is_what_is_found_where_all_is_gone_through_anew(seed: int) -> None:
    texts = views(random.Random(seed), 3 + seed % 20)
    assert everything(told(**texts)) == everything(told_anew(**texts))


def test_all_of_a_knot_is_gone_through_anew_when_one_of_it_is_given_something_else() -> None:
    texts = {
        "orders__services": """
    class View:
        def m0(self):
            self.m7(self.kept)
        def m1(self):
            found = self.m7()
            self.m0()
            return found
        def m3(self):
            self.m1().team.delete()
        def m7(self, given=None):
            self.kept = Order.objects.get(pk=1).user
            if given:
                return User.people.get(pk=1)
            self.m3()
    """
    }
    assert everything(told(**texts)) == everything(told_anew(**texts))


def test_who_turns_out_to_be_of_a_knot_only_by_what_is_found_in_it_may_ask_first() -> None:
    texts = {
        "orders__services": """
    from users.services import Helper

    def first(depth):
        return second(depth)

    def second(depth):
        first(depth).meet().delete()
        return Helper()
    """,
        "users__services": """
    from orders.services import second

    class Helper:
        def meet(self):
            second(1)
            return User.people.get(pk=1)
    """,
    }
    assert everything(told(**texts)) == everything(told_backwards(**texts))
    text = "first(depth).meet().delete()"
    assert f"model_access users.User delete: {text}" in told(**texts).lines("orders/services.py")


def test_a_knot_that_is_met_while_another_is_gone_through_once_more_is_told_backwards_too() -> None:
    texts = {
        "orders__services": """
    from users.services import f2
    from catalogue.services import Helper

    def f0(given=None):
        f2().meet()
        if given:
            return Helper()
    """,
        "users__services": """
    from orders.services import f0

    class Other:
        def meet(self):
            f0().ask()

    def f2(given=None):
        f0()
        return Other()
    """,
        "catalogue__services": """
    from users.services import f2

    class Helper:
        def meet(self):
            Line.objects.all()

        def ask(self):
            f2(None)
    """,
    }
    assert everything(told(**texts)) == everything(told_backwards(**texts))


def test_how_deep_a_function_was_called_first_does_not_matter() -> None:
    chain = """
    def a(order):
        return b(order)

    def b(order):
        return c(order)

    def c(order):
        return d(order)

    def d(order):
        return e(order)

    def e(order):
        return order.user
    """
    found = told(
        """
    from orders.services import a, c

    def far():
        a(Order.objects.get(pk=1)).delete()

    def near():
        c(Order.objects.get(pk=1)).delete()
    """,
        orders__services=chain,
    )
    text = "c(Order.objects.get(pk=1)).delete()"
    assert f"model_access users.User delete: {text}" in found.lines()


def test_what_a_function_gives_back_by_a_circle_is_followed() -> None:
    found = told(
        """
    def first(depth):
        if depth:
            return second(depth)
        return Product.objects.get(pk=1)

    def second(depth):
        if depth:
            return first(depth)
        return User.people.get(pk=1)

    def page():
        first(1).delete()

    def other_page():
        second(1).delete()
    """
    )
    for text in ("first(1).delete()", "second(1).delete()"):
        assert f"model_access users.User delete: {text}" in found.lines()
        assert f"model_access catalogue.Product delete: {text}" in found.lines()
