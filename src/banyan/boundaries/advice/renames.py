"""Follows files through renames, from the newest change back."""

from collections.abc import Iterable

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """What one commit did to one file.

    Attributes:
        status: a letter, as ``git log --name-status`` writes it: ``A``, ``M``, ``D``, ``R`` …
        path: of the file, after the commit.
        before: of a file that was renamed: what it was called.
    """

    status: str
    path: str
    before: str = ""


class Names:
    """What files of the past are called today, while going back in time."""

    def __init__(self) -> None:
        self._today: dict[str, str] = {}

    def today(self, entries: Iterable[Entry]) -> tuple[str, ...]:
        """What the files of a commit are called today, sorted; of the commits the next older."""
        listed = list(entries)
        found = {self._today.get(one.path, one.path) for one in listed}
        renamed = {
            one.before: self._today.get(one.path, one.path) for one in listed if one.status == "R"
        }
        for one in listed:
            # Before a file was made, its name was that of another, or of none.
            if one.status in "AR":
                self._today.pop(one.path, None)
        self._today.update(renamed)
        return tuple(sorted(found))
