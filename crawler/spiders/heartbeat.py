"""A call to a monitor after a healthy crawl: it alarms when none comes, as when cron or the machine stopped."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from crawler import __version__
from crawler.sources import Host
from crawler.spiders.address_policy import refusal

TIMEOUT_S = 10.0
_PORTS = {"http": 80, "https": 443}


def call(url: str, hosts: Mapping[str, Host]) -> str:
    """Ask an address once, without following redirects; return why that did not work, empty where it did.

    Only public addresses are connected to, and the loopback hosts that ``hosts`` names as private.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    named = hosts.get(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    try:
        resolved = [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        wrong = [why for each in resolved if (why := refusal(each, private=named is not None and named.private))]
        if wrong:
            return f"heartbeat: {wrong[0]}"
        return _ask(
            parts.scheme, host, port, resolved[0], f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        )
    except (OSError, http.client.HTTPException) as error:
        return f"heartbeat: {host}: {error or type(error).__name__}"


def _ask(scheme: str, host: str, port: int, address: str, path: str) -> str:
    """Send the request to the address that was checked, under the name of the host."""
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
    sock: socket.socket = socket.create_connection((address, port), TIMEOUT_S)
    try:
        connection.sock = (
            ssl.create_default_context().wrap_socket(sock, server_hostname=host) if scheme == "https" else sock
        )
        connection.request("GET", path, headers={"User-Agent": f"roundup/{__version__}"})
        status = connection.getresponse().status
    finally:
        connection.close()
        sock.close()
    return "" if 200 <= status < 300 else f"heartbeat: {host} answered with {status}"
