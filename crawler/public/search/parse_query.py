"""A question as a reader types it, read as the reader means it. Pure.

Whatever is typed can be read, in time that grows with its length alone; nothing is syntax but quotation marks.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from crawler.law.pieces import DAY, iso
from crawler.public.search.act_numbers import ActNumber, act_numbers
from crawler.public.search.citations import Cited, provisions, units_spelled
from crawler.public.search.stems import stems, words
from crawler.sources.search_rules import SearchRules, read_search_rules
from crawler.text import canonical, is_day

MAX_QUERY_CHARACTERS = 200
MAX_QUERY_WORDS = 20

SHAPING_WEIGHT = 0.35
YEAR_WEIGHT = 0.6
COMMENCEMENT_WEIGHT = 0.6
ALTERNATIVE_FACTOR = 0.7

_YEAR = re.compile(r"(?:19|20)\d\d")
_COMMENCEMENT = re.compile(
    r"\b(?:(?:com|came|enter|brought|bring|put|go)\w* )?in(?:to)? (?:force|effect)\b|\bcommenc\w*|\bstart(?:s|ed)?\b"
    r"|\btakes? effect\b",
    re.IGNORECASE,
)
_COMMENCED = ("commencement", "into force", "in force")
_DAY = rf"(?:(?P<iso>(?:19|20)\d\d-\d\d-\d\d)|{DAY.pattern})\b"
_ON_DAY = re.compile(rf"\b(?:as\s+of|(?:as\s+)?(?:at|on)|in\s+force\s+on)\s+(?:the\s+)?{_DAY}", re.IGNORECASE)
"""A day for which the text is asked: "on 1 March 2020"."""
_BARE_DAY = re.compile(
    rf"(?<![\w.-])(?:(?P<other>since|after|before|until|till|from|by|to|of|made|dated|between|and)\s+)?(?:the\s+)?{_DAY}",
    re.IGNORECASE,
)
"""A day beside a provision is one for which its text is asked, unless a word says what else it is."""
_BEFORE_DAY = re.compile(r"^(?:as|of|at|on|in|force|the|\s)+", re.IGNORECASE)
"""What stands before a day."""
_CHANGE = re.compile(r"\b(?:chang(?:e|es|ed)|amend(?:ed|ments?|s)?|updated?|what(?:'s| is) new)\b", re.IGNORECASE)
_NEWEST = re.compile(r"\b(?:latest|newe(?:r|st)|most recent|last (?:quarter|month|year|report|edition|stats))\b", re.I)
_MEANING = re.compile(r"(?:what|who)(?:\s+is|\s+are|['\u2019]?s)\s+(?:(?:the|an?)\s+)?[\w-]+\s*\??", re.IGNORECASE)
_DURATION = re.compile(r"\bhow many (?:\w+ )?(?:hour|day|week|month|year)s\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:on|about|regarding|concerning)\b", re.IGNORECASE)
_JOINED = re.compile(r"(?<![\w/-])(?:[A-Za-z]-)?(?!(?:19|20)\d\d/\d\d\b)\d+/\d+(?![\w/])")  # C-66/18
_NORTHERN_IRELAND = re.compile(r"\bN\.? ?Ireland\b", re.IGNORECASE)
_ADDRESS_STEPS = re.compile(r"/(section|article|regulation|rule|schedule|paragraph|annex)/(\d+[A-Za-z]{0,3})\b")
"""Provisions in the address of a law."""

_INITIALS = re.compile(r"(?<![\w.])[^\W\d_](?:\.[^\W\d_](?!\w))+\.?")
"""Letters with points between them: parties of a judgment (V.C.L.), or an abbreviation (U.K.)."""

_NOT_INITIALS = frozenset({"eg", "ie"})
_PHRASE = re.compile(r'"([^"]*)"')
LAW = frozenset({
    "act", "acts", "bill", "directive", "convention", "treaty", "protocol", "regulations", "order", "guidance",
})  # fmt: skip
_OUTER = frozenset({"part", "chapter"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One way to say a word of the question: its words, their stems, and how much it counts for the word."""

    words: str
    stems: tuple[str, ...]
    factor: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word, phrase or provision that was asked for, with how much it matters and all the ways to say it."""

    typed: str
    weight: float
    terms: tuple[Term, ...]
    provision: Cited | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for.

    ``words`` are in the order of the question, provisions among them at the end; ``names_law`` says whether a law is
    named by a word; ``asks`` is start, change, or empty; ``kinds`` are those of documents that answer such questions;
    ``corrected`` has a word that was typed and the one that it
    was read as. ``day`` is that for which the text is asked, an ISO date, empty where none is; ``no_day`` are words of
    a day that there is none of.
    """

    text: str
    numbers: tuple[ActNumber, ...]
    cited: tuple[Cited, ...]
    words: tuple[Word, ...]
    names_law: bool
    asks: str
    kinds: frozenset[str]
    corrected: Mapping[str, str]
    day: str = ""
    no_day: str = ""

    @property
    def asks_newest(self) -> bool:
        """Whether the newest of several is asked for."""
        return _NEWEST.search(self.text) is not None

    @property
    def asks_meaning(self) -> bool:
        """Whether no more is asked for than what or who something is."""
        return _MEANING.fullmatch(self.text) is not None

    @property
    def stem_set(self) -> frozenset[str]:
        """Every stem that was asked for, in any way to say it."""
        return frozenset(stem for word in self.words for term in word.terms for stem in term.stems)


def shorten(text: str) -> str:
    """Return a question as long as it may be, in plain characters."""
    plain = canonical(text[: 4 * MAX_QUERY_CHARACTERS].replace("\x00", " "))[:MAX_QUERY_CHARACTERS].strip()
    return _NORTHERN_IRELAND.sub("Northern Ireland", plain)[:MAX_QUERY_CHARACTERS]


def parse_query(
    text: str,
    rules: SearchRules,
    *,
    numbers: tuple[ActNumber, ...] | None = None,
    corrected: Mapping[str, str] | None = None,
    names_unheld: bool = False,
) -> Query:
    """Read a question.

    ``numbers`` are those of its parts that name documents which are held, None where nobody has looked: all that may;
    they are no words. ``corrected`` says how words that stand nowhere are to be read. Where it ``names_unheld`` laws,
    their provisions are not looked for in others.

    >>> from crawler.public.search.parse_query import search_rules
    >>> query = parse_query("When did s.45(1) of the MSA come into force?", search_rules())
    >>> [(word.typed, word.weight) for word in query.words], query.asks, [each.words for each in query.cited]
    ([('msa', 1.0), ('come into force', 0.6), ('section 45', 1.0)], 'start', ['section 45(1)'])
    """
    plain = shorten(text)
    if numbers is None:
        numbers = act_numbers(plain)
    rest = plain
    for number in numbers:
        rest = rest[: number.start] + " " * (number.end - number.start) + rest[number.end :]
        rest += "".join(f" {unit} {value}" for unit, value in _ADDRESS_STEPS.findall(plain[number.start : number.end]))
    rest, day, no_day = _cut_day(rest)
    rest, units = units_spelled(rest)
    cited, rest = provisions(rest)
    cited = () if names_unheld else cited
    rest, initials = _cut_initials(rest)
    started = _COMMENCEMENT.search(rest)
    asks = "start" if started else "change" if _CHANGE.search(rest) else ""
    phrases = [phrase for phrase in (*_PHRASE.findall(rest), *_JOINED.findall(_PHRASE.sub(" ", rest))) if words(phrase)]
    named = [number.said or plain[number.start : number.end] for number in numbers]
    phrases += [phrase for phrase in named if words(phrase)]
    left = words(_JOINED.sub(" ", _COMMENCEMENT.sub(" ", _PHRASE.sub(" ", rest))))
    typed = [part for word in left for part in (corrected or {}).get(word, word).split()]
    said = tuple(_words(typed, phrases, cited, started[0].lower() if started else "", rules))
    return Query(
        text=plain,
        numbers=numbers,
        cited=cited,
        words=(*initials, *said)[:MAX_QUERY_WORDS],
        names_law=bool(act_numbers(plain)) or _names_law(typed, rules),
        asks=asks,
        kinds=_kinds(plain, rules),
        corrected={**units, **(corrected or {})},
        day=day,
        no_day=no_day,
    )


def _cut_day(text: str) -> tuple[str, str, str]:
    """Return a text without the day for which it asks, that day, and its words where there is no such day.

    Of several days it is the first.

    >>> _cut_day("section 45 on 1 March 2020"), _cut_day("s 45, 2020-03-01?"), _cut_day("Order of 1.2.2020")
    (('section 45  ', '2020-03-01', ''), ('s 45,  ?', '2020-03-01', ''), ('Order of 1.2.2020', '', ''))
    >>> _cut_day("section 45 since 1 March 2020")[1], _cut_day("report 1 March 2020")[1], _cut_day("s 45 31 June 2021")
    ('', '', ('s 45  ', '', '31 June 2021'))
    """
    bare = (match for match in _BARE_DAY.finditer(text) if not match["other"])
    for match in (*_ON_DAY.finditer(text), *bare):
        day, rest = match["iso"] or iso(match), f"{text[: match.start()]} {text[match.end() :]}"
        if match.re is _ON_DAY or provisions(rest)[0]:
            return (rest, day, "") if is_day(day) else (rest, "", _BEFORE_DAY.sub("", match[0]))
    return text, "", ""


def _cut_initials(text: str) -> tuple[str, tuple[Word, ...]]:
    """Return a text without its initials, and these as words: with their points, or written as one.

    >>> rest, initials = _cut_initials("V.C.L. v UK")
    >>> rest.strip(), [term.words for term in initials[0].terms]
    ('v UK', ['v c l', 'vcl'])
    """
    found: list[Word] = []
    for match in list(_INITIALS.finditer(text))[:4]:
        letters = words(match[0])
        if "".join(letters) not in _NOT_INITIALS:
            spellings = (" ".join(letters), "".join(letters))
            terms = tuple(Term(words=spelling, stems=tuple(stems(spelling))) for spelling in spellings)
            found.append(Word(typed=spellings[0], weight=1.0, terms=terms))
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return text, tuple(found)


def _words(
    typed: list[str], phrases: list[str], cited: tuple[Cited, ...], commencement: str, rules: SearchRules
) -> Iterator[Word]:
    room = MAX_QUERY_WORDS - len(phrases) - min(len(cited), 4) - bool(commencement)
    plain = list(_plain(typed, rules))
    if not plain and not phrases and not cited and not commencement:
        plain = [_word(word, 1.0) for word in typed]
    yield from plain[: max(room, 0)]
    yield from (_word(phrase, 1.0) for phrase in phrases)
    if commencement:
        terms = tuple(Term(words=term, stems=tuple(stems(term))) for term in _COMMENCED)
        yield Word(typed=commencement, weight=COMMENCEMENT_WEIGHT, terms=terms)
    for provision in cited[:4]:
        yield _provision(provision)


def _plain(typed: list[str], rules: SearchRules) -> Iterator[Word]:
    """Yield the words that say what is asked for, each with its alternatives, each once."""
    alternatives = _alternatives(tuple(typed), rules)
    seen: set[str] = set()
    for place, word in enumerate(typed):
        others = alternatives[place]
        ignored = word in rules.ignored or (len(word) < 2 and not word.isdigit())
        if (ignored and not others) or word in seen:
            continue
        seen.add(word)
        weight = YEAR_WEIGHT if ignored else _weight(word, rules)
        own = () if ignored else (Term(words=word, stems=tuple(stems(word))),)
        terms = (*own, *(Term(words=other, stems=tuple(stems(other)), factor=ALTERNATIVE_FACTOR) for other in others))
        yield Word(typed=word, weight=weight, terms=terms)


def _weight(word: str, rules: SearchRules) -> float:
    if word in rules.shaping:
        return SHAPING_WEIGHT
    return YEAR_WEIGHT if is_year(word) else 1.0


def is_year(word: str) -> bool:
    """Whether a word is a year of these centuries."""
    return _YEAR.fullmatch(word) is not None


def _word(text: str, weight: float) -> Word:
    return Word(typed=text, weight=weight, terms=(Term(words=text, stems=tuple(stems(text))),))


def _provision(cited: Cited) -> Word:
    """Return a provision as a word: it may be written in several ways, and a part or chapter alone matters less."""
    unit, number = cited.units[-1]
    spellings = [f"{name} {number}" for name, number in cited.spellings]
    if unit == "section":
        spellings.append(f"s{number}")
    terms = tuple(Term(words=spelling, stems=tuple(stems(spelling))) for spelling in spellings)
    weight = YEAR_WEIGHT if unit in _OUTER else 1.0
    return Word(typed=f"{unit} {number}", weight=weight, terms=terms, provision=cited)


def _kinds(text: str, rules: SearchRules) -> frozenset[str]:
    """Return the kinds of documents that the words of a question ask for, before those that say what it is about."""
    if _MEANING.fullmatch(text):
        text = "definition guidance"
    plain = _DURATION.sub(" ", text)
    for asked in (f" {' '.join(words(part))} " for part in (_ABOUT.split(plain)[0], plain)):
        if found := [kind for word, kinds in rules.sorts.items() if f" {word} " in asked for kind in kinds]:
            return frozenset(found)
    return frozenset()


def _names_law(typed: list[str], rules: SearchRules) -> bool:
    """Whether a word names a law, or is short for words that do."""
    named = [*typed, *(word for short in typed for other in rules.thesaurus.get(short, ()) for word in other.split())]
    return not LAW.isdisjoint(named)


def _alternatives(typed: tuple[str, ...], rules: SearchRules) -> list[list[str]]:
    """Return for each word what else is said for it, or for words around it.

    What is made of ignored words alone (how many) is said for the first of them, unless more is made of it (how many
    days).
    """
    index, longest = _thesaurus(rules)
    listed: list[list[str]] = [[] for _ in typed]
    within: set[int] = set()
    stemmed = stems(" ".join(typed))
    for start in range(len(stemmed)):
        for length in range(min(longest, len(stemmed) - start), 0, -1):
            inside = range(start, start + length)
            others = index.get(tuple(stemmed[start : start + length]), ())
            said = [place for place in inside if typed[place] not in rules.ignored]
            if others and (said or start not in within):
                within.update(inside)
                for place in said or [start]:
                    listed[place] += [other for other in others if other not in listed[place]]
    return listed


@lru_cache(maxsize=4)
def _thesaurus(rules: SearchRules) -> tuple[dict[tuple[str, ...], tuple[str, ...]], int]:
    """Return the other words for the stems of each key, and how many stems the longest has."""
    index: dict[tuple[str, ...], tuple[str, ...]] = {}
    for key, others in rules.thesaurus.items():
        stemmed = tuple(stems(key))
        index[stemmed] = tuple(dict.fromkeys((*index.get(stemmed, ()), *others)))
    return index, max(map(len, index), default=0)


FILE = "search.yaml"


@cache
def search_rules() -> SearchRules:
    """Return the rules that this package ships."""
    return read_search_rules(files("crawler.public.search").joinpath(FILE).read_text(encoding="utf-8"), FILE)
