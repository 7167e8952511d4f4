"""Which database each service gets."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

POSTGRESQL_SCHEMES = ("postgres", "postgresql")
LONGEST_NAME = 63  # Source: PostgreSQL, NAMEDATALEN - 1


def is_postgresql(address: str) -> bool:
    """Whether an address is a PostgreSQL server's."""
    return urlsplit(address).scheme in POSTGRESQL_SCHEMES


def sqlite_file(folder: Path, service: str) -> Path:
    """The file of a service's own database."""
    return folder / f"{service}.sqlite3"


def sqlite_url(file: Path) -> str:
    """A file as the address of a database."""
    return f"sqlite:///{quote(str(file))}"


def postgresql_name(project: str, service: str) -> str:
    """The name of a service's database on a server that may have those of other projects too."""
    return f"{project}_{service}"[:LONGEST_NAME]


def postgresql_urls(server: str, project: str, services: Iterable[str]) -> dict[str, str]:
    """The address of each service's database on one server."""
    parts = urlsplit(server)
    return {
        service: urlunsplit(parts._replace(path=f"/{postgresql_name(project, service)}"))
        for service in services
    }


def redacted(address: str) -> str:
    """An address without its password, for people to read."""
    parts = urlsplit(address)
    if not parts.password:
        return address
    user, _, _ = parts.netloc.rpartition("@")[0].partition(":")
    return urlunsplit(parts._replace(netloc=f"{user}:***@{parts.netloc.rpartition('@')[2]}"))
