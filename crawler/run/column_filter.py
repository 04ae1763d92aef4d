"""What is kept of an answer that holds more about people than a round-up may store: the one change made to a body.

Everything else is archived as received. A table that names those who approved a statement, with their addresses, is
cut down to the columns that are read before it is written anywhere (promise: no register of people).
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from hashlib import sha256

from crawler.archive import Answer, decode
from crawler.errors import ParseError
from crawler.protocols import REDUCED
from crawler.sources import Source

NOTE = "X-Roundup-Reduced"
"""Header that says of a body that it was reduced: how long it was, and its SHA-256 without content coding."""

_CODED = ("content-encoding", "content-length", NOTE.lower())


def filter_columns(answer: Answer, sources: Collection[Source]) -> Answer:
    """Return an answer as it may be archived: itself, or with what may be kept of it and a header that says so."""
    reduce = next((REDUCED[source.protocol] for source in sources if source.protocol in REDUCED), None)
    if reduce is None or not answer.body:
        return answer
    try:
        body = decode(answer.headers, answer.body, url=answer.url)
    except ParseError:
        body = b""  # It cannot be told what is in it.
    kept = reduce(body)
    if kept == body and body:
        return answer
    note = (NOTE, f"columns left out; {len(body)} bytes, sha256 {sha256(body).hexdigest()}")
    headers = (*_others(answer.headers), ("Content-Length", str(len(kept))), note)
    return replace(answer, body=kept, headers=headers)


def _others(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the headers; those that are no longer true of the body are renamed, never dropped."""
    return [(f"X-Archive-Orig-{name}" if name.lower() in _CODED else name, value) for name, value in headers]
