"""The law that a page names: Acts, instruments and EU acts by id where the words determine it, else by their title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from crawler.classify.toolkit.values import Fact, Known, Passage, fact, passages
from crawler.identifiers import Citation, citations

ACTS: Mapping[str, str] = {
    "Modern Slavery Act 2015": "ukpga/2015/30",
    "Human Trafficking and Exploitation (Scotland) Act 2015": "asp/2015/12",
    "Human Trafficking and Exploitation (Criminal Justice and Support for Victims) Act (Northern Ireland) 2015": (
        "nia/2015/2"
    ),
    "Gangmasters (Licensing) Act 2004": "ukpga/2004/11",
    "Nationality and Borders Act 2022": "ukpga/2022/36",
    "Illegal Migration Act 2023": "ukpga/2023/37",
    "Immigration Act 2016": "ukpga/2016/19",
    "Sexual Offences Act 2003": "ukpga/2003/42",
    "Care Act 2014": "ukpga/2014/23",
    "Children Act 1989": "ukpga/1989/41",
    "Children Act 2004": "ukpga/2004/31",
    "Housing Act 1996": "ukpga/1996/52",
    "Crime and Disorder Act 1998": "ukpga/1998/37",
    "Human Rights Act 1998": "ukpga/1998/42",
    "Equality Act 2010": "ukpga/2010/15",
    "Data Protection Act 2018": "ukpga/2018/12",
    "Proceeds of Crime Act 2002": "ukpga/2002/29",
    "Serious Crime Act 2015": "ukpga/2015/9",
    "Procurement Act 2023": "ukpga/2023/54",
    "Social Services and Well-being (Wales) Act 2014": "anaw/2014/4",
    "Employment Rights Act 2025": "ukpga/2025/36",
}
"""Acts of this field by their short title, which does not hold their number."""

MAX_LAWS = 40
"""Most laws, and most provisions, that are kept of one document."""

_BY_TITLE = {title.lower(): act for title, act in ACTS.items()}
_LAW = re.compile(r"\b(?:Act|Measure|Directive|Regulation|Decision)\b|\bS\.? ?S?\.?I\.?\b|\basp\b|\bc\. ?\d|CELEX")
_SIGNS = ("Act", "Measure", "Directive", "Regulation", "Decision", "asp", "c.", "CELEX")
_INSTRUMENT = re.compile(r"S[. S]{0,4}I")
"""What every text has in it where the pattern of law is found: looking for these costs a tenth of looking for that."""
_WELSH_SIGN = "deddf caethwasiaeth"
_WELSH = re.compile(r"(?<!\w)Deddf Caethwasiaeth Fodern 2015(?!\w)", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.;!?\n]*(?:[.;!?](?!\s|$)[^.;!?\n]*|[.](?= (?:\d|\())[^.;!?\n]*)*[.;!?\n]?")
_GUIDANCE = re.compile(
    r"(?<!\w)(?:statutory )?guidance\b[^.;!?\n]{0,80}?\b(?:version|v\.?) ?\d{1,3}(?:\.\d{1,3}){0,3}"
    r"|(?<!\w)version \d{1,3}(?:\.\d{1,3}){0,3} of (?:the )?(?:[\w'\u2019-]+ ){0,6}?guidance\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?<!\w)(?:the )?((?:[A-Z][\w'\u2019-]*:?|modern|slavery|human|trafficking)"
    r"(?: (?:[A-Z][\w'\u2019-]*:?|\d{4}|modern|slavery|human|trafficking|and|of|for|the|on)){0,11} )$"
)
_MAX_TITLE_CHARACTERS = 120
_OPENS = re.compile(
    r"(?:This|These|That|It|The|We|Our|Your|See|Read|In|Under|As|For|Of|On|And|Use|Uses|Follow|Follows) "
)
_VERSION = re.compile(r"v(?:ersion|\.)? ?\d")
_MAX_SENTENCE_CHARACTERS = 2_000


def named(known: Known) -> Iterator[Fact]:
    """Yield the law and the guidance that a document names."""
    read = tuple(passages(known))
    yield from laws(read)
    yield from guidance(read)


def laws(read: Iterable[Passage], *, provisions: bool = False) -> Iterator[Fact]:
    """Yield the laws that a page names (field ``law``), and where asked for each provision of one (``provision``).

    The value of a provision is the law and its path with ``#`` between: ``ukpga/2015/30#section-52``.
    """
    told: dict[str, set[str]] = {"law": set(), "provision": set()}
    for passage in read:
        for field, value, words in _named(passage.text, provisions=provisions):
            if value not in told[field] and len(told[field]) < MAX_LAWS:
                told[field].add(value)
                yield fact(field, value, passage, words)


def guidance(read: Iterable[Passage]) -> Iterator[Fact]:
    """Yield the versions of guidance that a page names, in its words."""
    told: set[str] = set()
    for passage in read:
        small = passage.text.lower()
        if "guidance" not in small or not _VERSION.search(small):
            continue
        for match in _GUIDANCE.finditer(passage.text):
            words = f"{_title_before(passage.text[: match.start()])}{match[0]}"
            if words.lower() not in told and len(told) < MAX_LAWS:
                told.add(words.lower())
                yield fact("guidance", words, passage, words)


def _title_before(text: str) -> str:
    """Return the words of a title that stand right before: "Modern Slavery " before "statutory guidance"."""
    match = _TITLE.search(text[-_MAX_TITLE_CHARACTERS:])
    title = match[1] if match else ""
    while opens := _OPENS.match(title):
        title = title[opens.end() :]
    return title


def _named(text: str, *, provisions: bool) -> Iterator[tuple[str, str, str]]:
    for match in _WELSH.finditer(text) if _WELSH_SIGN in text.lower() else ():
        yield "law", "ukpga/2015/30", match[0]
    if not _may_name_law(text) or not _LAW.search(text):
        return
    for sentence in _sentences(text):
        if not _LAW.search(sentence):
            continue
        for cited in citations(sentence):
            if cited.kind in ("provision", "chapter"):
                continue
            law, words = _law(cited), _words(cited, sentence)
            yield "law", law, words
            if provisions and cited.provision:
                yield "provision", f"{law}#{cited.provision}", sentence.strip()


def _may_name_law(text: str) -> bool:
    for sign in _SIGNS:
        if sign in text:
            return True
    return _INSTRUMENT.search(text) is not None


def _sentences(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        for start in range(0, len(match[0]), _MAX_SENTENCE_CHARACTERS):
            yield match[0][start : start + _MAX_SENTENCE_CHARACTERS]


def _law(cited: Citation) -> str:
    return _BY_TITLE.get(cited.document.lower(), cited.document)


def _words(cited: Citation, sentence: str) -> str:
    """Return the words that name a law: its title, else the sentence, in which it has its number."""
    return cited.document if cited.document in sentence else sentence.strip()
