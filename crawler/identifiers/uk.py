"""UK legislation: ``ukpga/2015/30`` from every address and id of it; and the parts of the country it extends to.

Source: the manual of legislation.gov.uk, https://legislation.github.io/data-documentation/ (URIs).
"""

import re
from collections.abc import Iterable

from crawler.errors import IdentifierError
from crawler.identifiers.addresses import split

LEGISLATION_TYPES = frozenset({
    # primary: United Kingdom, Scotland, Wales, Northern Ireland, Church, older parliaments
    "ukpga", "ukla", "ukppa", "asp", "asc", "anaw", "mwa", "nia", "nisi", "mnia", "apni", "ukcm",
    "aosp", "aep", "aip", "apgb", "gbla", "gbppa",
    # secondary, and the older rules and orders
    "uksi", "wsi", "ssi", "nisr", "ukci", "ukmd", "ukmo", "uksro", "nisro",
    # EU-origin
    "eur", "eudn", "eudr", "eut",
    # drafts and impact assessments
    "ukdsi", "sdsi", "wdsi", "nidsr", "nidsi", "ukia",
})  # fmt: skip
"""Every type code of legislation.gov.uk."""
_NUMBERED = re.compile(rf"(?:(?:{'|'.join(sorted(LEGISLATION_TYPES))})/|celex:\d)([12]\d{{3}})(?!\d)")

DRAFTS = frozenset({"ukdsi", "sdsi", "wdsi", "nidsr", "nidsi"})
LEGISLATION_HOSTS = frozenset({"www.legislation.gov.uk", "legislation.gov.uk", "legislation.data.gov.uk"})
_PATH = re.compile(
    r"/?(?:cy/|en/)?(?:id/)?(?P<type>[a-z]+)/"
    r"(?:(?P<year>\d{4})/(?P<number>\d{1,13}X?)"
    r"|(?P<treaty>teu|tfeu|euratom|withdrawal-agreement)"
    r"|(?P<reign>[A-Z][A-Za-z0-9]{1,30})/(?P<session>\d{1,3}(?:-\d{1,3}){0,3})/(?P<chapter>\d{1,4}|[ivxlc]{1,12}))"
    r"(?=/|$)",
    re.ASCII,
)


def legislation_id(text: str) -> str:
    """Return the id of an item of legislation: type/year/number, or type/reign/session/chapter as published.

    Accepts an id, and an address of the item, of its provisions, versions, languages and formats.

    Raises:
        IdentifierError: names no single item; lists, searches and logs do not.

    >>> legislation_id("http://www.legislation.gov.uk/id/ukpga/2015/30/section/45")
    'ukpga/2015/30'
    >>> legislation_id("https://www.legislation.gov.uk/ukpga/Eliz2/4-5/19/1991-02-01/data.xml")
    'ukpga/Eliz2/4-5/19'
    >>> legislation_id("wsi/2015/1816/welsh")
    'wsi/2015/1816'
    """
    match = _PATH.match(_path(text.strip()))
    if match is None or match["type"] not in LEGISLATION_TYPES:
        raise IdentifierError(f"not an item of legislation.gov.uk: {text!r}")
    if match["treaty"]:
        return f"{match['type']}/{match['treaty']}"
    if match["year"]:
        # The number of a draft is an ISBN, which may begin with a zero.
        number = match["number"] if match["type"] in DRAFTS else match["number"].lstrip("0") or "0"
        return f"{match['type']}/{match['year']}/{number}"
    return f"{match['type']}/{match['reign']}/{match['session']}/{match['chapter']}"


def _path(text: str) -> str:
    if "://" not in text:
        return text.partition("?")[0].partition("#")[0]
    parts = split(text)
    if parts.netloc not in LEGISLATION_HOSTS:
        raise IdentifierError(f"not an address of legislation.gov.uk: {text!r}")
    return parts.path


def law_year(document: str) -> str:
    """Return the year in the number of a law of the United Kingdom or the EU, empty for what is none or has no year.

    >>> [law_year(id) for id in ("ukpga/1991/48", "celex:32009R1223", "ukpga/Geo5/4/16", "bill/2024")]
    ['1991', '2009', '', '']
    """
    found = _NUMBERED.match(document)
    return found[1] if found else ""


NATIONS = {"E": "England", "W": "Wales", "S": "Scotland", "N.I.": "Northern Ireland"}
"""By their letters in extents of legislation.gov.uk."""

_SLUGS = {code: name.lower().replace(" ", "-") for code, name in NATIONS.items()}
_ONE = "|".join(_SLUGS.values())
_EXTENT_PATH = re.compile(rf"(.+)-for-((?:{_ONE})(?:-(?:and-)?(?:{_ONE}))*)")


def named(codes: Iterable[str]) -> str:
    """Return nations by name.

    >>> named({"W", "E"}), named("S"), named(NATIONS)
    ('England and Wales', 'Scotland', 'England, Wales, Scotland and Northern Ireland')
    """
    wanted = set(codes)
    names = [name for code, name in NATIONS.items() if code in wanted]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def path_for(path: str, codes: Iterable[str]) -> str:
    """Return the path of a provision as it is worded for some nations, where other words hold for the rest.

    >>> path_for("section-6-1", {"S", "N.I."})
    'section-6-1-for-scotland-and-northern-ireland'
    """
    return f"{path}-for-{named(codes).lower().replace(',', '').replace(' ', '-')}"


def without_extent(path: str) -> tuple[str, str]:
    """Return the path of a provision without the nations it is worded for, and their names; no names where it has none.

    >>> without_extent("section-6-1-for-scotland-and-northern-ireland"), without_extent("section-6")
    (('section-6-1', 'Scotland and Northern Ireland'), ('section-6', ''))
    """
    found = _EXTENT_PATH.fullmatch(path)
    if found is None:
        return path, ""
    said = set(re.findall(_ONE, found[2]))
    return found[1], named(code for code, name in _SLUGS.items() if name in said)
