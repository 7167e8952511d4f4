"""One file while it is read: its text by byte, and what was noticed in it."""

import unicodedata
from typing import Final

from tree_sitter import Node

from banyan.survey.damage import LEFT_OUT, Damage
from banyan.survey.syntax import DEEPEST, Parts

# A part that nests takes NEST of the room there is, a link of a chain one: what is read stays
# shallow enough to be written, read and walked by recursion.
NEST: Final = 10
ROOM: Final = (DEEPEST + 10) * NEST
# How many items of one literal are read, and how many characters of one string.
MOST: Final = 5_000
LONGEST: Final = 100_000
# How many damages are told one by one.
TOLD: Final = 20


class Page:
    """A file that is being read.

    Attributes:
        text: the file with one character per byte, so that a node's bytes are its slice.
        hints: type comments by their line; only those of what is read whole.
        typing_names: what ``TYPE_CHECKING`` is called here.
        is_inner: whether reading is inside a function.
        is_typing: whether reading is under ``if TYPE_CHECKING``.
        python2: the first line that only Python 2 reads; 0 is none.
    """

    __slots__ = (
        "damages",
        "hints",
        "imported",
        "is_inner",
        "is_typing",
        "python2",
        "text",
        "typing_names",
    )

    def __init__(self, data: bytes) -> None:
        self.text = data.decode("latin-1")
        self.typing_names = {"TYPE_CHECKING"}
        self.imported: set[str] = set()
        self.hints: dict[int, str] = {}
        self.is_inner = False
        self.is_typing = False
        self.python2 = 0
        self.damages: list[Damage] = []

    def of(self, node: Node) -> str:
        """The text of a node."""
        text = self.text[node.start_byte : node.end_byte]
        return text if text.isascii() else proper(text)

    def identifier(self, node: Node) -> str:
        """The text of a node that is a name, in the form that Python compares names by."""
        text = self.text[node.start_byte : node.end_byte]
        return text if text.isascii() else unicodedata.normalize("NFKC", proper(text))

    def cut(self, node: Node) -> Parts:
        """Stand for what is too deep to be read."""
        self.damage(node, LEFT_OUT + "what nests too deep")
        return Parts()

    def damage(self, node: Node, reason: str) -> None:
        """Note a place that cannot be read."""
        self.damages.append(Damage(node.start_point[0] + 1, reason))

    def note_python2(self, node: Node) -> None:
        """Note that this is valid in Python 2 alone."""
        line = node.start_point[0] + 1
        if not self.python2 or line < self.python2:
            self.python2 = line

    def told(self) -> tuple[Damage, ...]:
        """What could not be read, by line."""
        damages = sorted(set(self.damages), key=lambda damage: damage.line)
        if len(damages) > TOLD:
            left = len(damages) - TOLD
            damages[TOLD:] = [Damage(damages[TOLD].line, f"and {left} more from here on")]
        if self.python2:
            damages.insert(0, Damage(self.python2, "Python 2"))
        return tuple(damages)


def proper(text: str) -> str:
    """The text whose UTF-8 bytes these are, one character per byte."""
    return text.encode("latin-1").decode("utf-8", "replace")
