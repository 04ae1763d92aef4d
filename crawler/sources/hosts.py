"""Host names of the registry: which are public, and which loopback host may be asked all the same."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import urlsplit

_NAME = re.compile(r"(?P<host>\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::(?P<port>[1-9]\d{0,4}))?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_INSIDE = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
_PORTS = {"http": 80, "https": 443}


def is_host(name: str) -> bool:
    """Return whether a key of ``hosts`` is a host, or a host and a port.

    >>> is_host("www.gov.uk"), is_host("127.0.0.1:8001"), is_host("https://www.gov.uk/")
    (True, True, False)
    """
    match = _NAME.fullmatch(name)
    return match is not None and int(match["port"] or 1) <= 65535


@lru_cache(maxsize=4096)
def is_public(host: str) -> bool:
    """Return whether a host can be on the public internet, judged by its name alone.

    Addresses in odd spellings (``2130706433``, ``0x7f.1``) are not: some resolvers read them as loopback.

    >>> [is_public(host) for host in ("www.gov.uk", "127.0.0.1", "10.0.0.8", "localhost", "intranet", "0x7f.1")]
    [True, False, False, False, False, False]
    """
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        labels = host.rstrip(".").split(".")
        return len(labels) > 1 and not _NUMBER.fullmatch(labels[-1]) and not host.rstrip(".").endswith(_INSIDE)
    return address.is_global and not address.is_multicast


def is_loopback(name: str) -> bool:
    """Return whether a key of ``hosts`` is exactly one loopback host and port.

    >>> is_loopback("127.0.0.1:8001"), is_loopback("127.0.0.1"), is_loopback("10.0.0.8:80")
    (True, False, False)
    """
    match = _NAME.fullmatch(name)
    if match is None or not match["port"]:
        return False
    host = match["host"]
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def with_port(url: str) -> tuple[str, str]:
    """Return the host of an address, and the host with its port.

    >>> with_port("http://127.0.0.1/feed")
    ('127.0.0.1', '127.0.0.1:80')
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    return host, f"{shown}:{parts.port or _PORTS[parts.scheme]}"
