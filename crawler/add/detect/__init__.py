"""How a page that somebody wants watched would be: by its address alone, or by what was captured there. Pure.

by_address(url) -> Proposal, or None where only a look at the page can tell
by_content(capture) -> Proposal, or the error that says why there is nothing to watch
"""

import re

from crawler import protocols
from crawler.add.detect import britain, europe
from crawler.add.detect.contents import PROTOCOLS as PROTOCOLS
from crawler.add.detect.contents import Read as Read
from crawler.add.detect.contents import by_content as by_content
from crawler.add.detect.contents import feeds_of as feeds_of
from crawler.add.detect.contents import protocol_by_path as protocol_by_path
from crawler.add.detect.values import Proposal as Proposal
from crawler.errors import IdentifierError
from crawler.identifiers import canonical_url, celex, legislation_id

_BY_HOST = (
    britain.legislation,
    britain.govuk,
    britain.parliament,
    britain.statements,
    europe.europarl,
    europe.cellar,
    europe.hudoc,
    europe.europol,
    europe.presscorner,
    europe.sherloc,
)


def by_address(url: str) -> Proposal | None:
    """Return how an address of a site with a protocol of its own is watched, None for any other.

    Nobody is asked. What it gives is right: the protocol finds nothing wrong with it.

    >>> by_address("https://www.legislation.gov.uk/ukpga/2015/30/section/45").options["items"]
    ['ukpga/2015/30']
    >>> by_address("https://www.example.org/news") is None
    True
    """
    for recognise in _BY_HOST:
        found = recognise(url)
        if found is not None and not protocols.problems(found.source):
            return found
    return None


def address_of(text: str) -> str:
    """Return the address that a person means: what is pasted without a scheme, or only the number of an act.

    The fragment stays, as some sites choose pages by it; parameters that follow readers around go.

    Raises:
        IdentifierError: it is neither an http(s) address nor the number of an act.

    >>> address_of("www.example.org/a?utm_source=x"), address_of("ukpga/2015/30")
    ('https://www.example.org/a', 'https://www.legislation.gov.uk/ukpga/2015/30')
    >>> address_of("CELEX:32011L0036")
    'https://publications.europa.eu/resource/celex/32011L0036'
    """
    plain = text.strip()
    if "://" not in plain:
        for name, site in _NUMBERED:
            try:
                return site + name(plain).removeprefix("celex:")
            except IdentifierError:
                continue
        if not re.match(r"[^/?#]*[.:]", plain):
            raise IdentifierError(f"{text!r}: neither a web address nor the number of an act; expected https://…")
        plain = f"https://{plain}"
    address, _, fragment = plain.partition("#")
    canonical = canonical_url(address)
    kept = (
        canonical if canonical.count("&") + canonical.count("=") < address.count("&") + address.count("=") else address
    )
    return kept.replace(" ", "%20") + (f"#{fragment}" if fragment else "")


_NUMBERED = (
    (legislation_id, "https://www.legislation.gov.uk/"),
    (celex, "https://publications.europa.eu/resource/celex/"),
)
