"""Makes the databases of services on a PostgreSQL server."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from banyan.workbench.databases import redacted
from banyan.workbench.failures import missing_package, unreachable_database

PATIENCE = 5


def make_databases(server: str, urls: Mapping[str, str]) -> frozenset[str]:
    """Make the databases that are missing.

    Args:
        server: the address of a database there that exists; by default of ``postgres``.
        urls: service to the address of its database.

    Returns:
        the services whose database is empty.

    Raises:
        FindingsError: the server cannot be reached, or does not let us.
    """
    try:
        import psycopg
        from psycopg import sql
    except ImportError:
        raise missing_package("psycopg[binary]") from None
    parts = urlsplit(server)
    maintenance = parts._replace(path=parts.path if parts.path.strip("/") else "/postgres").geturl()
    try:
        with psycopg.connect(maintenance, autocommit=True, connect_timeout=PATIENCE) as connection:
            for url in urls.values():
                name = urlsplit(url).path.strip("/")
                found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
                if found.fetchone() is None:
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return frozenset(service for service, url in urls.items() if _is_empty(url))
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise unreachable_database(redacted(server), reason) from None


def _is_empty(url: str) -> bool:
    import psycopg

    with psycopg.connect(url, connect_timeout=PATIENCE) as connection:
        tables = connection.execute(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() LIMIT 1"
        )
        return tables.fetchone() is None
