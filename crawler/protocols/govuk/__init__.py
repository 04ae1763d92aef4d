"""GOV.UK: the Search API and Atom feeds say what there is, the Content API says what each page says.

    search API, organisation and finder feeds ──▶ links to documents
    Content API document ──▶ Document, Version, statements, links to attached documents
    attached file ──▶ which document it is (its text is not read here)

Crown copyright, Open Government Licence v3.0. Content API: 10 requests a second and client at most.
"""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from crawler.errors import ParseError
from crawler.model import TRACKED, Capture, Cut, Link, Page, Walk
from crawler.protocols.govuk import atom, attachments, content, search
from crawler.protocols.govuk import options as _options
from crawler.protocols.govuk.addresses import CONTENT
from crawler.protocols.govuk.addresses import content as _content
from crawler.protocols.govuk.options import Options as Options
from crawler.sources import Source


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Yield the first links of a walk: the listing at the source's address, and the pages it names one by one.

    Pages named one by one are documents that each walk asks again: the Content API has no validators and tells of no
    minor edit.
    """
    if _options.is_search(source.url):
        for url in search.addresses(source):
            yield Link(url=url, role="listing")
    elif urlsplit(source.url).path.startswith(f"{CONTENT}/"):
        yield Link(url=source.url, role="document", facts={TRACKED: "yes"})
    elif urlsplit(source.url).path.rstrip("/") not in {"", CONTENT}:
        yield Link(url=source.url, role="listing")
    for path in Options.of(source).items:
        yield Link(url=_content(path, source.url), role="document", facts={TRACKED: "yes"})


def sliced(source: Source, cut: Cut, clock: datetime) -> Iterable[Link]:
    """Yield the search for the documents of a span of days, oldest first; the list itself where there is no span."""
    if _options.is_search(source.url):
        for url in search.addresses(source, cut):
            yield Link(url=url, role="listing")
    else:
        yield from (link for link in start(source, Walk(clock=clock)) if link.role == "listing")


def parse(capture: Capture, source: Source) -> Page:
    """Read a page of search results, a feed, a Content API document or an attached file.

    Raises:
        ParseError: the capture is not what its address promises.
    """
    try:
        if _options.is_search(capture.url):
            return search.parse(capture, source)
        if urlsplit(capture.url).path.startswith(f"{CONTENT}/"):
            return content.parse(capture, source)
        if _options.is_atom(capture.url):
            return atom.parse(capture, source)
    except RecursionError as error:
        raise ParseError(capture.url, "nested too deeply") from error
    if capture.link.role == "attachment":
        return attachments.parse(capture, source)
    raise ParseError(capture.url, "neither search results, a feed, a Content API document nor an attached file")
