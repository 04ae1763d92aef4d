"""Citations: what running text says it cites, as values. An own grammar for UK, EU and international law.

A citation names its document by id where the words determine it, alone or with what the text said before: its short
forms ("the 2015 Act"), its definitions ("“the Directive” means …"), the law that it is about. Where they do not, the
document is empty and the words stand for themselves: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ahocorasick_rs import AhoCorasick

from crawler.errors import IdentifierError
from crawler.identifiers.acts import spelled
from crawler.identifiers.cited_law import Family, Work
from crawler.identifiers.cited_papers import is_human_rights, is_of_human_rights
from crawler.identifiers.cited_provisions import Provisions, joined, provisions
from crawler.identifiers.cited_works import found

MAX_DEFINED = 200
"""Most terms that one text may define."""
MAX_NAMED = 60
"""Works named last that "the 2015 Act" or "that Act" may mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One citation in a text: ``start`` and ``end`` are its place there, in characters.

    family          document
    act             Act or Measure: ``ukpga/2015/30``
    instrument      statutory instrument or rule: ``ssi/2016/128``
    eu              EU act: ``celex:32011L0036``
    treaty          ``eu:teu``, ``eu:tfeu``, ``eu:charter``
    convention      of the Council of Europe, by its number: ``cets:197``; that on Human Rights is ``cets:005``
    case            ``ncn:[2022] EWCA Crim 106``, ``ecli:…``, ``cjeu:C-66/21``, ``echr-report:[2010] ECHR 22``
    application     ``echr-app:25965/04``
    paper           ``com:2022/732`` and ``swd:``, ``sec:``, ``join:``; ``st:9465/18``, ``procedure:2022/0426(COD)``
    recommendation  ``coe-rec:R(2000)11``, ``pace-rec:1325(1997)``
    un              ``un:A/RES/55/25``
    page            an address of GOV.UK
    rules           ``immigration-rules``
    provision       empty: a provision of a law that the text does not say

    ``name`` are the words that name the document. ``provisions`` are paths as in versions (``section-54-2``), empty
    where the whole is cited; of a range they are the first and the last with ``..`` between.
    """

    start: int
    end: int
    family: Family
    document: str
    name: str
    provisions: tuple[str, ...] = ()


_ALIKE = {" ": "\u00a0\u2009\u202f", "-": "\u2010\u2011", "'": "\u2018\u2019", '"': "\u201c\u201d"}
_SHORT = re.compile(
    r"\b(?:[Tt]he|[Tt]hat|[Tt]his|[Ss]aid)\s{1,2}(?P<what>(?:(?P<year>(?:18|19|20)\d\d)\s{1,2})?(?P<kind>Act|Regulations|Regulation|Order"
    r"|Rules|Measure|[Dd]irective|Framework\sDecision|Decision|Convention|Charter|Treaty))\b(?!\s(?:of\s)?\(?(?:\d|[A-Z]{2}\)))"
)
_KINDS_OF_SHORT = AhoCorasick([
    "Act", "Regulation", "Order", "Rules", "Measure", "Directive", "directive", "Framework", "Decision", "Convention",
    "Charter", "Treaty",
])  # fmt: skip
"""One of these stands in every short form, behind what the next expression finds."""
_BEFORE_KIND = re.compile(r"\b(?:[Tt]he|[Tt]hat|[Tt]his|[Ss]aid)\s{1,2}(?:\d{4}\s{1,2})?\Z")
_MAX_BEFORE_KIND = 12
_DEFINED_BEFORE = re.compile(
    r"[\"'](?:the\s)?(?P<term>[^\"'\n]{2,60})[\"'],?\s(?:means|refers\sto|is|has\sthe\smeaning\sgiven\s(?:by|in))\s(?:the\s)?$"
)
_DEFINED_BEHIND = re.compile(
    r"(?:\s(?:of|on)\s[^()\n;]{0,160}?)?,?\s?[(\[](?:the\s|hereinafter,?\s|hereafter,?\s|referred\sto\sas\s|also\sknown\sas\s|known\sas\s|in\sthis\s\w+\s|or\s|as\s|\")*"
    r"(?P<term>[^()\[\]\"\n]{2,60}?)(?P<close>\")?[)\]]"
)
_BEFORE_NUMBER = re.compile(r"\s{0,2}[(\[](?=c\.|S\.|SI\b|asp|anaw|asc|nawm|\d{4}\s)")
_DEFINING = ('"', "(", "[")
"""What stands before a short form where it is defined."""
_TERM = re.compile(
    r"(?:(?:18|19|20)\d\d )?(?:[\w' -]{0,40} ?)"
    r"(?:Act|Regulations?|Order|Rules|Measure|Directive|Decision|Convention|Charter|Treaty|Protocol)"
    r"|[A-Z][A-Za-z]{0,6}[A-Z]{1,4}(?: (?:18|19|20)\d\d)?"
)
_OF = re.compile(r",?\s{0,2}(?:(?:of|to|in|under|from),?\s{1,2})?(?:the\s{1,2}|an?\s|retained\s|[A-Z][a-z]+'s\s)?")
_SAYS_OF = re.compile(r",?\s{1,2}(?:of|to|in|under|from)\b")
_BEHIND = re.compile(r",?\s{1,2}(?:at\s|in\s)?|/|\s\((?:see\s)?|[^.;()]{0,20}\s\(with\s")
_ELSEWHERE = re.compile(
    r"\s(?:of|to|in)\s(?:this|the|our|that|your|its|an?)\s(?!Act)[a-z]|\s(?:of|to|in)\s(?:the|this|that)\s[A-Z]|\s(?:above|below)\b"
)
_KINDS: Mapping[str, tuple[str, ...]] = {
    "Act": ("ukpga", "asp", "nia", "anaw", "asc", "mwa", "apni", "mnia", "ukla"), "Measure": ("mwa",),
    "Regulations": ("uksi", "ssi", "wsi", "nisr"), "Rules": ("uksi", "ssi", "wsi", "nisr"),
    "Order": ("uksi", "ssi", "wsi", "nisr", "nisi"), "Directive": ("L",), "Regulation": ("R",), "Decision": ("D", "F"),
    "Framework Decision": ("F",), "Convention": ("cets",), "Charter": ("eu:charter",), "Treaty": ("eu:t",),
}  # fmt: skip


def citations(text: str, *, subject: str = "") -> tuple[Citation, ...]:
    """Return every citation in a running text, in its order; ``subject`` is that of :class:`Reader`.

    >>> [(c.family, c.document, c.provisions) for c in citations("see section 54(2) of the Modern Slavery Act 2015")]
    [('act', 'ukpga/2015/30', ('section-54-2',))]
    >>> [c.document for c in citations("S.I. 2015/1816; Directive 2011/36/EU; the Ivory Act 2018 (c. 30)")]
    ['uksi/2015/1816', 'celex:32011L0036', 'ukpga/2018/30']
    >>> [(c.document, c.name) for c in citations("under section 5 of the Sample Things Act 2031")]
    [('', 'Sample Things Act 2031')]
    """
    return Reader(subject=subject).read(text)


def citation(text: str) -> Citation:
    """Return the one citation that a text is.

    Raises:
        IdentifierError: the text is none, or more than one.

    >>> citation("2015 asp 12").document
    'asp/2015/12'
    """
    plain = text.strip()
    every = citations(plain)
    if len(every) != 1 or (every[0].start, every[0].end) != (0, len(plain)):
        raise IdentifierError(f"not a citation: {text!r}")
    return every[0]


@dataclass(frozen=True, slots=True)
class _Short:
    """A short form: ``lead`` is the word before it, ``what`` what may be defined, ``kind`` and ``year`` of the law."""

    start: int
    end: int
    lead: str
    what: str
    kind: str
    year: str


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads the passages of one document in their order, and remembers what they named and defined.

    ``subject`` is the id of the law that the document is or is about: what it calls "the Act", and provisions without
    a law, are of it. ``known`` are ids of further laws by their titles (:func:`crawler.identifiers.acts.spelled`).
    Where it ``leaves_out_unnamed``, a passage that names no law has no provisions.
    """

    subject: str = ""
    leaves_out_unnamed: bool = False
    known: Mapping[str, str] = field(default_factory=dict)
    defined: dict[str, str] = field(default_factory=dict)
    named: dict[str, None] = field(default_factory=dict)
    titled: dict[str, str] = field(default_factory=dict)
    _unsearched: list[str] = field(default_factory=list)
    _is_of_human_rights: bool = False

    def read(self, text: str) -> tuple[Citation, ...]:
        """Return the citations of the next passage."""
        plain = _alike(text)
        works, cited = found(plain)
        self._unsearched.append(plain)
        works = self._bound(plain, works)
        if self.leaves_out_unnamed and not works and not self.subject:
            return ()
        groups = joined(plain, _outside([provisions(*each) for each in cited], works))
        return tuple(self._cited(text, plain, works, groups))

    def is_of_human_rights(self) -> bool:
        """Return whether what was read up to now is about the Convention on Human Rights: looked for when asked."""
        while self._unsearched and not self._is_of_human_rights:
            self._is_of_human_rights = is_of_human_rights(self._unsearched.pop())
        return self._is_of_human_rights

    def _bound(self, text: str, works: Sequence[Work]) -> list[Work]:
        """Return works with the short forms between them, each bound to what was named before it."""
        shorts = list(_shorts(text))
        shorts += self._terms(text, works)
        shorts = [short for short in shorts if text[short.start - 1 : short.start] not in _DEFINING]
        waiting = sorted(shorts, key=lambda short: (short.start, -short.end))
        bound: list[Work] = []
        place = 0
        for work in [*works, None]:
            while place < len(waiting) and (work is None or waiting[place].start < work.start):
                short = waiting[place]
                place += 1
                is_apart = work is None or short.end <= work.start
                if is_apart and (not bound or short.start >= bound[-1].end):
                    bound.append(self._meant(text, short))
            if work is not None and (not bound or work.start >= bound[-1].end):
                bound.append(self._titled(text, work))
                self._remember(text, bound[-1])
        return bound

    def _titled(self, text: str, work: Work) -> Work:
        """Return a law with the id that it had where its title stood with its number."""
        if work.family not in ("act", "instrument"):
            return work
        name = spelled(_BEFORE_NUMBER.split(text[work.start : work.end], maxsplit=1)[0])
        if not work.document:
            return replace(work, document=self.titled.get(name) or self.known.get(name, ""))
        if len(self.titled) < MAX_DEFINED:
            self.titled[name] = work.document
        return work

    def _remember(self, text: str, work: Work) -> None:
        if not work.document or work.family in ("paper", "page", "case", "application"):
            return
        self._name(work.document)
        before = _DEFINED_BEFORE.search(text, max(0, work.start - 110), work.start)
        behind = _DEFINED_BEHIND.match(text, work.end)
        for match in (before, behind):
            term = " ".join(match["term"].split()) if match else ""
            if match and (_TERM.fullmatch(term) or (match is before)) and len(self.defined) < MAX_DEFINED:
                self.defined[term] = work.document

    def _name(self, document: str) -> None:
        self.named.pop(document, None)
        self.named[document] = None
        if len(self.named) > MAX_NAMED:
            del self.named[next(iter(self.named))]

    def _terms(self, text: str, works: Sequence[Work]) -> list[_Short]:
        """Return where terms stand that were defined, and are no short form in themselves."""
        if not works and not self.defined:
            return []
        probe = Reader(subject=self.subject, defined=dict(self.defined))
        for work in works:
            probe._remember(text, work)
        terms = [term for term in probe.defined if not _SHORT.fullmatch(f"the {term}")]
        if not terms:
            return []
        every = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
        found_ = re.finditer(rf"\b(?:[Tt]he\s)?({every})\b", text)
        return [_Short(match.start(), match.end(), "", match[1], "", "") for match in found_]

    def _meant(self, text: str, short: _Short) -> Work:
        document = self.defined.get(short.what, "")
        if not document and short.kind:
            document = self._named_before(text, short)
        if document:
            self._name(document)
        return Work(short.start, short.end, _family(document), document, is_short=True)

    def _named_before(self, text: str, short: _Short) -> str:
        year = f"/{short.year}/" if short.year else ""
        fitting = [each for each in self.named if _is_kind(each, short.kind) and year in each]
        is_subject = self.subject and _is_kind(self.subject, short.kind) and year in self.subject
        if is_subject and (short.lead != "that" or not fitting):
            return self.subject
        if year or short.lead == "the":
            if len(fitting) == 1:
                return fitting[0]
            may_be = short.kind == "Convention" and not fitting
            is_it = may_be and (self.is_of_human_rights() or is_human_rights(text, short.start, short.end))
            return "cets:005" if is_it else ""
        return fitting[-1] if fitting and short.lead in ("that", "said") else ""

    def _cited(self, text: str, plain: str, works: Sequence[Work], groups: Sequence[Provisions]) -> list[Citation]:
        cited: list[Citation] = []
        place = tail = 0
        last: Work | None = None
        for group in [*groups, None]:
            while place < len(works) and (group is None or works[place].start < group.start):
                last = works[place]
                tail = last.end
                place += 1
                _add_work(cited, text, last)
            if group is None:
                continue
            following = works[place] if place < len(works) else None
            is_behind = last is not None and bool(last.document) and tail < group.start < tail + 30
            is_behind = is_behind and _BEHIND.fullmatch(plain, tail, group.start) is not None
            is_listed = is_behind and plain[tail] == "," and not _SAYS_OF.match(plain, group.end)
            if following and not is_listed and _is_of(plain, group.end, following.start):
                place += 1
                last, tail = following, following.end
                cited.append(_citation(text, group.start, following, group.paths))
                continue
            document, family, name = self._of_whom(plain, group, last if is_behind else None)
            tail = group.end if is_behind else tail
            if group.paths:
                cited.append(
                    Citation(
                        start=group.start, end=group.end, family=family, document=document, name=name,
                        provisions=group.paths,
                    )
                )  # fmt: skip
        return cited

    def _of_whom(self, plain: str, group: Provisions, before: Work | None) -> tuple[str, Family, str]:
        """Return the law of provisions behind which none is named: that right before them, or the subject."""
        if _ELSEWHERE.match(plain, group.end):
            return "", "provision", ""
        if before:
            return before.document, before.family, plain[before.start : before.end]
        return self.subject, _family(self.subject), ""


def _is_of(plain: str, end: int, start: int) -> bool:
    """Whether provisions that end at one place are of the work that begins at another; a cell of a table is not."""
    is_apart = "\n" in plain[end:start] and not plain[end:start].strip()
    return start - end < 30 and not is_apart and _OF.fullmatch(plain, end, start) is not None


def _alike(text: str) -> str:
    """Return a text with one sign for those that mean the same, each in its place: no form is far from it."""
    if not text.isascii():
        for sign, others in _ALIKE.items():
            for other in others:
                text = text.replace(other, sign)
    return text


def _shorts(text: str) -> Iterator[_Short]:
    """Yield where short forms stand: the kinds of law are looked for, then what stands before them."""
    for _, kind, _ in _KINDS_OF_SHORT.find_matches_as_indexes(text):
        before = _BEFORE_KIND.search(text, max(0, kind - _MAX_BEFORE_KIND), kind)
        if before and (match := _SHORT.match(text, before.start())):
            yield _short(match)


def _short(match: re.Match[str]) -> _Short:
    kind = " ".join(match["kind"].split()).replace("directive", "Directive")
    what = " ".join(match["what"].split())
    return _Short(match.start(), match.end(), match[0].split()[0].lower(), what, kind, match["year"] or "")


def _outside(cited: Sequence[Provisions], works: Sequence[Work]) -> list[Provisions]:
    """Return the provisions that are not words of a title."""
    outside: list[Provisions] = []
    place = 0
    for each in cited:
        while place < len(works) and works[place].end <= each.start:
            place += 1
        if place == len(works) or each.end <= works[place].start:
            outside.append(each)
    return outside


def _add_work(cited: list[Citation], text: str, work: Work) -> None:
    if work.document not in ("", "immigration-rules") or not work.is_short:
        cited.append(_citation(text, work.start, work, work.provisions))


def _citation(text: str, start: int, work: Work, provisions: tuple[str, ...]) -> Citation:
    return Citation(
        start=start, end=work.end, family=work.family, document=work.document, name=text[work.start : work.end],
        provisions=provisions,
    )  # fmt: skip


def _family(document: str) -> Family:
    head = document.partition("/")[0].partition(":")[0]
    if head in ("celex", "eu", "cets", "un"):
        families: Mapping[str, Family] = {"celex": "eu", "eu": "treaty", "cets": "convention", "un": "un"}
        return families[head]
    return "provision" if not document else "act" if head in _KINDS["Act"] else "instrument"


def _is_kind(document: str, kind: str) -> bool:
    kinds = _KINDS[kind]
    if document.startswith("celex:"):
        return document[11:12] in kinds
    return document.startswith(kinds) and not document.startswith("celex:")
