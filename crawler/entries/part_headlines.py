"""Headlines of changed guidance: the one or two parts whose words changed, else the chapters or annexes they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.entries import provisions
from crawler.entries.order import BESIDE, is_of_files, position
from crawler.entries.templates import Sentence, capital, chain, name_list, say, source, structure
from crawler.entries.titles import short
from crawler.entries.word_limits import HEADLINE, words
from crawler.identifiers.chapters import chapter
from crawler.store import Row
from crawler.text import canonical, counted
from crawler.wording import OF_PROVISIONS

MAX_PARTS = 2
"""Most parts that a headline names."""
MAX_NAME_WORDS = 10
"""Most words of a part that a headline names."""
MIN_TITLE_WORDS = 7
"""Words of a long title for which names of parts make room."""
_VERBS = {"added": "added", "removed": "removed", "changed": "changed verb"}


def headline(rows: Sequence[Row], title: str, taken: int = 0) -> tuple[Sentence, str] | None:
    """Return the headline for what changed in guidance, and its verb; None where a few parts do not say it.

    ``rows`` are the changes that readers are told of. What came or went beside the text is not in it.
    """
    if any(row["kind"] not in (*OF_PROVISIONS, "note") for row in rows):
        return None
    telling = [row for row in rows if row["kind"] in OF_PROVISIONS and row["significance"] != "editorial"]
    leading = [row for row in telling if position(row) < BESIDE]
    if not leading or any(row["kind"] not in _VERBS for row in leading):
        return None
    verbs = {row["kind"] for row in leading}
    files = len({row["path"] for row in rows if is_of_files(row)})
    for kind, named in _named(leading, verbs):
        parts = name_list(named, MAX_PARTS)
        if files:
            kind, parts = (
                "changed",
                say("more parts", named=chain("comma", named), count=structure(counted(files, "more part"))),
            )
        text = say("happened", named=capital(parts), verb=say(_VERBS[kind]))
        left = HEADLINE - taken - words(str(say("in law", text=text, title=source(""))))
        if left >= min(words(title), MIN_TITLE_WORDS) and not _repeats(named, title):
            return say("in law", text=text, title=short(title, left)), kind.capitalize()
    return None


def _named(rows: Sequence[Row], verbs: set[str]) -> Iterator[tuple[str, list[Sentence]]]:
    """Yield what happened to which parts, most exactly first: to those that changed, to the chapters that hold them."""
    parts = list({str(name): name for name in map(provisions.name, rows)}.values())
    if len(parts) <= MAX_PARTS and len(verbs) == 1 and all(words(str(part)) <= MAX_NAME_WORDS for part in parts):
        yield min(verbs), parts
    chapters = list(dict.fromkeys(chapter(row["path"], itself=True) for row in rows))
    if len(chapters) <= MAX_PARTS and all(chapters):
        yield "changed", [structure(each) for each in chapters]


def _repeats(named: Sequence[Sentence], title: str) -> bool:
    """Return whether a part is called as its document is."""
    return any(part.template == "under title" or _plain(str(part)) in _plain(title) for part in named)


def _plain(text: str) -> str:
    return " ".join(["", *re.findall(r"\w+", canonical(text).casefold()), ""])
