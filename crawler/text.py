"""Text: cleaned when it enters, made canonical for comparing, cut into paths and words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise

from ahocorasick_rs import BytesAhoCorasick

_ILLEGAL = re.compile(
    # What XML forbids, and marks that turn the direction of the words around them: https://trojansource.codes/
    # (061c, 200e, 200f, 202a to 202e, 2066 to 2069). One set of what may be: two sets take three times as long.
    "[^\u0020-\u061b\t\n\r\u061d-\u200d\u2010-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_ILLEGAL_ASCII = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_NOT_PLAIN = bytes(range(32)) + b"\x7f"
SEPARATOR = "\x1f"
"""Stands between texts that are looked at together: no text in canonical form holds it."""
_RUNS, *_EDGES = (BytesAhoCorasick([two]) for two in (b"  ", b" \x1f", b"\x1f "))
"""Look for two characters, each twenty times as fast as ``in`` does."""
LINK_TARGET = re.compile(r"\((?=[^\s()./]*[./])[^\s()]{3,2000}\)")
"""Where a link leads, as the reading of pages puts it behind the words of the link."""
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ALIKE = (
    dict.fromkeys(_INVISIBLE, "")
    | {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'", "\u0060": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
        "\u2026": "...",
    }
)  # fmt: skip


def clean(text: str) -> str:
    """Return the text as it may be stored: NFC, white space collapsed, nothing illegal in XML or that reorders.

    >>> clean(" A person\\n commits\\xa0an \\x00 offence ")
    'A person commits an offence'
    >>> clean("Report \\u202efdp.exe\\u202c on time")
    'Report fdp.exe on time'
    """
    if text.isascii():
        if _lacks(text, _NOT_PLAIN):
            return _spaced(text)
        if _lacks(text, _ILLEGAL_ASCII):
            return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", _ILLEGAL.sub("", text)).split())


def permitted(text: str) -> str:
    r"""Return a text without what :func:`clean` takes out, its white space as it is: a tree takes nothing else.

    >>> permitted("a \x01 b\n")
    'a  b\n'
    """
    return text if text.isascii() and _lacks(text, _ILLEGAL_ASCII) else _ILLEGAL.sub("", text)


def _spaced(text: str) -> str:
    """Return a text without control characters with single spaces, in a third of the time that splitting it takes."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip(" ")


def _lacks(text: str, characters: bytes) -> bool:
    """Return whether an ASCII text has none of some characters, several times as fast as a regular expression does."""
    return len(text.encode().translate(None, characters)) == len(text)


def canonical(text: str) -> str:
    """Return the form in which two texts are the same words: for comparing and digests, never for showing.

    >>> canonical("the victim\u2019s\u00a0trans\u00adport \u2013 now")
    "the victim's transport - now"
    """
    if not text:
        return ""
    return _canonical_again(text) if len(text) <= _MAX_CACHED_CHARACTERS else _canonical(text)


def _canonical(text: str) -> str:
    if text.isascii():
        return clean(text.replace("`", "'"))
    plain = unicodedata.normalize("NFC", text)
    # Most of them are in no text: a loop takes a thirtieth of the time of str.translate.
    for character, alike in _ALIKE.items():
        if character in plain:
            plain = plain.replace(character, alike)
    return clean(plain)


_MAX_CACHED_CHARACTERS = 60
"""Most characters of a text that is remembered: numbers and headings of provisions come again and again."""

_canonical_again = lru_cache(maxsize=16_384)(_canonical)


def is_canonical(joined: str, texts: int) -> bool:
    """Whether so many texts, joined by :data:`SEPARATOR`, are seen to be in their canonical form, each of them.

    A quick look at ASCII texts alone: False says nothing.

    >>> [is_canonical(f"{text}\\x1fc", 2) for text in ("a - b", "a ", "a  b", "a`b", "a\\x1fb", "\u00e9")]
    [True, False, False, False, False, False]
    """
    return (
        joined.isascii()
        and len((plain := joined.encode()).translate(None, _NOT_PLAIN)) == len(joined) - texts + 1
        and "`" not in joined
        and not any(two.find_matches_as_indexes(plain) for two in (_RUNS, *_EDGES))
        and joined.strip(" ") == joined
    )


def has_runs(text: str) -> bool:
    """Return whether two spaces follow each other in an ASCII text."""
    return bool(_RUNS.find_matches_as_indexes(text.encode()))


def digest(text: str) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal: same words, same digest.

    >>> digest("a \u2013 b") == digest("a - b")
    True
    """
    return sha256(canonical(text).encode()).hexdigest()


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Return a heading as an address.

    >>> slug("Part 1: Offences d\u2019\u00e9tat"), slug("Adminis\u00adtration")
    ('part-1-offences-d-etat', 'administration')
    """
    plain = text
    if not text.isascii():
        spelled = unicodedata.normalize("NFKD", text)
        plain = "".join(c for c in spelled if not unicodedata.combining(c) and c not in _INVISIBLE)
    return _NOT_SLUG.sub("-", plain.lower()).strip("-")


def number_repeats(names: Iterable[str]) -> Iterator[str]:
    """Yield the names made unique by counting repeats, in order.

    >>> list(number_repeats(["findings", "method", "findings", "findings-2"]))
    ['findings', 'method', 'findings-2', 'findings-2-2']
    """
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for name in names:
        unique, count = name, counts.get(name, 1)
        while unique in taken:
            count += 1
            unique = f"{name}-{count}"
        taken.add(unique)
        counts[name] = count
        yield unique


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, which agrees with it; ``plural`` where that is no simple plural of the noun.

    >>> counted(1, "source"), counted(1200, "entry"), counted(0, "day")
    ('1 source', '1,200 entries', '0 days')
    >>> counted(1, "page is", "pages are"), counted(2, "page is", "pages are")
    ('1 page is', '2 pages are')
    """
    if number == 1:
        return f"1 {noun}"
    ending = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"
    return f"{number:,} {plural or ending}"


def count_words(text: str) -> int:
    """Return how many words a text has: no marks between cells, and nothing of where its links lead.

    >>> count_words("Guide View (files/guide.pdf) | 12 pages - in all")
    6
    """
    return sum(any(map(str.isalnum, token)) for token in LINK_TARGET.sub(" ", text).split())


_SENTENCE = re.compile(
    '(?<=[\\w)\\]\u201d"%])[.!?][\u201d"]?(?=\\s+(?:\u2026\\s)?[\\w\u201c"(])|(?<=[.!?])[\u201d"](?=\\s+[\\w\u201c(])'
)
_ABBREVIATED = re.compile(
    r"\b(?:[A-Za-z]|[Nn]os?|Nr|ss|[Aa]rts?|[Pp]aras?|Sch|Pts?|[Rr]egs?|Dr|Mrs?|Ms|St|v|vol|pp?|cf|e\.g|i\.e|[Ee]tc"
    r"|approx|Abs|bzw|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\Z"
)
"""An abbreviation, behind whose full stop a sentence goes on."""
_ORDINAL = re.compile(r"(?<![\w.])\d{1,2}\Z")
_GOES_ON = re.compile(r"\s+(?:[a-z\u00df-\u017f]|(?:Jan|Feb|M\u00e4rz|Apr|Mai|Juni|Juli|Aug|Sept|Okt|Nov|Dez)\w*)")
"""Behind the full stop of an ordinal: the month of a day, or a word that begins no sentence (3. Juli)."""
_CLAUSE = re.compile("[,;:](?=\\s)|(?=\\s[\u2013\u2014-]\\s)")
_APART = re.compile(
    r"\b(?!(?:from|with|that|which|whose|when|where|under|between|into|upon|this|these|their|such|shall|must|will|would"
    r"|have|been|being|were|section|article|paragraph|part|chapter|schedule|annex|regulation|directive|decision)s?\b)"
    r"[a-z]{4,}(?=\s[a-z])"
)
"""A word behind which no name, number or citation goes on."""
_MARKS = ' ,;:\u2013\u2014-([/&\u201c\u2018"'
"""Marks with which a text that was cut does not end."""
_WORD = re.compile(r"\S+")
_CUT = " \u2026"


def _ends(text: str) -> Iterator[int]:
    """Yield where the sentences of a text end, but the last one; what stands in quotation marks is one."""
    start = 0
    for match in _SENTENCE.finditer(text):
        one, before = text[start : match.end()], text[start : match.start()]
        goes_on = _ABBREVIATED.search(before) or (_ORDINAL.search(before) and _GOES_ON.match(text, match.end()))
        if not goes_on and one.count("\u201c") == one.count("\u201d"):
            yield match.end()
            start = match.end()


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; what stands in quotation marks is not cut.

    >>> sentences("It says: \u201cNow. And then.\u201d See s. 4. More.")
    ['It says: \u201cNow. And then.\u201d', 'See s. 4.', 'More.']
    >>> sentences("Richtlinie vom 3. Dezember 1998. Ende.")
    ['Richtlinie vom 3. Dezember 1998.', 'Ende.']
    >>> sentences("Verordnung (EU) Nr. 575/2013. Sie gilt.")
    ['Verordnung (EU) Nr. 575/2013.', 'Sie gilt.']
    >>> sentences("It is new. \u2026 It ends. \u2026")
    ['It is new.', '… It ends. …']
    """
    ends = [0, *_ends(text), len(text)]
    return [one for start, end in pairwise(ends) if (one := text[start:end].strip())]


def abridged(text: str, words: int, letters: int) -> str:
    """Return as many whole sentences of a text as have room, else as much of the first as ends with a clause.

    Without a clause it ends between words that belong to no name, number, citation, bracket or quotation. The mark of
    the cut is one of the words.

    >>> abridged("It is new. It says how victims are found.", 6, 99), abridged("As of now, it says this.", 4, 99)
    ('It is new.', 'As of now …')
    >>> abridged("This says how states apply Regulation (EU) 2017/745 to devices.", 8, 99)
    'This says how states …'
    """

    def fits(part: str, more: str = "") -> bool:
        return len(part.split()) + len(more.split()) <= words and len(part) + len(more) <= letters

    if fits(text):
        return text
    if whole := [end for end in _ends(text) if fits(text[:end])]:
        return text[: whole[-1]]
    for ends, least in ((_CLAUSE, letters / 3), (_APART, 0), (_WORD, 0)):
        kept = [part for match in ends.finditer(text) if fits(part := text[: match.end()].rstrip(_MARKS), _CUT)]
        closed = [part for part in kept if len(part) >= min(least, len(text) / 3) and _is_closed(part)]
        if closed or (kept and ends is _WORD):
            return (closed or kept)[-1] + _CUT
    return text[: letters - len(_CUT)].rstrip(_MARKS) + _CUT


def _is_closed(text: str) -> bool:
    """Return whether a text ends outside brackets and marks of quotation."""
    return all(text.count(first) == text.count(last) for first, last in ("()", "[]", "\u201c\u201d")) and not (
        text.count('"') % 2
    )


FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Between them the web is read. At the ends of the calendar there is no day before or after, so no clock is there."""


def stamp(time: datetime) -> str:
    """Return an aware time as ISO 8601 in UTC, with microseconds only where there are any.

    >>> stamp(datetime(2026, 11, 24, 10, tzinfo=UTC))
    '2026-11-24T10:00:00Z'
    """
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def is_day(text: str) -> bool:
    """Whether a text is an ISO date, ``YYYY-MM-DD``.

    >>> is_day("2020-02-29"), is_day("2021-02-29"), is_day("20200229")
    (True, False, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def moment(text: str) -> datetime:
    """Read what :func:`stamp` writes, or any ISO 8601 time; without a zone it is UTC.

    Raises:
        ValueError: the text is no ISO 8601 time.

    >>> moment("2026-11-24T10:00:00Z").hour
    10
    """
    time = datetime.fromisoformat(text.replace("Z", "+00:00") if text.endswith("Z") else text)
    try:
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} lies outside the calendar in UTC") from error


def latest(date: str) -> datetime | None:
    """Return the last day that a publisher's date can mean, so that "2026" is not taken for January; None for no date.

    >>> str(latest("2026-02")), str(latest("2026-02-03T10:00:00Z")), latest("spring")
    ('2026-02-28 00:00:00+00:00', '2026-02-03 10:00:00+00:00', None)
    """
    try:
        if len(date) == len("2026"):
            return moment(f"{date}-12-31")
        if len(date) == len("2026-02"):
            return (moment(f"{date}-01") + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return moment(date)
    except (ValueError, OverflowError):
        return None


def loose_brackets(text: str) -> set[int]:
    """Return the places of brackets that nothing opens or closes.

    >>> loose_brackets("[First part (a)"), loose_brackets("(a) [b]"), loose_brackets("a) b")
    ({0}, set(), {1})
    """
    opened, loose = list[int](), set[int]()
    for place, sign in enumerate(text):
        if sign in "([":
            opened.append(place)
        elif sign in ")]":
            if opened and text[opened[-1]] + sign in ("()", "[]"):
                opened.pop()
            else:
                loose.add(place)
    return loose | set(opened)
