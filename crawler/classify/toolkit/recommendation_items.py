"""Points of one section: the recommendations of a list or a table, and those that a paragraph makes in its words."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

MIN_WORDS = 3
"""Fewest words of a recommendation: less is an entry of a list of contents."""

_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("R", re.compile(r"(?P<number>R(?:ec(?:ommendation)?)?\.? ?\d{1,3}[a-z]?)(?:[:.)\u2013-]|\s)\s*")),
    ("1.1", re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})+)[.:)]?\s+")),
    ("1", re.compile(r"\(?(?P<number>\d{1,3})[.:)]\s*(?=\D)")),
    ("i", re.compile(r"\(?(?P<number>[ivx]{1,5})[.)]\s+")),
    ("a", re.compile(r"\(?(?P<number>[a-z])[.)]\s+", re.I)),
    ("bare", re.compile(r"(?P<number>\d{1,2})\s+(?=[A-Z])")),
    ("bullet", re.compile(r"(?P<number>)[\u2022\u25aa\u25cf\u25e6\u2023\u2043\u25a0*\u2013-]\s+")),
)
"""How entries of a list are marked, most telling first: what is no number of one may be one of another."""
_SUB = re.compile(r"(?:[\u2022\u25aa\u25cf\u25e6\u2023\u2043\u25a0*\u2013o-]|\(?(?:[a-z]|[ivx]{1,5}|\d{1,3})[.)])\s")
_LAST = re.compile(r"(\d+)\D*$")

OUGHT = (
    r"should|must|ought to|needs? to|has to|have to|is (?:recommended|asked|invited|urged|encouraged) to|"
    r"are (?:recommended|asked|invited|urged|encouraged) to"
)
OUGHTS = re.compile(rf"\b(?:{OUGHT}|recommend(?:s|ed)?|urges?|dylai|rhaid|moet(?:en)?|dien(?:t|en))\b", re.I)
"""What says that somebody should do something."""

_ASKED = re.compile(rf"\b(?:{OUGHT}|recommend\w*|argymhell\w*)\b[^:]*:$", re.I)
"""The line before a list whose entries are what is asked."""

VERBS = (
    "abolish|accelerate|address|adopt|agree|allocate|allow|amend|apply|appoint|ban|bring|build|"
    "carry|clarif(?:y|ies)|close|collect|commission|commit|conduct|consider|consult|continue|"
    "convene|create|criminalise|define|deliver|design|develop|disclose|embed|enable|encourage|end|"
    "enforce|engage|ensure|establish|evaluate|exempt|expand|expedite|explore|extend|facilitate|"
    "foster|fund|give|grant|guarantee|guide|harmonise|hold|identif(?:y|ies)|implement|improve|"
    "include|incorporate|increase|inform|integrate|intensif(?:y|ies)|introduce|invest|investigate|"
    "invite|issue|launch|legislate|lift|limit|maintain|make|mandate|monitor|offer|pay|pilot|"
    "plan|prevent|prioritise|produce|prohibit|promote|protect|provide|publish|put|raise|ratif(?:y|"
    "ies)|recognise|record|reduce|reform|refrain|reinstate|remove|repatriate|repeal|replace|"
    "report|require|respond|restore|reverse|review|revise|scrap|secure|set|share|simplif(?:y|"
    "ies)|speed|stop|streamline|strengthen|support|tackle|take|test|train|treat|undertake|update|"
    "use|widen|withdraw|work"
)
"""What recommendations ask for most."""

_ORDERS = re.compile(
    rf"(?:[A-Z][a-z]+ly |Work(?:ing)? with [^,]{{2,80}}, (?:to )?)?"
    rf"(?:{VERBS}|sicrhau|cyhoeddi|adolygu|datblygu|darparu)\b",
    re.I,
)
_OF_OTHERS = re.compile(
    r"\b(?:(?:previous|earlier|past|last year(?:'s|\u2019s)?|prior|outstanding) (?:\w+ ){0,3}?"
    r"(?:recommendations?|reports?|reviews?|inspections?)|(?:had|were|was) (?:\w+ )?(?:recommended|made)\b|"
    r"(?:made|recommended|recommendations?) (?:\w+ ){0,4}?(?:in|of|from|since) (?:our |its |their |the )?(?:\w+ )?"
    r"(?:19|20)\d\d|(?:recommendations?|report) (?:made )?by (?!us\b)|progress (?:against|on|made)|"
    r"(?:the|his|her|their|its|[A-Z]\w+['\u2019]s) (?:\w+ )?report (?:made|recommended)|"
    r"\bin (?:\w+ )?(?:19|20)\d\d,? [^.:]{2,60} (?:made|recommended)\b)",
    re.I,
)
"""Said of recommendations that are not those of this report, or not new."""
_ASKS = re.compile(
    r"(?:(?<=[.;:!?\u201d)\]] )|^)[\u201c\"]?(?:(?:[Aa]ccordingly|[Tt]herefore|[Ff]or this reason|[Tt]o this end|"
    r"[Ii]n (?:this|that) (?:light|regard)),? )?"
    r"(?:[Ww]e(?:,? (?:therefore|also|further|again|strongly|accordingly|now|thus|hence),?){0,2}"
    r" (?:recommend|urge)(?! (?:read|you|tak|look|contact|visit|chang|us)\w*)|"
    r"(?:[Tt]he|[Tt]his) (?:[Ss]elect |[Jj]oint )?(?:[Cc]ommittee|[Cc]ommissioner|[Ii]nspectorate|[Ii]nquiry|[Pp]anel|"
    r"[Rr]eview|[Rr]eport|IASC|NAO)(?: (?:therefore|also|further|strongly|accordingly)){0,2} (?:recommends|urges)|"
    r"GRETA(?: (?:therefore|also|further|strongly|once again))* "
    r"(?:recommends|urges|invites|considers that (?=[^.]*\bshould\b))|"
    r"[Ii]t is (?:therefore |also )?recommended that)\b"
)
PARAGRAPH = "paragraph "
"""Stands before the number of a lesson that is the number of its paragraph, and no number of a recommendation."""
_PARAGRAPH = re.compile(r"\(?(?P<number>\d{1,3}(?:\.\d{1,3}){0,2})[.)]?\s+(?=\S)")

_NO = re.compile(r"(?:no\.?|number|#|ref(?:erence)?\.?|rec(?:ommendation)?\.? ?(?:no\.?|number|#)|rhif)", re.I)
_WHAT = re.compile(r"(?:(?:our|key|full) )?(?:recommendations?|argymhell(?:iad|ion)|aanbeveling(?:en)?)", re.I)
_WORDING = re.compile(r"(?:detail|description|text|wording|summary|recommendation text)s?", re.I)
_WHOM = re.compile(
    r"(?:addressees?|addressed to|(?:to|for|by) whom|to|for|owners?|lead(?: \w+)?|responsib(?:le|ility)(?: \w+)?|who|"
    r"organi[sz]ations?|bod(?:y|ies)|agenc(?:y|ies)|departments?)(?: responsible)?",
    re.I,
)
_TRACKED = re.compile(r"\b(?:status|progress|response|accept|rag|rating|update|complet|made by|source|year)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationItem:
    """One recommendation inside a section: where its words begin and end, its number, whom its table addresses.

    ``lead`` are the words before a list that name somebody ("The Home Office should:"), for points that name nobody.
    """

    begins: int
    ends: int
    number: str = ""
    addressee: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    begins: int
    text: str

    @property
    def ends(self) -> int:
        return self.begins + len(self.text)


def list_items(text: str) -> tuple[RecommendationItem, ...]:
    """Return the recommendations that the words under a heading of recommendations list, by row or by entry.

    Nothing where the words before the list say that they are those of others, or of before.

    >>> [point.number for point in list_items("We recommend:\\n1. The police should act.\\n2. The NCA should report.")]
    ['1', '2']
    """
    lines = _lines(text)
    return tabled(text) or _entries(lines)


def orders(said: str) -> bool:
    """Return whether words begin with what is to be done: "Publish the figures"."""
    return _ORDERS.match(said) is not None


def is_of_others(text: str) -> bool:
    """Return whether a heading, or the words before a list, speak of recommendations that are not those of this report.

    >>> is_of_others("The 2019 report made these recommendations:"), is_of_others("Our recommendations are:")
    (True, False)
    """
    return _OF_OTHERS.search(text) is not None


def _lines(text: str) -> list[_Line]:
    found, place = [], 0
    for line in text.split("\n"):
        found.append(_Line(begins=place, text=line))
        place += len(line) + 1
    return found


# Lists


def _entries(lines: Sequence[_Line]) -> tuple[RecommendationItem, ...]:
    """Return the entries of the first list, of the style of its first mark."""
    opening = next(((place, style) for place, line in enumerate(lines) if (style := _style(line.text))), None)
    if opening is None:
        return ()
    first, style = opening
    intro = [line.text for line in lines[:first]]
    if is_of_others(" ".join(intro)):
        return ()
    found = list(_numbered(lines[first:], style))
    if style == "bare" and (len(found) < 2 or found[0].number != "1"):
        return ()
    asked = any(_ASKED.search(each) for each in intro)
    lead = intro[-1] if intro and intro[-1].endswith(":") else ""
    whole = "\n".join(line.text for line in lines)
    start = lines[0].begins
    points = []
    for point in found:
        said = whole[point.begins - start : point.ends - start]
        if len(said.split()) >= MIN_WORDS and (asked or OUGHTS.search(said) or _ORDERS.match(said)):
            points.append(
                RecommendationItem(begins=point.begins, ends=point.ends, number=point.number, lead=point.lead or lead)
            )
    return tuple(points)


def _style(text: str) -> str:
    return next((name for name, pattern in _STYLES if pattern.match(text)), "")


_AHEAD = 30
"""Lines behind a paragraph of an entry in which the next entry must begin."""


def _numbered(lines: Sequence[_Line], style: str) -> Iterator[RecommendationItem]:
    """Yield the entries of a style in their order; a group's name ("For the police:") ends one and leads the next."""
    pattern = dict(_STYLES)[style]
    begun: tuple[int, str, str] | None = None
    ends, group, before = 0, "", ""
    for place, line in enumerate(lines):
        match = pattern.match(line.text)
        if match and (style == "bullet" or _follows(before, match["number"], style) or (group and not begun)):
            if begun:
                yield RecommendationItem(begins=begun[0], ends=ends, number=begun[1], lead=begun[2])
            before = match["number"]
            begun, ends = (line.begins + match.end(), before, group), line.ends
        elif _is_group(line.text, lines[place + 1 : place + 1 + _AHEAD], pattern):
            if begun:
                yield RecommendationItem(begins=begun[0], ends=ends, number=begun[1], lead=begun[2])
            begun, group = None, line.text
        elif begun and (
            _SUB.match(line.text) or line.text[:1].islower() or _more(lines[place + 1 : place + 1 + _AHEAD], pattern)
        ):
            ends = line.ends
        elif begun:
            break
    if begun:
        yield RecommendationItem(begins=begun[0], ends=ends, number=begun[1], lead=begun[2])


def _follows(before: str, number: str, style: str) -> bool:
    """Return whether a number comes next: one more than the one before it; a gap is left by what was not read."""
    if not before:
        return True
    rank = _rank(style)
    return rank(before) < rank(number) <= rank(before) + 3


def _rank(style: str) -> Callable[[str], int]:
    if style == "a":
        return lambda number: ord(number.lower())
    if style == "i":
        return _roman
    return lambda number: int(found.group(1)) if (found := _LAST.search(number)) else 0


def _roman(number: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in number]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _is_group(text: str, after: Sequence[_Line], pattern: re.Pattern[str]) -> bool:
    """Whether this is the name of a group: a short line with a colon or without an end, right before an entry."""
    short = 0 < len(text.split()) <= 10 and not text.endswith((".", ";", ",")) and not _SUB.match(text)
    return short and text[:1].isupper() and bool(after) and pattern.match(after[0].text) is not None


def _more(after: Sequence[_Line], pattern: re.Pattern[str]) -> bool:
    return any(pattern.match(line.text) for line in after)


# Tables


def tabled(text: str) -> tuple[RecommendationItem, ...]:
    """Return the recommendations of the rows of a table whose first row says which cell is what.

    >>> [(each.number, each.addressee) for each in tabled("No | Recommendation | Owner\\n1 | Do it by May | The NCA")]
    [('1', 'The NCA')]
    """
    if " | " not in text:
        return ()
    found: list[RecommendationItem] = []
    columns: tuple[int, int, int] | None = None
    count = 0
    for line in _lines(text):
        cells = line.text.split(" | ")
        if named := _columns([cell.strip() for cell in cells]):
            columns, count = named, len(cells)
        elif columns and len(cells) == count and (point := _row(line, cells, columns)):
            found.append(point)
        elif len(cells) == 1:
            columns = None
    return tuple(found)


def _columns(cells: Sequence[str]) -> tuple[int, int, int] | None:
    """Return the places of number, words and addressee that a row of names tells, -1 for what there is not."""
    if len(cells) < 2 or any(_TRACKED.search(cell) for cell in cells):
        return None
    what, wording, number, whom = (_place(cells, pattern) for pattern in (_WHAT, _WORDING, _NO, _WHOM))
    if what < 0 or (wording < 0 and number < 0 and whom < 0):
        return None
    return (number if wording < 0 else what, what if wording < 0 else wording, whom)


def _place(cells: Sequence[str], pattern: re.Pattern[str]) -> int:
    return next((place for place, cell in enumerate(cells) if pattern.fullmatch(cell)), -1)


def _row(line: _Line, cells: Sequence[str], columns: tuple[int, int, int]) -> RecommendationItem | None:
    number, what, whom = columns
    begins = line.begins + sum(len(cell) + 3 for cell in cells[:what])
    if len(cells[what].split()) < MIN_WORDS:
        return None
    return RecommendationItem(
        begins=begins,
        ends=begins + len(cells[what]),
        number=cells[number].strip(" .") if number >= 0 else "",
        addressee=cells[whom].strip() if whom >= 0 else "",
    )


# Paragraphs


def paragraph_items(text: str) -> Iterator[RecommendationItem]:
    """Yield the recommendations that a report makes in a paragraph of its text, to the end of that paragraph.

    The number is that of the paragraph.

    >>> [point.number for point in paragraph_items("34. Much is lost. We recommend that the Home Office counts.")]
    ['paragraph 34']
    """
    for line in _lines(text):
        at = _PARAGRAPH.match(line.text)
        opens = at.end() if at else 0
        found = _ASKS.search(line.text[opens:])
        if found is None:
            continue
        begins = line.begins + opens + found.start()
        yield RecommendationItem(begins=begins, ends=line.ends, number=f"{PARAGRAPH}{at['number']}" if at else "")
