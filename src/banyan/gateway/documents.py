"""Envoy's configuration: a bootstrap, and listeners, routes and clusters as files of their own."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from banyan.gateway.listening import connection_manager
from banyan.gateway.routing import KEYS_PATH, Entry
from banyan.gateway.site import Addresses, Site
from banyan.gateway.tokens import requirement, token_filter
from banyan.modules import Topology

XDS = "xds"
ROUTES = "routes"
_TYPES = "type.googleapis.com/envoy"

ROUTE_TIMEOUT = "30s"
HEALTH_INTERVAL = "0.5s"
IDLE = "10s"
CONNECTIONS = 10_000


def documents(
    table: Sequence[Entry],
    topology: Topology,
    site: Site,
    addresses: Addresses,
    folder: Path,
) -> dict[str, dict[str, Any]]:
    """The documents of a gateway, by file name within its folder.

    Args:
        table: the routes, in the order in which they are tried.
        folder: where the files will stand; Envoy is told their whole paths.
    """
    xds = folder / XDS
    issuer = topology.service_of(site.issuer) if site.issuer else None
    filters: list[dict[str, Any]] = []
    if site.tokens and issuer:
        keys = f"{addresses.services[issuer.name].rstrip('/')}{KEYS_PATH}"
        filters.append(token_filter(site.tokens, keys, issuer.name))
    has_tokens = bool(filters)
    return {
        "envoy.json": _bootstrap(xds, addresses),
        f"{XDS}/cds.json": _resources(
            [_cluster(name, url, addresses.health) for name, url in addresses.services.items()],
            "config.cluster.v3.Cluster",
        ),
        f"{XDS}/rds.json": _resources(
            [_routes(table, site, addresses, has_tokens=has_tokens)],
            "config.route.v3.RouteConfiguration",
        ),
        f"{XDS}/lds.json": _resources(
            [_listener(addresses.port, connection_manager(_watched(xds, "rds"), ROUTES, filters))],
            "config.listener.v3.Listener",
        ),
    }


def _bootstrap(xds: Path, addresses: Addresses) -> dict[str, Any]:
    return {
        "node": {"id": "banyan-gateway", "cluster": "banyan"},
        # Whoever reaches the administration can stop Envoy: never beyond this machine.
        "admin": {"address": _socket("127.0.0.1", addresses.admin)},
        "overload_manager": {
            "resource_monitors": [
                {
                    "name": "envoy.resource_monitors.global_downstream_max_connections",
                    "typed_config": {
                        "@type": f"{_TYPES}.extensions.resource_monitors.downstream_connections"
                        ".v3.DownstreamConnectionsConfig",
                        "max_active_downstream_connections": CONNECTIONS,
                    },
                }
            ]
        },
        "dynamic_resources": {
            "lds_config": _watched(xds, "lds"),
            "cds_config": _watched(xds, "cds"),
        },
    }


def _watched(xds: Path, name: str) -> dict[str, Any]:
    return {
        "resource_api_version": "V3",
        "path_config_source": {
            "path": str(xds / f"{name}.json"),
            "watched_directory": {"path": str(xds)},
        },
    }


def _resources(resources: Sequence[Mapping[str, Any]], kind: str) -> dict[str, Any]:
    return {"resources": [{"@type": f"{_TYPES}.{kind}", **one} for one in resources]}


def _listener(port: int, manager: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": "gateway",
        "address": _socket("127.0.0.1", port),
        # Otherwise a second gateway would share the port unseen, and take half of the requests.
        "enable_reuse_port": False,
        "filter_chains": [
            {
                "filters": [
                    {
                        "name": "envoy.filters.network.http_connection_manager",
                        "typed_config": manager,
                    }
                ]
            }
        ],
    }


def _routes(
    table: Sequence[Entry], site: Site, addresses: Addresses, *, has_tokens: bool
) -> dict[str, Any]:
    internal = site.internal.rstrip("/")
    return {
        "name": ROUTES,
        "virtual_hosts": [
            {
                "name": "all",
                "domains": ["*"],
                "routes": [
                    {
                        "name": "internal",
                        "match": {"path_separated_prefix": internal},
                        "direct_response": {"status": 404},
                    },
                    *(_route(entry, addresses, has_tokens=has_tokens) for entry in table),
                ],
            }
        ],
    }


def _route(entry: Entry, addresses: Addresses, *, has_tokens: bool) -> dict[str, Any]:
    match: dict[str, Any]
    if entry.exact:
        match = {"path": entry.prefix}
    elif entry.prefix:
        match = {"path_separated_prefix": entry.prefix}
    else:
        match = {"prefix": "/"}
    if entry.query:
        name, value = entry.query
        match["query_parameters"] = [{"name": name, "string_match": {"exact": value}}]
    url = urlsplit(addresses.services[entry.service])
    action: dict[str, Any] = {
        "cluster": entry.service,
        "timeout": ROUTE_TIMEOUT,
        # A request that was never sent may be sent again, whatever it asks for.
        "retry_policy": {
            "retry_on": "connect-failure,refused-stream,reset-before-request",
            "num_retries": 1,
        },
    }
    if not _is_here(url):
        action["auto_host_rewrite"] = True
        if url.path.strip("/"):
            action["prefix_rewrite"] = f"{url.path.rstrip('/')}{entry.prefix or '/'}"
    route: dict[str, Any] = {"name": entry.name, "match": match, "route": action}
    if has_tokens:
        route["typed_per_filter_config"] = requirement(entry.auth)
    return route


def _cluster(name: str, url: str, health: str | None) -> dict[str, Any]:
    parts = urlsplit(url)
    here = _is_here(parts)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    cluster: dict[str, Any] = {
        "name": name,
        "type": "STATIC" if here else "STRICT_DNS",
        "connect_timeout": "1s",
        "load_assignment": {
            "cluster_name": name,
            "endpoints": [
                {"lb_endpoints": [{"endpoint": {"address": _socket(parts.hostname or "", port)}}]}
            ],
        },
        # Otherwise, with fewer than half of them well, requests go to the sick ones too.
        "common_lb_config": {"healthy_panic_threshold": {"value": 0}},
        "typed_extension_protocol_options": {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": f"{_TYPES}.extensions.upstreams.http.v3.HttpProtocolOptions",
                "explicit_http_config": {"http_protocol_options": {}},
                # Sooner than servers close idle connections, so that none is used as it closes.
                "common_http_protocol_options": {"idle_timeout": IDLE},
            }
        },
    }
    if here:
        cluster["health_checks"] = [_health_check(f"localhost:{port}", health)]
    if parts.scheme == "https":
        cluster["transport_socket"] = _tls(parts.hostname or "")
    return cluster


def _health_check(host: str, path: str | None) -> dict[str, Any]:
    check: dict[str, Any] = {
        "timeout": "2s",
        "interval": HEALTH_INTERVAL,
        # Without it, a cluster that nobody asks is looked at once a minute.
        "no_traffic_interval": HEALTH_INTERVAL,
        "unhealthy_threshold": 2,
        "healthy_threshold": 1,
        # A refused connection is certain at once.
        "always_log_health_check_failures": False,
    }
    if path is None:
        check["tcp_health_check"] = {}
    else:
        check["http_health_check"] = {
            "host": host,
            "path": path,
            "expected_statuses": [{"start": 200, "end": 500}],
        }
    return check


def _tls(host: str) -> dict[str, Any]:
    return {
        "name": "envoy.transport_sockets.tls",
        "typed_config": {
            "@type": f"{_TYPES}.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
            "sni": host,
            "auto_sni_san_validation": True,
            "common_tls_context": {
                "validation_context": {
                    "system_root_certs": {},
                }
            },
        },
    }


def _is_here(url: SplitResult) -> bool:
    return url.hostname == "127.0.0.1"


def _socket(address: str, port: int) -> dict[str, Any]:
    return {"socket_address": {"address": address, "port_value": port}}
