"""Laws that a question names by sort and number, by title or by abbreviation, in whatever letters. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from crawler.identifiers.acts import EU_ACT, ITEM, abbreviations, names, spelled, works
from crawler.identifiers.cited_works import found
from crawler.public.search.act_numbers import ActNumber, act_numbers

_BODIES = r"(?:eu|ec|eec|cfsp|jha|euratom)"
_EU = re.compile(
    r"\b(?P<sort>framework decision|directive|regulation|decision|recommendation)(?P<s>s?,? )"
    rf"(?P<body>(?:\({_BODIES}\) ?)?)(?P<no>(?:no\.? ?)?)(?P<number>\d{{1,4}}/\d{{1,4}}(?:/{_BODIES})?)(?![\w/])",
    re.IGNORECASE,
)
_SERIES = re.compile(r"\b(?:s\.?s\.?i|w\.?s\.?i|s\.?i|s\.?r)\b\.?(?=,? ?(?:no\.? ?)?(?:19|20)\d\d/\d)", re.IGNORECASE)
_SHORT = re.compile(r"\b(?:uk gdpr|gdpr)\b", re.IGNORECASE)
_DATED = r"(?:1[89]|20)\d\d(?![\w/])"
_TITLE = re.compile(rf"\b(?:act|measure|order|regulations|rules) {_DATED}", re.IGNORECASE)
_UNDATED = re.compile(rf"\bact\b(?! {_DATED})", re.IGNORECASE)
_YEAR = re.compile(r" \d{4}$")
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_INITIALS = re.compile(rf"\b[A-Z]{{3,10}} {_DATED}")
_SMALL = frozenset({"and", "by", "etc", "for", "in", "of", "on", "to", "with"})
_NUMBER = re.compile(r"\d{1,5}/\d{1,5}(?:/\w+)?")
_RETAINED = {"R": "eur", "L": "eudr", "D": "eudn"}
_TREATY = ("cets:", "eu:")
_SET_OUT_IN = {"cets:005": ("ukpga/1998/42",)}
"""Acts that set out a treaty's articles, which are read there."""
MAX_TITLE_WORDS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLaw(ActNumber):
    """A law that a question names, its id the first of its names.

    ``is_title``: by its title or short for it. ``titles`` are of a treaty, which may be held without its number.
    """

    is_title: bool = False
    titles: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        """The id of the law."""
        return self.names[0]


def named_laws(text: str) -> tuple[NamedLaw, ...]:
    """Return the laws that a question names, each character in one of them at most.

    >>> [(law.document, law.is_title) for law in named_laws("directive 2024/1712 and the data protection act 2018")]
    [('celex:32024L1712', False), ('ukpga/2018/12', True)]
    >>> [law.names for law in named_laws("art 6 gdpr, si 2015/1690")]
    [('celex:32016R0679', 'eur/2016/679'), ('uksi/2015/1690',)]
    >>> [law.document for law in named_laws("s 60 nationality and borders act, NABA, art 26 ecat")]
    ['ukpga/2022/36', 'ukpga/2022/36', 'cets:197']
    >>> [law.document for law in named_laws("uksi/2030/5 or 2030 c. 5")]
    ['uksi/2030/5', 'ukpga/2030/5']
    >>> [law.document for law in named_laws("s 104 SOA 2003, GLA 2004")]
    ['ukpga/2003/42', 'ukpga/2004/11']
    >>> named_laws("the housing act"), named_laws("2024/1712"), named_laws("naba led")
    ((), (), ())
    """
    kept: list[NamedLaw] = []
    for law in (*_numbered(text), *_titled(text), *_short(text)):
        if not any(law.start < other.end and other.start < law.end for other in kept):
            kept.append(law)
    return tuple(sorted(kept, key=lambda law: law.start))


def _numbered(text: str) -> Iterator[NamedLaw]:
    named = _names_pattern().sub(lambda name: _cased()[name[0].lower()], text)
    written = _SHORT.sub(_large, _SERIES.sub(_large, _EU.sub(_as_written, named)))
    for work in found(written)[0]:
        if work.document.startswith(_TREATY):
            called = tuple(title.lower() for title, id in names().items() if id == work.document and " " in title)
            laws = (work.document, *_SET_OUT_IN.get(work.document, ()))
            yield NamedLaw(start=work.start, end=work.end, names=laws, titles=called, is_title=len(laws) == 1)
        elif work.family in ("act", "instrument", "eu") and not _TITLE.search(text, work.start, work.end):
            number = _NUMBER.search(text, work.start, work.end)
            if ITEM.fullmatch(work.document) or work.document.startswith("celex:3"):
                said = number[0] if number else ""
                sort = _EU.search(text, work.start, work.end) if said else None
                start = sort.start() if sort else work.start
                yield NamedLaw(start=start, end=work.end, names=_names(work.document), said=said)
    for each in act_numbers(text):
        if len(each.names) == 1 and ITEM.fullmatch(each.names[0]):
            yield NamedLaw(start=each.start, end=each.end, names=each.names)


def _as_written(match: re.Match[str]) -> str:
    return match["sort"].title() + match["s"] + match["body"].upper() + match["no"].title() + match["number"].upper()


def _large(match: re.Match[str]) -> str:
    return match[0].upper()


def _names(document: str) -> tuple[str, ...]:
    act = EU_ACT.fullmatch(document)
    return (document, f"{_RETAINED[act[2]]}/{act[1]}/{int(act[3])}") if act else (document,)


def _titled(text: str) -> Iterator[NamedLaw]:
    """Yield Acts by their titles, of each the longest that is known; without the year where there is one such Act."""
    for pattern, known in ((_TITLE, works()), (_UNDATED, _undated())):
        for match in pattern.finditer(text):
            begins = [word.start() for word in re.finditer(r"\S+", text[: match.start()])][-MAX_TITLE_WORDS:]
            for start in begins:
                if work := known.get(spelled(text[start : match.end()])):
                    yield NamedLaw(start=start, end=match.end(), names=_names(work), is_title=True)
                    break


def _short(text: str) -> Iterator[NamedLaw]:
    """Yield laws by the initials and year of their title, and by abbreviations in capitals that stand for one law."""
    for match in _INITIALS.finditer(text):
        if len(dated := _initials().get(match[0], ())) == 1:
            yield NamedLaw(start=match.start(), end=match.end(), names=_names(*dated), is_title=True)
    for match in _CAPITALS.finditer(text):
        if len(found := abbreviations().get(match[0], ())) == 1:
            yield NamedLaw(start=match.start(), end=match.end(), names=_names(found[0]), is_title=True)


@cache
def _initials() -> Mapping[str, frozenset[str]]:
    """Return laws by the initials of their title and its year, with and without its small words."""
    found: dict[str, set[str]] = {}
    for title, work in works().items():
        if _YEAR.search(title):
            said = re.findall(r"[a-z]+", title)
            for words in (said, [word for word in said if word not in _SMALL]):
                found.setdefault("".join(word[0] for word in words).upper() + title[-5:], set()).add(work)
    return {initials: frozenset(laws) for initials, laws in found.items()}


@cache
def _undated() -> Mapping[str, str]:
    """Return Acts by their titles without the year, those that no other Act has."""
    dated = {title: work for title, work in works().items() if _YEAR.search(title)}
    common = Counter(_YEAR.sub("", title) for title in dated)
    return {plain: work for title, work in dated.items() if common[plain := _YEAR.sub("", title)] == 1}


@cache
def _cased() -> Mapping[str, str]:
    return {name.lower(): name for name in names()}


@cache
def _names_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_cased(), key=len, reverse=True)))})\b", re.IGNORECASE)
