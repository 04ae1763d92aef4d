"""Names of works that never change, the ids of documents: UK legislation, EU law, addresses. Pure."""

from crawler.errors import IdentifierError
from crawler.identifiers.addresses import Request as Request
from crawler.identifiers.addresses import address_of as address_of
from crawler.identifiers.addresses import bare as bare
from crawler.identifiers.addresses import canonical_url as canonical_url
from crawler.identifiers.addresses import is_address as is_address
from crawler.identifiers.addresses import link_at as link_at
from crawler.identifiers.addresses import request_at as request_at
from crawler.identifiers.addresses import respelled as respelled
from crawler.identifiers.addresses import same_address as same_address
from crawler.identifiers.addresses import split
from crawler.identifiers.affected_provisions import affected as affected
from crawler.identifiers.affected_provisions import covers as covers
from crawler.identifiers.affected_provisions import singly as singly
from crawler.identifiers.citations import Citation as Citation
from crawler.identifiers.citations import citations as citations
from crawler.identifiers.document_numbers import numbered as numbered
from crawler.identifiers.eu import celex as celex
from crawler.identifiers.eu import celex_consolidated as celex_consolidated
from crawler.identifiers.eu import eu_number as eu_number
from crawler.identifiers.parliament import europarl_id as europarl_id
from crawler.identifiers.parliament import parliament_id as parliament_id
from crawler.identifiers.uk import LEGISLATION_TYPES as LEGISLATION_TYPES
from crawler.identifiers.uk import law_year as law_year
from crawler.identifiers.uk import legislation_id as legislation_id


def owner(url: str) -> str | None:
    """Return the identity that is stronger than an address and owns it, None where only the address is known.

    Pages of GOV.UK have one too, the content id, but their address does not tell it: see :func:`is_govuk`.

    >>> owner("http://legislation.data.gov.uk/ukpga/2015/30/section/1/data.xml")
    'ukpga/2015/30'
    >>> owner("https://eur-lex.europa.eu/eli/dir/2011/36/oj")
    'celex:32011L0036'
    >>> owner("https://www.gov.uk/government/collections/modern-slavery") is None
    True
    """
    for read in (legislation_id, celex):
        if "://" in url:
            try:
                return read(url)
            except IdentifierError:
                continue
    return None


def document_id(url: str) -> str:
    """Return the id of the document at an address: its owner, its number, else ``url:`` and the canonical address.

    Raises:
        IdentifierError: not an absolute http(s) address, or one with a user name.

    >>> document_id("https://www.example.org/report?utm_medium=email")
    'url:https://www.example.org/report'
    >>> document_id("https://undocs.org/A/RES/64/293")
    'un:A/RES/64/293'
    """
    if found := owner(url):
        return found
    try:
        return numbered(url)
    except IdentifierError:
        return page_alias(url)


def page_alias(url: str) -> str:
    """Return the alias under which a document is known by the address of its page.

    Raises:
        IdentifierError: not an absolute http(s) address, or one with a user name.
    """
    return f"url:{canonical_url(url)}"


def is_govuk(url: str) -> bool:
    """Return whether an address is a page of GOV.UK, whose documents are named by content id.

    Files (assets.publishing.service.gov.uk) and the services on other hosts are not.

    >>> is_govuk("https://www.gov.uk/guidance/x"), is_govuk("https://assets.publishing.service.gov.uk/a.pdf")
    (True, False)
    """
    try:
        return split(url).hostname in ("www.gov.uk", "gov.uk")
    except IdentifierError:
        return False
