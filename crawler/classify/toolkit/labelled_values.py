"""What a page states behind a label: a heading and its short text, "Cost: Free" in a line or row, a line, a length.

Texts are kept as one run of words. A label with a colon opens a value; one without does where a value that we know
follows. Under a heading, and behind a colon, words that are none of ours are told as what the page says.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crawler.classify.toolkit.patterns import is_denied, pattern, words_of
from crawler.classify.toolkit.values import SUMMARY, Fact, Passage, fact
from crawler.classify.toolkit.vocabulary import IN_OTHER_WORDS, OTHER

_LABELS = dict(words_of("labels", "label"))
_HEADINGS = {field: re.compile(words, re.IGNORECASE) for field, words in _LABELS.items()}
_LABEL = re.compile(
    "|".join(rf"(?P<{field}>(?<![\w-])(?:{words})(?![\w-]))" for field, words in _LABELS.items()), re.IGNORECASE
)
_ANY = re.compile(
    r"(?<![\w-])(?:[A-Z]\w*(?: [a-z]+){0,2} ?:|(?:For whom|Who|Audience|Dates?|Location|Venue|Provider|Places|When|"
    r"Where|Language|Contact|Book|Content)\b)"
)
"""What else opens another cell or line, so that a value ends before it."""
_SIGN = re.compile(r" ?[:|=](?= ?\S)| ?[\u2013-](?= )")
_WITHIN = re.compile(r"\b(?:the|a|an|of|its|and|or) $", re.IGNORECASE)
_STOP = re.compile(r"[.;!?](?=\s|$)|\n|\|")

_VALUES: Mapping[str, Sequence[tuple[str, re.Pattern[str]]]] = {
    field: tuple((value, pattern(words)) for value, words in words_of("labelled", field))
    for field in ("cost", "certificate", "level", "form")
}
_LEAD = re.compile(r"(?:(?:from|about|only|around|approx\.?|completely|entirely|currently|is|are|a|an|the|at) )*", re.I)
_BEHIND = re.compile(
    r"\s*(?:$|[.,;:()|/&\n\u2013+-]|(?:and|or|per|for|to|plus|each|level|of)\b|(?=[A-Z\u00a3\u20ac\d]))"
)
_PER = re.compile(r" ?(?:\+ ?vat|plus vat|(?:per|a|each|for) (?:person|delegate|place|learner|head|members?))", re.I)

_UNDER = 200
"""Most characters of the text under a heading that is a label: a longer one is no value."""
_WORDS = 100
"""Most characters of words that are none of ours, and of a value in a run of words."""
_SPLIT = re.compile(r"[,|\u2022\u00b7/+]|\s[\u2013-]\s")
_TERSE = 100
_NOTHING = ("no", "n/a", "number")
"""Words that are no value by themselves: "Certificate: No. 12"."""
_ALONE = (["free"], ["am ddim"], ["gratis"], ["kosteloos"])
_MIN_VALUES = 2
"""Fewest values of a terse line: "One day" alone is no length."""


def labelled(read: Sequence[Passage]) -> Iterator[Fact]:
    """Yield what a page states behind labels, and in lines that are nothing but values."""
    for above, passage in pairwise(read):
        field = _labels(above) if above.heading and above.place == passage.place and not passage.heading else ""
        if field and len(passage.text) <= _UNDER:
            yield from _under(field, passage)
    for passage in read:
        yield from _in_run(passage)
        yield from _terse(passage)


def _labels(heading: Passage) -> str:
    plain = heading.text.strip(" :.?\n")
    return next((field for field, label in _HEADINGS.items() if label.fullmatch(plain)), "")


def _under(field: str, passage: Passage) -> Iterator[Fact]:
    """Yield the values of a field in the short text under its heading, else its words."""
    found = [fact(field, value, passage, match[0]) for value, match in _values(field, passage.text)]
    yield from found or _in_words(field, passage, passage.text)


def _values(field: str, text: str) -> Iterator[tuple[str, re.Match[str]]]:
    if field == "length":
        yield from spans(text)
        return
    for value, words in _VALUES[field]:
        match = next((m for m in words.finditer(text) if _says_no(m) or not is_denied(text, m)), None)
        if match and (value, field) == ("no", "certificate") and _LEAD.sub("", text[: match.start()]).strip():
            continue
        if match:
            yield value, match
        if match and value == "no":
            return


def _says_no(match: re.Match[str]) -> bool:
    return match[0].lower().startswith(("no", "without", "dim", "geen", "nee"))


def _in_words(field: str, passage: Passage, text: str) -> Iterator[Fact]:
    words = _STOP.split(text.strip())[0].strip()
    if 0 < len(words) <= _WORDS and any(map(str.isalpha, words)) and words.lower() not in _NOTHING:
        yield fact(field, OTHER if field in IN_OTHER_WORDS else words, passage, words)


def _in_run(passage: Passage) -> Iterator[Fact]:
    """Yield what stands behind labels in a run of words, each up to the next label or the end of the sentence."""
    text = passage.text
    every = list(_LABEL.finditer(text))
    for number, label in enumerate(every):
        field = str(label.lastgroup)
        sign = _SIGN.match(text, label.end())
        if not sign and not label[0][:1].isupper():
            continue
        start = sign.end() if sign else label.end()
        end = every[number + 1].start() if number + 1 < len(every) else len(text)
        end = min(end, start + _WORDS)
        if other := _ANY.search(text, start + 1, end):
            end = other.start()
        if stop := _STOP.search(text, start, end):
            end = stop.start()
        yield from _behind(field, passage, text[start:end], signed=bool(sign) and _opens(text, label))


def _opens(text: str, label: re.Match[str]) -> bool:
    """Return whether a label stands where a line or a cell can begin, and not within a sentence."""
    return label[0][:1].isupper() and not _WITHIN.search(text[max(0, label.start() - 8) : label.start()])


def _behind(field: str, passage: Passage, said: str, *, signed: bool) -> Iterator[Fact]:
    """Yield the values that a run of words begins with; where it has none of ours and a colon before it, its words."""
    plain = said.strip()
    lead = _LEAD.match(plain)
    start = lead.end() if lead else 0
    found = list(_values(field, plain))
    opens = [match for _, match in found if match.start() <= start and _BEHIND.match(plain, match.end())]
    if opens:
        yield from (fact(field, value, passage, match[0]) for value, match in found if signed or match in opens)
    elif signed and field != "form":
        yield from _in_words(field, passage, plain)


# Lines that are nothing but values: "Free, 2 hours, online."


def _terse(passage: Passage) -> Iterator[Fact]:
    start = 0
    for end in (*(stop.start() for stop in _STOP.finditer(passage.text)), len(passage.text)):
        line, start = passage.text[start:end].strip(), end + 1
        if 0 < len(line) <= _TERSE:
            chunks = [list(_whole(chunk.strip())) for chunk in _SPLIT.split(line)]
            found = [each for chunk in chunks for each in chunk]
            is_line = sum(map(bool, chunks)) * 2 >= len(chunks)
            if is_line and (len(found) >= _MIN_VALUES or [words.lower() for _, _, words in found] in _ALONE):
                yield from (fact(field, value, passage, words) for field, value, words in found)


def _whole(chunk: str) -> Iterator[tuple[str, str, str]]:
    """Yield the values of words that are values and nothing else, none where there is any other word."""
    found, rest = [], chunk
    while rest:
        first = next(_first(rest), None)
        if first is None:
            return
        field, value, words = first
        found.append(first)
        rest = rest[len(words) :].lstrip()
        if (field, value) == ("cost", "paid") and (per := _PER.match(rest)):
            rest = rest[per.end() :].lstrip()
    yield from found


def _first(text: str) -> Iterator[tuple[str, str, str]]:
    for value, match in spans(text):
        if match.start() == 0:
            yield "length", value, match[0]
    for field in ("cost", "form"):
        for value, words in _VALUES[field]:
            said = words.match(text)
            if said and said[0].lower() not in ("nil", "none"):
                yield field, value, said[0]
    yield from ((field, value, said[0]) for field, value, words in _PLAIN if (said := words.match(text)))


_PLAIN = tuple(
    (field, value, pattern(words)) for field in ("level", "certificate") for value, words in words_of("alone", field)
)


_SMALL = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "twelve": "12",
}  # fmt: skip
_NUMBER = rf"(?:\d{{1,3}}(?:[.,]\d{{1,2}})?|half(?: an?)?|(?:{'|'.join(_SMALL)})(?: and a half)?)"
_SHORT = r"minutes?|mins?|hours?|hrs?|days?|munud(?:au)?|awr|oriau|diwrnod(?:au)?|minuten|minuut|uur|uren|dag(?:en)?"
_LONG = r"weeks?|months?|wythnos(?:au)?|we(?:ek|ken)|mis(?:oedd)?|maand(?:en)?"
_TO = rf"(?: ?(?:to|-|\u2013|or|tot|i) ?(?P<to>\d{{1,3}}|{'|'.join(_SMALL)}))?"
_SPAN = rf"(?P<from>{_NUMBER}){_TO}[ -]?(?P<unit>{_SHORT})"
_RANGE = rf"(?P<from>{_NUMBER}){_TO}[ -]?(?P<unit>{_SHORT}|{_LONG})"
_ABOUT = r"(?:(?:is|of|about|around|approximately|approx\.?|up to|roughly|tua|ongeveer) )*"
_KIND = (
    r"(?:e-?learning|training|courses?|sessions?|modules?|workshops?|webinars?|videos?|films?|programmes?|seminars?|"
    r"briefings?|package|cwrs|cursus)"
)
_LENGTHS = (
    pattern(
        r"(?:duration|length|running time|time (?:needed|required|to complete)|hyd|duur) ?[:\u2013-]? ?"
        rf"{_ABOUT}{_RANGE}"
    ),
    pattern(
        r"(?:courses?|training|modules?|sessions?|e-?learning|webinars?|videos?|films?|programmes?|workshops?|package|"
        rf"it|cwrs|cursus)\b[^.;\n]{{0,60}}?\b(?:takes?|lasts?|lasting|cymryd|para|duurt) {_ABOUT}{_SPAN}"
    ),
    pattern(
        rf"{_RANGE}[ -](?:long )?(?:(?:online|awareness|interactive|free|training|virtual|in-person|introductory|"
        rf"practical) )*{_KIND}"
    ),
    pattern(rf"{_KIND} (?:of|over) {_ABOUT}{_RANGE}"),
    pattern(r"(?P<from>an?) (?P<half>half)-(?P<unit>day|hour) (?:training|course|session|workshop)"),
    pattern(rf"{_SPAN} to complete"),
)
_SUMMED_UP = re.compile(rf"(?:^|[.:;] ){_SPAN} (?:on|for|about|of (?!the\b))", re.IGNORECASE)
"""How the summary of a course begins: "Half a day on referrals"."""
_WHOLE = pattern(
    r"(?P<first>\d{1,2}) ?(?:hours?|hrs?|h)(?:,? and|,)? ?(?P<second>\d{1,2}) ?(?:minutes?|mins?|m)|"
    r"an hour and a (?P<half>half)|"
    r"(?P<one>an?|(?:one |a |the )?(?:full|whole|all)) ?-?(?P<of>hour|day|morning|afternoon|evening|week|month)"
)
_BARE = pattern(rf"{_RANGE}")
_UNITS = (
    ("minute", ("minute", "min", "munud", "minut", "minuut")),
    ("hour", ("hour", "hr", "awr", "oriau", "uur", "uren")),
    ("day", ("day", "diwrnod", "dag")),
    ("week", ("week", "wythnos", "weken")),
    ("month", ("month", "mis", "maand")),
)
_MAX_DURATIONS = 6


def lengths(read: Sequence[Passage]) -> Iterator[Fact]:
    """Yield how long a page says its training is, where a sentence says so."""
    told: set[str] = set()
    for passage in read:
        for each in (*_LENGTHS, *((_SUMMED_UP,) if passage.place == SUMMARY else ())):
            for match in each.finditer(passage.text):
                value = _length(match)
                if value not in told and len(told) < _MAX_DURATIONS:
                    told.add(value)
                    words = passage.text[match.start("from") : match.end("unit")] if each is _SUMMED_UP else match[0]
                    yield fact("length", value, passage, words)


def spans(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the lengths in words that are about nothing else, each in our spelling and as found.

    >>> [value for value, _ in spans("1 hour 30 minutes, or half a day")]
    ['1 hour 30 minutes', 'half a day']
    >>> [value for value, _ in spans("A full day")], [value for value, _ in spans("At your own pace")]
    (['1 day'], [])
    """
    end = 0
    both = [*_WHOLE.finditer(text), *_BARE.finditer(text)]
    for match in sorted(both, key=lambda match: (match.start(), -match.end())):
        if match.start() >= end:
            end = match.end()
            yield _of_parts(match) if match.re is _WHOLE else _length(match), match


def _of_parts(match: re.Match[str]) -> str:
    if match["first"]:
        return f"{_counted(match['first'], 'hour')} {_counted(match['second'], 'minute')}"
    return "1.5 hours" if match["half"] else _counted("1", match["of"].lower())


def _length(match: re.Match[str]) -> str:
    said = match.groupdict()
    first = str(said.get("half") or said["from"]).lower().replace(",", ".")
    unit = next(unit for unit, starts in _UNITS if str(said["unit"]).lower().startswith(starts))
    if first.startswith("half"):
        return f"half {'an' if unit == 'hour' else 'a'} {unit}"
    number, and_a_half, _ = first.partition(" and a half")
    first = _SMALL.get(number, number) + (".5" if and_a_half else "")
    last = (said.get("to") or "").lower()
    return f"{first} to {_SMALL.get(last, last)} {unit}s" if last else _counted(first, unit)


def _counted(number: str, unit: str) -> str:
    return f"{number} {unit}{'' if number == '1' else 's'}"
