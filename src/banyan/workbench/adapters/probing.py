"""Looks at a part's port or health page."""

import asyncio
import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from banyan.workbench.parts import HttpProbe, TcpProbe

PATIENCE = 2.0
LARGEST_ANSWER = 16 * 1024


class NetworkProber:
    """Probes by TCP and HTTP, in threads of its own."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(16, thread_name_prefix="banyan-probe")

    async def look(self, probe: HttpProbe | TcpProbe) -> str | None:
        """See :class:`banyan.workbench.ports.Prober`."""
        if isinstance(probe, TcpProbe):
            return await _accepts(probe.port)
        return await asyncio.get_running_loop().run_in_executor(self._threads, _answers, probe.url)

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)


async def _accepts(port: int) -> str | None:
    try:
        async with asyncio.timeout(PATIENCE):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
    except TimeoutError:
        return f"port {port} does not answer"
    except OSError:
        return f"port {port} is closed"
    writer.close()
    return None


def _answers(url: str) -> str | None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        # The name by which DEBUG's ALLOWED_HOSTS know this machine.
        connection.request("GET", parts.path, headers={"Host": f"localhost:{parts.port}"})
        response = connection.getresponse()
        body = response.read(LARGEST_ANSWER)
    except TimeoutError:
        return f"{parts.path} does not answer within {PATIENCE:g} s"
    except ConnectionRefusedError:
        return f"port {parts.port} is closed"
    except (OSError, http.client.HTTPException) as error:
        return f"{parts.path}: {error or type(error).__name__}"
    finally:
        connection.close()
    if response.status < 500:
        return None
    return f"{parts.path} answers {response.status}{_reason(body)}"


def _reason(body: bytes) -> str:
    """What a health page says in JSON, in a few words."""
    try:
        found = json.loads(body)
    except ValueError:
        return ""
    return f": {json.dumps(found, ensure_ascii=False)[:200]}" if found else ""
