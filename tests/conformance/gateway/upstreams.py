"""Servers to stand behind a gateway: each tells exactly what reached it."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Upstream:
    """A server on a port of its own that answers with what it was asked.

    Args:
        pages: paths with an answer of their own.
    """

    def __init__(self, name: str, pages: dict[str, Callable[[], str]] | None = None) -> None:
        self.name = name
        self.seen: list[str] = []
        self._pages = pages or {}
        self.port = 0
        self.start()

    def start(self) -> None:
        """Listen, at the port it had before if it had one."""
        upstream = self
        self.is_stopped = False

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                if upstream.is_stopped:
                    # A connection that was open before.
                    self.close_connection = True
                    return
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if self.path in upstream._pages:
                    text = upstream._pages[self.path]()
                else:
                    if self.path != "/up":
                        upstream.seen.append(self.path)
                    content: dict[str, Any] = {
                        "service": upstream.name,
                        "path": self.path,
                        "headers": {name.lower(): value for name, value in self.headers.items()},
                        "size": len(body),
                    }
                    text = json.dumps(content)
                self.send_response(200)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            do_GET = do_POST = answer  # noqa: N815 - http.server's names

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Listen no more, and answer no more."""
        if self.is_stopped:
            return
        self.is_stopped = True
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
