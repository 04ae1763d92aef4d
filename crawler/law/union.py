"""An act of the EU's own words on when it enters into force, from when it applies, and by when it is to be transposed.

``This Regulation shall enter into force on the twentieth day following that of its publication`` counts from the day of
its Official Journal: the day of publication is not counted (Regulation No 1182/71, Article 3). What is said of an act
that is amended is none of it.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from crawler.identifiers import affected
from crawler.law.days import Origin, number
from crawler.law.union_words import ADOPTED, DATE, MONTHS, NOTIFIED, NUMBERS, ON, UNITS, WORDINGS, Wording

Event = Literal["in force", "applies", "to be transposed"]
MEASURES = "the measures of member states"
"""Words for what member states made to transpose an act."""
OWN_DAYS = "on days of their own"
"""Words for days that stand in a list of their own."""
MAX_CHARACTERS = 40_000
MAX_SENTENCE = 3_000
"""Most characters of a sentence that is read; the longest that lists provisions has 2,000."""
MAX_WORDS = 240
"""Most characters of the words of a provision or of a day that is not told."""
MAX_ASIDE = 120
"""Most characters between what an act calls itself and the verb: *is published in the Official Journal and*."""

_PARAGRAPH = re.compile(r"(?:^|(?<=[.;:] ))(?:(\d{1,2}[a-z]?)\.|\((\d{1,2}[a-z]?)\)) (?=\S)")
_SENTENCE = re.compile(r"(?<=[a-z\u00c0-\u017f\d)\u2019\u201d])(?:;|(?<!\s\d)(?<!\s\d\d)\.)\s+(?=\S)")
"""Behind a day of one or two figures a full stop ends no sentence: *am 3. Juli 2017*, *am 20. Tag*."""
_ITEM = re.compile(r"(?:(?<=[:;] )|(?<=[;,] and )|(?<=[;,] or ))\([a-z]{1,3}\) |(?<=[:;,] )[a-z]{1,3}\) ")
_PROVISION = r"(?:[Aa]rticles?|[Aa]nnex(?:es)?)"
_PARTED = re.compile(
    r"(?:,\s+(?:and\s+)?|\s+and\s+)(?=(?:the [a-z, ]{3,60}of )?(?:points? .{1,40}? of )?"
    r"(?:[Aa]rticles?|[Aa]nnex(?:es)?|Titles?|Chapters?|Sections?|Parts?) )"
)
_PLAIN = re.compile(rf"{_PROVISION} (?:\d+[a-z]{{0,2}}|[IVXLC]+[a-z]?|\([0-9a-z]{{1,4}}\)|,|\b(?:and|or|to)\b|\s)+")
_NUMBER = r"(?:[IVXLC]+|\d+)[a-z]?\b"
_NUMBERS = rf"({_NUMBER}(?:(?:, | and |, and ){_NUMBER})*)"
_HOLDERS = re.compile(rf"(Title|Chapter|Part)s? {_NUMBERS}(?:,? (Section|Chapter)s? {_NUMBERS})?")
_WITHIN = re.compile(rf"(Section|Chapter)s? {_NUMBERS} of (Title|Chapter|Part) ({_NUMBER})")
"""Titles, chapters and parts of an act, and what stands in one of them."""
_COMMA = re.compile(rf"((?:Title|Chapter|Part) {_NUMBER}),(?= (?:Section|Chapter)s? )")
_LEAD = re.compile(
    r"^(?:\W*(?:however|by way of derogation from [^,]{1,80}|and|or|but|jedoch|toutefois)\b[,:]?\s*"
    r"|\(?[a-z]{1,3}\)\s+)+",
    re.IGNORECASE,
)
_OF_ITSELF = re.compile(r" (?:of|to) this [A-Za-z]+(?: [A-Z][a-z]+)?$")
_LIMITING = (
    "with the exception", "except", "in so far", "insofar", "as regards", "to the extent", "in relation", "in respect",
    "with regard", "for ", "to ", "until ", "only ", "where ", "if ", "bis ", "für ",
    "mit ausnahme", "à l\u2019exception",
    "à l'exception", "sauf", "con excepción", "com exceção",
)  # fmt: skip
_AMENDS = re.compile(
    r"\b(?:is|are) (?:hereby )?(?:replaced by|inserted|added|amended as follows|amended in accordance)|wird wie folgt"
    r"|(?:erhält|erhalten) folgende fassung|est modifiée? comme suit|(?:est|sont) remplacée?s? par|se modifica"
    r"|se sustituye|é alterad[oa]|é substituíd[oa]",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\b(?:entry into force|application|applicability|commencement|transposition|implementation)\b|inkrafttreten"
    r"|geltungsbeginn|anwendung\b|umsetzung|entrée en vigueur|\bapplication|entrada en vigor|entrada em vigor|aplica",
    re.IGNORECASE,
)
_DATE = re.compile(DATE, re.IGNORECASE)
_RELATIVE = re.compile(r"(.*)(?:,? which|, (?:die|der|qui|que))\b", re.IGNORECASE)
_ENTRY = re.compile(
    r"(?:the )?(?:date|day) (?:of|on which) (?:its |this [a-z ]{5,40} )?(?:entry|enters) into force", re.I
)
_LAST = re.compile(r"(?:within|for|in) .{3,80}?(?=[,.;]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionStep:
    """One statement of an act on itself.

    ``paths`` are the provisions it names, empty where it is of the whole act, of the rest (``is_rest``), or of what
    only its ``words`` name. ``date`` is an ISO day, empty where it cannot be told; ``qualification`` then has the words
    on it, and else what limits it. ``paragraph`` is the number of the paragraph that says so.
    """

    event: Event
    date: str = ""
    paths: tuple[str, ...] = ()
    words: str = ""
    qualification: str = ""
    paragraph: str = ""
    is_rest: bool = False


def union_steps(text: str, origin: Origin, heading: str = "") -> tuple[UnionStep, ...]:
    """Return what an article says of its act's own beginning; ``origin`` has the days of journal and adoption.

    From when a part of it applies is read where the article says when the act enters into force or is to be transposed,
    or is headed so: elsewhere it may be of something else.

    >>> journal = Origin(published="2014-06-12", adopted="2014-04-16")
    >>> steps = union_steps("1. This Regulation shall enter into force on the twentieth day following that of its "
    ...     "publication in the Official Journal. 2. It shall apply from 3 July 2016 except for Articles 4 and 5(6), "
    ...     "which shall apply from 2 July 2014.", journal)
    >>> [(step.event, step.date, step.paths, step.is_rest) for step in steps][:2]
    [('in force', '2014-07-02', (), False), ('applies', '2016-07-03', (), True)]
    >>> steps[2].paths, steps[2].date, steps[2].paragraph
    (('article-4', 'article-5-6'), '2014-07-02', '2')
    >>> union_steps("Member States shall bring into force the laws necessary to comply with this Directive by 6 April "
    ...     "2013 at the latest.", journal)[0].date
    '2013-04-06'
    """
    found: list[UnionStep] = []
    for paragraph, words in _paragraphs(text[:MAX_CHARACTERS]):
        if _AMENDS.search(words):
            continue
        for sentence in _SENTENCE.split(words):
            if len(sentence) > MAX_SENTENCE:
                continue
            entered = next((step for step in found if step.event == "in force" and not step.paths), None)
            found += [replace(step, paragraph=paragraph) for step in _of_sentence(sentence, origin, entered)]
    if _HEADING.search(heading) is None and all(step.event == "applies" for step in found):
        found = [step for step in found if not step.paths and not step.words]
    others = any(step.event == "applies" and (step.paths or step.words) for step in found)
    return tuple(dict.fromkeys(_rest(step) if others else step for step in found))


def _rest(step: UnionStep) -> UnionStep:
    """Return what is said of the application of the whole as said of the rest: other days hold for some provisions."""
    is_whole = step.event == "applies" and not step.paths and not step.words
    return replace(step, is_rest=True) if is_whole else step


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the numbered paragraphs of an article, and what stands before them or has no number."""
    marks = list(_PARAGRAPH.finditer(text))
    ends = [*(mark.start() for mark in marks), len(text)]
    yield "", text[: ends[0]]
    for mark, end in zip(marks, ends[1:], strict=True):
        yield mark[1] or mark[2], text[mark.end() : end]


def _of_sentence(sentence: str, origin: Origin, entered: UnionStep | None) -> Iterator[UnionStep]:
    """Yield what a sentence says; ``entered`` is what the article has said of the entry into force of the whole act."""
    for words in WORDINGS:
        made = [*_entries(words, sentence, origin), *_transposition(words, sentence)]
        if not any(step.event == "to be transposed" for step in made):
            made += _applications(words, sentence, entered or next(iter(made), None))
        if made:
            yield from made
            return


def _entries(words: Wording, sentence: str, origin: Origin) -> Iterator[UnionStep]:
    """Yield when an act, or provisions of it, enter into force."""
    verb = words.enters.search(sentence)
    if verb is None:
        return
    subject = _LEAD.sub("", sentence[: verb.start()]).strip(" ,")
    is_whole = _is_act(words, subject)
    paths = () if is_whole else _plain(subject)
    if not is_whole and not paths:
        return
    day, said = _day(words, sentence[verb.end() :], origin)
    if day or said:
        yield UnionStep(event="in force", date=day, paths=paths, qualification=said)


def _is_act(words: Wording, subject: str) -> bool:
    """Whether a subject is the act itself, of which something else may be said before."""
    named = words.act.match(subject)
    return named is not None and len(subject) - named.end() <= MAX_ASIDE and not affected(subject[named.end() :])


def _day(words: Wording, behind: str, origin: Origin) -> tuple[str, str]:
    """Return the day behind a verb of entry into force, else the words on it."""
    for pattern in (words.month, words.after, words.of):
        if match := pattern.match(behind):
            groups = match.groupdict()
            anchor = _anchor(groups["anchor"], origin)
            count = _count(groups.get("n") or groups.get("nth"))
            unit = "first" if pattern is words.month else UNITS.get((groups.get("unit") or "day").lower(), "")
            since = 0 if pattern is words.of else count
            day = _counted(anchor, since, unit) if anchor and since is not None else ""
            return (day, "") if day else ("", _short(match[0]))
    if (match := ON.match(behind)) and (day := _date(match)):
        return day, ""
    return "", ""


def _anchor(word: str, origin: Origin) -> str:
    bare = word.lower()
    return "" if bare.startswith(NOTIFIED) else origin.adopted if bare.startswith(ADOPTED) else origin.published


def _count(text: str | None) -> int | None:
    """Return a number, one where none is stated, None where it cannot be read."""
    if not text:
        return 1
    bare = text.lower().rstrip(".")
    digits = re.match(r"\d+", bare)
    return int(digits[0]) if digits else NUMBERS.get(bare) or number(bare) or None


def _counted(anchor: str, count: int, unit: str) -> str:
    """Return the day so many days, weeks or months after another, or the first of so many months after; else nothing.

    >>> _counted("2014-06-12", 20, "day"), _counted("2023-01-31", 1, "month"), _counted("2023-11-15", 2, "first")
    ('2014-07-02', '', '2024-01-01')
    """
    first = date.fromisoformat(anchor)
    if unit in ("day", "week"):
        return (first + timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
    months = first.month - 1 + count
    year, month = first.year + months // 12, months % 12 + 1
    day = 1 if unit == "first" else first.day
    return date(year, month, day).isoformat() if unit and day <= monthrange(year, month)[1] else ""


def _date(match: re.Match[str]) -> str:
    try:
        return date(int(match["year"]), MONTHS[match["month"].lower()], int(match["day"])).isoformat()
    except ValueError:
        return ""


def _applications(words: Wording, sentence: str, entered: UnionStep | None) -> Iterator[UnionStep]:
    """Yield from when an act or provisions of it apply: one of the whole, and those of the items that it excepts."""
    if measures := words.measures.search(sentence):
        yield from _measures(measures, sentence)
        return
    for piece, is_excepted in _pieces(words, sentence):
        verb = words.applies.search(piece)
        if verb is None:
            continue
        subject = _LEAD.sub("", piece[: verb.start()]).strip(" ,:;")
        behind = piece[verb.end() :].lstrip()
        since = words.since.match(behind)
        day, said = _since(behind, since.end() if since else 0, entered.date if entered else "")
        is_meant = entered is not None and words.pronoun.fullmatch(subject) is not None
        is_whole = (
            is_meant or _is_act(words, subject) or (entered is not None and words.enters.search(subject) is not None)
        )
        if not (day or said):
            continue
        if is_whole and not is_excepted:
            yield UnionStep(event="applies", date=day, qualification=said)
        elif subject:
            yield from _listed(subject, day, said)


def _measures(match: re.Match[str], sentence: str) -> Iterator[UnionStep]:
    """Yield from when member states apply what they made: all of it, or what the qualification names."""
    behind = re.sub(r"^an\b,?\s*", "", sentence[match.end() :].strip(" ,.;"))
    limit = behind if behind.lower().startswith(_LIMITING) else ""
    other = _DATE.search(limit)
    of = match.groupdict().get("of") or ("" if other else limit)
    yield UnionStep(event="applies", date=_date(match), words=MEASURES, qualification=_short(of))
    if other is not None and (day := _date(other)):
        excepted = _RELATIVE.match(limit, 0, other.start())
        of = excepted[1] if excepted else limit
        yield UnionStep(event="applies", date=day, words=MEASURES, qualification=_short(of))


def _pieces(words: Wording, sentence: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a sentence that may say of different provisions when they apply; the second: excepted ones."""
    marks = [(match.start(), match.end(), True) for match in words.excepted.finditer(sentence)]
    marks += [(match.start(), match.end(), False) for match in _ITEM.finditer(sentence)]
    start, is_excepted = 0, False
    for at, end, excepts in sorted(marks):
        verbs = (words.applies.search(sentence, start, at), words.applies.search(sentence, end))
        if at < start or (excepts and None in verbs):
            continue  # What is excepted without a day of its own limits the words before it.
        yield sentence[start:at], is_excepted
        start, is_excepted = end, is_excepted or excepts
    yield sentence[start:], is_excepted


def _since(behind: str, start: int, entered: str) -> tuple[str, str]:
    """Return the day of application and what limits it, or the words on a day that is not told."""
    match = _DATE.match(behind, start)
    if match and (day := _date(match)):
        rest = behind[match.end() :].strip(" ,.;")
        return day, _short(rest) if rest.lower().startswith(_LIMITING) else ""
    if entered and _ENTRY.match(behind, start):
        return entered, ""
    words = behind.strip(" ,.;")
    return "", OWN_DAYS if words[-1:] == ":" else _short(words)


def _listed(subject: str, day: str, said: str) -> Iterator[UnionStep]:
    """Yield what is said of the provisions that a subject lists: by their paths where it names them as a whole."""
    plain: list[str] = []
    others: list[str] = []
    for item in _PARTED.split(_COMMA.sub(r"\1", subject)):
        found = _plain(item.strip(" ,"))
        plain += found
        others += [] if found or not item.strip(" ,") else [item.strip(" ,")]
    if plain:
        yield UnionStep(event="applies", date=day, paths=tuple(dict.fromkeys(plain)), qualification=said)
    if others:
        yield UnionStep(event="applies", date=day, words=_short(", ".join(others)), qualification=said)


def _plain(words: str) -> tuple[str, ...]:
    """Return the articles, annexes, titles and chapters that words name and nothing but them, none where they say more.

    >>> _plain("Chapters I and II"), _plain("Chapter III Section 4"), _plain("Sections 2 and 3 of Chapter V")
    (('chapter-i', 'chapter-ii'), ('chapter-iii-section-4',), ('chapter-v-section-2', 'chapter-v-section-3'))
    """
    words = _OF_ITSELF.sub("", re.sub(r",?\s*\band$", "", words))
    if held := _HOLDERS.fullmatch(words):
        outer = [f"{held[1]}-{each}".lower() for each in re.findall(_NUMBER, held[2])]
        if held[3] and len(outer) > 1:
            return ()
        inner = [f"-{held[3]}-{each}".lower() for each in re.findall(_NUMBER, held[4])] if held[3] else [""]
        return tuple(f"{one}{each}" for one in outer for each in inner)
    if held := _WITHIN.fullmatch(words):
        inner = [f"{held[1]}-{each}".lower() for each in re.findall(_NUMBER, held[2])]
        return tuple(f"{held[3]}-{held[4]}-{each}".lower() for each in inner)
    if not _PLAIN.fullmatch(words):
        return ()
    return tuple(re.sub(r"(?<=annex-)\w+", lambda match: match[0].lower(), path) for path in affected(words))


def _transposition(words: Wording, sentence: str) -> Iterator[UnionStep]:
    """Yield by when member states have to comply with a directive or framework decision, or with articles of it."""
    stated = words.transposed.search(sentence)
    if stated is None:
        return
    named = stated["object"].strip(" ,")
    is_whole = not affected(named)
    by = words.by.search(sentence)
    day = _date(by) if by else ""
    how = by["how"].lower() if by and "bef" in by["how"].lower() else ""
    said = how or ("" if day else next((match[0] for match in _LAST.finditer(sentence, stated.end())), ""))
    if day or said:
        yield UnionStep(
            event="to be transposed", date=day, words="" if is_whole else _short(named), qualification=_short(said)
        )


def _short(words: str) -> str:
    """Return words, cut at a word where they are long."""
    bare = words.strip(" ,;")
    return bare if len(bare) <= MAX_WORDS else f"{bare[:MAX_WORDS].rpartition(' ')[0]} …"
