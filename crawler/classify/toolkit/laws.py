"""The law that a page names: Acts, instruments and EU acts by id where the words determine it, else by their title."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ahocorasick_rs import BytesAhoCorasick

from crawler.classify.toolkit.values import Fact, Passage, ToolkitDocument, fact, passages
from crawler.identifiers import citations

MAX_LAWS = 40
"""Most laws, and most provisions, that are kept of one document."""

_LAW = re.compile(
    r"\b(?:Act|Deddf|Measure|Directive|Regulation|Decision)\b|\bS\.? ?S?\.?I\.?\b|\basp\b|\bc\. ?\d|CELEX"
)
_SIGNS = BytesAhoCorasick(b"Act Deddf Measure Directive Regulation Decision asp c. CELEX".split())
_INSTRUMENT = re.compile(r"S[. S]{0,4}I")
"""What every text has in it where the pattern of law is found: looking for these costs a tenth of looking for that."""
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


def named(known: ToolkitDocument) -> Iterator[Fact]:
    """Yield the law and the guidance that a document names."""
    yield from _named_in(passages(known))


@lru_cache(maxsize=1)
def _named_in(read: tuple[Passage, ...]) -> tuple[Fact, ...]:
    return (*laws(read), *guidance(read))


def laws(read: Iterable[Passage], *, provisions: bool = False) -> Iterator[Fact]:
    """Yield the laws that a page names (field ``law``), and where asked for each provision of one (``provision``).

    The value of a provision is the law and its path with ``#`` between: ``ukpga/2015/30#section-52``.
    """
    told: dict[str, set[str]] = {"law": set(), "provision": set()}
    passages = tuple(read)
    for passage in passages if _may_name_law("\0".join(passage.text for passage in passages)) else ():
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
            if words.count("(") > words.count(")") and passage.text.startswith(")", match.end()):
                words = f"{words})"
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
    if not _may_name_law(text) or not _LAW.search(text):
        return
    for sentence in _sentences(text):
        if not _LAW.search(sentence):
            continue
        for cited in citations(sentence):
            law = cited.document or " ".join(cited.name.split())
            if cited.family not in ("act", "instrument", "eu") or not law:
                continue
            is_named = cited.family == "act" and cited.name != "" and not cited.name[0].isdigit()
            yield "law", law, " ".join(cited.name.split()) if is_named else sentence.strip()
            for path in cited.provisions if provisions else ():
                yield "provision", f"{law}#{path}", sentence.strip()


def _may_name_law(text: str) -> bool:
    is_signed = bool(_SIGNS.find_matches_as_indexes(text.encode("utf-8", "replace")))
    return is_signed or _INSTRUMENT.search(text) is not None


def _sentences(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        for start in range(0, len(match[0]), _MAX_SENTENCE_CHARACTERS):
            yield match[0][start : start + _MAX_SENTENCE_CHARACTERS]
