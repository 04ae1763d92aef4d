"""What a page states behind a label: a heading and its short text, "Cost: Free" in a line or a row, a terse line.

Texts are kept as one run of words. A label with a colon opens a value; one without does where a value that we know
follows. Under a heading, and behind a colon, words that are none of ours are told as what the page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crawler.classify.toolkit.durations import spans
from crawler.classify.toolkit.patterns import is_denied, pattern, words_of
from crawler.classify.toolkit.values import Fact, Passage, fact
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
