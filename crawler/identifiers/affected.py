"""Provisions as effects name them, as paths: what a law does to which provisions of another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.identifiers.citing import citations

RANGE = 60
"""Most provisions of a range such as "ss. 12-14" that are named one by one."""
_SPAN = re.compile(r"(.*?)(\d+)\.\.\1(\d+)")


def affected(provision: str) -> list[str]:
    """Give the paths of a provision as effects name it, none where it is not readable.

    >>> affected("s. 45(1)(a)"), affected("ss. 12-14"), affected("article-79-2"), affected("Act")
    (['section-45-1-a'], ['section-12', 'section-13', 'section-14'], ['article-79-2'], [])
    """
    if re.fullmatch(r"(?:article|annex|recital)-[0-9A-Za-z-]+", provision):
        return [provision]
    found: list[str] = []
    for each in citations(provision):
        span = _SPAN.fullmatch(each.provision) if each.kind == "provision" else None
        if span:
            numbers = range(int(span[2]), min(int(span[3]), int(span[2]) + RANGE) + 1)
            found += [f"{span[1]}{number}" for number in numbers]
        elif each.kind == "provision" and ".." not in each.provision:
            found.append(each.provision)
    return found


def covers(named: Sequence[str], path: str) -> bool:
    """Tell whether a provision is one of those that are named, holds one, or lies in one.

    >>> covers(["section-4"], "section-4-1"), covers(["section-4-1"], "section-4"), covers(["section-4"], "section-45")
    (True, True, False)
    """
    return any(f"{one}-".startswith(f"{path}-") or f"{path}-".startswith(f"{one}-") for one in named)
