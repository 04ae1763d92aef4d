"""What an instrument is called by its id alone, where its title is not known."""

from __future__ import annotations

import re

ITEM = re.compile(r"([a-z]+)/(\d{4})/(\d+)")
"""Ids of instruments of the United Kingdom: series, year, number."""
EU_ACT = re.compile(r"celex:3(\d{4})([LRD])(\d{4})")
FIRST_EU = 2015
"""Year from which on acts of the EU are cited as (EU) YYYY/N: https://publications.europa.eu/code/en/en-110202.htm."""

_SERIES = {"uksi": "SI", "ssi": "SSI", "wsi": "WSI", "nisr": "SR", "uksro": "SR & O", "nisi": "SI"}
_CORRIGENDUM = re.compile(r"celex:3\d{4}[A-Z]\d{4}R\(\d{2}\)")
_ACTS = {"L": "Directive", "R": "Regulation", "D": "Decision"}


def called(name: str) -> str:
    """Return an instrument by its series and number; an id that has none of ours stays as it is.

    >>> [called(name) for name in ("uksi/2026/123", "ukpga/2023/5", "asp/2015/12")]
    ['SI 2026/123', '2023 c. 5', '2015 asp 12']
    >>> [called(name) for name in ("celex:32024L1712", "celex:32011L0036", "celex:32016R0679R(02)")]
    ['Directive (EU) 2024/1712', 'CELEX 32011L0036', 'corrigendum CELEX 32016R0679R(02)']
    """
    if _CORRIGENDUM.fullmatch(name):
        return f"corrigendum CELEX {name.removeprefix('celex:')}"
    item, act = ITEM.fullmatch(name), EU_ACT.fullmatch(name)
    if act is not None and int(act[1]) >= FIRST_EU:
        return f"{_ACTS[act[2]]} (EU) {act[1]}/{int(act[3])}"
    if item is None:
        return name.replace("celex:", "CELEX ")
    if item[1] in _SERIES:
        return f"{_SERIES[item[1]]} {item[2]}/{item[3]}"
    mark = item[1] if item[1] in ("asp", "anaw", "asc") else "c."
    return f"{item[2]} {mark} {item[3]}"
