"""What was looked at for a result is known of it, and of all that it was worked out for."""

from banyan.survey.consulted import Book, Changed, Consulted, mark, packed, unpacked


def test_what_an_inner_result_stands_on_its_outer_one_does_too() -> None:
    consulted = Consulted()
    first = consulted.begin()
    consulted.look("whole orders.py")
    second = consulted.begin()
    consulted.look("heirs of Order")
    inner = consulted.end(second)
    outer = consulted.end(first)
    assert inner == mark("heirs of Order")
    assert outer == inner | mark("whole orders.py")


def test_what_has_changed_is_found_in_all_marks_that_have_it() -> None:
    names = [f"name orders/models.py Order.field_{number}" for number in range(300)]
    marks = 0
    for name in names:
        marks |= mark(name)
    assert all(Changed([name]).has(marks) for name in names)
    assert Changed(["body users.py f", names[7]]).has(mark(names[7]))
    assert not Changed([]).has(marks)


def test_names_are_seldom_taken_for_one_another() -> None:
    marks = 0
    for number in range(300):
        marks |= mark(f"name orders/models.py Order.field_{number}")
    others = [f"body users/views.py view_{number}" for number in range(2000)]
    assert sum(Changed([name]).has(marks) for name in others) < 2


def test_what_functions_are_given_has_bits_beyond_those_that_names_share() -> None:
    consulted = Consulted()
    first, second, again = (consulted.bit(name) for name in ("a", "b", "a"))
    assert (second, again) == (first << 1, first)
    assert mark("a") < first


def test_a_later_run_gives_the_same_bits_to_the_names_that_it_adopts() -> None:
    first = Consulted()
    first.bit("a")
    first.bit("b")
    second = Consulted()
    second.adopt(first.names)
    assert (second.bit("b"), second.bit("c")) == (first.bit("b"), first.bit("b") << 1)


def test_a_book_tells_what_bits_mean_and_knows_nothing_of_what_was_never_marked() -> None:
    consulted = Consulted()
    consulted.bit("given orders.py buy")
    book = Book(consulted.names)
    found = book.marks(["given orders.py buy", "given orders.py sell"])
    assert found == consulted.bit("given orders.py buy")


def test_marks_are_kept_as_bytes() -> None:
    for marks in (0, 1, 255, 1 << 3000 | 5):
        assert unpacked(packed(marks)) == marks
