"""Redirects: where an answer points to, and whether that may be followed."""

from collections.abc import Collection
from dataclasses import replace
from urllib.parse import urldefrag, urljoin, urlsplit

from w3lib.url import safe_url_string

from crawler.archive import Answer
from crawler.identifiers import Request
from crawler.ingest.readings import REDIRECTS
from crawler.sources import Host, Registry
from crawler.sources.validators import is_public, with_port

HOPS = 5
"""Redirects that are followed for one request; RFC 9309 (2.3.1.2) asks for as many for robots.txt."""


def location(answer: Answer) -> str | None:
    """Return what an answer points to as it states it, None where it is no redirect."""
    return (answer.header("location").strip() or None) if answer.status in REDIRECTS else None


def target(url: str, stated: str) -> str:
    """Return the absolute address of a Location header, without a fragment; or the text itself where it makes none.

    >>> target("https://www.gov.uk/a/b", "../c?d=é#e")
    'https://www.gov.uk/c?d=%C3%A9'
    >>> target("https://publications.europa.eu/resource/celex/x", "http://publications.europa.eu/resource/cellar/y")
    'https://publications.europa.eu/resource/cellar/y'
    """
    try:
        # Header bytes arrive as ISO 8859-1; servers mean UTF-8.
        plain = stated.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        plain = stated
    try:
        return _kept_secure(url, urldefrag(safe_url_string(urljoin(url, plain.strip()))).url)
    except ValueError:
        return stated


def _kept_secure(url: str, found: str) -> str:
    """Return the address of a redirect; from one that was asked over TLS it stays there, as CELLAR's do not."""
    before, after = urlsplit(url), urlsplit(found)
    if (before.scheme, after.scheme) == ("https", "http") and after.port is None:
        return after._replace(scheme="https").geturl()
    return found


def request(made: Request, url: str, status: int) -> Request:
    """Return the request that follows a redirect: a POST becomes a GET, but after 307 and 308 (RFC 9110, 15.4)."""
    if made.method == "POST" and status not in (307, 308):
        return Request(url=url)
    return replace(made, url=url)


def strays(url: str, within: Collection[str]) -> str:
    """Return why a redirect of a link that was followed is not, the empty text where it stays on the hosts ``within``.

    >>> strays("https://www.sample.invalid/a", {"sample.invalid"}), strays("https://other.invalid/", {"sample.invalid"})
    ('', 'other.invalid is none of the hosts that its source follows links to')
    """
    host = urlsplit(url).netloc.rpartition("@")[2].lower()
    is_within = host.removeprefix("www.") in within
    return "" if is_within else f"{host} is none of the hosts that its source follows links to"


def refusal(url: str, seen: Collection[str], allowed: Collection[str], hosts: Collection[Host]) -> str:
    """Return why a redirect to an address is not followed, the empty text where it is.

    ``seen`` are the addresses of this request so far, ``allowed`` the hosts (:func:`bare`) it may lead to.
    """
    try:
        parts = urlsplit(url)
        host, full = with_port(url) if parts.scheme in ("http", "https") else ("", "")
    except ValueError as error:
        return f"not an address: {error}"
    if not host:
        return "leads to no web address"
    if parts.username is not None or parts.password is not None:
        return "names a user"
    if url in seen:
        return "leads in a circle"
    if len(seen) > HOPS:
        return f"more than {HOPS} redirects"
    return _foreign(host, full, next(iter(seen)), allowed, hosts)


def _foreign(host: str, full: str, first: str, allowed: Collection[str], hosts: Collection[Host]) -> str:
    """Return why the host of a redirect is out of bounds: it is private, or no source is of that site."""
    private = {each.name for each in hosts if each.private}
    start = with_port(first)[1]
    if full in private:
        return "" if start in private else f"leads from a public host to the private host {full}"
    if not is_public(host):
        return f"{host} is not a public host"
    if bare(host) in allowed or bare(host) == bare(with_port(first)[0]):
        return ""
    return f"{host} is not a host of any source; name it under hosts to allow it"


def is_redirect(status: int) -> bool:
    """Return whether a status is that of a redirect that is followed."""
    return status in REDIRECTS


def allowed_hosts(registry: Registry) -> frozenset[str]:
    """Return the hosts that redirects may lead to: those of all sources, and those named under ``hosts``."""
    named = {name.rpartition(":")[0] if name.rpartition(":")[2].isdigit() else name for name in registry.hosts}
    asked = {with_port(source.url)[0] for source in registry.sources.values()}
    follows = (source.followed for source in registry.sources.values())
    followed = {host.partition(":")[0] for follow in follows if follow for host in follow.hosts}
    return frozenset(bare(name) for name in named | asked | followed)


def bare(host: str) -> str:
    """Return a host without its ``www.``.

    >>> bare("www.example.org"), bare("example.org")
    ('example.org', 'example.org')
    """
    return host.lower().removeprefix("www.").rstrip(".")
