"""Whom a change of law concerns: what the provisions that changed say, beside what the law as a whole is about."""

import json
from collections.abc import Iterator, Sequence

from crawler import wording
from crawler.classify.relevance import Found, Texts, borders, classify
from crawler.entries import law
from crawler.store import Row, Store, relevance, wordings

MAX_CHARACTERS = 2000
"""Most characters of headings, and of changed words, that are read."""


def facets(store: Store, family: Sequence[Row], rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return topics, whom they are aimed at and roles, by headings and words of the provisions of a law that changed.

    Of a law that is there for its source alone, nothing is given where none of the words is of the subject.
    """
    changed = [row for row in rows if row["kind"] in wording.OF_PROVISIONS and row["significance"] != "editorial"]
    if not changed or not law.is_law(family) or family[0]["private"]:
        return []
    title = "; ".join(_headings(store, changed))[:MAX_CHARACTERS]
    texts = Texts(title=title, summary=_words(changed)[:MAX_CHARACTERS], kind=family[0]["kind"])
    found = classify(texts, is_in=True)
    if _is_of_another_subject(store, family[0]) and not any(reason.weight > 0 for reason in found.reasons):
        return []
    values = {("topic", topic.value) for topic in found.topics if _is_said(topic)}
    for facet in ("aimed_at", "role"):
        values |= {(facet, one.value) for one in found.facets.get(facet, ()) if _is_said(one)}
    return sorted(values)


def _is_of_another_subject(store: Store, law: Row) -> bool:
    """Return whether a law is there for its source alone: its own words and its ties to others say nothing for it."""
    row = relevance.get(store, law["id"])
    return row is not None and row["decided_by"] == "source" and row["score"] < borders().review


def _is_said(found: Found) -> bool:
    """Return whether a heading says it, or words of the subject do, or two different ones: one that fell tells little.

    "Licence" and "tribunal" stand in any law, and make no change one for labour inspectors or the defence.
    """
    reasons = [reason for reason in found.reasons if reason.place != "kind"]
    if any(reason.place == "title" or reason.weight > 0 for reason in reasons):
        return True
    said = {reason.words.casefold() for reason in reasons}
    return sum(not any(one in other for other in said - {one}) for one in said) > 1


def _headings(store: Store, rows: Sequence[Row]) -> Iterator[str]:
    """Yield the headings over the provisions: their own, else that of the provision that they lie in."""
    known: dict[str, dict[str, str]] = {}
    given: set[str] = set()
    for row in rows:
        document = row["document"]
        if document not in known:
            known[document] = {one["path"]: one["heading"] for one in wordings.headings(store, document)}
        heading = row["heading"] or _above(known[document], row["path"])
        if heading and heading not in given:
            given.add(heading)
            yield heading


def _above(headings: dict[str, str], path: str) -> str:
    while path:
        if headings.get(path):
            return headings[path]
        path = path.rpartition("-")[0]
    return ""


def _words(rows: Sequence[Row]) -> str:
    """Return the words that came, went, or are new."""
    found = []
    for row in rows:
        words = [text for op, text in json.loads(row["words"]) if op != "="]
        found.append(" ".join(words) if words else row["after"] if row["kind"] == "added" else row["before"])
    return " ".join(found)
