"""Checks of single values: each gives the value, or raises ValueError with cause and expectation; and host names."""

import ipaddress
import re
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.errors import IdentifierError
from crawler.identifiers import canonical_url
from crawler.sources.diagnostics import hint, one_of
from crawler.sources.vocabulary import JURISDICTION_SAID, JURISDICTIONS

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


_DURATION = re.compile(r"([1-9]\d{0,4})([mhdw])")
_UNIT = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SCHEDULES = {"hourly": "1h", "daily": "1d", "weekly": "1w", "monthly": "30d"}
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_AUTHORITY = re.compile(r"(?=.{3,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CLOSED = re.compile(r"\b(?:NC|ND)\b|non.?commercial|no.?deriv|all rights reserved", re.IGNORECASE)
_SCRUB_LENGTH = 200
_ESCAPED = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_GROUP = re.compile(r"\(([^()]*)\)([*+{]?)")
_REPEATS = re.compile(r"[*+]|\{\d*,\d*\}")


def duration(value: object) -> timedelta:
    """Return a duration: a whole number of minutes, hours, days or weeks.

    >>> duration("36h").days
    1
    """
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{value!r} is no duration; expected a number and m, h, d or w, such as 30d")
    return timedelta(**{_UNIT[match[2]]: int(match[1])})


def schedule(value: object) -> timedelta:
    """Return the time between two visits: a duration, hourly, daily, weekly or monthly."""
    try:
        return duration(_SCHEDULES.get(value, value) if isinstance(value, str) else value)
    except ValueError as error:
        near = hint(str(value), _SCHEDULES)
        raise ValueError(f"{value!r} is no schedule; {one_of(_SCHEDULES)}, or a duration such as 6h{near}") from error


def is_slug(text: str) -> bool:
    """Return whether a text can be an id."""
    return _SLUG.fullmatch(text) is not None


def slug(value: object) -> str:
    """Return an id."""
    if not isinstance(value, str) or not is_slug(value):
        raise ValueError(
            f"{value!r} is no id; expected at most 64 small letters, digits and hyphens, such as home-office"
        )
    return value


def address(value: object) -> str:
    """Return an absolute http(s) address, as it stands."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no address; expected one that starts with https:// or http://")
    try:
        canonical_url(value)
    except IdentifierError as error:
        raise ValueError(f"{error}; expected one that starts with https:// or http://, without a user name") from error
    return value.strip()


def contact(value: object) -> str:
    """Return a contact: an e-mail address or a web address; empty where none is set yet."""
    if isinstance(value, str) and (not value or _EMAIL.fullmatch(value)):
        return value
    try:
        return address(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is no contact; expected an e-mail address or a web address") from error


def mail_address(value: object) -> str:
    """Return an address of mail alone, without a name."""
    if not isinstance(value, str) or not _MAIL.fullmatch(value):
        raise ValueError("no address of mail; expected one such as list@example.org, without a name")
    return value


def public_url(value: object) -> str:
    """Return the address of the site without a slash at its end; empty where it has none."""
    return "" if value == "" else address(value).rstrip("/")


def authority(value: object) -> str:
    """Return a domain name: the authority of tag URIs (RFC 4151)."""
    if not isinstance(value, str) or not _AUTHORITY.fullmatch(value):
        raise ValueError(f"{value!r} is no authority; expected a domain name of yours in small letters")
    return value


def jurisdiction(value: object) -> str:
    """Return a jurisdiction by its full name, for that or its short form in any case."""
    text = JURISDICTION_SAID.get(value.casefold(), value) if isinstance(value, str) else value
    return word_of(JURISDICTIONS, "jurisdiction")(text)


def digest(value: object) -> str:
    """Return a SHA-256 digest in small hexadecimal letters."""
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError(f"{value!r} is no digest; expected the 64 hexadecimal digits of a SHA-256")
    return value


def document(value: object) -> str:
    """Return the id of a document, or of a mark that is confirmed: without white space."""
    if not isinstance(value, str) or not value or len(value) > 2000 or any(c.isspace() for c in value):
        raise ValueError(f"{value!r} is no id; expected one such as ukpga/2015/30")
    return value


def word_of(words: tuple[str, ...], what: str) -> Callable[[object], str]:
    """Return a check that lets only the words of a closed list through."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValueError(f"{value!r} is no {what}; {one_of(words)}{hint(str(value), words)}")
        return value

    return check


def is_open(licence: str) -> bool:
    """Return whether a licence is stated that forbids neither selling nor changing.

    >>> is_open("OGL-UK-3.0"), is_open("CC-BY-NC-4.0"), is_open("")
    (True, False, False)
    """
    return bool(licence) and not _CLOSED.search(licence)


def expression(value: object) -> str:
    """Return a regular expression: short, and none that can take for ever."""
    if not isinstance(value, str) or not 0 < len(value) <= _SCRUB_LENGTH:
        raise ValueError(f"expected a regular expression of at most {_SCRUB_LENGTH} characters")
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"{value!r} is no regular expression: {error}") from error
    if _repeats_repeats(value):
        raise ValueError(f"{value!r} repeats what repeats already, which can take for ever; write it without")
    return value


def pattern(value: object) -> str:
    """Return a regular expression of a scrub, which matches something."""
    found = expression(value)
    if re.match(found, ""):
        raise ValueError(f"{value!r} matches the empty text; expected one that matches something")
    return found


def followed_host(value: object) -> str:
    """Return a host, or a host and a port, in small letters and without its ``www.``."""
    name = value.strip().lower() if isinstance(value, str) else ""
    if not is_host(name):
        raise ValueError(f"{value!r} is no host; expected one such as www.gov.scot")
    return name.removeprefix("www.")


def _repeats_repeats(value: str) -> bool:
    text = _ESCAPED.sub("a", value)
    while match := _GROUP.search(text):
        repeats = bool(_REPEATS.search(match[1]))
        if repeats and match[2]:
            return True
        text = f"{text[: match.start()]}{'a+' if repeats else 'a'}{match[2]}{text[match.end() :]}"
    return False
