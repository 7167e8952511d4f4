"""How Envoy judges tokens, so that a forged one never reaches a service."""

from typing import Any

from banyan.gateway.site import Tokens

FILTER = "envoy.filters.http.jwt_authn"
USER_HEADER = "x-user-id"
_TYPE = "type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3"
_ANYWAY: dict[str, Any] = {"allow_missing_or_failed": {}}


def token_filter(tokens: Tokens, keys: str, cluster: str) -> dict[str, Any]:
    """The filter that verifies tokens.

    Args:
        keys: the address of the issuer's published keys.
        cluster: the issuer's service.
    """
    common: dict[str, Any] = {
        "issuer": tokens.issuer,
        "audiences": [tokens.audience],
        # The services verify it themselves; the gateway is the first line, not the only one.
        "forward": True,
        "claim_to_headers": [{"header_name": USER_HEADER, "claim_name": "sub"}],
        "remote_jwks": {
            "http_uri": {"uri": keys, "cluster": cluster, "timeout": "2s"},
            "cache_duration": "300s",
            # The gateway opens its door without the keys, and asks for them each second.
            "async_fetch": {"fast_listener": True, "failed_refetch_duration": "1s"},
        },
    }
    bearer = {"name": "Authorization", "value_prefix": "Bearer "}
    return {
        "name": FILTER,
        "typed_config": {
            "@type": f"{_TYPE}.JwtAuthentication",
            "providers": {
                "bearer": {**common, "from_headers": [bearer]},
                "cookie": {**common, "from_cookies": [tokens.cookie]},
            },
            "requirement_map": {
                "required": {
                    "requires_any": {
                        "requirements": [{"provider_name": "bearer"}, {"provider_name": "cookie"}]
                    }
                },
                # Who shows a bad token in a header gets 401. A browser shows its old cookie until
                # somebody takes it away: it gets the page that a stranger would.
                "optional": {
                    "requires_all": {
                        "requirements": [
                            {
                                "requires_any": {
                                    "requirements": [
                                        {"provider_name": "bearer"},
                                        {"allow_missing": {}},
                                    ]
                                }
                            },
                            {
                                "requires_any": {
                                    "requirements": [{"provider_name": "cookie"}, _ANYWAY]
                                }
                            },
                        ]
                    }
                },
            },
        },
    }


def requirement(auth: str) -> dict[str, Any]:
    """What a route asks of the filter."""
    config: dict[str, Any] = {"@type": f"{_TYPE}.PerRouteConfig"}
    if auth == "none":
        config["disabled"] = True
    else:
        config["requirement_name"] = auth
    return {FILTER: config}
