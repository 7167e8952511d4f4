"""Writes the gateway's configuration for a system."""

from banyan.findings import FindingsError
from banyan.gateway import Addresses, Site, Tokens, documents, routing_table
from banyan.gateway.adapters.files import write_documents
from banyan.gateway.routing import judge_routes
from banyan.workbench.plan import GATEWAY
from banyan.workbench.premises import Premises, url


def write_gateway(premises: Premises) -> None:
    """Write it into the system's folder.

    Raises:
        FindingsError: the project's routes cannot be used.
    """
    facts = premises.facts
    site = Site(
        issuer=facts.issuer,
        admin=facts.admin,
        labels=facts.labels,
        internal=facts.internal,
        tokens=Tokens(facts.token_issuer, facts.token_audience, facts.token_cookie)
        if facts.has_identity
        else None,
    )
    if findings := list(judge_routes(premises.project, site)):
        raise FindingsError(findings)
    addresses = Addresses(
        port=premises.ports[GATEWAY],
        admin=premises.ports[f"{GATEWAY}.admin"],
        services={
            service.name: service.url or url(premises.ports[service.name])
            for service in premises.topology.services.values()
        },
        health=facts.live,
    )
    table = routing_table(premises.project, premises.topology, site)
    folder = premises.folder / GATEWAY
    write_documents(documents(table, premises.topology, site, addresses, folder), folder)
