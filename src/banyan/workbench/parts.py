"""What a system consists of: parts, each a process with a command, an environment and a probe."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class HttpProbe:
    """Ready when the address answers with a status below 500.

    A 404 counts: a project need not include the health pages. The body of a 503 is the reason.
    """

    url: str


@dataclass(frozen=True, slots=True)
class TcpProbe:
    """Ready when the port accepts a connection."""

    port: int


@dataclass(frozen=True, slots=True)
class LineProbe:
    """Ready when the part has printed a line that contains these words."""

    words: str


@dataclass(frozen=True, slots=True)
class AliveProbe:
    """Ready when the part has lived for so many seconds."""

    seconds: float = 0.5


Probe = HttpProbe | TcpProbe | LineProbe | AliveProbe


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One process of a system.

    Attributes:
        name: as ``orders.web``; it stands in front of each line of the part's log.
        service: whose it is; empty for what serves all, as the broker.
        environment: what is added to the supervisor's own.
        after: the parts that must be ready, or done, before it starts.
        once: it runs to its end, which must be a success, and is then done.
        address: where it listens, for people to read.
        start_within: seconds to become ready, or to be done.
        stop_within: seconds between SIGTERM and SIGKILL.
    """

    name: str
    command: tuple[str, ...]
    folder: Path
    service: str = ""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    after: tuple[str, ...] = ()
    once: bool = False
    probe: Probe = AliveProbe()
    address: str = ""
    start_within: float = 120.0
    stop_within: float = 10.0


def stages(parts: Iterable[Part]) -> list[list[Part]]:
    """The parts by how much must have started before them; stopping goes the other way.

    Raises:
        ValueError: a part waits, by some way, for itself or for one that is not there.
    """
    left = {part.name: part for part in parts}
    done: set[str] = set()
    found: list[list[Part]] = []
    while left:
        stage = [part for part in left.values() if done.issuperset(part.after)]
        if not stage:
            raise ValueError(f"these parts can never start: {', '.join(left)}")
        found.append(stage)
        for part in stage:
            del left[part.name]
            done.add(part.name)
    return found
