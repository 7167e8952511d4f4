"""Where the services are."""

from banyan.discovery.addresses import Unlocated, base_url
from banyan.discovery.directories import FirstOf
from banyan.discovery.ports import Directory

__all__ = ["Directory", "FirstOf", "Unlocated", "base_url"]
