"""Addresses of GOV.UK: the public page, its document in the Content API, and the same on a loopback host."""

import re
from urllib.parse import urlsplit

SITE = "https://www.gov.uk"
CONTENT = "/api/content"
SEARCH = "/api/search.json"

_PATH = re.compile(
    r"/(?:(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9a-fA-F]{2})+(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9a-fA-F]{2})+)*)?"
)
"""``absolute_path`` of the content schemas: github.com/alphagov/publishing-api, content_schemas/formats/shared."""


def is_path(text: str) -> bool:
    """Return whether a text is the path of a page: no host, query or fragment.

    >>> is_path("/guidance/a"), is_path("guidance/a"), is_path("/a?b"), is_path("//host/a")
    (True, False, False, False)
    """
    return _PATH.fullmatch(text) is not None


def page(path: str) -> str:
    """Return the public address of a page.

    >>> page("/guidance/a")
    'https://www.gov.uk/guidance/a'
    """
    return SITE + path


def content(path: str, beside: str) -> str:
    """Return the address of a page's document in the Content API, on the host of the address ``beside``.

    >>> content("/guidance/a", "http://www.gov.uk/api/search.json?q=a")
    'https://www.gov.uk/api/content/guidance/a'
    """
    return origin(beside) + CONTENT + path


def origin(url: str) -> str:
    """Return scheme and host of an address; GOV.UK is https, whatever an old link says, and so is its asset host.

    Another host is kept as it is, so that a copy on a loopback host is read from there.

    >>> origin("http://www.gov.uk/a"), origin("http://127.0.0.1:8001/a")
    ('https://www.gov.uk', 'http://127.0.0.1:8001')
    """
    parts = urlsplit(url)
    host = parts.netloc.lower()
    return SITE if host in {"www.gov.uk", "gov.uk"} or host.endswith(".gov.uk") else f"{parts.scheme}://{host}"


def path_of(url: str, beside: str = SITE) -> str | None:
    """Return the path of a page of GOV.UK from its public or Content API address or path, None for another site.

    The host of the address ``beside`` counts as GOV.UK too.

    >>> path_of("https://www.gov.uk/guidance/a/?b#c"), path_of("/api/content/guidance/a"), path_of("https://a.example/")
    ('/guidance/a', '/guidance/a', None)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    own = {"", "www.gov.uk", "gov.uk", urlsplit(beside).netloc.lower()}
    if parts.netloc.lower() not in own or parts.scheme not in {"", "http", "https"}:
        return None
    path = parts.path.removeprefix(CONTENT).rstrip("/")
    return path if path and is_path(path) else None


def absolute(url: str) -> str | None:
    """Return an http(s) address in full, None for a text that is none.

    >>> absolute("/media/a.pdf"), absolute("mailto:a@b.example")
    ('https://www.gov.uk/media/a.pdf', None)
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if re.search(r"[\s<>\"\\^`{|}\x00-\x1f]", url):
        return None
    if not parts.scheme and not parts.netloc and url.startswith("/"):
        return SITE + url
    return url if parts.scheme in {"http", "https"} and host else None
