"""In which order a class inherits from what its bases inherit from."""

from collections.abc import Iterator, Sequence

from banyan.survey.meanings import Meaning


def linearized(lines: list[list[Meaning]], bases: Sequence[Meaning]) -> Iterator[Meaning]:
    """What a class inherits from, by Python's own order (C3) where that is possible.

    Args:
        lines: each base with all that it inherits from, in order.
        bases: in the order in which they are written.
    """
    if len(lines) == 1:
        yield from lines[0]
        return
    lines = [*lines, list(bases)]
    while lines := [line for line in lines if line]:
        for line in lines:
            head = line[0]
            if not any(head in other[1:] for other in lines):
                break
        else:
            head = lines[0][0]
        yield head
        lines = [[one for one in line if one != head] for line in lines]
