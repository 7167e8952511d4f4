"""The one address of a system of services: which path goes where, as Envoy is told it."""

from banyan.gateway.documents import documents
from banyan.gateway.routing import Entry, routing_table
from banyan.gateway.site import Addresses, Site, Tokens

__all__ = ["Addresses", "Entry", "Site", "Tokens", "documents", "routing_table"]
