"""What to look for in a document: the parts of it that are worth opening, by name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from crawler.entries import provisions
from crawler.entries.lengths import cut
from crawler.entries.templates import Said, capital, say, source, structure
from crawler.store import Row

MOST = 5
"""Most parts that are named."""
NAME = 12
"""Most words of the name of one."""
DIVISIONS = re.compile(r"(?:part|chapter|title|schedule|annex)-[0-9A-Za-z]{1,8}", re.IGNORECASE)
"""Paths of the great divisions of a law."""
_PLAIN = frozenset({"introduction", "contents", "body", "text", "summary", "documents", "details", "title"})


def changed(rows: Sequence[Row]) -> tuple[Said, ...]:
    """Give the provisions that changed, by name and in their order."""
    found: dict[str, Said] = {}
    for row in rows:
        if row["kind"] in ("changed", "added", "renumbered") and row["path"]:
            found.setdefault(f"{row['document']} {row['path']}", named(row["path"], row["heading"] or ""))
    return _distinct(found.values())


def telling(sections: Sequence[Row], words: Iterable[str], *, law: bool) -> tuple[Said, ...]:
    """Give the parts of a new text: of a law its great divisions, else what holds the words of its topics most."""
    headed = [row for row in sections if row["heading"] and row["path"] not in _PLAIN]
    if law and (divisions := [row for row in headed if DIVISIONS.fullmatch(row["path"])]):
        return _distinct(named(row["path"], row["heading"]) for row in divisions)
    sought = sorted({word.casefold() for word in words if word.strip()})
    if not sought:
        return ()
    pattern = re.compile("|".join(rf"\b{re.escape(word)}" for word in sought))
    scored = [(_score(pattern, row), -place) for place, row in enumerate(headed)]
    best = sorted((found for found in scored if found[0] > 0), reverse=True)[:MOST]
    return _distinct(named(headed[place]["path"], headed[place]["heading"]) for place in sorted(-p for _, p in best))


def _score(pattern: re.Pattern[str], row: Row) -> int:
    """Give how much a part has of what is sought; its heading counts more than all of its text can."""
    return 100 * len(pattern.findall(row["heading"].casefold())) + min(99, len(pattern.findall(row["text"].casefold())))


def named(path: str, heading: str) -> Said:
    """Give a part by its number and heading, or by its heading alone.

    >>> str(named("section-45-1", "Defence")), str(named("who-acts", "Who acts"))
    ('Section 45(1): Defence', 'Who acts')
    """
    number, short = provisions.numbered(path), cut(heading, NAME)
    if not number:
        return say("provision", name=source(short) if heading else capital(structure(path.replace("-", " "))))
    name = capital(structure(number))
    if not heading or short.casefold().startswith(number.casefold()):
        return say("provision", name=source(short) if heading else name)
    return say("provision headed", name=name, heading=source(short))


def _distinct(found: Iterable[Said]) -> tuple[Said, ...]:
    return tuple({str(said): said for said in found}.values())[:MOST]


def topic_words(reasons: Iterable[str]) -> list[str]:
    """Give the words that gave a family its topics, from reasons as JSON lists."""
    return [one["words"] for text in reasons for one in json.loads(text) if one["words"] and one["rule"]]
