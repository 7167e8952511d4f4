"""Which path goes to which service: the routes as written, and those that modules imply."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from banyan.findings import Finding, Location
from banyan.gateway.site import Site
from banyan.modules import Project, Route, Topology

KEYS_PATH = "/.well-known/jwks.json"
AUTOCOMPLETE = "autocomplete"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the routing table.

    Attributes:
        prefix: without the slash at its end; it stands for itself and for all below it.
        service: who answers.
        auth: whether a token is ``required``, ``optional``, or not looked at (``none``).
        query: a parameter that the address must have, with its value.
        exact: the path itself is meant, and nothing below it.
    """

    prefix: str
    service: str
    auth: str = "optional"
    query: tuple[str, str] | None = None
    exact: bool = False

    @property
    def name(self) -> str:
        """How logs call it."""
        return self.prefix or "/"


def routing_table(project: Project, topology: Topology, site: Site) -> list[Entry]:
    """The routes in the order in which they are tried: the most particular first.

    What the project writes wins over what follows from its modules.
    """
    written = [
        Entry(_bare(route.prefix), service.name, route.auth)
        for route in project.routes.values()
        if (service := topology.service_of(route.to))
    ]
    taken = {(entry.prefix, entry.query) for entry in written}
    derived = [one for one in _derived(topology, site) if (one.prefix, one.query) not in taken]
    return sorted([*written, *derived], key=_particularity)


def judge_routes(project: Project, site: Site) -> Iterator[Finding]:
    """What is wrong with the routes that a project writes."""
    seen: dict[str, str] = {}
    for route in project.routes.values():
        bare = _bare(route.prefix)
        if _bare(site.internal) == bare or bare.startswith(site.internal):
            yield _finding(
                project,
                "banyan.E701",
                f"the route {route.prefix!r} leads to where services call each other",
                f"Whoever reaches {site.internal} may call every contract; give the route another "
                "path.",
            )
        if (other := seen.setdefault(bare, route.prefix)) != route.prefix:
            yield _finding(
                project,
                "banyan.E702",
                f"the routes {other!r} and {route.prefix!r} are the same",
                "A route stands for its path with and without the slash; keep one of them.",
            )
        if _is_strange(route):
            yield _finding(
                project,
                "banyan.E703",
                f"the route {route.prefix!r} can never match",
                "Paths are made plain before they are compared: write it without //, .., ?, # and "
                "percent signs.",
            )


def _derived(topology: Topology, site: Site) -> Iterator[Entry]:
    issuer = topology.service_of(site.issuer) if site.issuer else None
    if issuer and site.tokens:
        yield Entry(KEYS_PATH, issuer.name, "none", exact=True)
    if not issuer or not site.admin:
        return
    admin = _bare(site.admin)
    yield Entry(admin, issuer.name)
    for module, labels in site.labels.items():
        service = topology.service_of(module)
        if service is None or service.url is not None:
            continue
        for label in labels:
            yield Entry(f"{admin}/{label}", service.name)
            # The admin's search boxes ask one address for all models.
            yield Entry(f"{admin}/{AUTOCOMPLETE}", service.name, query=("app_label", label))


def _particularity(entry: Entry) -> tuple[bool, int, bool, str]:
    return (not entry.exact, -len(entry.prefix), entry.query is None, entry.prefix)


def _bare(prefix: str) -> str:
    return prefix.rstrip("/")


def _is_strange(route: Route) -> bool:
    parts = route.prefix.split("/")[1:]
    inner = parts[:-1] if parts[-1] == "" else parts
    return any(part in ("", ".", "..") for part in inner) or any(
        character in route.prefix for character in "?#%\\ "
    )


def _finding(project: Project, id: str, message: str, hint: str) -> Finding:
    return Finding(id, message, hint, Location(project.file) if project.file else None)


def services_of(entries: Iterable[Entry]) -> list[str]:
    """The services that a table leads to."""
    return list(dict.fromkeys(entry.service for entry in entries))
