"""How provisions are said that name no law, and whether that shows that they are a law's. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.identifiers.cited_provisions import Provisions

_LAWYERLY = re.compile(
    r"[Ss]chedule\s\d+[A-Z]?,?\s[Pp]ara|(?:ss?|S{1,2}|[Ss]chs?|[Aa]rts?|[Rr]egs?|rr?|[Pp]ts?)(?:\.\s?|\s)?(?=\d)|[A-Za-z]+\s{1,2}\d{1,4}[A-Z]{0,2}(?:\(|\.\d|\s?\u00a7)"
    r"|[A-Za-z]+\s{1,2}\d{1,4}[A-Z]{1,2}\d?\b|[Ss]ections?\s{1,2}(?:[4-9]\d|\d{3,4})(?:\s(?:to|and)\s\d{2,4})?"
    r"(?=[,;:)]|\.(?!\d)|\Z|\s(?:and|or|did|does|is|was|has|had|appl|allow|chang|concern|cover|deal|giv|govern|limit|set|says?|makes?|means?|can|may|must|will|should)\w{0,3}\b)",
)
"""How a lawyer cites: short units, the number with a part of it in brackets or a letter; or one that only laws have."""
_CUE_BEFORE = re.compile(
    r"\b(?:[Uu]nder|[Cc]ontrary\sto|[Pp]ursuant\sto|breach\sof|virtue\sof|purposes\sof|required\sby|defined\s(?:in|by)"
    r"|(?:condition|defen[cs]e|dut(?:y|ie)|definition|exception|guidance|meaning|offence|order|penalt(?:y|ie)|polic(?:y|ie)|power|presumption|provision|requirement|sentence|test)s?\s(?:at|by|in|of))\s\Z"
)
_CUE_BEHIND = re.compile(
    r"(?:\s\([^()\n]{1,60}\))?\s(?:provides?\s(?:for|that|an?)|requires?|imposes?|creates?|makes?\s(?:it|provision)|c[ao]mes?\sinto|inserts?|repeals?|amends?|presumes?|permits?|prohibits?|forbids?|confers?|obliges?|entitles?|empowers?|criminalises?|protects?|(?:do(?:es)?\snot|shall)\s(?:apply|oblige)"
    r"|(?:was|were|is|are|has\sbeen|have\sbeen)\s(?:also\s)?(?:amended|commenced|in\sforce|inserted|repealed|substituted)"
    r"|(?:statutory\s)?(?:defen[cs]e|offence|dut(?:y|ies)|order|statement|enquir|inquir|notice|power|assessment))"
)
_IS_IN = re.compile(
    r"\b(?:defen[cs]e|dut(?:y|ies)|offence|order|power|provision|requirement|right|rule|test)s?\b[^.;:\n]{0,70}\s(?:is|are|lies?)\s"
    r"(?:\w+\s)?(?:(?:at|by|in|under)\s)?\Z|\b(?:is|are|was|defined|found|kept|listed|set\sout)\sin\s\Z|\b[Ii]t\sis\s\Z"
)
_NAMED = re.compile(r"\s(?:assessor|bay|bed|clinic|form|manager|meeting|officer|room|suite|team|visit|ward)s?\b")
"""Behind provisions by which something is named."""
_LIKE_THAT = re.compile(r"\b(in|under|by)\s(?:[Ss]ections?|ss?\.?)\s\d[\w(), ]{0,30}[;,]\s[a-z][a-z' ]{2,40}\s\1\s\Z")
"""Before a provision that is said like one before it: "the test is in section 2; best interests in"."""
_INSIDE = re.compile(r"(?:\A|[\s(])[a-z]+\s\Z")
_ASKED = re.compile(r"\b(?:[Ss]ee|[Gg]o\sto|[Cc]omplete|[Rr]ead|[Ff]ill\sin|[Ii]n|[Aa]t)\s(?:also\s)?\Z")
"""Before what may be a section of the text itself."""
_APPOSED = re.compile(r"\s[a-z]+,\s\Z")
"""Before a provision that says where something is: "the statement, section 13."."""
_SENTENCE = re.compile(r"\.\s|\n")
_HOLDER = re.compile(r"schedule-\w+(?=-paragraph-|\Z)|schedule(?=-paragraph-)|article-\w+")
_SMALL = re.compile(r"paragraph-\d[A-Z]?(?:-\w+)*(?:\.\.paragraph-\d)?")
_AT = re.compile(r"(?:\bat|[Ss]ee|\()\s?\Z")


@dataclass(frozen=True, slots=True)
class MentionForm:
    """How provisions are said.

    is_lawyerly  as a lawyer cites
    is_asked     as what may be a section of the text itself: "see section 3"
    is_named     as the name of a thing: "section 136 suite"
    is_apart     as none that goes on in its sentence
    is_cited     as what a law says, or as what proves a sentence: "…: section 51."
    is_inside    within a sentence, behind a small word
    is_proof     at the end of what they prove, where a law is named on their line
    """

    is_lawyerly: bool
    is_asked: bool
    is_named: bool
    is_apart: bool
    is_cited: bool
    is_inside: bool
    is_proof: bool


def mention_form(text: str, start: int, end: int) -> MentionForm:
    """Return how the provisions are said that stand at a place of a text."""
    low = max(0, start - 24)
    is_lawyerly = _LAWYERLY.match(text, start) is not None
    is_asked = not is_lawyerly and _ASKED.search(text, low, start) is not None
    is_small = is_asked and text[start] not in "AS"
    is_named = _NAMED.match(text, end) is not None
    before, behind = text[max(0, start - 2) : start], text[end : end + 1]
    is_end = before == ": " and behind in (".", ",", ";", "")
    is_cued = _CUE_BEFORE.search(text, low, start) or _IS_IN.search(text, max(0, start - 100), start)
    is_cued = is_cued or _LIKE_THAT.search(text, max(0, start - 100), start)
    is_appositive = _APPOSED.search(text, low, start) is not None
    return MentionForm(
        is_lawyerly=is_lawyerly,
        is_asked=is_asked,
        is_named=is_named,
        is_apart=is_named or is_small or (before == "; " and not is_lawyerly),
        is_cited=bool(is_lawyerly or is_end or is_cued or _CUE_BEHIND.match(text, end)),
        is_inside=not is_small and _INSIDE.search(text, low, start) is not None,
        is_proof=before == ": "
        or (text[start] == "A" and before == "; ")
        or (behind in (".", ";", "") and (is_appositive or (text[start] == "A" and before == ", "))),
    )


def within(text: str, group: Provisions, end: int, last: Sequence[str]) -> tuple[str, ...]:
    """Return paragraphs by themselves as those of the schedule or article that their sentence cites last.

    ``last`` are the provisions cited before, ``end`` the place behind them. Those of a judgment stand behind "at", or
    in brackets.
    """
    match = _HOLDER.match(last[-1]) if last and ".." not in last[-1] else None
    is_far = _SENTENCE.search(text, end, group.start) or _AT.search(text, max(0, group.start - 5), group.start)
    if match is None or is_far or not all(path.startswith("paragraph-") for path in group.paths):
        return ()
    if match[0][0] == "a":
        is_small = all(_SMALL.fullmatch(path) for path in group.paths)
        return tuple(path.replace("paragraph", match[0]) for path in group.paths) if is_small else ()
    return tuple(re.sub(r"(?=paragraph-)", f"{match[0]}-", path) for path in group.paths)
