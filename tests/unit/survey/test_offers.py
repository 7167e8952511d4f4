"""What a module's contract offers is read from its public files."""

from tests.unit.survey.projects import SHOP, Project

from banyan.survey.facts import Offer
from banyan.survey.offers import offers

CONTRACT = """
    from typing import Protocol
    from banyan import Contract, Event, Message, command, query
    import banyan

    class View(Message):
        id: int

    class Changed(Event):
        id: int

    class OrderPlaced(Changed):
        total: int

    class Orders(Contract, Protocol):
        @query(rest="GET /api/orders/")
        def all(self) -> list[View]: ...

        @banyan.command
        def place(self) -> View: ...

        def client_of(self) -> None: ...

    def local():
        class Hidden(Event):
            id: int
"""


def offered(path: str, text: str) -> tuple[Offer, ...]:
    project = Project({**SHOP, path: text})
    return offers(project.names, project.territory, project.outlines())["orders"]


def test_methods_and_events_are_told_in_the_order_in_which_they_stand() -> None:
    assert offered("orders/contract.py", CONTRACT) == (
        Offer(kind="event", name="Changed"),
        Offer(kind="event", name="OrderPlaced"),
        Offer(kind="query", name="Orders.all"),
        Offer(kind="command", name="Orders.place"),
    )


def test_what_stands_in_internal_files_is_offered_to_nobody() -> None:
    assert offered("orders/messages.py", CONTRACT) == ()


def test_classes_of_the_same_name_from_elsewhere_are_none() -> None:
    assert offered("orders/contract.py", "from celery import Event\nclass Sent(Event): ...") == ()
