"""What of the head of an answer names nobody: it stays where a body goes because it names somebody."""

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus

KEPT_HEADERS = frozenset({
    "age", "cache-control", "content-encoding", "content-language", "content-length", "content-type", "date", "etag",
    "expires", "last-modified", "server", "vary",
})  # fmt: skip
"""Headers of an answer that name nobody, but for what is left out of their values."""

_CHARSET = re.compile(r";\s*charset\s*=\s*\"?[A-Za-z0-9_:.+-]{2,40}\"?", re.IGNORECASE)
_NUMBER = re.compile(r"(?:W/)?\"?(?=[^\"]*[0-9])[0-9A-Fa-f:.+_-]{1,128}(?:(?:gzip|br|deflate|df))?\"?")
"""An ETag that is made of numbers: others are made of the name of a file, or of a title."""


def nameless(headers: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the headers that name nobody.

    >>> list(nameless([("Content-Type", 'text/html; name="a-person.html"; charset=utf-8'), ("ETag", '"a-person"')]))
    [('Content-Type', 'text/html; charset=utf-8')]
    """
    for name, value in headers:
        lower = name.lower()
        if lower == "content-type":
            charset = _CHARSET.search(value)
            yield name, value.partition(";")[0].strip() + (charset[0] if charset else "")
        elif lower in KEPT_HEADERS and (lower != "etag" or _NUMBER.fullmatch(value.strip())):
            yield name, value


def reason(status: int, said: str) -> str:
    """Return the words behind a status where they are those of the standard, else none.

    >>> reason(404, "Not Found"), reason(200, "OK A Person")
    ('Not Found', '')
    """
    known = {each.value: each.phrase for each in HTTPStatus}
    return said if said.strip().casefold() == known.get(status, "").casefold() else ""


def start_line(block: bytes) -> str:
    """Return the first line of an answer with no words but those of the standard."""
    line = block.partition(b"\r\n")[0].decode("latin-1")
    version, _, rest = line.partition(" ")
    status, _, said = rest.partition(" ")
    return f"{version} {status} {reason(int(status) if status.isdigit() else 0, said)}"
