"""What was looked at for a result is known of it, and of all that it was worked out for."""

from banyan.survey.consulted import UNMARKED, Changed, Consulted, Marks

_FIELDS = [f"name orders/models.py Order.field_{number}" for number in range(300)]


def _is_marked(marks: Marks, name: str) -> bool:
    return Changed([name]).has(marks.packed())


def _looked_at(consulted: Consulted, *names: str) -> Marks:
    outer = consulted.begin()
    for name in names:
        consulted.look(name)
    return consulted.leave(outer)


def test_what_an_inner_result_stands_on_its_outer_one_does_too() -> None:
    consulted = Consulted()
    first = consulted.begin()
    consulted.look("whole orders.py")
    second = consulted.begin()
    consulted.look("heirs of Order")
    inner = consulted.end(second)
    outer = consulted.end(first)
    assert _is_marked(inner, "heirs of Order")
    assert not _is_marked(inner, "whole orders.py")
    assert _is_marked(outer, "heirs of Order")
    assert _is_marked(outer, "whole orders.py")


def test_what_a_result_has_nothing_to_do_with_is_no_mark_of_it() -> None:
    consulted = Consulted()
    outer = consulted.begin()
    left = _looked_at(consulted, "whole orders.py")
    assert _is_marked(left, "whole orders.py")
    assert consulted.end(outer) is UNMARKED


def test_a_result_that_was_taken_is_marked_with_all_that_it_took() -> None:
    consulted = Consulted()
    deep = _looked_at(consulted, *_FIELDS)
    for _ in range(2000):
        outer = consulted.begin()
        consulted.look("body users.py f")
        consulted.take(deep)
        deep = consulted.end(outer)
    assert all(_is_marked(deep, name) for name in _FIELDS)


def test_what_takes_one_result_and_no_more_has_its_marks() -> None:
    consulted = Consulted()
    deepest = _looked_at(consulted, "whole orders.py")
    first, second = Marks((1,), (deepest,)), Marks((2,), (deepest,))
    taken = Marks((3,), (first, second))
    outer = consulted.begin()
    consulted.take(taken)
    assert consulted.end(outer) is taken


def test_what_has_changed_is_found_in_all_marks_that_have_it_and_in_no_other() -> None:
    marks = _looked_at(Consulted(), *_FIELDS)
    packed = marks.packed()
    assert all(Changed([name]).has(packed) for name in _FIELDS)
    assert Changed(["body users.py f"], Changed([_FIELDS[7]])).has(packed)
    assert not Changed(["body users.py f"]).has(packed)
    assert not Changed([]).has(packed)
    assert not Changed(_FIELDS).has(UNMARKED.packed())


def test_marks_are_the_same_in_any_run() -> None:
    some = _looked_at(Consulted(), "a", "b", "c").packed()
    assert _looked_at(Consulted(), "c", "a", "b").packed() == some


def test_it_is_known_at_once_who_asked_what_a_function_is_given() -> None:
    consulted = Consulted()
    outer = consulted.begin()
    consulted.ask("given orders.py buy")
    inner = consulted.end(outer)
    outer = consulted.begin()
    consulted.take(inner)
    consulted.look("whole orders.py")
    asking = consulted.end(outer)
    assert asking.given & consulted.bits(["given orders.py buy"])
    assert not asking.given & consulted.bits(["given orders.py sell"])
    assert _is_marked(asking, "given orders.py buy")


def test_who_asked_in_vain_depends_on_what_functions_are_given_and_on_none_of_them() -> None:
    consulted = Consulted()
    outer = consulted.begin()
    consulted.ask_in_vain()
    marks = consulted.end(outer)
    assert marks.given
    assert not marks.given & consulted.bits(["given orders.py buy"])
