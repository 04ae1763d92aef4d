"""Business of Parliaments: bills, papers, questions and treaties at Westminster, texts and procedures in Strasbourg.

Sources: the addresses of https://bills.parliament.uk and its sister sites; https://data.europarl.europa.eu, whose
identifiers of works are ELIs (``eli/dl/doc/TA-9-2019-0018``, ``eli/dl/proc/2022-0426``).
"""

import re
from urllib.parse import parse_qsl

from crawler.errors import IdentifierError
from crawler.identifiers.addresses import split

_UIN = r"(?P<uin>(?i:HL|HCWS|HLWS)?\d{1,7})"
_DAY = r"(?P<day>\d{4}-\d\d-\d\d)"
_WESTMINSTER: dict[str, tuple[str, ...]] = {
    "bill:{n}": (r"bill:(?P<n>\d{1,7})", r"bills\.parliament\.uk/bills/(?P<n>\d{1,7})/?"),
    "committee-publication:{n}": (
        r"committee-publication:(?P<n>\d{1,8})",
        r"committees\.parliament\.uk/publications/(?P<n>\d{1,8})/documents/\d{1,8}/default/?",
    ),
    "written-question:{day}/{uin}": (
        rf"written-question:{_DAY}/{_UIN}",
        rf"questions-statements\.parliament\.uk/written-questions/detail/{_DAY}/{_UIN}/?",
    ),
    "written-statement:{day}/{uin}": (
        rf"written-statement:{_DAY}/{_UIN}",
        rf"questions-statements\.parliament\.uk/written-statements/detail/{_DAY}/{_UIN}/?",
    ),
    "treaty:{id}": (
        r"treaty:(?P<id>[A-Za-z0-9]{1,20})",
        r"treaties\.parliament\.uk/treaty/(?P<id>[A-Za-z0-9]{1,20})/?",
    ),
}
_TEXT = r"(?P<text>[A-Z]{1,8}(?:-[A-Z0-9]{1,12}){2,8})"
_PROCESS = r"(?P<year>\d{4})[-/](?P<number>\d{4}[A-Z]?)"
_STRASBOURG: dict[str, tuple[str, ...]] = {
    "ep:{text}": (
        rf"(?:ep:|eli/dl/doc/)?{_TEXT}",
        rf"data\.europarl\.europa\.eu/(?:eli/dl/doc|api/v\d/[a-z-]{{4,40}})/{_TEXT}",
        rf"www\.europarl\.europa\.eu/doceo/document/{_TEXT}(?:_[A-Z]{{2}})?(?:\.(?:html|pdf|docx|xml))?",
    ),
    "procedure:{year}/{number}": (
        rf"(?:procedure:|eli/dl/proc/)?{_PROCESS}(?:\([A-Z]{{3}}\))?",
        rf"data\.europarl\.europa\.eu/(?:eli/dl/proc|api/v\d/procedures)/{_PROCESS}",
        rf"oeil\.(?:secure\.)?europarl\.europa\.eu/reference={_PROCESS}(?:\([A-Z]{{3}}\))?",
    ),
}


def parliament_id(text: str) -> str:
    """Return the id of business of the UK Parliament, from an id or from the address of its page.

    A written question or statement is named by its day and its number (UIN), which is unique on that day only.

    Raises:
        IdentifierError: names no bill, committee publication, written question or statement, or treaty.

    >>> parliament_id("https://bills.parliament.uk/bills/3660")
    'bill:3660'
    >>> parliament_id("https://questions-statements.parliament.uk/written-questions/detail/2026-11-03/HL1234")
    'written-question:2026-11-03/HL1234'
    >>> parliament_id("https://questions-statements.parliament.uk/written-statements/detail/2026-11-03/hcws12")
    'written-statement:2026-11-03/HCWS12'
    """
    return _read(text, _WESTMINSTER, "business of the UK Parliament")


def europarl_id(text: str) -> str:
    """Return the id of a text or a procedure of the European Parliament, from an id, a reference or an address.

    Raises:
        IdentifierError: names neither.

    >>> europarl_id("https://www.europarl.europa.eu/doceo/document/TA-9-2019-0018_EN.html")
    'ep:TA-9-2019-0018'
    >>> europarl_id("2022/0426(COD)"), europarl_id("eli/dl/proc/2022-0426")
    ('procedure:2022/0426', 'procedure:2022/0426')
    """
    return _read(text, _STRASBOURG, "business of the European Parliament")


def _read(text: str, shapes: dict[str, tuple[str, ...]], what: str) -> str:
    plain = _plain(text.strip())
    for name, patterns in shapes.items():
        for pattern in patterns:
            if match := re.fullmatch(pattern, plain, re.ASCII):
                found = match.groupdict()
                return name.format(**found if "uin" not in found else {**found, "uin": found["uin"].upper()})
    raise IdentifierError(f"no {what}: {text!r}")


def _plain(text: str) -> str:
    """Return an address as host and path, that of a procedure file as host and reference; other text as it is."""
    if "://" not in text:
        return text
    parts = split(text)
    reference = next((value for name, value in parse_qsl(parts.query) if name.lower() == "reference"), "")
    return f"{parts.netloc}/reference={reference}" if reference else f"{parts.netloc}{parts.path}"
