"""Parts start in their order, are started again when they die, and stop in reverse."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from banyan.workbench.keeper import Patience
from banyan.workbench.log import Log
from banyan.workbench.parts import HttpProbe, Part, TcpProbe, stages
from banyan.workbench.states import State, describe_exit, pause
from banyan.workbench.supervisor import StartFailed, Supervisor

AT_ONCE = Patience(starting=0, watching=0, pause=lambda _: 0.0)


class FakeProcess:
    """A process that lives until somebody ends it."""

    def __init__(self, machine: "FakeMachine", name: str, pid: int) -> None:
        self.pid = pid
        self.name = name
        self._machine = machine
        self._ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def end(self, code: int) -> None:
        if not self._ended.done():
            self._machine.events.append(f"{self.name} ends")
            self._ended.set_result(code)

    async def wait(self) -> int:
        return await asyncio.shield(self._ended)

    def terminate(self) -> None:
        self.end(-15)

    def kill(self) -> None:
        self.end(-9)


class FakeMachine:
    """Launches fake processes, and finds each of them ready.

    Attributes:
        codes: parts that end at once, with their exit code.
    """

    def __init__(self, codes: dict[str, int] | None = None) -> None:
        self.codes = codes or {}
        self.events: list[str] = []
        self.running: dict[str, FakeProcess] = {}
        self.reason: str | None = None

    async def launch(self, part: Part, heard: Callable[[str], None]) -> FakeProcess:
        self.events.append(f"{part.name} starts")
        process = FakeProcess(self, part.name, len(self.events))
        self.running[part.name] = process
        if part.name in self.codes:
            heard("its last words")
            process.end(self.codes[part.name])
        return process

    async def look(self, probe: HttpProbe | TcpProbe) -> str | None:
        await asyncio.sleep(0)
        return self.reason


def part(name: str, *after: str, once: bool = False) -> Part:
    return Part(name=name, command=("x",), folder=Path(), after=after, once=once, probe=TcpProbe(1))


SHOP = [
    part("nats"),
    part("orders.migrate", once=True),
    part("orders.web", "orders.migrate"),
    part("gateway", "orders.web"),
]


def supervisor(machine: FakeMachine, log: Log | None = None) -> Supervisor:
    return Supervisor(SHOP, machine, machine, log or Log(), patience=AT_ONCE)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0)


def test_parts_start_after_what_they_wait_for_and_stop_in_reverse() -> None:
    async def play() -> list[str]:
        machine = FakeMachine({"orders.migrate": 0})
        system = supervisor(machine)
        await system.start()
        await system.stop()
        return machine.events

    events = asyncio.run(play())
    order = [
        "orders.migrate ends",
        "orders.web starts",
        "gateway starts",
        "gateway ends",
        "orders.web ends",
    ]
    assert [event for event in events if event in order] == order
    assert events.index("nats starts") < events.index("gateway starts")
    assert "nats ends" in events


def test_what_dies_is_started_again() -> None:
    async def play() -> tuple[list[str], int]:
        machine = FakeMachine({"orders.migrate": 0})
        system = supervisor(machine)
        await system.start()
        machine.running["orders.web"].end(-9)
        await until(lambda: machine.events.count("orders.web starts") == 2)
        await until(lambda: system.statuses["orders.web"].state is State.READY)
        deaths = system.statuses["orders.web"].deaths
        await system.stop()
        return machine.events, deaths

    events, deaths = asyncio.run(play())
    assert deaths == 1
    assert events.count("gateway starts") == 1


def test_a_part_that_was_stopped_stays_stopped_until_it_is_started() -> None:
    async def play() -> None:
        machine = FakeMachine({"orders.migrate": 0})
        system = supervisor(machine)
        await system.start()
        await system.stop_parts(["orders.web"])
        assert system.statuses["orders.web"].state is State.STOPPED
        await system.start_parts(["orders.web"])
        assert system.statuses["orders.web"].state is State.READY
        assert machine.events.count("orders.web starts") == 2
        await system.stop()

    asyncio.run(play())


def test_a_part_that_cannot_start_ends_the_start_with_its_last_words() -> None:
    async def play() -> None:
        machine = FakeMachine({"orders.migrate": 1})
        system = supervisor(machine)
        with pytest.raises(StartFailed) as failure:
            await system.start()
        assert failure.value.part.name == "orders.migrate"
        assert failure.value.last_lines == ("its last words",)
        await system.stop()
        assert "orders.web starts" not in machine.events

    asyncio.run(play())


def test_a_part_that_stops_answering_is_unready_and_says_why() -> None:
    async def play() -> None:
        machine = FakeMachine({"orders.migrate": 0})
        system = supervisor(machine)
        await system.start()
        machine.reason = "the database is away"
        await until(lambda: system.statuses["nats"].state is State.UNREADY)
        assert system.statuses["nats"].reason == "the database is away"
        machine.reason = None
        await until(lambda: system.statuses["nats"].state is State.READY)
        await system.stop()

    asyncio.run(play())


def test_parts_that_wait_for_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="a, b"):
        stages([part("a", "b"), part("b", "a")])


def test_pauses_double_up_to_ten_seconds() -> None:
    assert [pause(deaths) for deaths in (1, 2, 3, 20)] == [0.25, 0.5, 1.0, 10.0]


def test_an_exit_is_described_for_people() -> None:
    assert describe_exit(1) == "exit status 1"
    assert describe_exit(-9) == "killed by SIGKILL"
