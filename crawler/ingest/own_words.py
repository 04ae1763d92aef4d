"""What a law says of its own commencement, and what the law provides where it says nothing.

Of an act of the EU: when it entered into force, applies and is to be transposed, by its own words and marks of changes.
"""

import re
from collections.abc import Iterator, Sequence

from crawler import law
from crawler.changes.law import is_empty, rank
from crawler.identifiers.affected_provisions import relation
from crawler.identifiers.uk import without_extent
from crawler.law import Step
from crawler.model import Section, Version

_UNITS = {"section": "s.", "article": "art.", "regulation": "reg.", "rule": "rule", "schedule": "Sch."}
_COMES = re.compile(r"\b(?:comes? into (?:force|operation)|enters? into force)\b")
_FRAME = re.compile(
    r"\b(?:short title|citation|title|commencement|coming into|extent|final provisions)\b", re.IGNORECASE
)
_TAKEN_OUT = ("repealed", "omitted", "revoked", "substituted")


def of_text(version: Version, origin: law.Origin) -> Iterator[Step]:
    """Yield what a law says of itself; what holds of the rest under a condition says nothing sure of a provision."""
    parts = law.parts_of(section.path for section in version.sections)
    for section in version.sections:
        if not _speaks(section):
            continue
        is_headed = _is_headed(version.document, section)
        place = law.place_of(section.path, parts.get(section.path, ""))
        own = law.own_steps(place, section.text, origin, is_headed=is_headed)
        excepted = {path for step in own if step.reach == "excepted" for path in step.paths}
        unsettled = excepted - {path for step in own if step.reach == "listed" for path in step.paths}
        silent = law.default_day(version.document, origin) if unsettled else None
        if silent is not None:
            yield from (_by_default(path, silent) for path in sorted(unsettled))
        for step in own:
            if step.reach == "excepted":
                continue
            if step.reach != "listed" and step.date and unsettled and silent is None:
                continue
            for path in step.paths if step.reach == "listed" else ("",):
                made = _own(version.document, section, step, path)
                if path or not made.is_limited:
                    yield made


def _is_headed(document: str, section: Section) -> bool:
    """Whether a provision is one on commencement, by its heading; articles of decisions of the EU have none."""
    is_bare = document.startswith("eud") and not section.heading
    return (is_bare or law.is_about_commencement(section.heading)) and not section.path.startswith("schedule")


def _speaks(section: Section) -> bool:
    """Whether a provision of a law says that something comes into force."""
    is_own = section.path.partition("-")[0] in _UNITS and bool(section.number)
    return is_own and _COMES.search(section.text) is not None and not is_empty(section.text)


def _own(document: str, section: Section, step: law.OwnStep, path: str) -> Step:
    unit, _, number = section.path.partition("-")
    number = number.replace("-paragraph-", " para. ") if unit == "schedule" else number
    return Step(
        path=path,
        state="in force" if step.date else "to be appointed",
        date=step.date,
        qualification=step.qualification,
        instrument=document,
        authority=f"{_UNITS[unit]} {number}" + (f"({step.subsection})" if step.subsection else ""),
        source="own provision",
        is_rest=step.reach == "rest",
    )


def _by_default(path: str, silent: law.Default) -> Step:
    return Step(
        path=path, state="in force", date=silent.date, instrument=silent.instrument, authority=silent.authority,
        source="default",
    )  # fmt: skip


def of_silence(version: Version, origin: law.Origin, steps: Sequence[Step]) -> Iterator[Step]:
    """Yield the day of provisions of which nothing says when they come into force, where the whole law was read.

    ``steps`` are all that is stated. Nothing is sure where something is said of the whole law, where what frames it was
    taken out or changed, or where it says when a part of it begins in words that are not read.
    """
    silent = law.default_day(version.document, origin)
    if silent is None or version.partial or version.representation != "structured":
        return
    if any(not step.path or step.path.startswith("part-") for step in steps) or _is_reframed(version):
        return
    doubted = _doubted(version, origin)
    if doubted is None:
        return
    found = law.Steps(steps)
    for section in version.sections:
        path = section.path
        is_meant = section.status == "" and section.number and rank(path) == "provision" and not is_empty(section.text)
        if not is_meant or without_extent(path)[1] or re.search(r"\d[A-Z]+(?:$|-)", path) or any(found.about(path)):
            continue
        if not any(relation(doubt, law.bare_path(path)) or relation(doubt, path) for doubt in doubted):
            yield _by_default(path, silent)


def _is_reframed(version: Version) -> bool:
    """Whether words on title, commencement or extent are not those of the law as passed, or cannot be found."""
    body = [
        each for each in version.sections if rank(each.path) == "provision" and not each.path.startswith("schedule")
    ]
    framing = {each.path for each in body if _FRAME.search(each.heading) or "may be cited as" in each.text}
    # Of what was taken out with its heading nobody knows what it was about.
    is_emptied = any(
        is_empty(section.text) and (section.path in framing or not section.heading.strip(" .")) for section in body
    )
    notes = [note for note in version.annotations if note.kind == "F" and note.path in framing]
    is_touched = any(fact.verb in _TAKEN_OUT for note in notes for fact in law.read_note("F", note.text).amendments)
    return not framing or is_emptied or is_touched


def _doubted(version: Version, origin: law.Origin) -> list[str] | None:
    """Return the provisions of which the law may say when they begin, in words not read; None where that may be all."""
    parts = law.parts_of(section.path for section in version.sections)
    doubted: list[str] = []
    for section in version.sections:
        if not _speaks(section):
            continue
        place = law.place_of(section.path, parts.get(section.path, ""))
        for subject in law.unread_subjects(place, section.text, origin):
            if _is_headed(version.document, section):
                return None
            doubted += [section.path, *place.paths(subject)]
    return doubted


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


def of_union_text(version: Version, origin: law.Origin) -> Iterator[Step]:
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
    if silent is not None and not version.partial and not any(map(_speaks_of_days, version.sections)):
        yield Step(
            path="", state="in force", date=silent.date, authority=silent.authority, source="default",
        )  # fmt: skip


def _speaks_of_days(section: Section) -> bool:
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
