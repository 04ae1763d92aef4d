"""Requests that are more than an address, written as one: how the frontier, the journal and a replay name them.

A request is a method, an address and for POST a body. A plain GET is named by its address. For the others the method
and the body are appended to the query, as pywb does it to index POST requests
(https://pywb.readthedocs.io/en/latest/manual/cdxserver_api.html), so that one text names the request everywhere; for a
GET, too, whose own address looks like that: no page chooses what is sent to another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from crawler.errors import IdentifierError
from crawler.model import FORM, Link, Method

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
