"""How likely counts are by chance alone, so that small numbers aren't over-read."""

from math import exp, lgamma


def at_least(both: int, one: int, other: int, total: int) -> float:
    """How likely two independent properties meet as often as they did, or more often.

    The upper tail of the hypergeometric distribution, which is R. A. Fisher's exact test of a table
    of two by two, one-sided.

    Args:
        both: how many have both properties.
        one: how many have the first.
        other: how many have the second.
        total: how many there are.
    """
    most = min(one, other)
    whole = _ways(total, other)
    terms = (
        exp(_ways(one, some) + _ways(total - one, other - some) - whole)
        for some in range(max(both, one + other - total, 0), most + 1)
    )
    return min(sum(terms), 1.0)


def fell(before: int, of_before: int, after: int, of_after: int) -> float:
    """How likely a share falls as far as it did, or further, if nothing has changed.

    Args:
        before: of ``of_before`` in the first window.
        after: of ``of_after`` in the second.
    """
    return at_least(before, of_before, before + after, of_before + of_after)


def _ways(of: int, some: int) -> float:
    """The logarithm of in how many ways some are chosen."""
    return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)
