"""Short forms of laws, "the 2015 Act", "the Care Act", bound to what was named before. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

from crawler.identifiers import acts, welsh
from crawler.identifiers.acts import spelled
from crawler.identifiers.cited_law import Work, family_of
from crawler.identifiers.cited_papers import is_human_rights, is_of_human_rights
from crawler.identifiers.initials import of_initials, short_for
from crawler.identifiers.named_works import MAX_NAMED, Named, is_kind

MAX_DEFINED = 200
"""Most terms that one text may define."""
_LEAD = (
    r"(?:[Tt]he|THE|[Tt]hat|[Tt]hose|[Tt]his|[Ss]aid|same)\s{1,2}"
    r"(?:(?P<which>latter|former|parent|principal|enabling|NI|Scottish|Welsh)\s{1,2})?"
)
_SHORT = re.compile(
    rf"\b{_LEAD}(?P<what>(?:(?P<year>(?:18|19|20)\d\d)\s{{1,2}}(?:(?P<nation>NI|Scottish|Welsh)\s)?)?(?P<kind>Act|Regulations|Regulation|Order"
    r"|Rules|Measure|[Dd]irective|Framework\sDecision|Decision|C(?:onvention|ONVENTION)|Protocol|Charter|Treaty|Code(?!\s(?:of\b|[A-Z])))"
    r"(?:(?:(?<=Act)|(?<=Convention)|(?<=Protocol))\sof\s(?P<of_year>(?:18|19|20)\d\d))?)\b"
    r"(?:\s\((?P<of>NI|N\.I\.|Northern\sIreland|Scotland|Wales)\))?(?![ ](?:of\s)?\(?(?:\d|[A-Z]{2}\))|\n\(?\d{1,4}/)"
)
_ENABLING = re.compile(r"[^\d]{4,160}?\bAct\s(?:\([A-Z][A-Za-z ]{4,20}\)\s)?\d{4}(?=\s\()")
_WHICH = re.compile(r"(?<=[\d)]\s)(?:of|to|in|under)\s(?:the\s)(?P<which>latter|former|same(?=[.,;:)]))(?!\s[A-Zd])")
"""What provisions are of that are said to be those of the law before, or the one before that."""
_SIGNS_OF_SHORT = AhoCorasick([
    "latter", "former", "the same", "eddf", "Act", "Regulation", "Order", "Rules", "Measure", "Directive", "directive",
    "Framework", "Decision", "Convention", "CONVENTION", "Charter", "Treaty", "Code", "Protocol",
])  # fmt: skip
"""One of these stands in every short form: one of the first four, or a kind of law behind what goes before it."""
_LATTER, _FORMER, _SAME, _WELSH = range(4)
_BEFORE_KIND = re.compile(rf"\b{_LEAD}(?:\d{{4}}\s{{1,2}}(?:(?:NI|Scottish|Welsh)\s)?)?\Z")
_MAX_BEFORE_KIND = 40
_DEFINED_BEFORE = re.compile(
    r"(?:[\"'](?:the\s)?(?P<term>[^\"'\n]{2,60})[\"'],?\s(?:means|refers\sto|is|has\sthe\smeaning\sgiven\s(?:by|in))"
    r"|\b(?P<letters>[A-Z][A-Za-z]{1,7})\s(?:=|means))\s(?:the\s)?$"
)
_DEFINED_BEHIND = re.compile(
    r"(?:\s?\(\d{1,3}\))?(?:\s(?:of|on)\s[^()\n;]{0,160}?)?,?\s?[(\[](?:the\s|hereinafter,?\s|hereafter,?\s|referred\sto\sas\s|also\sknown\sas\s|known\sas\s|in\sthis\s\w+\s|or\s|as\s|[\"'])*"
    r"(?P<term>[^()\[\]\"\n]{2,60}?)[\"']?[)\]]"
)
_TOLD = re.compile(r"\s(?:[-\u2013\u2014]\s|\()(?:the\s)?")
DEFINED = re.compile(
    r"[\"\u201c](?:the\s)?(?P<term>(?:18|19|20)\d\d\s(?:Act|Measure|Order|Regulations|Rules))[\"\u201d]\s(?:means|refers\sto)\s(?:the\s)?"
)
_DEFINING = ('"', "(", "[")
"""What stands before a short form where it is defined."""
_TERM = re.compile(
    r"(?:(?:18|19|20)\d\d )?(?:[\w' -]{0,40} ?)"
    r"(?:Act|Regulations?|Order|Rules|Measure|Directive|Decision|Convention|Charter|Treaty|Protocol)"
    r"|[A-Z][A-Za-z]{0,6}[A-Z]{1,4}(?: (?:18|19|20)\d\d)?"
)
_ABBREVIATED = re.compile(r"([A-Z][A-Za-z]{1,6}[A-Z]{1,4}) (?:18|19|20)\d\d")
_WITH_CHARTER = ("celex:", "eu:", "cets:005")
"""Law beside which "Article 5 of the Charter" means that of Fundamental Rights."""
_ARTICLE_OF = re.compile(r"\b[Aa]rt(?:icle)?s?\.?\s\d[^.;\n]{0,40}\sof\s\Z")
_OF_UNION = re.compile(r"(?:Framework\s)?(?:Directive|Regulation|Decision)\b")
_CALLED = re.compile(
    r"\b(?P<words>(?!The\s)(?:(?!Council|Commission|Delegated|Implementing|Framework|European|Parliament)[A-Z][\w'-]{2,24}\s){1,6})"
    r"(?:(?P<kind>Directive|Regulation|Decision)\s\(|\(?)\Z"
)
_MAX_CALLED = 90
_OF_NATION: Mapping[str, tuple[str, ...]] = {
    "N": ("nia", "apni", "mnia", "nisi", "nisr"), "S": ("asp", "ssi"), "W": ("anaw", "asc", "mwa", "wsi"),
}  # fmt: skip
_OF_YEAR: Mapping[str, str] = {
    "1926 Convention": "untc:XVIII-3", "1930 Convention": "ilo:C029", "1949 Convention": "untc:VII-11-a",
    "1950 Convention": "cets:005", "1951 Convention": "untc:V-2", "1954 Convention": "untc:V-3",
    "1956 Convention": "untc:XVIII-4", "1967 Protocol": "untc:V-5", "1979 Convention": "untc:IV-8",
    "1989 Convention": "untc:IV-11", "2000 Protocol": "untc:XVIII-12-a", "2005 Convention": "cets:197",
    "2014 Protocol": "ilo:P029",
}  # fmt: skip
"""Treaties by their year, on refugees, slavery, trafficking and rights; others of that year are told apart by name."""
_IS_NAMED = re.compile(
    r"\s(?!(?:an|and|as|at|but|by|for|from|in|is|n?or|of|on|since|to|when)\b|[a-z]*(?:s|ed|ich|at|ith)\b)[a-z]"
)
"""Behind a year and "Convention" by which something else is named: "the 1951 Convention hall"."""
_MONITORED = {"GRETA": "cets:197", "GREVIO": "cets:210"}
_BEFORE = ("that", "those", "same", "said")
"""Words for what was named last."""


@dataclass(frozen=True, slots=True)
class _Short:
    """A short form: ``lead`` is the word before it, ``what`` what may be defined, ``kind`` and ``year`` of the law."""

    start: int
    end: int
    lead: str
    what: str
    kind: str
    year: str
    which: str = ""


@dataclass(slots=True, kw_only=True)
class Memory:
    """What the passages of a document named and defined so far; ``subject`` and ``known`` as in ``Reader``."""

    subject: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    defined: dict[str, str] = field(default_factory=dict)
    enabling: dict[str, None] = field(default_factory=dict)
    """Acts by whose title that of an instrument begins."""
    named: Named = field(init=False)
    foreseen: dict[str, str] = field(default_factory=dict)
    """What the document defines anywhere, empty where that is not plain."""
    _unsearched: list[str] = field(default_factory=list)
    _is_of_human_rights: bool = False
    _monitored: str = ""
    """The convention that the body monitors which the text names."""

    def __post_init__(self) -> None:
        """Begin a document."""
        self.named = Named(known=self.known)

    def foresee(self, term: str, text: str, work: Work) -> None:
        """Note what a term means that the document defines, before that is read; of two meanings neither holds."""
        name = Named(known=self.known).add(self.named.in_full(text, work), text[: work.end])
        self.foreseen[term] = name if self.foreseen.get(term, name) == name else ""

    def bound(self, text: str, works: Sequence[Work]) -> list[Work]:
        """Return the works of the next passage with the short forms between them, each with what it means."""
        self._unsearched.append(text)
        self._monitored = self._monitored or next((of for body, of in _MONITORED.items() if body in text), "")
        return self._bound(text, self._titled(text, works))

    def of_heading(self, text: str, start: int, end: int) -> str:
        """Return the convention of articles in brackets at the end of a line, in a report of who monitors it."""
        is_heading = text[start - 1 : start] == "(" and text[end : end + 2] in (")", ")\n")
        return self._monitored if is_heading else ""

    def is_of_human_rights(self) -> bool:
        """Return whether what was read up to now is about the Convention on Human Rights: looked for when asked."""
        while self._unsearched and not self._is_of_human_rights:
            self._is_of_human_rights = is_of_human_rights(self._unsearched.pop())
        return self._is_of_human_rights

    def _bound(self, text: str, works: Sequence[Work]) -> list[Work]:
        """Return works with the short forms between them, each bound to what was named before it."""
        shorts = [short for short in _shorts(text) if short.kind != "Protocol" or _is_of_article(text, short.start)]
        shorts += self._terms(text, works)
        shorts = [short for short in shorts if text[short.start - 1 : short.start] not in _DEFINING]
        waiting = sorted(shorts, key=lambda short: (short.start, -short.end))
        bound: list[Work] = []
        ahead: list[tuple[int, _Short]] = []
        place = 0
        for work in [*works, None]:
            while place < len(waiting) and (work is None or waiting[place].start < work.start):
                short = waiting[place]
                place += 1
                is_apart = work is None or short.end <= work.start
                if is_apart and (not bound or short.start >= bound[-1].end):
                    bound.append(_told(text, short, work) or self._meant(text, short))
                    if not bound[-1].document and (short.year or not (short.kind or short.which)):
                        ahead.append((len(bound) - 1, short))
            if work is not None and (not bound or work.start >= bound[-1].end):
                bound.append(work)
                self._remember(text, bound[-1])
        for at, short in ahead:  # The law may be named in full further on in the passage.
            bound[at] = self._meant(text, short)
        return bound

    def _titled(self, text: str, works: Sequence[Work]) -> list[Work]:
        """Return laws with the ids that they had where their titles stood with year or number."""
        titled: list[Work] = []
        for work in works:
            if work.family not in ("act", "instrument"):
                titled.append(work)
            elif not work.is_short:
                titled.append(self.named.in_full(text, work))
            elif short := self.named.without_year(text, work, titled[-1].end if titled else 0):
                titled.append(short)
        return titled

    def _remember(self, text: str, work: Work) -> None:
        words = text[work.start : work.end]
        if work.family == "instrument" and (begun := _ENABLING.match(words)) and len(self.enabling) < MAX_NAMED:
            self.enabling |= dict.fromkeys(filter(None, [acts.works().get(spelled(begun[0]))]))
        if work.family in ("paper", "page", "case", "application") or not (name := self.named.add(work, words)):
            return
        before = _DEFINED_BEFORE.search(text, max(0, work.start - 110), work.start)
        behind = _DEFINED_BEHIND.match(text, work.end)
        for match in (before, behind):
            term = " ".join((match["term"] or match["letters"]).split()) if match else ""
            if match and (_TERM.fullmatch(term) or (match is before)) and len(self.defined) < MAX_DEFINED:
                self.defined[term] = name
                self._define_without_year(term, name)
        if (term := _called(text, work)) and len(self.defined) < MAX_DEFINED:
            self.defined.setdefault(term, name)
        is_code = words.endswith(" Code")
        if alone := "Code" if is_code else "CrimPR" if words.startswith("Criminal Procedure Ru") else "":
            self.defined[alone] = name if self.defined.get(alone, name) == name else ""
        self._define_without_year(" ".join(words.split()), name)

    def _define_without_year(self, term: str, document: str) -> None:
        """Let an abbreviation with a year mean the law without it, too: "MSA 2015", then "MSA"; of two laws neither."""
        if match := _ABBREVIATED.fullmatch(term):
            same = self.defined.get(match[1], document) == document
            self.defined[match[1]] = document if same else ""

    def _terms(self, text: str, works: Sequence[Work]) -> list[_Short]:
        """Return where terms stand that were defined, and are no short form in themselves."""
        short = [_Short(match.start(), match.end(), "", match[0], "", "") for match in short_for(text)
                 if of_initials(match[0], self.named.titled)]  # fmt: skip
        if not works and not self.defined:
            return short
        probe = Memory(subject=self.subject, defined=dict(self.defined))
        for work in works:
            probe._remember(text, work)
        terms = [term for term in probe.defined if not _SHORT.fullmatch(f"the {term}")]
        if not terms:
            return short
        every = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
        found_ = [
            each
            for each in re.finditer(rf"\b(?:[Tt]he\s)?({every})\b(?:\s((?:18|19|20)\d\d)\b)?", text)
            if not each[2] or not re.search(rf"/(?!{each[2]}/)\d{{4}}/", probe.defined[each[1]])  # One of another year.
        ]
        return [_Short(match.start(), match.end(1), "", match[1], "", "") for match in found_] + short

    def _meant(self, text: str, short: _Short) -> Work:
        what = f"{short.which} {short.what}" if short.which else short.what
        name = self.defined.get(what, self.foreseen.get(what))
        if name is None and not short.kind and not short.which:
            name = of_initials(what, self.named.titled)
        told = self.named.known_as(name or "")
        is_asked = short.lead in _BEFORE if told else bool(short.kind or short.which)
        document = (self._named_before(text, short, is_unknown=bool(name) and not told) if is_asked else "") or told
        if document and short.which in ("parent", "principal", "enabling") and len(self.defined) < MAX_DEFINED:
            self.defined[what] = document
        if document:
            self.named.again(document)
        return Work(short.start, short.end, family_of(document), document, is_short=True)

    def _named_before(self, text: str, short: _Short, *, is_unknown: bool) -> str:
        if short.year and short.kind in ("Convention", "Protocol"):
            treaty = _OF_YEAR.get(f"{short.year} {short.kind}", "")
            is_it = treaty == "untc:V-2" or treaty in self.named.last or _is_of_article(text, short.start)
            return treaty if is_it and not _IS_NAMED.match(text, short.end) else ""
        year = f"/{short.year}/" if short.year else ""
        further = [each for each in self.enabling if each not in self.named.last]
        fitting = self.named.fitting(short.kind, year, *(further if short.lead == "the" else ()))
        fitting = fitting or self.named.fitting(short.kind, year, *further)
        if year or short.lead not in _BEFORE:
            fitting = self.named.by_number(fitting, is_unknown=is_unknown)
        if short.which == "same":
            return fitting[-1] if fitting else ""
        if short.which in ("latter", "former"):
            return fitting[-1 if short.which == "latter" else -2] if len(fitting) > 1 else ""
        if short.which[:1] in _OF_NATION:
            fitting = [each for each in fitting if each.startswith(_OF_NATION[short.which[0]])]
        is_subject = self.subject and is_kind(self.subject, short.kind) and year in self.subject
        if is_subject and (short.lead not in ("that", "those", "same") or not fitting) and not short.which:
            return self.subject
        if year or short.lead == "the":
            if len(fitting) == 1:
                return fitting[0]
            if short.kind == "Charter" and not fitting:
                is_of_union = any(each.startswith(_WITH_CHARTER) for each in self.named.last)
                of_article = _ARTICLE_OF.search(text, max(0, short.start - 60), short.start)
                return "eu:charter" if is_of_union and of_article else ""
            may_be = short.kind == "Convention" and not fitting
            is_it = may_be and (
                is_human_rights(text, short.start, short.end) or (not self._monitored and self.is_of_human_rights())
            )
            return "cets:005" if is_it else self._monitored if may_be else ""
        return fitting[-1] if fitting and short.lead in _BEFORE else ""


def _told(text: str, short: _Short, work: Work | None) -> Work | None:
    """Return what a short form means that the next words tell: "the 2015 Act - the Modern Slavery Act 2015"."""
    if work is None or not short.year or f"/{short.year}/" not in work.document:
        return None
    is_told = _TOLD.fullmatch(text, short.end, work.start) is not None
    return Work(short.start, short.end, work.family, work.document, is_short=True) if is_told else None


def _called(text: str, work: Work) -> str:
    """Return what an EU act is called right before its number: "the Employers Sanctions Directive (2009/52/EC)"."""
    words = _CALLED.search(text, max(0, work.start - _MAX_CALLED), work.start) if work.family == "eu" else None
    kind = _OF_UNION.match(text, work.start)
    if words is None or not (kind or words["kind"]):
        return ""
    return " ".join(f"{words['words']}{words['kind'] or kind[0]}".split())  # type: ignore[index]


def may_hold_shorts(text: str) -> bool:
    """Return whether a short form of a law stands in a text."""
    return next(_shorts(text), None) is not None


def _shorts(text: str) -> Iterator[_Short]:
    """Yield where short forms stand: the kinds of law are looked for, then what stands before them."""
    signs = _SIGNS_OF_SHORT.find_matches_as_indexes(text)
    seen = {sign for sign, _, _ in signs}
    for of in _WHICH.finditer(text) if seen & {_LATTER, _FORMER, _SAME} else ():
        yield _Short(of.start("which") - 4, of.end(), "the", of["which"], "", "", of["which"])
    if _WELSH in seen:
        yield from map(_welsh, welsh.SHORT.finditer(text))
    for sign, kind, _ in signs:
        before = _BEFORE_KIND.search(text, max(0, kind - _MAX_BEFORE_KIND), kind) if sign > _WELSH else None
        match = _SHORT.match(text, before.start()) if before else None
        if match:
            yield _short(match)


def _is_of_article(text: str, start: int) -> bool:
    """Return whether a place is behind "Article 3 of": "the Protocol" by itself may be any agreement."""
    return _ARTICLE_OF.search(text, max(0, start - 60), start) is not None


def _short(match: re.Match[str]) -> _Short:
    kind = " ".join(match["kind"].split()).replace("directive", "Directive")
    year = match["year"] or match["of_year"] or ""
    what = f"{year} {kind}" if match["of_year"] else " ".join(match["what"].split())
    lead, which = match[0].split()[0].lower(), match["which"] or match["of"] or match["nation"] or ""
    return _Short(match.start(), match.end(), lead, what, kind.title() if kind.isupper() else kind, year, which)


def _welsh(match: re.Match[str]) -> _Short:
    kind, year = welsh.KINDS[match["kind"][0]], match["year"] or ""
    lead = "that" if match["that"] else "this" if match["this"] else "the"
    return _Short(match.start(), match.end(), lead, f"{year} {kind}".strip(), kind, year)
