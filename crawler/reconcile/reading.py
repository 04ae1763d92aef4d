"""What is read: how a page was read, and the versions on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from crawler import changes
from crawler.model import Capture, Cause, Version, digest_of
from crawler.reconcile.streams import Stream
from crawler.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """How a page was read in a crawl of a ``clock``: by a source, from a capture and its fetch.

    ``time`` and ``digest`` are those of the fetch. ``is_fresh``: it answers the request at hand. ``is_accepted``: a
    person accepted these bytes. ``is_noted``: what its versions are noted with is news, in whatever words.
    """

    clock: datetime
    source: Source
    capture: Capture
    cause: Cause
    fetch: int
    time: str
    digest: str
    is_fresh: bool = False
    is_accepted: bool = False
    is_noted: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """A version with the digests of its sections, and its own."""

    version: Version
    sections: tuple[str, ...]
    digest: str

    @classmethod
    def of(cls, version: Version) -> Self:
        """Return a version with its digests."""
        sections = tuple(changes.section_digests(version.sections))
        return cls(version, sections, changes.digest_over(version, sections))

    def stream(self, source: Source) -> Stream:
        """Return the stream it belongs to, as a source reads it."""
        version = self.version
        return Stream(version.document, version.representation, version.language, source.options_digest)


def version_id(version: Version, origin: Origin) -> str:
    """Return the id of a version, made of the capture it is read from and the options it is read with."""
    names = (version.document, version.representation, version.language, version.valid_from)
    return digest_of(*names, origin.time, origin.digest, origin.source.options_digest)[:24]
