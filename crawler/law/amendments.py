"""F-notes and C-notes: what was done to a provision, and by what.

F: ``[KIND in|of|to] REF [beside] VERB [for …] [(EXTENT)] [(DATE [QUAL] {, DATE QUAL})] by [virtue of] INSTRUMENT,
PROVISIONS [(with …)] {; COMMENCING INSTRUMENT, PROVISIONS}``. C: ``REF[:] VERB …`` with the same behind it. An F-note
may also be a plain footnote, which amends nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from crawler.law.pieces import clauses, days, is_extent, masked, pairs, reference_end
from crawler.law.values import Amendment, Instrument, Modification, When

_SERIES = r"(?:S\. ?S\. ?I|W\. ?S\. ?I|S\. ?I|SSI|WSI|SI|S\. ?R|SR)\.? ?(?:(?:&|and) ?O\.? ?)?(?:\(N\.? ?I\.?\) ?)?"
_SUBSERIES = r"(?: \((?:W|N\.? ?I|C|S|L)\.? ?\d+\))*"
_ACT = r"(?:c|asp|anaw|asc|nawm|N\.? ?I)\.? ?(?:\d+|[ivxlc]+\b)(?: \(N\.? ?I\.?\))?"
_NUMBER = re.compile(
    rf"(?:{_SERIES}(?:No\.? ?)?\d{{4}}[/ ](?:No\.? ?)?\d+{_SUBSERIES}|\d{{4}} {_ACT}"
    r"|(?:Council |Commission )?(?:Delegated |Implementing )?(?:Regulation|Directive|Decision) \([A-Za-z, ]{2,30}\)"
    r" (?:No\.? ?)?\d+/\d+)(?![\d/])",
)
_IN_BRACKETS = re.compile(
    rf"(?:{_ACT}(?: \((?:N\.? ?I\.?) ?\d*\))?|{_SERIES}(?:No\.? ?)?\d{{4}}[/ ](?:No\.? ?)?\d+{_SUBSERIES})(?![\d/])"
)
_BEHIND = re.compile(
    r",? (?=(?:as|subject to|with) (?:amended|inserted|substituted|modified|applied|extended|read|transitional|savings?"
    r"|arts?\.|regs?\.|ss?\.|\()|the amending |and as amended)"
)
_SAVING = re.compile(r"(?:with|subject|as|see|the|in accordance)\b", re.IGNORECASE)
_LEAD = re.compile(r"(?:and )?(?:by )?(?:virtue of )?", re.IGNORECASE)


def instruments(parts: Sequence[str]) -> tuple[Instrument, ...]:
    """Return the instruments of the clauses behind *by*; a clause that names none belongs to the one before it.

    >>> made = instruments(["Sample Order 2005", "S.I. 2005/9999, art. 37(3) (with art. 5)", "S.I. 2006/9999, art. 2"])
    >>> [(each.name, each.number, each.provisions, each.savings) for each in made]
    [('Sample Order 2005', 'S.I. 2005/9999', 'art. 37(3)', '(with art. 5)'), ('', 'S.I. 2006/9999', 'art. 2', '')]
    """
    made: list[Instrument] = []
    for part in parts:
        read = _instrument(part.strip())
        before = made[-1] if made else None
        if before is None:
            made.append(read)
        elif not before.number and read.number and not read.name:
            made[-1] = replace(read, name=before.name)
        elif read.number and not part.startswith("and as "):
            made.append(read)
        else:
            made[-1] = replace(before, savings=f"{before.savings}; {part}".strip("; "))
    return tuple(each for each in made if each.number or each.name)


def _instrument(text: str) -> Instrument:
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    direct = _NUMBER.match(text, start)
    if direct:
        return _with_provisions(direct[0], "", text[direct.end() :])
    behind = _BEHIND.search(masked(text), start)
    for opening, closing in pairs(text).items():
        number = _IN_BRACKETS.match(text, opening + 1)
        if number and (behind is None or opening < behind.start()):
            return _with_provisions(number[0], text[start:opening].strip(" ,"), text[closing + 1 :])
    return Instrument(number="", name=text[start:].strip(" ,."))


def _with_provisions(number: str, name: str, text: str) -> Instrument:
    behind = _BEHIND.search(masked(text))
    cut = min(
        behind.start() if behind else len(text),
        next((start for start in pairs(text) if _SAVING.match(text, start + 1)), len(text)),
    )
    return Instrument(number=number, name=name, provisions=_bare(text[:cut]), savings=_bare(text[cut:]))


def _bare(text: str) -> str:
    """Return a text without commas around it, and without a full stop that ends the note."""
    bare = text.strip(" ,")
    return bare if bare.endswith(("Sch.", "Schs.")) else bare.rstrip(". ")


_VERB = re.compile(
    r"(?<![\w'\u2019])(?P<verb>(?:expressed to be |treated as |deemed to be )?"
    r"(?:inserted|substituted|repealed|revoked|omitted|added|deleted|re-?numbered|re-?lettered"
    r"|ceases? to have effect|ceased to have effect|ceasing to have effect|expire[sd]?|lapsed?|amended|transferred"
    r"|moved|removed|replaced|left out|struck out|reinstated|restored|altered|disapplied|renamed|redesignated|prefixed"
    r"|appended|quashed|annulled|retitled|re-?enacted|saved))(?![\w])",
    re.IGNORECASE,
)
_FINITE = re.compile(r"(?<![\w'\u2019])(?:is|are|was|were|been|be|being|as)\s*$", re.IGNORECASE)
_BY = re.compile(r",? ?(?<![\w-])by (?:virtue of )?", re.IGNORECASE)
_BEFORE_REFERENCE = re.compile(r"(?<= )(?=\S)")
_PREPOSITION = re.compile(
    r"(?: (?:in|of|to|from|into|at (?:the )?(?:end|beginning) of|after|before|beside)(?: the)?)$",
    re.IGNORECASE,
)
MAX_BY = 6
"""Places at which *by* may stand before the instrument."""
_QUOTE = re.compile(r" (?=[“\"])")
_WITHIN = re.compile(r" (?=(?:in|of|and|at|to|for|from|relating|defining)\b)", re.IGNORECASE)
_KIND = re.compile(
    r"(?:(?:words?|definitions?|entr(?:y|ies)|sums?|figures?|numbers?|years?|dates?|headings?|cross-?headings?|titles?"
    r"|tables?|columns?|items?|notes?|commas?|brackets?|references?|sub-?headings?|formula[es]?|expressions?|punctuation"
    r"|provisions?|text|signatures?|schedules?|paragraphs?|sections?|parts?|chapters?|annex(?:es)?|preamble|instrument"
    r"|act|order|regulations|rules|measure|maps?|full stop|rows?|lines?|sentences?|forms?|sidenotes?|semi-?colons?"
    r"|amounts?|percentages?|rates?|letters?|full out words|full-out words|appendix|article)\b|[“\"])",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    r"[“\"'(]?(?:the )?(?:S\. ?[SRI]|SI |SSI |SR |W\. ?S|\d{4} ?(?:c|asp|anaw|asc|nawm)\b|OJ\b|O\.J|Cm(?:nd|d)?\b"
    r"|Directive|Council|Commission|Regulation \(|Decision|Treaty|Convention|ISBN|BS |See\b|Defined\b|Available"
    r"|Published|Copies|Formerly|This\b|These\b|There\b|http|c\. ?\d|asp \d)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|shall|means|includes?|refers?|provides?|came|comes?)\b", re.IGNORECASE
)
_FORMAL = re.compile(
    r"(?:with (?:retrospective )?(?:effect|application)|retrospective|temp\b|temporarily|immediately|on the coming)",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Middle:
    """What stands between the verb and *by*: words, extents, days as values and as written, and all brackets."""

    words: str = ""
    extent: tuple[str, ...] = ()
    dates: tuple[When, ...] = ()
    written: str = ""
    brackets: str = ""


def amendment_groups(statement: str) -> list[str]:
    """Return the parts of a statement of an F-note or C-note that each tell of one amendment.

    >>> amendment_groups("S. 1 repealed by 2002 c. 9, s. 3; S.I. 2003/9999, art. 2; and words in s. 2 omitted by "
    ...     "2002 c. 9, s. 4")
    ['S. 1 repealed by 2002 c. 9, s. 3; S.I. 2003/9999, art. 2', 'words in s. 2 omitted by 2002 c. 9, s. 4']
    """
    groups: list[str] = []
    for clause in clauses(statement):
        bare = re.sub(r"^and ", "", clause)
        begins = _KIND.match(bare) or reference_end(bare)
        if groups and not (begins and _VERB.search(masked(bare)) and _BY.search(masked(bare))):
            groups[-1] += f"; {clause}"
        else:
            groups.append(bare)
    return groups


def read_amendment(statement: str) -> Amendment | None:
    """Return what a statement of an F-note says, None where it is not read.

    >>> note = "Words in s. 4(2) substituted (E.W.) (1.2.2003) by Sample Act 2002 (c. 9), s. 3; S.I. 2003/9999, art. 2"
    >>> fact = read_amendment(note)
    >>> fact.what, fact.provision, fact.verb, fact.dates[0].date, fact.by.number, fact.by.provisions, str(fact.also[0])
    ('Words', 's. 4(2)', 'substituted', '2003-02-01', 'c. 9', 's. 3', 'S.I. 2003/9999, art. 2')
    """
    first, *others = clauses(statement) or [""]
    plain = masked(first)
    if _FOOTNOTE.match(first):
        return None
    verb = _VERB.search(plain)
    if verb is not None and _FINITE.search(plain, max(0, verb.start() - 12), verb.start()):
        return None
    for by in islice(_BY.finditer(plain, verb.end() if verb else 0), MAX_BY):
        made = instruments([first[by.end() :], *others])
        end = verb.start() if verb else _first_bracket(first, by.start())
        subject = _subject(first[:end].strip())
        if made and (made[0].number or verb) and subject is not None:
            middle = _middle(first[verb.end() if verb else end : by.start()])
            if verb is None and not (middle.dates and (subject.what or subject.provision)):
                return None
            if verb is None and not subject.what:
                subject = replace(subject, verb=subject.beside, beside="")
            return replace(
                subject, verb=verb["verb"].lower() if verb else subject.verb, complement=middle.words,
                dates=middle.dates, written=middle.written, extent=middle.extent, by=made[0], also=made[1:],
            )  # fmt: skip
    return None


def _first_bracket(text: str, end: int) -> int:
    """Return where the first bracket of days stands before a place; that place where there is none."""
    return next((start for start, close in pairs(text[:end]).items() if days(text[start + 1 : close])), end)


def _subject(head: str) -> Amendment | None:
    """Return an amendment of what stands before the verb, None where that names nothing of a law."""
    plain = masked(head)
    starts = [0, *(match.start() for match in _BEFORE_REFERENCE.finditer(plain))]
    for start in starts[:60]:
        end = reference_end(head, start)
        before = plain[:start].rstrip()
        if end > start and (not start or _PREPOSITION.search(f" {before}") or before.endswith("definition")):
            what = _PREPOSITION.sub("", f" {head[: len(before)]}").strip()
            kind, within = _split_kind(what)
            if kind and not _KIND.match(kind):
                return None
            beside = " ".join(part for part in (within, head[end:].strip()) if part)
            return _blank(kind, head[start:end], beside)
    if _SENTENCE.search(plain) or not (not head or _KIND.match(head)) or len(head) > 400:
        return None
    kind, within = _split_kind(head)
    return _blank("", "", head) if head.startswith(("“", '"')) else _blank(kind, "", within)


def _split_kind(what: str) -> tuple[str, str]:
    """Return the kind of what was amended, and where in the provision it stands."""
    inside = _WITHIN.search(masked(what))
    if inside is None:
        inside = _QUOTE.search(what)
    if inside is None or what.lower().startswith(("words and", "word and")):
        return what, ""
    return what[: inside.start()], what[inside.end() :]


def _blank(what: str, provision: str, beside: str) -> Amendment:
    return Amendment(verb="", what=what, provision=provision, beside=beside, by=Instrument(number=""))


def _middle(text: str) -> _Middle:
    """Return what stands between the verb and *by*."""
    words: list[str] = []
    extent: list[str] = []
    dates: tuple[When, ...] = ()
    written = ""
    brackets: list[str] = []
    place, is_attached, last = 0, False, -1
    for start, end in pairs(text).items():
        before = text[max(0, start - 1) : start]
        is_attached = before.isalnum() or before in ("-", "\u2013") or (is_attached and start == last + 1)
        last = end
        if is_attached:
            continue
        words.append(text[place:start])
        place = end + 1
        inside, bracket = text[start + 1 : end], text[start : end + 1]
        brackets.append(bracket)
        if is_extent(inside):
            extent.append(bracket)
        elif listed := days(inside):
            dates, written = (*dates, *listed), f"{written} {bracket}".strip()
        elif _FORMAL.match(inside):
            written = f"{written} {bracket}".strip()
    words.append(text[place:])
    plain = " ".join(" ".join(words).split()).strip(" ,:")
    if not dates and (bare := days(plain)):
        dates, written, plain = bare, plain, ""
    return _Middle(plain, tuple(extent), dates, written, " ".join(brackets))


def is_footnote(statement: str) -> bool:
    """Whether an F-note that is no amendment is a footnote: it cites or explains, and amends nothing here.

    >>> is_footnote("S.I. 1996/1499."), is_footnote("Section 31 has been amended by the Sample Act 2010 (c. 7).")
    (True, True)
    >>> is_footnote("Words in s. 197(1) (2.4.2018) by Sample Act 2016 (anaw 2), s. 1")
    False
    """
    if _FOOTNOTE.match(statement):
        return True
    plain = masked(statement)
    end = reference_end(statement)
    if end:
        return _SENTENCE.match(statement[end:].strip(" ,")) is not None or " of the " in statement[end : end + 9]
    return not re.match(r"words?\b|definitions?\b|entr(?:y|ies)\b", statement, re.IGNORECASE) and (
        _SENTENCE.search(plain) is not None or _VERB.search(plain) is None
    )


def read_modification(statement: str) -> Modification | None:
    """Return what a statement of a C-note says, None where it is not read.

    >>> fact = read_modification("Act: functions transferred (1.2.2003) by S.I. 2003/9999, art. 2 (with art. 5)")
    >>> fact.provision, fact.verb, fact.dates[0].date, fact.by.number, fact.by.provisions, fact.by.savings
    ('Act', 'functions transferred', '2003-02-01', 'S.I. 2003/9999', 'art. 2', '(with art. 5)')
    """
    first, *others = clauses(statement) or [""]
    end = reference_end(first)
    if not end:
        return None
    for by in islice(_BY.finditer(masked(first), end), MAX_BY):
        made = instruments([first[by.end() :], *others])
        middle = _middle(first[end : by.start()])
        if made and made[0].number and middle.words:
            return Modification(
                provision=first[:end], verb=middle.words, brackets=middle.brackets, dates=middle.dates,
                extent=middle.extent, by=made[0], also=made[1:],
            )  # fmt: skip
    return None
