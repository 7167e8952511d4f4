"""What goes away is told once, and its return once."""

import pytest

from banyan.events.reporting import Counters, Outage


class Clock:
    """A clock that the test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_outage_is_told_once_however_long_it_lasts(caplog: pytest.LogCaptureFixture) -> None:
    outage = Outage("relay", Clock())
    for _ in range(50):
        outage.begin_or_continue(OSError("refused"), is_expected=True)
    assert len(caplog.records) == 1
    assert "relay: refused" in caplog.text
    assert caplog.records[0].exc_info is None


def test_its_end_is_told_with_how_long_it_took(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    outage = Outage("relay", clock)
    outage.begin_or_continue(OSError("refused"), is_expected=True)
    clock.now = 12.0
    outage.end()
    outage.end()
    assert [record.getMessage() for record in caplog.records][1:] == [
        "relay: works again after 12.0 s."
    ]


def test_an_error_of_another_kind_is_told_too(caplog: pytest.LogCaptureFixture) -> None:
    outage = Outage("relay", Clock())
    outage.begin_or_continue(OSError("refused"), is_expected=True)
    outage.begin_or_continue(ValueError("a bug"), is_expected=False)
    assert caplog.records[1].exc_info is not None


def test_the_waits_grow_to_five_seconds() -> None:
    outage = Outage("relay", Clock())
    waits = [outage.begin_or_continue(OSError("refused"), is_expected=True) for _ in range(10)]
    assert waits[:4] == [0.1, 0.2, 0.4, 0.8]
    assert waits[-1] == 5.0


def test_what_went_well_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    Outage("relay", Clock()).end()
    assert caplog.text == ""


def test_counters_add_up() -> None:
    counters = Counters()
    counters.add("sent", 2)
    counters.add("sent")
    assert counters.read() == {"sent": 3}
