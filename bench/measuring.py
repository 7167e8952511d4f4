"""What a bench is made of: two sides measured in turns, and a goal."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

Measure = Callable[[], float]
"""Takes one measurement and returns it, in the bench's unit."""

_SECONDS_IN = {"s": 1.0, "ms": 1e3, "µs": 1e6, "ns": 1e9}
_WORTH_TIMING = 0.05  # seconds: shorter runs are too near to the clock's own noise


@dataclass(frozen=True)
class Sides:
    """The two things that are compared."""

    ours: Measure
    peer: Measure


@dataclass(frozen=True)
class Goal:
    """What must hold of our median, the peer's median, and the median ratio of the rounds."""

    text: str
    is_met: Callable[[float, float, float], bool]


def ratio_at_most(limit: float) -> Goal:
    """Ours is at most ``limit`` times the peer's: for things of which less is better."""
    return Goal(f"ratio ≤ {limit:g}", lambda _ours, _peer, ratio: ratio <= limit)


def ratio_at_least(limit: float) -> Goal:
    """Ours is at least ``limit`` times the peer's: for things of which more is better."""
    return Goal(f"ratio ≥ {limit:g}", lambda _ours, _peer, ratio: ratio >= limit)


def adds_at_most(limit: float, unit: str) -> Goal:
    """Ours is at most ``limit`` above the peer's, which is the floor under it."""
    return Goal(f"adds ≤ {limit:g} {unit}", lambda ours, peer, _ratio: ours - peer <= limit)


@dataclass(frozen=True)
class Bench:
    """One comparison: how to set it up, and what should come out."""

    name: str
    unit: str
    peer_name: str
    goal: Goal
    set_up: Callable[[], AbstractContextManager[Sides]]


@dataclass(frozen=True)
class Result:
    """What came out, as `./dev bench --json` writes it; the ratio is ours to the peer's."""

    name: str
    ours: float
    peer: float
    peer_name: str
    unit: str
    ratio: float
    goal: str
    met: bool


def bench(
    name: str, *, unit: str, peer_name: str, goal: Goal
) -> Callable[[Callable[[], Iterator[Sides]]], Bench]:
    """Make a bench of a generator that sets up, yields its two sides, and cleans up."""

    def make(set_up: Callable[[], Iterator[Sides]]) -> Bench:
        return Bench(name, unit, peer_name, goal, contextmanager(set_up))

    return make


def measure(one: Bench, rounds: int) -> Result:
    """Measure both sides in turns, the first of them changing from round to round.

    A round before the first warms up and does not count.
    """
    with one.set_up() as sides:
        sides.ours(), sides.peer()
        ours: list[float] = []
        peer: list[float] = []
        for number in range(rounds):
            if number % 2:
                peer.append(sides.peer())
                ours.append(sides.ours())
            else:
                ours.append(sides.ours())
                peer.append(sides.peer())
    ratio = median(mine / theirs for mine, theirs in zip(ours, peer, strict=True))
    met = one.goal.is_met(median(ours), median(peer), ratio)
    return Result(
        name=one.name,
        ours=median(ours),
        peer=median(peer),
        peer_name=one.peer_name,
        unit=one.unit,
        ratio=ratio,
        goal=one.goal.text,
        met=met,
    )


def time_per_call(call: Callable[[], object], unit: str = "µs") -> Measure:
    """Measure the mean time of one call, over as many calls as are worth timing."""
    calls = 1

    def once() -> float:
        nonlocal calls
        while True:
            repeat = range(calls)
            start = perf_counter()
            for _ in repeat:
                call()
            elapsed = perf_counter() - start
            if elapsed >= _WORTH_TIMING:
                return elapsed / calls * _SECONDS_IN[unit]
            calls *= 2

    return once


def printed_by(script: Path, *arguments: str) -> Measure:
    """Measure in a new interpreter: the script prints the figure as its last line.

    For two sides that cannot live in one process, as two Django projects with other settings.
    """

    def once() -> float:
        done = subprocess.run(
            [sys.executable, str(script), *arguments], stdout=subprocess.PIPE, text=True, check=True
        )
        return float(done.stdout.splitlines()[-1])

    return once
