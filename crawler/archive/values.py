"""The nouns of the archive, as plain values. Times are aware UTC; offsets and lengths are bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

_PLACE = re.compile(r"(?P<file>.+):(?P<offset>\d+):(?P<length>\d+)")

IDENTICAL = "identical-payload-digest"
NOT_MODIFIED = "server-not-modified"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where one record stands: a gzip member of a file of the archive (its bare name). Places sort in archive order."""

    file: str
    offset: int
    length: int

    @property
    def end(self) -> int:
        """Return the offset behind the record."""
        return self.offset + self.length

    def __str__(self) -> str:
        return f"{self.file}:{self.offset}:{self.length}"

    @staticmethod
    def of(text: str) -> Place | None:
        """Read what ``str(place)`` writes, None where the text is no place.

        >>> Place.of("run-1.warc.gz:10:20")
        Place(file='run-1.warc.gz', offset=10, length=20)
        """
        match = _PLACE.fullmatch(text)
        if match is None:
            return None
        return Place(file=match["file"], offset=int(match["offset"]), length=int(match["length"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered to one request: one hop, before it is archived.

    ``body`` is as received: its content coding kept, its transfer coding gone. ``truncated`` says that the body is not
    whole and why: ``length`` (over the size limit), ``time`` (over the time limit), ``disconnect``.
    """

    url: str
    method: str
    time: datetime
    status: int
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    request_headers: tuple[tuple[str, str], ...] = ()
    request_body: bytes = b""
    truncated: str = ""

    def header(self, name: str) -> str:
        """Return the first value of a header of the response, or the empty text."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class OmittedEntries:
    """What a list listed beside what is left of it: how many entries, and the newest date on the whole of it."""

    entries: int = 0
    newest: str = ""

    def __str__(self) -> str:
        return f"{self.entries} {self.newest}".strip()

    @staticmethod
    def of(text: str) -> OmittedEntries:
        """Read what ``str(left_out)`` writes.

        >>> OmittedEntries.of("2 2026-03-02")
        OmittedEntries(entries=2, newest='2026-03-02')
        """
        entries, _, newest = text.partition(" ")
        return OmittedEntries(entries=int(entries) if entries.isdecimal() else 0, newest=newest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What was taken out of a body, and why: parts of it, or where ``whole`` all of it.

    ``payload_digest`` is ``sha256:<hexadecimal>`` of the body as received, ``body_digest`` that without its content
    coding, in hexadecimal.
    """

    reason: str
    payload_digest: str
    body_digest: str
    whole: bool
    left_out: OmittedEntries = field(default_factory=OmittedEntries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What is kept of an exchange that names something redacted.

    ``url`` and ``headers`` are those of the answer, ``refers`` the address of what a revisit refers to, ``request`` the
    request as it was sent; ``body`` is what is left of the body after ``cut``, without content coding, and means
    nothing where there is no cut.
    """

    url: str
    refers: str
    headers: tuple[tuple[str, str], ...]
    request: bytes
    link: dict[str, Any]
    body: bytes = b""
    cut: Cut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """One entry of the journal: what happened (``run-started``, ``no-answer``, ``walk-finished`` …) and its facts."""

    place: Place
    time: datetime
    kind: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer as the archive holds them, with the payload of the link that asked.

    ``place`` and ``record_id`` are those of the response or revisit record. ``headers`` are those archived: a header
    that no longer fits the body kept is renamed ``X-Archive-Orig-…``. ``body`` has no coding left, and for a revisit
    ``identical-payload-digest`` it is the original's; for ``server-not-modified`` it is empty. ``payload_digest`` is
    ``sha256:<hexadecimal>`` of the body with its content coding, empty where the server sent none because nothing was
    modified. ``original`` is where the body of an identical-payload revisit stands. ``undecodable`` says why the
    content coding could not be undone; the body is empty then, and ``packed`` as it was received. ``redacted`` is the
    reason why the body was taken out, ``reduced`` that why parts of it were, ``redacted_digest`` what :attr:`digest`
    was before; ``left_out`` says what a list listed that is not read in it now.
    """

    place: Place
    time: datetime
    url: str
    method: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    link: dict[str, Any]
    truncated: str = ""
    revisit: str = ""
    original: Place | None = None
    record_id: str
    payload_digest: str
    undecodable: str = ""
    packed: bytes = b""
    redacted: str = ""
    redacted_digest: str = ""
    reduced: str = ""
    left_out: OmittedEntries = field(default_factory=OmittedEntries)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the body without any coding, in hexadecimal; it survives a redaction."""
        return self.redacted_digest or sha256(self.body).hexdigest()
