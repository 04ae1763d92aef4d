"""What all notes are made of: brackets, clauses, days, references to provisions, places."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from crawler.law.values import When

MAX_NOTE_CHARACTERS = 10_000
"""Longer notes are kept as words."""

_PAIRS = {")": "(", "]": "[", "}": "{"}
_BRACKET = re.compile(r"[(\[{)\]}]")
_FILLER = "_"
_QUOTES = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
DAY = re.compile(
    rf"(?<![\d/.])(?:(?P<d>\d{{1,2}})(?P<sep>[./]) ?(?P<m>\d{{1,2}})(?P=sep) ?(?P<y>\d{{4}}|\d{{2}})(?![\d/])"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH}) (?P<year>\d{{4}})(?!\d))"
)
PROSPECTIVE = re.compile(r"\bprosp(?:ective(?:ly)?|\.)?(?![\w])", re.IGNORECASE)
_EXTENT = re.compile(r"(?:[EWS]\.?|N\.? ?I\.?|[GU]\.?[BK]\.?|and|except|only|[ ,&+])+")
_UNIT = (
    r"(?:sections?|ss?|articles?|arts?|regulations?|regs?|rules?|rr?|schedules?|schs?|paragraphs?|paras?|parts?|pts?"
    r"|chapters?|chs?|annex(?:es)?|appendi(?:x|ces)|apps?|notes?|tables?|columns?|cols?|entr(?:y|ies)|items?|forms?"
    r"|preamble|long title|divisions?|subsections?|sub-?paras?|subparagraphs?)"
)
_REFERENCE = re.compile(
    rf"(?P<unit>{_UNIT})(?![\w'\u2019])\.?(?: |(?=\d|\())?"
    r"|(?P<number>[A-Z]{0,3}\d{1,4}(?:[A-Za-z]++\d{0,3}+)*+(?![\w])"
    r"|[IVXLC]{1,7}(?![\w.])|[A-Z](?![\w.'\u2019]))|(?P<bracket>\([0-9A-Za-z]{1,6}\))"
    r"|(?P<join> ?[-\u2013] ?|,? (?:and|or|to) (?:(?:in|of) )?|, ?| )"
    r"|(?P<cross>cross-?headings?(?![\w]))",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:(?:the|this|whole|whole of the) )?(?:Act|Order|Regulations|Rules|Measure|Instrument|Scheme|Byelaws)(?![\w])"
    r"(?! \d)",
    re.IGNORECASE,
)


def statements(text: str) -> Iterator[str]:
    """Yield the statements of a note, one a line; a line whose bracket is closed in the next goes on there.

    >>> list(statements("S. 1 applied (1.2.2003 for E. and otherwise\\nprosp.) by X\\nS. 2 applied by Y"))
    ['S. 1 applied (1.2.2003 for E. and otherwise prosp.) by X', 'S. 2 applied by Y']
    """
    waiting, depth = "", 0
    for line in text.split("\n"):
        waiting = f"{waiting} {line}".strip()
        depth += line.count("(") - line.count(")")
        if depth <= 0:
            yield waiting
            waiting, depth = "", 0
    if waiting:
        yield waiting


def pairs(text: str) -> dict[int, int]:
    """Return where each outermost bracket that is closed opens and closes; a bracket without its other half is none.

    >>> pairs("a (b (c)) (d")
    {2: 8}
    """
    stack: list[int] = []
    closed: dict[int, int] = {}
    for bracket in _BRACKET.finditer(text):
        if bracket[0] not in _PAIRS:
            stack.append(bracket.start())
        elif stack and text[stack[-1]] == _PAIRS[bracket[0]]:
            closed[stack.pop()] = bracket.start()
    outer: dict[int, int] = {}
    end = -1
    for start in sorted(closed):
        if start > end:
            outer[start] = end = closed[start]
    return outer


@lru_cache(maxsize=256)
def masked(text: str) -> str:
    """Return a text of the same length in which what stands in brackets and in quotation marks cannot be read.

    >>> masked("s. 1(2)(a) (with “x (y)” z), art. 2")
    's. 1(_)(_) (______________), art. 2'
    """
    parts, done = list[str](), 0
    for start, end in pairs(text).items():
        parts += (text[done : start + 1], _FILLER * (end - start - 1))
        done = end
    plain = "".join((*parts, text[done:]))
    return _QUOTES.sub(lambda quote: f"{quote[0][0]}{_FILLER * (len(quote[0]) - 2)}{quote[0][-1]}", plain)


def clauses(text: str) -> list[str]:
    """Return the parts of a statement between semicolons outside brackets.

    >>> clauses("S. 1 in force (with art. 2; art. 3); s. 2 in force")
    ['S. 1 in force (with art. 2; art. 3)', 's. 2 in force']
    """
    plain, start, found = masked(text), 0, list[str]()
    for place in [*(match.start() for match in re.finditer(";", plain)), len(text)]:
        found.append(text[start:place].strip())
        start = place + 1
    return [clause for clause in found if clause]


def iso(match: re.Match[str]) -> str:
    """Return the day that :data:`DAY` matched as ISO 8601, empty where there is no such day.

    >>> iso(DAY.match("1.4.1996")), iso(DAY.match("31st January 2003")), iso(DAY.match("31.2.2003"))
    ('1996-04-01', '2003-01-31', '')
    """
    if match["y"]:
        year = int(match["y"]) if len(match["y"]) == 4 else 1900 + int(match["y"])
        month, number = int(match["m"]), int(match["d"])
    else:
        year, number = int(match["year"]), int(match["day"])
        month = 1 + _MONTHS.index(match["month"][:3].lower())
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""


_BEFORE_DAY = re.compile(
    r"(?:^|[,;]|\band|\botherwise|\bwith effect from|\bretrospective(?:ly)? (?:to|from)|^(?:from|on|at))\s*$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:,|;|and\b|\s)+$|^(?:,|;|and\b|\s)+", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"[,;\s]*(?:\band )?(?P<words>otherwise|with effect from|retrospective(?:ly)? (?:to|from)|from|on|at)?\s*$",
    re.IGNORECASE,
)


def days(text: str) -> tuple[When, ...]:
    """Return the days of a bracket with what is said of each; none where it begins with something else.

    >>> days("1.2.2003 for specified purposes, 3.4.2005 in so far as not already in force")[1].date
    '2005-04-03'
    >>> [(day.date, day.qualification) for day in days("26.10.2001 for E. and otherwise prosp.")]
    [('2001-10-26', 'for E.'), ('', 'otherwise prospective')]
    >>> [day.date for day in days("28.4.2025 in relation to sums received after 8.9.2020")]
    ['2025-04-28']
    """
    marks = [match for match in _moments(text) if _BEFORE_DAY.search(text[max(0, match.start() - 24) : match.start()])]
    if not marks or _OTHERWISE.sub("", text[: marks[0].start()]):
        return ()
    found: list[When] = []
    ahead = _otherwise(text[: marks[0].start()])
    for mark, end in zip(marks, [*(match.start() for match in marks[1:]), len(text)], strict=True):
        behind = text[mark.end() : end]
        said = _OTHERWISE.sub("", behind) if end < len(text) else behind
        is_day = mark.re is DAY
        words = " ".join(part for part in (ahead, "" if is_day else "prospective", _LEAD.sub("", said)) if part)
        day = iso(mark) if is_day else ""
        if is_day and not day:
            return ()
        found.append(When(date=day, qualification=words))
        ahead = _otherwise(behind)
    return tuple(found)


def _moments(text: str) -> list[re.Match[str]]:
    return sorted((*DAY.finditer(text), *PROSPECTIVE.finditer(text)), key=lambda match: match.start())


def _otherwise(text: str) -> str:
    said = _OTHERWISE.search(text)
    words = (said["words"] or "").lower() if said else ""
    return "retrospective" if words.startswith("retro") else words if words == "otherwise" else ""


def is_extent(text: str) -> bool:
    """Whether a bracket names parts of the United Kingdom.

    >>> is_extent("E.W."), is_extent("S. and N.I."), is_extent("a"), is_extent("with s. 4")
    (True, True, False, False)
    """
    return 0 < len(text) <= 40 and _EXTENT.fullmatch(text) is not None and any(mark in text for mark in "EWSNGU")


def reference_end(text: str, start: int = 0) -> int:
    """Return where a reference to provisions that starts at a place ends; that place itself where there is none.

    ``text`` is as written: its brackets are read.

    >>> "Sch. 2 paras. 4A, 4B inserted"[: reference_end("Sch. 2 paras. 4A, 4B inserted")]
    'Sch. 2 paras. 4A, 4B'
    >>> "Pt. 1(ss. 1-33) modified"[: reference_end("Pt. 1(ss. 1-33) modified")]
    'Pt. 1(ss. 1-33)'
    """
    whole = _WHOLE.match(text, start)
    if whole:
        return _behind_bracket(text, whole.end())
    place = end = start
    has_number = is_started = False
    while match := _REFERENCE.match(text, place):
        kind = match.lastgroup
        if not is_started and kind != "unit":
            break
        is_started = True
        if kind == "join" and text.startswith(" (", place):
            break
        place = match.end()
        if kind in ("number", "bracket"):
            has_number, end = True, place
        elif kind == "unit":
            end = end if text[place - 1 : place] == " " else place
        elif kind == "cross" and text[: match.start()].rstrip().endswith(("and", "or")):
            break
        elif kind == "cross":
            end = place
        if kind == "unit" and _is_alone(match["unit"]):
            has_number, end = True, match.start() + len(match[0].rstrip())
    return _behind_bracket(text, end) if has_number else start


def _is_alone(unit: str) -> bool:
    """Whether a unit needs no number: the only schedule, a table, the preamble, the long title."""
    return unit.lower().startswith(("sch", "table", "preamble", "long title"))


def _behind_bracket(text: str, place: int) -> int:
    """Return the place behind a bracket that says what the reference holds or leaves out."""
    match = re.compile(
        r" ?\((?:except [^()]{1,300}|(?:ss?|arts?|regs?|paras?)\.? ?[^()]{1,60})\)", re.IGNORECASE
    ).match(text, place)
    return match.end() if match else place


def is_whole(reference: str) -> bool:
    """Whether a reference means the whole instrument.

    >>> is_whole("Act"), is_whole("the Regulations"), is_whole("S. 1")
    (True, True, False)
    """
    return _WHOLE.fullmatch(reference.strip()) is not None
