"""What files of the past are called today."""

from banyan.boundaries.advice.renames import Entry, Names


def test_older_changes_of_a_renamed_file_are_of_its_name_today() -> None:
    names = Names()
    assert names.today([Entry("M", "new.py")]) == ("new.py",)
    assert names.today([Entry("R", "new.py", "old.py")]) == ("new.py",)
    assert names.today([Entry("R", "old.py", "oldest.py")]) == ("new.py",)
    assert names.today([Entry("M", "oldest.py"), Entry("M", "other.py")]) == ("new.py", "other.py")


def test_a_name_that_was_taken_again_is_told_apart() -> None:
    names = Names()
    # Newest first: b.py was made anew after the first b.py had become a.py.
    assert names.today([Entry("A", "b.py")]) == ("b.py",)
    assert names.today([Entry("R", "a.py", "b.py")]) == ("a.py",)
    assert names.today([Entry("M", "b.py")]) == ("a.py",)


def test_two_files_that_changed_places() -> None:
    names = Names()
    swap = [Entry("R", "a.py", "b.py"), Entry("R", "b.py", "a.py")]
    assert names.today(swap) == ("a.py", "b.py")
    assert names.today([Entry("M", "b.py")]) == ("a.py",)
    assert names.today([Entry("M", "a.py")]) == ("b.py",)


def test_before_a_file_was_made_its_name_was_another_s() -> None:
    names = Names()
    names.today([Entry("R", "z.py", "a.py")])
    assert names.today([Entry("A", "a.py")]) == ("z.py",)
    assert names.today([Entry("D", "a.py")]) == ("a.py",)
