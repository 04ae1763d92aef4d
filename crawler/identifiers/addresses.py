"""Addresses: one spelling for each, so that one page has one identity; and requests that are more than an address.

A request is a method, an address and for POST a body. A plain GET is named by its address. For the others the method
and the body are appended to the query, as pywb does it to index POST requests
(https://pywb.readthedocs.io/en/latest/manual/cdxserver_api.html), so that one text names the request everywhere; for a
GET, too, whose own address looks like that: no page chooses what is sent to another.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from crawler.errors import IdentifierError
from crawler.model import FORM, Link, Method

# What the tools of senders and servers hang on an address; none of it chooses a page.
_NOISE = frozenset({
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "_ga", "_gl",
    "_hsenc", "_hsmi", "jsessionid", "phpsessid", "sid", "sessionid", "session_id", "cfid", "cftoken",
    "forcedownload", "csrf", "_csrf", "csrftoken", "csrf_token", "_token", "authenticity_token", "nonce", "_wpnonce",
    "__requestverificationtoken",
})  # fmt: skip
_NOISE_STARTS = ("utm_", "aspsessionid")
_NOISE_AT = {"eur-lex.europa.eu": frozenset({"qid", "rid"})}
_PATH_SESSION = re.compile(r";jsessionid=[^/;?#]*", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
IN_ORDER = re.compile(
    # The whole name is no longer than one label of it may be.
    r"https?://(?![a-z0-9.-]{64})[a-z0-9]+(?:[.-][a-z0-9]+)*(?::(?!80/|443/)(?:[1-9][0-9]{1,3}|[1-5][0-9]{4}))?"
    r"(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+/?"
)
"""Addresses that are in their one spelling as they stand, seen at once: most of them."""
_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str, *, drop: Iterable[str] = ()) -> str:
    """Return the one spelling of an address: what a page is called where nothing stronger names it.

    Scheme and host in lower case, IDNA, no default port, no fragment, query in order, no tracking or session
    parameters and none named in ``drop`` (in any case of letters). The scheme stays as it is. Idempotent.

    Raises:
        IdentifierError: not an absolute http(s) address, or one with a user name.

    >>> canonical_url("HTTPS://www.Example.org:443/a/../b?utm_source=x&b=2&a=1#top")
    'https://www.example.org/b?a=1&b=2'
    >>> canonical_url("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX%3A32011L0036&qid=1")
    'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX%3A32011L0036'
    >>> canonical_url("https://example.org/list;jsessionid=A1?page=2&view=all", drop=["view"])
    'https://example.org/list?page=2'
    """
    read = _canonical_again if len(url) <= _MAX_CACHED_CHARACTERS else _canonical
    return read(url, frozenset(name.lower() for name in drop))


def _canonical(url: str, drop: frozenset[str]) -> str:
    if IN_ORDER.fullmatch(url):
        return url
    parts = split(url)
    dropped = _NOISE | drop | _NOISE_AT.get(parts.hostname or "", frozenset())

    def is_noise(name: str) -> bool:
        return name in dropped or name.startswith(_NOISE_STARTS)

    return _written(parts._replace(path=_PATH_SESSION.sub("", parts.path)), is_noise)


_MAX_CACHED_CHARACTERS = 500
"""Most characters of an address that is remembered: a page may name thousands of any length."""

_canonical_again = lru_cache(maxsize=8192)(_canonical)
"""The fold asks for the same few addresses again and again, page by page."""


def same_address(url: str) -> str:
    """Return a key that is equal for addresses a replay must not tell apart: http or https, order of the query.

    Every parameter counts here, tracking ones too: what was recorded under one address does not answer for another.

    Raises:
        IdentifierError: as for :func:`canonical_url`.

    >>> same_address("http://example.org/?b=1&a=2") == same_address("https://EXAMPLE.org:443/?a=2&b=1#x")
    True
    """
    parts = split(url)
    netloc = parts.netloc.removesuffix(":80").removesuffix(":443")
    return _written(parts._replace(scheme="https", netloc=netloc), lambda name: False)


def respelled(url: str) -> tuple[str, ...]:
    """Return how else an address of a page may be written: http for https, without www, with a slash at its end.

    In theory each may be another page; sites that change one of these change it for all their pages at once.

    >>> respelled("https://example.org/a")[:3]
    ('https://example.org/a/', 'https://www.example.org/a', 'https://www.example.org/a/')
    >>> len(respelled("http://www.example.org/a/?b=1")), "https://example.org/a?b=1" in respelled("http://example.org/a/?b=1")
    (7, True)
    """
    parts = urlsplit(url)
    bare, path = parts.netloc.removeprefix("www."), parts.path.rstrip("/")
    hosts = sorted((bare, f"www.{bare}"), key=lambda host: host != parts.netloc)
    paths = sorted((path, f"{path}/"), key=lambda each: each != parts.path)
    schemes = sorted(("http", "https"), key=lambda scheme: scheme != parts.scheme)
    every = (
        parts._replace(scheme=scheme, netloc=host, path=each).geturl()
        for scheme in schemes for host in hosts for each in paths
    )  # fmt: skip
    return tuple(each for each in every if each != url)


_START_PAGE = re.compile(r"/(?:index|default)\.\w{3,5}\Z", re.I)


def bare(url: str) -> str:
    """Return an address without its query and without the name of the page that stands for a folder.

    >>> bare("https://example.org/a/index.html?ref=rss"), bare("https://example.org/a")
    ('https://example.org/a', 'https://example.org/a')
    """
    parts = urlsplit(url)
    return parts._replace(path=_START_PAGE.sub("", parts.path), query="").geturl()


@lru_cache(maxsize=256)
def split(url: str) -> SplitResult:
    """Return the parts of an absolute http(s) address, its host and port in their one spelling, without a fragment.

    Raises:
        IdentifierError: not an absolute http(s) address, or one with a user name.

    >>> split("HTTP://Example.ORG:80/a#b").netloc
    'example.org'
    """
    text = url.strip()
    if _NOT_PLAIN.search(text.partition("?")[0].partition("#")[0].replace(" ", "%20")):
        raise IdentifierError(f"not an address (control character or backslash): {url!r}")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise IdentifierError(f"not an address ({error}): {url!r}") from error
    if parts.scheme not in _PORTS:
        raise IdentifierError(f"not an absolute http(s) address: {url!r}")
    if "@" in parts.netloc:
        raise IdentifierError("an address must not hold a user name or password")
    host = _host(parts.hostname or "", url)
    netloc = host if port is None or port == _PORTS[parts.scheme] else f"{host}:{port}"
    return parts._replace(netloc=netloc, fragment="")


def is_address(url: str) -> bool:
    """Return whether an address can be asked: absolute, http(s), with a host and a port that there can be.

    >>> is_address("https://example.org/a"), is_address("http://example.org:+80/"), is_address("javascript:x")
    (True, False, False)
    """
    try:
        split(url)
    except IdentifierError:
        return False
    return True


def _host(host: str, url: str) -> str:
    if ":" in host:
        try:
            return f"[{ipaddress.IPv6Address(host)}]"
        except ValueError as error:
            raise IdentifierError(f"not a host ({error}): {url!r}") from error
    try:
        plain = unquote(host).rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise IdentifierError(f"not a host name ({error}): {url!r}") from error
    if not _HOST.fullmatch(plain):
        raise IdentifierError(f"not a host name: {url!r}")
    return plain


def _written(parts: SplitResult, is_noise: Callable[[str], bool]) -> str:
    kept = [pair for pair in parts.query.split("&") if not is_noise(unquote(pair.partition("=")[0]).lower())]
    plain = urlunsplit(parts._replace(query="&".join(kept)))
    try:
        return canonicalize_url(plain)
    except ValueError as error:
        raise IdentifierError(f"not an address ({error}): {plain!r}") from error


_METHOD = "__wb_method="
_MEDIA = "&__wb_media="
_BODY = "&__wb_body="


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent: method, address, and for POST the media type and the text of the body."""

    url: str
    method: Method = "GET"
    media: str = ""
    body: str = ""

    @property
    def address(self) -> str:
        """Return the one text that names the request.

        >>> Request(url="https://example.org/a", method="HEAD").address
        'https://example.org/a?__wb_method=HEAD'
        """
        if self.method == "GET" and _METHOD not in self.url:
            return self.url
        joint = "&" if "?" in self.url else "?"
        named = f"{self.url}{joint}{_METHOD}{self.method}"
        if self.method != "POST":
            return named
        return f"{named}{_MEDIA}{quote(self.media or FORM, safe='')}{_BODY}{quote(self.body, safe='')}"


def request_at(address: str) -> Request:
    """Return the request that a text names: the way back from :attr:`Request.address`.

    Raises:
        IdentifierError: it names a method that is never sent.

    >>> request_at(Request(url="https://example.org/?a=1", method="POST", body="query=x y").address).body
    'query=x y'
    """
    url, found, rest = address.rpartition(_METHOD)
    if not found or url[-1:] not in ("?", "&"):
        return Request(url=address)
    method, _, posted = rest.partition("&")
    if method in ("GET", "HEAD"):
        return Request(url=url[:-1], method="GET" if method == "GET" else "HEAD")
    media, _, body = f"&{posted}".removeprefix(_MEDIA).partition(_BODY)
    if method != "POST":
        raise IdentifierError(f"not a request that is ever made ({method[:20]!r}): {address[:200]!r}")
    return Request(url=url[:-1], method="POST", media=unquote(media), body=unquote(body))


def address_of(link: Link) -> str:
    """Return the one text that names the request a link leads to."""
    return Request(url=link.url, method=link.method, media=link.media, body=link.body).address


def link_at(address: str, **fields: Any) -> Link:
    """Return the link whose request a text names; ``fields`` are its role, parent, facts, token and accept."""
    request = request_at(address)
    return Link(url=request.url, method=request.method, media=request.media, body=request.body, **fields)
