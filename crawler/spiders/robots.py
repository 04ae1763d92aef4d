"""robots.txt by RFC 9309: what it allows us, and how slowly it wants to be read.

https://www.rfc-editor.org/rfc/rfc9309
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

AGENT = "roundup"
"""Our product token: the first word of our User-Agent."""
MAX_ROBOTS_BYTES = 512 * 1024
"""Bytes of a robots.txt that are read; the standard asks for 500 KiB at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one origin allows. ``closed`` says why nothing is allowed; ``parsed`` is None where there are no rules.

    ``kind`` is the kind of the failure for what ``closed`` shuts out.
    """

    parsed: Protego | None = None
    closed: str = ""
    kind: str = "robots"

    def refusal(self, url: str) -> str:
        """Return why an address must not be asked, the empty text where it may."""
        if self.closed:
            return self.closed
        if self.parsed is not None and not self.parsed.can_fetch(url, AGENT):
            return f"robots.txt of {urlsplit(url).netloc} does not allow it"
        return ""

    @property
    def delay(self) -> float:
        """Return the Crawl-delay in seconds, 0 where there is none."""
        found = None if self.parsed is None else self.parsed.crawl_delay(AGENT)
        seconds = float(found or 0)
        return seconds if seconds > 0 else 0.0  # "nan" is a float, too


OPEN = Rules()


def origin(url: str) -> str:
    """Return what one robots.txt is for.

    >>> origin("https://Example.org/a?b")
    'https://example.org'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def read(status: int, body: bytes | None) -> Rules:
    """Return the rules of an answer that is no redirect; ``body`` without content coding, None where it is not whole.

    2xx: its rules. 4xx: there are none, everything is allowed, except 429, which says nothing about rules. All others:
    nothing is allowed for now (section 2.3.1).
    """
    if 400 <= status < 500 and status != 429:
        return OPEN
    if not 200 <= status < 300:
        return Rules(closed=f"robots.txt could not be had: status {status}")
    if body is None:
        return Rules(closed="robots.txt could not be had: its body is not whole or cannot be decoded")
    text = body[:MAX_ROBOTS_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    return Rules(parsed=Protego.parse(text))
