"""How a source speaks: each protocol is two pure functions.

    start(source, walk) -> the first links of a walk over its listings
    parse(capture, source) -> Page

``parse``, and what it calls to read a body, raises nothing but ParseError, on any bytes. A source is data; the code is
per protocol. Links of role ``next`` are offered by the parser and followed by the engine until a page holds only known,
unchanged entries. How a list is read to its end is in :mod:`crawler.protocols.slicing`.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Protocol as Shape

from crawler.errors import ConfigError, ParseError, RefusedError
from crawler.identifiers import is_govuk
from crawler.identifiers import owner as owner_of
from crawler.model import Capture, Cut, Link, Page, Walk
from crawler.protocols import (
    caselaw,
    cellar,
    europarl,
    europol,
    feed,
    govuk,
    hudoc,
    legislation,
    listing,
    numbered,
    oai,
    page,
    parliament,
    presscorner,
    registry,
    sherloc,
    sitemap,
    slicing,
    wordpress,
)
from crawler.protocols.cellar.addresses import ELSE, notice
from crawler.protocols.govuk import addresses
from crawler.protocols.legislation import names
from crawler.protocols.listing.lists import GUESSED
from crawler.protocols.page_contract import checked
from crawler.protocols.response_checks import refuse
from crawler.sources import Source, options
from crawler.sources.options import Options

OWNER = "protocol"
"""Fact of a link that was handed over: the protocol that reads what it leads to."""

HANDING_OVER = frozenset({"feed", "listing", "page"})
"""Protocols that find pages of sites with protocols of their own."""


class Protocol(Shape):
    """The shape of every protocol module; the fields of ``Options`` are the keys of its block ``options``."""

    @property
    def Options(self) -> type[Options]:  # a class
        """Return what its options are."""
        ...

    def start(self, source: Source, walk: Walk) -> Iterable[Link]:
        """Return the first links of a walk."""
        ...

    def parse(self, capture: Capture, source: Source) -> Page:
        """Read one capture."""
        ...


PROTOCOLS: dict[str, Protocol] = {
    "caselaw": caselaw,
    "cellar": cellar,
    "feed": feed,
    "govuk": govuk,
    "legislation": legislation,
    "listing": listing,
    "page": page,
    "numbered": numbered,
    "oai": oai,
    "hudoc": hudoc,
    "europol": europol,
    "presscorner": presscorner,
    "sherloc": sherloc,
    "sitemap": sitemap,
    "registry": registry,
    "parliament": parliament,
    "europarl": europarl,
    "wordpress": wordpress,
}

OPTIONS = {name: each.Options for name, each in PROTOCOLS.items()}
"""By protocol, what the options of its sources are."""


SLICED: dict[str, Callable[[Source, Cut, datetime], Iterable[Link]]] = {
    "cellar": cellar.sliced,
    "govuk": govuk.sliced,
    "parliament": parliament.sliced,
}
"""Protocols that can ask for a span of days, or whose lists are not the ones that a walk starts with."""

REDUCED: dict[str, Callable[[bytes], bytes]] = {"registry": registry.kept}
"""Protocols of sources whose files name people beside what we are after, and what of a body may be kept at all."""


def protocol_of(source: Source) -> Protocol:
    """Return the protocol a source speaks.

    Raises:
        ConfigError: no protocol has that name.
    """
    try:
        return PROTOCOLS[source.protocol]
    except KeyError:
        raise ConfigError(f"source {source.id}: unknown protocol {source.protocol!r}") from None


def problems(source: Source) -> list[str]:
    """Return what is wrong with the options and the address of a source, one line each; nothing is fetched."""
    return options.problems(protocol_of(source).Options, source)


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Return the first links of a walk.

    Raises:
        ConfigError: the options or the address of the source are wrong; says all that is.
    """
    if wrong := problems(source):
        raise ConfigError("\n".join(f"source {source.id}: {reason}" for reason in wrong))
    return protocol_of(source).start(source, walk)


def sliced(source: Source, cut: Cut, clock: datetime) -> tuple[Link, ...]:
    """Return what a slice of each list of a source begins with, the same lists in the same order for every slice.

    Raises:
        ConfigError: the options, the address or the backfill of the source are wrong; says all that is.
    """
    walk = Walk(clock=clock)
    first = tuple(link for link in start(source, walk) if link.role == "listing")
    own = SLICED.get(source.protocol)
    if own is None or (source.backfill is not None and source.backfill.url):
        return slicing.filled(source, cut, clock, first)
    return tuple(own(source, cut, clock))


def read(capture: Capture, source: Source) -> Page:
    """Parse a capture with the protocol that owns its address, after refusing answers that are no document.

    That is the protocol of the source, but for pages that a feed or a list found on a site with a protocol of its own:
    they are handed over, so that an Act is read as an Act wherever its address was found.

    Raises:
        ParseError: the capture is not what the protocol promises; RefusedError where it is no document at all.
    """
    try:
        if not _tells_why(capture):
            refuse(capture)
    except RefusedError as error:
        if not _ends_list(capture, error):
            raise
        return Page(entries=0)
    owner = capture.link.facts.get(OWNER, "")
    is_slice = slicing.is_list(capture.link)
    source = slicing.unlimited(source) if is_slice else source
    try:
        if owner in PROTOCOLS and owner != source.protocol:
            # The options of a source that hands an address over are not those of the protocol that reads it.
            page = PROTOCOLS[owner].parse(capture, replace(source, options={}))
        else:
            page = protocol_of(source).parse(capture, source)
    except RecursionError as error:
        raise ParseError(capture.url, "nested too deeply") from error
    except ConfigError as error:  # Of an archived registry: its protocol, or a value of its options, is none any more.
        raise ParseError(capture.url, str(error)) from error
    page = checked(slicing.named(page) if is_slice else page, capture.url)
    if is_slice and page.entries == 0 and not page.listed and not _may_be_empty(capture, source):
        raise RefusedError(capture.url, "the page of the list is empty", "zero")
    if owner:
        return replace(page, links=tuple(_owned(link, owner) for link in page.links))
    if source.protocol in HANDING_OVER:
        return replace(page, links=tuple(handed_over(link) for link in page.links))
    return page


def _tells_why(capture: Capture) -> bool:
    """Return whether an answer that a page is not there is itself data: the Content API of GOV.UK says why it is gone.

    CELLAR answers 404 or 406 where a text is not there in one form; the act is, and the text may be in another. A
    question for headers alone (HEAD) asks whether there is something: 404 says that there is not.
    """
    if capture.method == "HEAD":
        return capture.status == 404
    if capture.status in (404, 406):
        return ELSE in capture.link.facts
    return capture.status == 410 and capture.media_type.endswith("json")


def _ends_list(capture: Capture, error: RefusedError) -> bool:
    """Return whether a page is not there because the list ended with the one before, which did not say that it does."""
    if capture.link.role != "next" or GUESSED not in capture.link.facts:
        return False
    return error.kind == "soft404" or (error.kind == "status" and capture.status in (404, 410))


def _may_be_empty(capture: Capture, source: Source) -> bool:
    """Return whether a page of a list may list nothing: a sitemap may have nothing of what is wanted."""
    return source.expect.zero or GUESSED in capture.link.facts or protocol_of(source).Options.IS_WHOLE


def handed_over(link: Link) -> Link:
    """Return a link to a document as the protocol that owns its address would ask for it.

    >>> handed_over(Link(url="https://www.legislation.gov.uk/ukpga/2015/30", role="document")).url
    'https://www.legislation.gov.uk/ukpga/2015/30/data.xml'
    """
    if link.role != "document":
        return link
    item = owner_of(link.url)
    if item is not None and item.startswith("celex:"):
        facts = {name: value for name, value in link.facts.items() if name != "document"}
        return _owned(notice(item, token=link.token, **facts), "cellar")
    if item is not None and ":" not in item:
        facts = {**link.facts, "document": item}
        return _owned(replace(link, url=names.data_url(item), facts=facts), "legislation")
    path = addresses.path_of(link.url) if is_govuk(link.url) else None
    if path is None or path == "/":
        return link
    facts = {name: value for name, value in link.facts.items() if name != "document"}
    return _owned(replace(link, url=addresses.content(path, link.url), facts=facts), "govuk")


def _owned(link: Link, owner: str) -> Link:
    return replace(link, facts={**link.facts, OWNER: owner})
