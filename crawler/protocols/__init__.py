"""How a source speaks: each protocol is two pure functions.

    start(source, walk) -> the first links of a walk over its listings
    parse(capture, source) -> Page

``parse`` raises nothing but ParseError, on any bytes. A source is data; the code is per protocol. Links of role
``next`` are offered by the parser and followed by the engine until a page holds only known, unchanged entries.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol as Shape

from crawler.errors import ConfigError, ParseError
from crawler.model import Capture, Link, Page, Walk
from crawler.protocols import feed, govuk, legislation, listing
from crawler.protocols.refusals import refuse
from crawler.sources import Source


class Protocol(Shape):
    """The shape of every protocol module.

    ``OPTIONS`` names the keys its ``options`` block may hold, each with the type of its value and what it is for.
    """

    OPTIONS: dict[str, tuple[type, str]]

    def start(self, source: Source, walk: Walk) -> Iterable[Link]:
        """Give the first links of a walk."""
        ...

    def parse(self, capture: Capture, source: Source) -> Page:
        """Read one capture."""
        ...


PROTOCOLS: dict[str, Protocol] = {
    "feed": feed,
    "govuk": govuk,
    "legislation": legislation,
    "listing": listing,
}


def of(source: Source) -> Protocol:
    """Give the protocol a source speaks.

    Raises:
        ConfigError: no protocol has that name.
    """
    try:
        return PROTOCOLS[source.protocol]
    except KeyError:
        raise ConfigError(f"source {source.id}: unknown protocol {source.protocol!r}") from None


def read(capture: Capture, source: Source) -> Page:
    """Parse a capture with the protocol of its source, after refusing answers that are no document.

    Raises:
        ParseError: the capture is not what the protocol promises; RefusedError where it is no document at all.
    """
    refuse(capture)
    try:
        return of(source).parse(capture, source)
    except RecursionError as error:
        raise ParseError(capture.url, "nested too deeply") from error
