"""Any HTML page that lists documents, read with selectors that a person wrote; and the documents' own pages."""

from crawler.bodies.encoding import breaks_off
from crawler.errors import ParseError, RefusedError
from crawler.model import Capture, Page
from crawler.protocols.listed import start as start
from crawler.protocols.listing import details, lists
from crawler.protocols.listing.options import Options as Options
from crawler.sources import Source


def parse(capture: Capture, source: Source) -> Page:
    """Read a page of the list, or the page of a document.

    Raises:
        ParseError: no entry or body where the selectors say, no HTML, a link of another role, or a list that was to be
            complete and breaks off.
        ConfigError: the options of the source are wrong.
    """
    wanted = Options.of(source)
    role = capture.link.role
    if role in {"listing", "next"} and source.complete and breaks_off(capture.body):
        raise RefusedError(capture.url, "the page of a complete list breaks off in the middle", "cut")
    if role in {"listing", "next"}:
        return lists.parse(capture, source, wanted)
    if role in {"document", "attachment"}:
        return details.parse(capture, source, wanted)
    raise ParseError(capture.url, f"a listing has no links of role {role!r}")
