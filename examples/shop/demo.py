"""The shop as services, played: a purchase, a service that dies under it, and how it heals.

Run it with ``./dev demo``; with ``--once`` it plays to the end and exits: 0 if all went well.
"""

import argparse
import os
import re
import secrets
import sys
import threading
import time
import uuid
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from banyan import workbench
from banyan.errors import BanyanError
from banyan.workbench import Hop, System

SHOP = Path(__file__).resolve().parent
CARD = {"card-number": "4242 4242 4242 4242", "card-expires": "12/30", "card-cvc": "123"}
ADDRESS = {
    "name": "Ada King",
    "street": "1 Analytical Row",
    "postcode": "N1 9GU",
    "city": "London",
}
PASSWORD = "correct horse battery staple"
PATIENCE = 60.0

console = Console(highlight=False)


@dataclass
class Page:
    """What a browser would show."""

    url: str
    status: int
    text: str
    trace_id: str
    milliseconds: float

    @property
    def note(self) -> str:
        """What the page says to the visitor, apart from its contents."""
        found = re.findall(r'class="note[^"]*"[^>]*>(.*?)</', self.text, re.DOTALL)
        return " ".join(" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found)

    def hidden(self, name: str) -> str:
        """The value of a hidden field."""
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', self.text)
        return found[1] if found else ""


@dataclass
class Customer:
    """Somebody at a browser, who talks to the shop by its one address."""

    address: str
    email: str = field(default_factory=lambda: f"ada-{uuid.uuid4().hex[:6]}@example.org")
    session: requests.Session = field(default_factory=requests.Session)

    def open(self, path: str) -> Page:
        """Look at a page."""
        return self._send("GET", path)

    def send(self, path: str, form: str = "", **fields: str) -> Page:
        """Fill in the form on a page, and send it.

        Args:
            form: the page that shows the form; by default the one it is sent to.
        """
        page = self.open(form or path)
        hidden = {name: page.hidden(name) for name in ("csrfmiddlewaretoken", "checkout")}
        return self._send("POST", path, hidden | fields)

    def _send(self, method: str, path: str, data: dict[str, str] | None = None) -> Page:
        trace_id = secrets.token_hex(16)
        started = time.perf_counter()
        response = self.session.request(
            method,
            path if path.startswith("http") else f"{self.address}{path}",
            data=data,
            headers={
                "traceparent": f"00-{trace_id}-{secrets.token_hex(8)}-01",
                "Accept": "text/html",
                "Referer": self.address,
            },
            timeout=PATIENCE,
        )
        took = (time.perf_counter() - started) * 1000
        return Page(response.url, response.status_code, response.text, trace_id, took)


class DemoFailed(Exception):
    """Something did not go as it should."""


def main() -> int:
    """Play it; the exit status."""
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="play it to the end, and exit")
    parser.add_argument("--port", type=int, default=8000, help="where the shop is reached")
    options = parser.parse_args()
    console.print(
        Panel.fit(
            "[bold]Fig & Fern[/], a shop for plants: one Django project, run here as five "
            "services\n"
            "[dim]each with a process and a database of its own, behind a real Envoy,\n"
            "with events through a real NATS. No Docker.[/]",
            border_style="green",
        )
    )
    try:
        with starting(options.port) as system:
            play(system)
            if not options.once:
                stay(system)
    except (BanyanError, DemoFailed, TimeoutError) as error:
        console.print(f"\n[bold red]The demo failed.[/] {error}", markup=True)
        return 1
    except KeyboardInterrupt:
        pass
    console.print("[dim]Everything is stopped; nothing is left running.[/]")
    return 0


@contextmanager
def starting(port: int) -> Iterator[System]:
    """Run the shop for a block, and show its parts as they become ready."""
    started = time.perf_counter()
    options = workbench.Options(port=port, folder=SHOP / ".banyan" / "demo", fresh=True)
    with console.status("looking at the project …"):
        system = workbench.build(workbench.find(SHOP), "services", options)
    if not system.url.endswith(f":{port}"):
        said(f"port {port} is taken; the shop is at {system.url}")
    try:
        with console.status("starting …") as status:
            shown = threading.Thread(target=show_progress, args=(system, status.update))
            shown.start()
            try:
                system.start()
            finally:
                system.log.write("demo", STARTED)
                shown.join()
        took = time.perf_counter() - started
        console.print(f"\n[bold]Ready[/] in {took:.1f} s: {system.url}\n")
        console.print(services(system))
        yield system
    finally:
        with console.status("stopping …"):
            system.stop()


STARTED = "started"


def show_progress(system: System, show: Callable[[str], None]) -> None:
    """Say how many parts are ready, until the log says that all are."""
    while True:
        states = system.statuses
        ready = [name for name, status in states.items() if status.state.is_good]
        under_way = [name for name, status in states.items() if status.state == "starting"]
        now = ", ".join(under_way[:3])
        show(f"starting: {len(ready)} of {len(states)} parts are ready  [dim]{now}[/]")
        try:
            system.log.wait_for(lambda line: line.part == "demo", timeout=0.2)
        except TimeoutError:
            continue
        return


def services(system: System) -> Table:
    """Which service has which modules, where it listens, and what it takes."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("service", "modules", "listens at", "database"):
        table.add_column(column)
    premises = system.premises
    for service in premises.services:
        database = premises.databases[service.name].rpartition("/")[2]
        address = f"127.0.0.1:{premises.ports[service.name]}"
        table.add_row(f"[cyan]{service.name}[/]", ", ".join(service.modules), address, database)
    table.add_row("[cyan]gateway[/]", "[dim]Envoy[/]", system.url.removeprefix("http://"), "")
    table.add_row("[cyan]nats[/]", "[dim]NATS JetStream[/]", premises.broker[7:], "")
    return table


def play(system: System) -> None:
    """A purchase; another while payments is dead; and its healing."""
    customer = Customer(system.url)
    chapter("1", "A purchase, as a customer's browser makes it")
    customer.send("/register/", name="Ada King", email=customer.email, password=PASSWORD)
    plant = choose_plant(customer)
    said(f"{customer.email} registers, puts [green]{plant}[/] into the cart and orders it")
    paid = order(customer, plant)
    expect("Your order is paid" in paid.note, f"the order was not paid: {paid.note}")
    said(f"the page says: [bold]“{paid.note}”[/]  [dim]({paid.milliseconds:.0f} ms)[/]")
    until(customer, paid.url, lambda page: "has your parcel" in page.text)
    said("and a moment later, by events alone: the parcel is on its way\n")
    console.print(journey(system, checkout_trace(system, 1)))

    chapter("2", "payments is killed (SIGKILL), and somebody buys")
    system.stop_service("payments", kill=True)
    plant = choose_plant(customer)
    unpaid = order(customer, plant)
    expect("Your order is kept" in unpaid.note, f"it did not degrade: {unpaid.note}")
    expect(unpaid.status == 200, f"the page answered {unpaid.status}")
    said(f"the page says: [bold]“{unpaid.note}”[/]  [dim]({unpaid.milliseconds:.0f} ms)[/]")
    said("browsing, the cart and the orders work on; nothing of the order is lost\n")
    console.print(journey(system, checkout_trace(system, 2)))

    chapter("3", "payments comes back")
    started = time.perf_counter()
    with console.status("starting payments …"):
        system.start_service("payments")
        system.wait_ready(PATIENCE)
    said(f"payments is ready after {time.perf_counter() - started:.1f} s")
    healed = customer.send(f"{unpaid.url}pay/", unpaid.url, **CARD)
    expect("Your order is paid" in healed.note, f"it did not heal: {healed.note}")
    said(f"“Pay now” on the same order: [bold]“{healed.note}”[/]")
    until(customer, healed.url, lambda page: "has your parcel" in page.text)
    said("and this parcel, too, is on its way\n")
    console.print(
        f"[bold green]✓[/] bought, degraded, healed. "
        f"[dim]Log in as {customer.email}, password “{PASSWORD}”.[/]",
        soft_wrap=True,
    )


def choose_plant(customer: Customer) -> str:
    """The first plant on the shop's page that can be had."""
    found = re.findall(r'href="/plants/([a-z0-9-]+)/"', customer.open("/").text)
    expect(bool(found), "the shop shows no plants")
    return found[0]


def order(customer: Customer, plant: str) -> Page:
    """Put a plant into the cart and check out."""
    customer.send(f"/cart/add/{plant}/", f"/plants/{plant}/", quantity="1")
    return customer.send("/checkout/", **ADDRESS, **CARD)


def until(customer: Customer, url: str, seen: Callable[[Page], bool]) -> None:
    """Reload a page until it shows what is awaited."""
    deadline = time.monotonic() + PATIENCE
    while not seen(customer.open(url)):
        expect(time.monotonic() < deadline, f"{url} does not show what was awaited")
        time.sleep(0.2)  # a page can only be looked at again


def checkout_trace(system: System, number: int) -> str:
    """The trace of the first order that was sent, the second, and so on.

    Envoy writes its log with a delay, so that its line may come after the page.
    """
    deadline = time.monotonic() + PATIENCE
    while len(orders := checkouts(system)) < number:
        expect(time.monotonic() < deadline, "the gateway's log does not show the order")
        time.sleep(0.1)  # a log can only be looked at again
    return orders[number - 1].trace_id


def checkouts(system: System) -> list[Hop]:
    """The orders that the gateway let in."""
    return [
        hop
        for hop in system.log.hops()
        if hop.kind == "gateway"
        and hop.name.startswith("POST")
        and hop.fields.get("path") == "/checkout/"
    ]


WHAT = {
    "gateway": "lets the request in",
    "request": "answers the page",
    "call": "calls",
    "served": "runs",
    "deliver": "hears",
}


OUTCOMES = {"declared": "says that it cannot", "unavailable": "nobody answers"}


def journey(system: System, trace_id: str) -> Table:
    """Which service did what for one request, and how long each step took."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("at ms", justify="right")
    table.add_column("service")
    table.add_column("does what")
    table.add_column("ms", justify="right")
    hops = sorted((hop for hop in system.log.hops(trace_id) if hop.kind in WHAT), key=began)
    for hop in hops:
        good = hop.outcome == "ok"
        to = f" → {hop.fields['to']}" if hop.fields.get("to") else ""
        table.add_row(
            f"{(began(hop) - began(hops[0])) * 1000:.0f}",
            Text(hop.service, "cyan"),
            Text.assemble(
                (f"{WHAT[hop.kind]} ", "dim"),
                short(hop),
                (to, "dim"),
                ("" if good else f"  {OUTCOMES.get(hop.outcome, hop.outcome)}", "bold red"),
            ),
            f"{hop.milliseconds:.1f}",
        )
    return table


def began(hop: Hop) -> float:
    """When a hop began, in seconds since 1970."""
    return hop.ended - hop.milliseconds / 1000


def short(hop: Hop) -> str:
    """``Orders/Place`` for ``shop.orders.v1.Orders/Place``, and a page by its path."""
    if hop.kind in ("gateway", "request"):
        return f"{hop.name.partition(' ')[0]} {hop.fields.get('path', '')}"
    name = str(hop.fields.get("event", hop.name)) if hop.kind == "deliver" else hop.name
    return re.sub(r"^/?shop\.(\w+)\.v\d+\.", "", name) if "/" in name else name


def stay(system: System) -> None:
    """Leave the shop running to look at, and name the next things to try."""
    url = f"{system.url}/"
    console.print(
        Panel(
            f"The shop is open: [bold]{url}[/]   "
            f"[dim]staff: {url}admin/, staff / figs-and-ferns[/]\n\n"
            "Next, in another terminal:\n"
            "  [cyan]./dev run banyan status --project examples/shop[/]\n"
            "      its parts and processes; kill one, and look again\n"
            "  [cyan]./dev run banyan up monolith --project examples/shop[/]\n"
            "      the same shop in one process: one word changed\n\n"
            "Ctrl-C stops everything.",
            border_style="green",
        )
    )
    if has_screen():
        webbrowser.open(url)
    threading.Event().wait()


def has_screen() -> bool:
    """Whether somebody could see a browser's window."""
    return sys.platform == "darwin" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def chapter(number: str, title: str) -> None:
    """A headline."""
    console.print(f"\n[bold green]{number}[/]  [bold]{title}[/]")


def said(text: str) -> None:
    """What happened, in a line."""
    console.print(f"   {text}", soft_wrap=True)


def expect(holds: bool, otherwise: str) -> None:
    """Stop the demo when something is not as it should be."""
    if not holds:
        raise DemoFailed(otherwise)


if __name__ == "__main__":
    sys.exit(main())
