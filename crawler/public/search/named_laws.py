"""Laws that a question names by sort and number, by title or by abbreviation, in whatever letters. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.identifiers.acts import spelled, works
from crawler.identifiers.called import EU_ACT, ITEM
from crawler.identifiers.cited_works import found
from crawler.public.search.act_numbers import ActNumber

_BODIES = r"(?:eu|ec|eec|cfsp|jha|euratom)"
_EU = re.compile(
    r"\b(?P<sort>framework decision|directive|regulation|decision|recommendation)(?P<s>s?,? )"
    rf"(?P<body>(?:\({_BODIES}\) ?)?)(?P<no>(?:no\.? ?)?)(?P<number>\d{{1,4}}/\d{{1,4}}(?:/{_BODIES})?)(?![\w/])",
    re.IGNORECASE,
)
_SERIES = re.compile(r"\b(?:s\.?s\.?i|w\.?s\.?i|s\.?i|s\.?r)\b\.?(?=,? ?(?:no\.? ?)?(?:19|20)\d\d/\d)", re.IGNORECASE)
_SHORT = re.compile(r"\b(?:uk gdpr|gdpr)\b", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:act|measure|order|regulations|rules) (?:1[89]|20)\d\d(?![\w/])", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,5}/\d{1,5}(?:/\w+)?")
_RETAINED = {"R": "eur", "L": "eudr", "D": "eudn"}
MAX_TITLE_WORDS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLaw(ActNumber):
    """A law that a question names, its id the first of its names. ``is_title``: by its title."""

    is_title: bool = False

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
    >>> named_laws("the housing act"), named_laws("2024/1712")
    ((), ())
    """
    kept: list[NamedLaw] = []
    for law in (*_numbered(text), *_titled(text)):
        if not any(law.start < other.end and other.start < law.end for other in kept):
            kept.append(law)
    return tuple(sorted(kept, key=lambda law: law.start))


def _numbered(text: str) -> Iterator[NamedLaw]:
    written = _SHORT.sub(_large, _SERIES.sub(_large, _EU.sub(_as_written, text)))
    for work in found(written)[0]:
        if work.family in ("act", "instrument", "eu") and not _TITLE.search(text, work.start, work.end):
            number = _NUMBER.search(text, work.start, work.end)
            if ITEM.fullmatch(work.document) or work.document.startswith("celex:3"):
                said = number[0] if number else ""
                yield NamedLaw(start=work.start, end=work.end, names=_names(work.document), said=said)


def _as_written(match: re.Match[str]) -> str:
    return match["sort"].title() + match["s"] + match["body"].upper() + match["no"].title() + match["number"].upper()


def _large(match: re.Match[str]) -> str:
    return match[0].upper()


def _names(document: str) -> tuple[str, ...]:
    act = EU_ACT.fullmatch(document)
    return (document, f"{_RETAINED[act[2]]}/{act[1]}/{int(act[3])}") if act else (document,)


def _titled(text: str) -> Iterator[NamedLaw]:
    """Yield Acts by their titles with the year, of each the longest title that is known."""
    for match in _TITLE.finditer(text):
        begins = [word.start() for word in re.finditer(r"\S+", text[: match.start()])][-MAX_TITLE_WORDS:]
        for start in begins:
            if work := works().get(spelled(text[start : match.end()])):
                yield NamedLaw(start=start, end=match.end(), names=_names(work), is_title=True)
                break
