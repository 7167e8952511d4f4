"""What the gateway itself answers: JSON for programs, a small page for people."""

from dataclasses import dataclass
from html import escape
from typing import Any

_TYPES = "type.googleapis.com/envoy"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the gateway's own.

    Attributes:
        code: the canonical code, as the services' own errors have it.
        title: for people.
        text: what happened, and what to do.
    """

    status: int
    code: str
    title: str
    text: str


REPLIES = (
    Reply(400, "invalid_argument", "That address is not valid", "Look at how it is written."),
    Reply(401, "unauthenticated", "Please log in", "The token is missing or no longer valid."),
    Reply(
        403,
        "permission_denied",
        "You may not see this",
        "The token is meant for somebody else's use.",
    ),
    Reply(404, "not_found", "There is no such page", "No service answers at this address."),
    Reply(
        413,
        "resource_exhausted",
        "That is too large",
        "The request is larger than the gateway lets through.",
    ),
    Reply(
        431,
        "resource_exhausted",
        "That is too large",
        "The request's headers are larger than the gateway lets through.",
    ),
    Reply(
        502,
        "unavailable",
        "This part is not available right now",
        "The service behind it did not answer properly. Try again in a moment.",
    ),
    Reply(
        503,
        "unavailable",
        "This part is not available right now",
        "The service behind it does not answer; the others go on. Try again in a moment.",
    ),
    Reply(
        504,
        "deadline_exceeded",
        "That took too long",
        "The service behind it did not answer in time. Look whether it was done before you try "
        "again.",
    ),
)

# Nothing that a client sent is in it: the request's id is made by the gateway.
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
  body {{ font: 17px/1.6 system-ui, sans-serif; color: #1f2a24; background: #f6f5f0;
         display: grid; min-height: 100vh; margin: 0; place-items: center }}
  main {{ max-width: 32rem; padding: 2rem }}
  h1 {{ font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem }}
  a {{ color: #1d6b45 }}
  small {{ color: #66726b }}
  @media (prefers-color-scheme: dark) {{
    body {{ color: #e7ebe6; background: #161b18 }} a {{ color: #7ccba2 }} small {{ color: #96a39b }}
  }}
</style>
<main>
  <h1>{title}</h1>
  <p>{text}</p>
  <p><a href="">Try again</a></p>
  <small>{status} · %STREAM_ID%</small>
</main>
</html>
"""


def local_replies() -> dict[str, Any]:
    """Envoy's configuration of its own answers."""
    mappers = [_keys_unavailable()]
    for reply in REPLIES:
        mappers += [_for_people(reply), _for_programs(reply)]
    return {
        "mappers": mappers,
        "body_format": _json("unknown", "The gateway refused the request."),
    }


def _keys_unavailable() -> dict[str, Any]:
    """A token that cannot be judged is not the client's fault: 503, and not Envoy's 401."""
    reply = next(one for one in REPLIES if one.status == 503)
    return {
        "filter": {
            "extension_filter": {
                "name": "envoy.access_loggers.extension_filters.cel",
                "typed_config": {
                    "@type": f"{_TYPES}.extensions.access_loggers.filters.cel.v3.ExpressionFilter",
                    "expression": "response.code_details.contains('Jwks_remote_fetch')",
                },
            }
        },
        "status_code": 503,
        "body_format_override": _json(reply.code, "Tokens cannot be verified right now."),
        "headers_to_add": [_RETRY_AFTER],
    }


_RETRY_AFTER: dict[str, Any] = {"header": {"key": "retry-after", "value": "2"}}


def _for_people(reply: Reply) -> dict[str, Any]:
    page = PAGE.format(title=escape(reply.title), text=escape(reply.text), status=reply.status)
    return _mapper(
        reply,
        {"and_filter": {"filters": [_has_status(reply.status), _ACCEPTS_HTML]}},
        {"text_format_source": {"inline_string": page}, "content_type": "text/html; charset=utf-8"},
    )


def _for_programs(reply: Reply) -> dict[str, Any]:
    return _mapper(reply, _has_status(reply.status), _json(reply.code, reply.text))


def _mapper(reply: Reply, condition: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    mapper: dict[str, Any] = {"filter": condition, "body_format_override": body}
    if reply.code == "unavailable":
        mapper["headers_to_add"] = [_RETRY_AFTER]
    return mapper


def _json(code: str, message: str) -> dict[str, Any]:
    return {"json_format": {"code": code, "message": message, "request_id": "%STREAM_ID%"}}


def _has_status(status: int) -> dict[str, Any]:
    # Envoy wants a key by which the number could be changed at run time; nobody sets it.
    value = {"default_value": status, "runtime_key": "banyan.unset"}
    return {"status_code_filter": {"comparison": {"op": "EQ", "value": value}}}


_ACCEPTS_HTML: dict[str, Any] = {
    "header_filter": {"header": {"name": "accept", "string_match": {"contains": "text/html"}}}
}
