"""What an instrument is called by its id alone, where its title is not known."""

from __future__ import annotations

import re

ITEM = re.compile(r"([a-z]+)/(\d{4})/(\d+)")
"""Ids of instruments of the United Kingdom: series, year, number."""
EU_ACT = re.compile(r"celex:3(\d{4})([LRD])(\d{4})")
FIRST_EU = 2015
"""Year from which on acts of the EU are cited as (EU) YYYY/N: https://publications.europa.eu/code/en/en-110202.htm."""

_SERIES = {
    "uksi": "SI", "ssi": "SSI", "wsi": "WSI", "nisr": "SR", "uksro": "SR & O", "nisro": "SR & O (N.I.)", "nisi": "SI",
}  # fmt: skip
_CHAPTERS = {"asp": "asp", "anaw": "anaw", "asc": "asc", "mwa": "nawm", "ukcm": "No."}
_IRISH = ("nia", "apni", "mnia")
_BY_REIGN = re.compile(r"[a-z]+/(?P<reign>[A-Z][A-Za-z0-9]*)/(?P<session>\d+(?:-\d+)*)/(?P<chapter>\w+)")
_REIGN = re.compile(r"(?P<and>and(?P<year>\d*))?(?P<name>[A-Z][a-z]+?)(?P<number>\d*)(?=and|[A-Z]|$)")
_DRAFT = re.compile(r"[a-z]{1,4}ds[ir]/\d{4}/(\d{13})")
_CORRIGENDUM = re.compile(r"celex:3\d{4}[A-Z]\d{4}R\(\d{2}\)")
_ACTS = {"L": "Directive", "R": "Regulation", "D": "Decision"}
_RETAINED = {"eur": "Regulation", "eudr": "Directive", "eudn": "Decision"}


def called(name: str) -> str:
    """Return an instrument by its series and number, as it is cited; an id that has none of ours stays as it is.

    >>> [called(name) for name in ("uksi/2026/123", "ukpga/2023/5", "asp/2015/12", "apni/1954/33")]
    ['SI 2026/123', '2023 c. 5', '2015 asp 12', '1954 c. 33 (N.I.)']
    >>> [called(name) for name in ("ukpga/Vict/24-25/100", "apgb/Geo3/33/13", "ukpga/Will4and1Vict/7/83")]
    ['24 & 25 Vict. c. 100', '33 Geo. 3 c. 13', '7 Will. 4 & 1 Vict. c. 83']
    >>> [called(name) for name in ("celex:32024L1712", "celex:32011L0036", "celex:32016R0679R(02)", "eur/2016/679")]
    ['Directive (EU) 2024/1712', 'CELEX 32011L0036', 'corrigendum CELEX 32016R0679R(02)', 'Regulation (EU) 2016/679']
    """
    if _CORRIGENDUM.fullmatch(name):
        return f"corrigendum CELEX {name.removeprefix('celex:')}"
    item, act, draft = ITEM.fullmatch(name), EU_ACT.fullmatch(name), _DRAFT.fullmatch(name)
    if act is not None and int(act[1]) >= FIRST_EU:
        return f"{_ACTS[act[2]]} (EU) {act[1]}/{int(act[3])}"
    if draft is not None:
        return f"draft instrument ISBN {draft[1]}"
    if item is None:
        return _by_reign(name) or name.replace("celex:", "CELEX ")
    series, year, number = item.groups()
    if series in _SERIES:
        return f"{_SERIES[series]} {year}/{number}"
    if series in _RETAINED:
        kind = _RETAINED[series]
        return f"{kind} (EU) {year}/{number}" if int(year) >= FIRST_EU else f"EU {kind} {year}/{number}"
    if series not in _IRISH + tuple(_CHAPTERS) and not series.startswith("uk"):
        return name
    return f"{year} {_CHAPTERS.get(series, 'c.')} {number}" + (" (N.I.)" if series in _IRISH else "")


def _by_reign(name: str) -> str:
    """Return an Act that is numbered by the years of a reign, empty for what is none."""
    item = _BY_REIGN.fullmatch(name)
    reigns = list(_REIGN.finditer(item["reign"])) if item else []
    if item is None or "".join(each[0] for each in reigns) != item["reign"]:
        return ""
    said = [
        " ".join(filter(None, ("&" if each["and"] else "", each["year"], f"{each['name']}.", each["number"])))
        for each in reigns
    ]
    return f"{item['session'].replace('-', ' & ')} {' '.join(said)} c. {item['chapter']}"
