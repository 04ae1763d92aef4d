"""When an act of the EU entered into force, applies and is to be transposed: its own words, and marks of changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler import law
from crawler.law import Step
from crawler.model import Section, Version

_ACT = re.compile(r"celex:3\d{4}(?P<kind>[A-Z]{1,2})\d{4}(?:\(\d\d\))?")
_TRANSPOSED = ("L", "F")
"""Directives and framework decisions: what other acts have member states do is no transposition."""
_LETTERED = re.compile(r"article-\d+[a-z]{1,3}")
"""Articles that were put between others: the first text of an act has none."""
_ENTERS = re.compile(
    r"\binto force\b|\bin Kraft\b|\ben vigueur\b|\ben vigor\b|\bem vigor\b|\bin vigore\b|\bin werking\b"
)
_NEW = {"inserted": "inserted", "added": "inserted", "replaced": "substituted"}


_UNNUMBERED = re.compile(r"(?:oj|eli|cellar):.+")
"""Names of what has no CELEX number yet."""
_ACTS = ("regulation", "directive", "decision")


def is_act(document: str, kind: str = "") -> bool:
    """Whether a document is an act of the EU, by its CELEX number, or by its kind without one; a corrigendum is none.

    >>> is_act("oj:L_202901689", "regulation"), is_act("oj:L_202901689", "report")
    (True, False)
    >>> [is_act(f"celex:{number}") for number in ("32014R0596", "32014R0596R(02)", "52018PC0340", "32010D0001(01)")]
    [True, False, False, True]
    """
    return _ACT.fullmatch(document) is not None or (kind in _ACTS and _UNNUMBERED.match(document) is not None)


def of_text(version: Version, origin: law.Origin) -> Iterator[Step]:
    """Yield what articles of an act say of it, and from when at the latest provisions are in force that were put in.

    The day of those is that of the consolidation: when its marks say by which act, they do not say from when.
    """
    kind = _ACT.fullmatch(version.document)
    for section in version.sections:
        if not section.path.startswith(("article-", "body")) or "-note-" in section.path:
            continue
        for step in law.union_steps(section.text, origin, section.heading):
            if step.event == "to be transposed" and (kind is None or kind["kind"] not in _TRANSPOSED):
                continue
            yield from _stated(version.document, section.path, step)
    yield from _put_in(version)
    silent = law.default_day(version.document, origin)
    if silent is not None and not version.partial and not any(map(_speaks, version.sections)):
        yield Step(
            path="", state="in force", date=silent.date, authority=silent.authority, source="default",
        )  # fmt: skip


def _speaks(section: Section) -> bool:
    """Whether words of a text say that something enters into force, in any of its languages."""
    return not section.path.startswith("recital") and _ENTERS.search(section.text) is not None


def _stated(document: str, at: str, step: law.UnionStep) -> Iterator[Step]:
    is_open = step.event == "in force" and not step.date
    where = f"art. {at.removeprefix('article-')}" if at.startswith("article-") else ""
    for path in step.paths or ("",):
        yield Step(
            path=path,
            provision=step.words,
            state="to be appointed" if is_open else step.event,
            date=step.date,
            qualification=step.qualification,
            instrument=document,
            authority=where + (f"({step.paragraph})" if where and step.paragraph else ""),
            source="own provision",
            is_rest=step.is_rest or bool(step.words),
        )


def _put_in(version: Version) -> Iterator[Step]:
    """Yield since when at the latest provisions are in force that marks say were put in, and articles with a letter."""
    if not version.valid_from or not version.leaves_out:
        return
    lettered = {section.path for section in version.sections if _LETTERED.fullmatch(section.path)}
    for mark in version.annotations:
        is_whole = mark.place == "number" or mark.path in lettered
        verb = _NEW.get(mark.text, "") if mark.kind == "mark" and is_whole else ""
        if verb and mark.path.startswith("article-"):
            act = next((cited for cited, _ in mark.citations), "")
            yield _inserted(mark.path, version.valid_from, verb, act, mark.id)
    for path in sorted(lettered - {mark.path for mark in version.annotations}):
        yield _inserted(path, version.valid_from, "inserted", "", "")


def _inserted(path: str, day: str, verb: str, act: str, note: str) -> Step:
    return Step(
        path=path, state="in force", date=day, qualification=law.AT_THE_LATEST, instrument=act, authority=verb,
        source="insertion", note=note,
    )  # fmt: skip
