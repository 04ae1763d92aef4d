"""Titles that speak against one work: another edition, another part, or a text about it. Pure.

What a title says of its own nature is read in the languages that the sources use most.
"""

import re
import unicodedata
from functools import lru_cache

from crawler.identifiers.report_numbers import numbers
from crawler.text import canonical

_ABOUT = {
    "response": r"repl(?:y|ies)|responses?|responds?|antwort|reponses?|risposta|respuesta|odpowiedz|antwoord",
    "comments": r"comments?|observations|opinions?|positions?|feedback|commentaires?|avis"
    r"|stellungnahme|parere|dictamen",
    "evidence": r"(?:oral|written) evidence|witness(?:es)?|transcript|submissions?|testimony|correspondence|letter",
    "news": r"press|news|statement|speech|remarks|launch(?:ed|es)?|published|communique|pressemitteilung|event|webinar"
    r"|blog|podcast|video",
    "briefing": r"briefings?|at a glance|fact ?sheets?|q&a|questions and answers|faqs?|infographics?|case ?notes?"
    r"|explanatory|memorandum|follow-?up|implementation report of|accompanying|accompagnant|begleit\w+|accompagna"
    r"|que acompana|supporting|impact assessment|debates?|review of|analysis of|progress on|update on|background",
}
_PARTS = {
    "summary": r"summar(?:y|ies)|abstract|resume|synthese|zusammenfassung|kurzfassung|sintesi|resumen|streszczenie"
    r"|samenvatting|key findings|highlights|conclusions",
    "annex": r"annex(?:es)?|appendi(?:x|ces)|annexes?|anhang|anlage|allegat[oi]|anexos?|zalacznik|bijlage|attachment",
    "correction": r"corrigend(?:um|a)|errat(?:um|a)|rectificatif|berichtigung|rettifica|correccion"
    r"|addend(?:um|a)|correction",
    "draft": r"drafts?|projet|entwurf|bozza|borrador|consultation|provisional|interim|preliminary|call for evidence",
    "easy": r"easy[ -]?read|child[- ]friendly|youth version|leichte sprache|facile a lire|plain language|young people",
    "part": r"parts?|volumes?|chapters?|chapitres?|kapitel|teil|band|partie|parte|tomo|capitol[oi]|module|supplement",
    "data": r"data ?sets?|data ?tables?|statistical tables|methodology|technical|questionnaire|template|form",
    "slides": r"slides|presentation|poster|leaflet|flyer|brochure|infografik",
}
_ORDINALS = {
    word: str(number)
    for number, words in enumerate(
        (
            "first premier premiere erste erster prima primo primera primer", "second deuxieme zweite zweiter seconda"
            " secondo segunda segundo", "third troisieme dritte dritter terza terzo tercera tercer", "fourth quatrieme"
            " vierte vierter quarta quarto cuarta", "fifth cinquieme funfte quinta quinto", "sixth sixieme sechste",
            "seventh septieme siebte", "eighth huitieme achte", "ninth neuvieme neunte", "tenth dixieme zehnte",
            "eleventh onzieme elfte", "twelfth douzieme zwolfte",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_SMALL = frozenset({
    "a", "an", "and", "as", "at", "by", "de", "der", "des", "die", "du", "el", "en", "et", "for", "from", "il", "in",
    "into", "la", "le", "les", "of", "on", "or", "per", "pour", "que", "the", "to", "und", "van", "von", "with", "y",
    "zu", "zum", "zur", "della", "delle", "di",
})  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_ROMAN = re.compile(r"\b(?=[IVX])(?:X{0,2}(?:IX|IV|V?I{0,3}))\b")
_ROMANS = {"I": 1, "V": 5, "X": 10}
_INSTRUMENT = re.compile(
    r"\(?\b(?:[SW]\.? ?)?(?:S\.? ?I|S\.? ?R)\.? ?(?:No\.? ?)?(?:19|20)\d\d/\d{1,5}(?: ?\([A-Z]\. ?\d+\))?\)?"
)
_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")


@lru_cache(maxsize=4096)
def plain(title: str) -> str:
    """Return a title in small letters without marks on them, for comparing.

    >>> plain("Résumé  analytique")
    'resume analytique'
    """
    folded = canonical(title).casefold()
    if folded.isascii():
        return folded
    folded = unicodedata.normalize("NFKD", folded)
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


@lru_cache(maxsize=4096)
def is_about(title: str) -> bool:
    """Return whether a title is that of a text about another: a response, comments, evidence, news, a briefing.

    The numbers in it are those of the other text.

    >>> is_about("Government response to HC 630"), is_about("Reducing modern slavery (HC 630)")
    (True, False)
    """
    return any(pattern.search(plain(title)) for pattern in _patterns(*_ABOUT.values()))


@lru_cache(maxsize=4096)
def nature(title: str) -> frozenset[str]:
    """Return what a title says the document is beside a whole report: summary, annex, draft, response …

    >>> sorted(nature("Executive summary and annexes")), sorted(nature("Zusammenfassung"))
    (['annex', 'summary'], ['summary'])
    """
    every = {**_ABOUT, **_PARTS}
    return frozenset(
        name for name, pattern in zip(every, _patterns(*every.values()), strict=True) if pattern.search(plain(title))
    )


@lru_cache(maxsize=16)
def _patterns(*words: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{each})\b") for each in words)


def _without_numbers(title: str) -> str:
    text = _INSTRUMENT.sub(" ", canonical(title))
    for number in reversed(numbers(text)):
        text = f"{text[: number.start]} {text[number.end :]}"
    return text


@lru_cache(maxsize=4096)
def counted(title: str) -> frozenset[str]:
    """Return the years, numbers and ordinals of a title without the numbers that publishers cite it by.

    >>> sorted(counted("Third report (2020), version 3.8, Annex II, COM(2020) 661 final"))
    ['2', '2020', '3', '3.8']
    """
    text = _without_numbers(title)
    found = set(_NUMBER.findall(text))
    found |= {str(_roman(match[0])) for match in _ROMAN.finditer(text) if match[0]}
    found |= {_ORDINALS[word] for word in _WORD.findall(plain(text)) if word in _ORDINALS}
    return frozenset(each.lstrip("0") or "0" for each in found)


def _roman(text: str) -> int:
    values = [_ROMANS[letter] for letter in text]
    behind = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, behind, strict=True))


def apart(one: str, other: str) -> bool:
    """Return whether two titles speak against one work: of another nature, or each with a number that the other lacks.

    >>> apart("Annual report 2024", "Annual report 2025"), apart("Annual report 2024", "Annual report")
    (True, False)
    >>> apart("A report", "A report: executive summary"), apart("Guidance 3.8", "Guidance, version 3.9")
    (True, True)
    """
    if nature(one) != nature(other):
        return True
    left, right = counted(one), counted(other)
    return bool(left - right and right - left)


@lru_cache(maxsize=4096)
def telling(title: str) -> frozenset[str]:
    """Return the words of a title that tell it from others, without its numbers.

    >>> sorted(telling("The report on Ireland (GRETA(2021)12)"))
    ['ireland', 'report']
    """
    text = _without_numbers(title)
    return frozenset(_WORD.findall(plain(text))) - _SMALL


def alike(one: str, other: str) -> bool:
    """Return whether the shorter of two titles in one language says much the same as the longer.

    >>> alike("Third progress report", "Third report on the progress made"), alike("On forced labour", "On Malta")
    (True, False)
    """
    short, long = sorted((telling(one), telling(other)), key=len)
    return not short or 2 * len(short & long) >= len(short)


def same(one: str, other: str) -> bool:
    """Return whether two titles have the same telling words, of which there are at least three.

    >>> same("The Transparency Regulations 2015", "Transparency Regulations 2015 (S.I. 2015/1833)")
    True
    >>> same("Reducing modern slavery (HC 630)", "Reducing Modern Slavery")
    True
    """
    return len(telling(one)) > 2 and telling(one) == telling(other) and not apart(one, other)


_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_LAWS = (
    "acts?|orders?|regulations?|rules|conventions?|directives?|decisions?|measures?|bills?|laws?|protocols?|treaty|charter"
    "|codes?|resolutions?|constitution"
)
_ORDINAL = rf"\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(word for word in _ORDINALS if word[-1] in 'hdt')}"
_EDITION = re.compile(
    rf"(?P<law>\b(?:{_LAWS})\b(?: \([^()]*\))?,? (?:of )?)?"
    r"(?P<year>(?<![\d/.])(?:19|20)\d\d"
    r"(?:(?: ?[/-] ?| to | and )(?P<until>(?:19|20)\d\d)|[/-](?P<short>\d\d)(?!\d))?(?![\d/]))"
    r"|\b(?:\d{1,2}(?:st|nd|rd|th)? )?(?P<month>" + "|".join(_MONTHS) + r")\b(?=[ ,]*(?:\d|to\b|and\b|-|$))"
    rf"|\b(?:q(?P<q>[1-4])|quarter (?P<quarter>[1-4])|(?P<nth>{_ORDINAL}) quarter)\b"
    rf"|\b(?P<ordinal>{_ORDINAL}) (?=(?:annual|general|biennial|yearly|progress|activity|edition)\b)"
    r"|\bedition (?P<edition>\d{1,3})\b"
)
_OF_TIME = _SMALL | {
    "year",
    "years",
    "period",
    "covering",
    "ending",
    "ended",
    "end",
    "until",
    "up",
    "quarter",
    "edition",
}
_MIN_WORDS = 2

Edition = tuple[int, int, int]
"""Which edition of a report one is: its last year, the month in that, and its number; 0 for what it does not state."""


def edition(title: str) -> tuple[str, Edition]:
    """Return what titles of the editions of one report have in common, and which edition this is; empty of no edition.

    Years in the names of laws tell no edition, nor do numbers of papers, cases or rounds.

    >>> edition("Modern slavery: annual report 2023 to 2024"), edition("Modern Slavery, Annual Report 2025")
    (('modern slavery annual report', (2024, 0, 0)), ('modern slavery annual report', (2025, 0, 0)))
    >>> edition("Referrals, July to September 2029"), edition("Third annual report of the sample body")
    (('referrals month', (2029, 9, 0)), ('annual report sample body number', (0, 0, 3)))
    >>> edition("Review of the Sample Act 2015")[0], edition("Discussion paper 12")[0], edition("Report 2015/36/EU")[0]
    ('', '', '')
    """
    if not _EDITION.search(plain(title)):
        return "", (0, 0, 0)
    text, years, months, counts = plain(_without_numbers(title)), [0], [0], [0]
    rest, end = "", 0
    for found in _EDITION.finditer(text):
        if found["law"]:
            continue
        rest, end = f"{rest}{text[end : found.start()]} ", found.end()
        if found["year"]:
            begun = int(found["year"][:4])
            if found["short"] and int(found["short"]) != (begun + 1) % 100:
                return "", (0, 0, 0)
            years.append(int(found["until"] or begun + bool(found["short"])))
        elif found["month"]:
            months.append(_MONTHS.index(found["month"]) + 1)
        elif number := found["ordinal"] or found["edition"]:
            counts.append(_count(number))
        else:
            months.append(3 * _count(found["q"] or found["quarter"] or found["nth"]))
    words = [word for word in _WORD.findall(rest + text[end:]) if word not in _OF_TIME]
    if not end or len(words) < _MIN_WORDS - (len(months) > 1):
        return "", (0, 0, 0)
    stated = [name for name, found in (("month", months), ("number", counts)) if len(found) > 1]
    return " ".join((*words, *stated)), (max(years), months[-1], counts[-1])


def _count(written: str) -> int:
    return int(_ORDINALS.get(written) or re.sub(r"\D", "", written))
