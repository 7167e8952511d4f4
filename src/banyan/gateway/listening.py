"""How Envoy takes requests in: made plain, within limits, without what only we may say."""

from collections.abc import Mapping, Sequence
from typing import Any

from banyan.gateway.replies import local_replies
from banyan.gateway.tokens import USER_HEADER

HEADER_KILOBYTES = 32
HEADER_COUNT = 100
BODY_BYTES = 32 * 1024 * 1024
_TYPES = "type.googleapis.com/envoy"
_HTTP = f"{_TYPES}.extensions.filters.network.http_connection_manager.v3"
_MUTATION = f"{_TYPES}.extensions.http.early_header_mutation.header_mutation.v3"


def connection_manager(
    routes: Mapping[str, Any], name: str, filters: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The filter that speaks HTTP to clients.

    Args:
        routes: where the routes come from.
        name: of the routes.
        filters: what requests go through before they are routed.
    """
    return {
        "@type": f"{_HTTP}.HttpConnectionManager",
        "stat_prefix": "gateway",
        "rds": {"route_config_name": name, "config_source": routes},
        "use_remote_address": True,
        # This machine's own clients are strangers too: none may set x-envoy-… headers.
        "internal_address_config": {
            "cidr_ranges": [{"address_prefix": "255.255.255.255", "prefix_len": 32}]
        },
        # One spelling for each path, so that no other spelling leads around a route.
        "normalize_path": True,
        "merge_slashes": True,
        "path_with_escaped_slashes_action": "REJECT_REQUEST",
        "common_http_protocol_options": {
            "idle_timeout": "60s",
            "max_headers_count": HEADER_COUNT,
            # WSGI knows x_user_id and x-user-id as one.
            "headers_with_underscores_action": "DROP_HEADER",
        },
        "max_request_headers_kb": HEADER_KILOBYTES,
        "request_headers_timeout": "10s",
        "request_timeout": "60s",
        "stream_idle_timeout": "60s",
        "delayed_close_timeout": "1s",
        "early_header_mutation_extensions": [_stripping()],
        "tracing": _tracing(),
        "access_log": [_access_log()],
        "local_reply_config": local_replies(),
        "http_filters": [
            {
                "name": "envoy.filters.http.buffer",
                "typed_config": {
                    "@type": f"{_TYPES}.extensions.filters.http.buffer.v3.Buffer",
                    "max_request_bytes": BODY_BYTES,
                },
            },
            *filters,
            {
                "name": "envoy.filters.http.router",
                "typed_config": {"@type": f"{_TYPES}.extensions.filters.http.router.v3.Router"},
            },
        ],
    }


def _stripping() -> dict[str, Any]:
    """What only we say is taken from what strangers say, before anything looks at it."""
    return {
        "name": "envoy.http.early_header_mutation.header_mutation",
        "typed_config": {
            "@type": f"{_MUTATION}.HeaderMutation",
            "mutations": [
                {"remove": USER_HEADER},
                {"remove_on_match": {"key_matcher": {"prefix": "banyan-"}}},
                {"remove_on_match": {"key_matcher": {"prefix": "x-envoy-"}}},
            ],
        },
    }


def _tracing() -> dict[str, Any]:
    """Each request has a trace, its own or one that begins here; nobody is sent any spans."""
    return {
        "random_sampling": {"value": 100},
        "provider": {
            "name": "envoy.tracers.opentelemetry",
            "typed_config": {
                "@type": f"{_TYPES}.config.trace.v3.OpenTelemetryConfig",
                "service_name": "gateway",
                "http_service": {
                    "http_uri": {
                        "uri": "http://127.0.0.1:4318/v1/traces",
                        "cluster": "none",
                        "timeout": "1s",
                    }
                },
            },
        },
    }


def _access_log() -> dict[str, Any]:
    """One hop a line, as :mod:`banyan.observability` writes them. No query: it may hold secrets."""
    return {
        "name": "envoy.access_loggers.stdout",
        "typed_config": {
            "@type": f"{_TYPES}.extensions.access_loggers.stream.v3.StdoutAccessLog",
            "log_format": {
                "json_format": {
                    "time": "%EMIT_TIME%",
                    "kind": "gateway",
                    "name": "%REQ(:METHOD)% %ROUTE_NAME%",
                    "path": "%PATH(NQ:PATH)%",
                    "status": "%RESPONSE_CODE%",
                    "milliseconds": "%DURATION%",
                    "to": "%UPSTREAM_CLUSTER%",
                    "flags": "%RESPONSE_FLAGS%",
                    "details": "%RESPONSE_CODE_DETAILS%",
                    "received": "%BYTES_RECEIVED%",
                    "sent": "%BYTES_SENT%",
                    "trace_id": "%TRACE_ID%",
                    "request_id": "%REQ(X-REQUEST-ID)%",
                }
            },
        },
    }
