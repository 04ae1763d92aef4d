"""Neutral citations of UK courts, and where their judgments stand officially.

Source: the courts' practice directions on neutral citations, and the addresses of Find Case Law
(https://caselaw.nationalarchives.gov.uk/), which follow the citation.
"""

import re
from datetime import date
from urllib.parse import urlsplit

from crawler.identifiers.cited_papers import CASE

FIND_CASE_LAW = "caselaw.nationalarchives.gov.uk"
OFFICIAL = (
    FIND_CASE_LAW,
    "www.supremecourt.uk",
    "supremecourt.uk",
    "www.jcpc.uk",
    "jcpc.uk",
    "www.judiciary.uk",
    "www.scotcourts.gov.uk",
    "www.judiciaryni.uk",
)
"""Hosts of courts and of The National Archives: a link to a judgment leads to one of them."""

_DIVISIONS = {
    "EWCA": ("Civ", "Crim"),
    "EWHC": ("Admin", "Ch", "Comm", "Fam", "IPEC", "KB", "QB", "SCCO", "TCC"),
    "UKUT": ("AAC", "IAC", "LC", "TCC"),
    "UKFTT": ("GRC", "TC"),
    "CSIH": (),
    "CSOH": (),
    "EAT": (),
    "HCJAC": (),
    "HCJ": (),
    "NICA": (),
    "NICC": (),
    "NIKB": (),
    "NIQB": (),
    "UKHL": (),
    "UKPC": (),
    "UKSC": (),
}
"""Courts by their abbreviation, with those of their divisions."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def citation(value: object) -> str:
    """Return a neutral citation.

    Raises:
        ValueError: it is none.

    >>> citation("[2018] EWCA Crim 667"), citation("[2021] EWHC 2722 (Admin)"), citation("[2021] UKSC 9")
    ('[2018] EWCA Crim 667', '[2021] EWHC 2722 (Admin)', '[2021] UKSC 9')
    """
    match = CASE.fullmatch(value) if isinstance(value, str) else None
    court, division = _court(match) if match else ("", "")
    divisions = _DIVISIONS.get(court)
    if (
        match is None
        or match["n"][0] == "0"
        or divisions is None
        or (division not in divisions if divisions else division)
    ):
        raise ValueError(
            f"{value!r} is no neutral citation of a UK court; expected one such as [2018] EWCA Crim 667, "
            "[2021] EWHC 2722 (Admin) or [2020] UKSC 9"
        )
    return str(value)


def path(text: str) -> str:
    """Return the path of a judgment in Find Case Law, by its citation.

    >>> path("[2018] EWCA Crim 667"), path("[2021] EWHC 2722 (Admin)"), path("[2020] UKSC 9")
    ('/ewca/crim/2018/667', '/ewhc/admin/2021/2722', '/uksc/2020/9')
    """
    match = CASE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no neutral citation")
    return "/" + "/".join(part for part in (*_court(match), match["y"], match["n"]) if part).lower()


def _court(match: re.Match[str]) -> tuple[str, str]:
    """Return the court and its division, which stands before the number or behind it."""
    court, _, division = match["c"].partition(" ")
    return court, division or match["d"] or ""


def year(text: str) -> int:
    """Return the year of a citation.

    >>> year("[2020] UKSC 9")
    2020
    """
    return int(text[1:5])


def official(value: object) -> str:
    """Return the address of a judgment on the site of a court or of The National Archives.

    Raises:
        ValueError: it is none.
    """
    parts = urlsplit(value) if isinstance(value, str) else None
    if parts is None or parts.scheme != "https" or parts.netloc not in OFFICIAL or parts.path in ("", "/"):
        raise ValueError(f"{value!r}; expected an https address of a judgment on one of {', '.join(OFFICIAL)}")
    return str(value)


def day(value: object) -> str:
    """Return a day, as ISO 8601 writes it.

    Raises:
        ValueError: it is none.
    """
    try:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValueError("not of that form")
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ValueError(f"{value!r} is no date; expected one such as 2026-11-24") from error


def part_day(value: object) -> str:
    """Return a year, a month or a day, as ISO 8601 writes it; a year may be a number.

    Raises:
        ValueError: it is none.

    >>> part_day(2019), part_day("2019-05"), part_day("2019-05-23")
    ('2019', '2019-05', '2019-05-23')
    """
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not re.fullmatch(r"(?:19|20)\d\d(?:-\d\d){0,2}", text):
        raise ValueError(f"{value!r} is no date; expected one such as 2019, 2019-05 or 2019-05-23")
    day(f"{text}-01-01"[:10] if len(text) < 10 else text)
    return text


def nameless(value: object) -> str:
    """Return a text that does not look like the name of a case: parties are not named.

    Raises:
        ValueError: it is none, or holds a "v" between names.
    """
    if not isinstance(value, str) or not value.strip():
        raise ValueError("expected text")
    if re.search(r"\bv\.?\s+[A-Z(\[]", value):
        raise ValueError(f"{value!r} names parties; expected words without the names of people or of a case")
    return value
