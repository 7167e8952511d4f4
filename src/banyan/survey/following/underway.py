"""What is being worked out at the moment, so that whatever depends on itself comes to an end.

What is found inside of a knot, where things depend on each other, depends on where the knot was
entered: it holds until the knot is left.
"""

import sys
from collections.abc import Hashable
from itertools import islice
from typing import Any, Final, TypeAlias

Knot: TypeAlias = frozenset[Hashable]
"""All that depends on each other; nothing where something does not depend on itself."""

NO_KNOT: Final[Knot] = frozenset()

_NOTHING: Final = sys.maxsize


class Underway:
    """All that is begun, the innermost last, and what was found meanwhile."""

    def __init__(self) -> None:
        self._depths: dict[Hashable, int] = {}
        # The outermost that was asked for while it was begun, by all since the innermost began.
        self._lowest = _NOTHING
        self._passing: dict[Hashable, tuple[Any, int]] = {}
        self._before: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return len(self._depths)

    def is_within(self, knot: Knot) -> bool:
        """Whether any of these is begun."""
        return not knot.isdisjoint(self._depths)

    def is_begun(self, key: Hashable) -> bool:
        """Whether it is begun; if so, whatever is found on the way depends on that."""
        depth = self._depths.get(key)
        if depth is None:
            return False
        self._lowest = min(self._lowest, depth)
        return True

    def give_up(self) -> None:
        """Let nothing be kept that is begun: something was left out since there is so much."""
        self._lowest = -1

    def passing(self, key: Hashable) -> Any:
        """What was found for it inside of a knot that is not left yet; None where nothing was."""
        found = self._passing.get(key)
        if found is None:
            return None
        self._lowest = min(self._lowest, found[1])
        return found[0]

    def begin(self, key: Hashable) -> None:
        """Begin to work it out."""
        self._before.append((len(self._passing), self._lowest))
        self._depths[key] = len(self._depths)
        self._lowest = _NOTHING

    def end(self, key: Hashable, result: Any) -> dict[Hashable, Any] | None:
        """It is worked out.

        Args:
            result: what is taken for it as long as nothing can be kept; None for nothing.

        Returns:
            What was found for all in the knot that is left by it, itself included, and nothing
            where it does not depend on itself; None where it depends on what is begun still.
        """
        before, outer = self._before.pop()
        depth = self._depths.pop(key)
        lowest, self._lowest = self._lowest, outer
        inside = list(islice(self._passing, before, None))
        if lowest < depth:
            self._lowest = min(outer, lowest)
            for one in inside:
                self._passing[one] = self._passing[one][0], lowest
            if result is not None:
                self._passing[key] = result, lowest
            return None
        found = {one: self._passing.pop(one)[0] for one in inside}
        return {**found, key: result} if lowest == depth else {}

    def clear(self) -> None:
        """Forget what was found where something was given up."""
        self._passing.clear()
