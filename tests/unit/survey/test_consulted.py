"""What was looked at for a result is known of it, and of all that it was worked out for."""

from banyan.survey.consulted import Book, Consulted, packed, unpacked


def test_what_an_inner_result_stands_on_its_outer_one_does_too() -> None:
    consulted = Consulted(2)
    first = consulted.begin()
    consulted.marks |= 1
    second = consulted.begin()
    consulted.look("heirs of Order")
    inner = consulted.end(second)
    outer = consulted.end(first)
    assert inner == consulted.bit("heirs of Order")
    assert outer == inner | 1


def test_names_have_marks_beyond_those_of_files() -> None:
    consulted = Consulted(3)
    assert [consulted.bit(name) for name in ("a", "b", "a")] == [8, 16, 8]


def test_a_later_run_gives_the_same_marks_to_the_names_that_it_adopts() -> None:
    first = Consulted(3)
    first.look("a")
    first.look("b")
    second = Consulted(3)
    second.adopt(first.names)
    assert (second.bit("b"), second.bit("c")) == (first.bit("b"), first.bit("c"))


def test_a_book_tells_what_marks_mean_and_knows_nothing_of_what_was_never_marked() -> None:
    book = Book({"a.py": 1, "b.py": 2}, ["heirs of Order"])
    assert book.marks(["b.py", "new.py"], ["heirs of Order", "heirs of User"]) == 2 | 4


def test_marks_are_kept_as_bytes() -> None:
    for marks in (0, 1, 255, 1 << 3000 | 5):
        assert unpacked(packed(marks)) == marks
