"""Where an instrument extends or applies in its own words."""

import re
from collections.abc import Iterable

from crawler.model import Section

_FIRST = re.compile(r"(?:article|regulation|rule)-1(?:-|$)")
_CALLED = {"England and Wales and Scotland": "Great Britain"}
_FRAME = re.compile(r"\b(?:citation|title|commencement|extent|application)\b", re.IGNORECASE)
_KIND = r"(?:Act|Order|Regulations|Rules|Scheme|Instrument)"
_PLACE = (
    r"(?:England and Wales,? (?:and )?Scotland and Northern Ireland|England and Wales and Scotland|England and Wales"
    r"|England|Wales|Scotland|Great Britain|Northern Ireland|(?:the whole of )?the United Kingdom)"
)
_ANY_PLACE = re.compile(rf"\b{_PLACE}\b")
_ITSELF = (
    rf"\b(?:[Tt]his|[Tt]hese) {_KIND}\b"
    r"(?:(?!\bwhich\b(?! (?:extend|appl))|\bthat\b|\bamend|\bnot\b)[^.]){0,400}?\b"
)
_STATED = re.compile(
    rf"{_ITSELF}(?P<verb>(?P<narrow>appl(?:y|ies))|extends?)(?: only)?(?: in relation)?(?: only)? to "
    rf"(?P<place>{_PLACE})"
    r"(?: only)?(?=[.;,)]|$| and (?:may|comes?|shall|extends?|appl)\b)"
)
_IMPLEMENTS = re.compile(
    rf"\b(?:This|These) {_KIND} (?:implement|transpose)s?,? (?:in relation to|in respect of|in|for|throughout) "
    rf"(?P<place>{_PLACE})(?!,? (?:and |or )?(?:England|Wales|Scotland|Northern))(?=[ ,.;])"
)
_APPLIES = re.compile(
    rf"\b(?:[Tt]his|[Tt]hese) {_KIND} (?:shall )?appl(?:y|ies) (?:only )?(?:in relation )?to "
    rf"[^.;]{{3,160}}? (?:in|into|within|throughout) {_PLACE}\b[^.;]*"
)
"""What an instrument applies to, with where that is."""
_BODY = re.compile(
    rf"\b[Ss]ections 1 to \d+[^.;]{{0,80}}? extends? (?:only to (?P<only>{_PLACE})|to (?P<place>{_PLACE}) only)"
)
"""Where a law says of its sections from the first on, and not of itself, to what alone they extend."""
_EXCEPT = re.compile(
    rf"\b(?:[Tt]his|[Tt]hese) {_KIND}\b[^.]{{0,400}}?\b(?:do|does|shall) not (?:extend|apply)(?: in relation)? to"
    r" (?P<out>Scotland (?:or|and) Northern Ireland|Northern Ireland|Scotland)(?=[.;,)]|$)"
)
_BESIDE = ("Scotland", "Northern Ireland")
"""Places to which a law extends beside others where it does not say that it extends to them only."""
_LEFT = {"Northern Ireland": "Great Britain", "Scotland": "England and Wales, Northern Ireland"}
_WITHOUT_BOTH = "England and Wales"


def stated_place(sections: Iterable[Section], described: str = "", *, is_marked: bool = False) -> str:
    """Return where a law of the United Kingdom applies, else extends, by its own words; empty where unsaid.

    ``is_marked``: its publisher states its extent, so that only where it applies is read. That a law extends to
    Scotland, or to Northern Ireland, does not say that it is of these alone. ``described`` is its explanatory note, or
    the beginning of that: what an instrument implements it implements somewhere.

    >>> first = lambda text: [Section(path="regulation-1", number="1", heading="Citation", text=text)]
    >>> stated_place(first("These Regulations, which extend to Great Britain, may be cited as the Sample Rules 2001."))
    'Great Britain'
    >>> stated_place(first("This Order extends to England and Wales. This Order applies in relation to England only."))
    'England'
    >>> stated_place(first("(6) Subject to subsection (5), this Act extends to England and Wales and Scotland only."))
    'Great Britain'
    >>> [stated_place(first(f"These Rules {rest}.")) for rest in ("do not extend to Northern Ireland", "amend it")]
    ['Great Britain', '']
    >>> [stated_place(first(f"This Act extends to Northern Ireland{only}.")) for only in (" only", "")]
    ['Northern Ireland', '']
    >>> stated_place(first("(4) Sections 1 to 5 (including Schedule 1) extend to England and Wales only."))
    'England and Wales'
    >>> words = "This Order shall apply in relation to cattle born in Great Britain, and to cattle brought into {}."
    >>> [stated_place(first(words.format(place))) for place in ("Great Britain", "Northern Ireland")]
    ['Great Britain', '']
    >>> stated_place([], "These Rules implement in relation to the whole of the United Kingdom, Directive 2029/1/EC.")
    'United Kingdom'
    >>> stated_place([], "These Rules implement in England, Wales and Scotland Directive 2029/1/EC.")
    ''
    """
    wider = ""
    for section in sections:
        if not (_FIRST.match(section.path) or _FRAME.search(section.heading)) or section.path.startswith("schedule"):
            continue
        for match in _STATED.finditer(section.text):
            place = _place(match["place"])
            if match["narrow"]:
                return place
            is_alone = place not in _BESIDE or "only" in section.text[match.start("verb") : match.end()]
            wider = wider or place * is_alone
        applied = _APPLIES.search(section.text)
        if applied and len(places := {_place(each) for each in _ANY_PLACE.findall(applied[0])}) == 1:
            return places.pop()
        if body := _BODY.search(section.text):
            wider = wider or _place(body["only"] or body["place"])
        if out := _EXCEPT.search(section.text):
            wider = wider or _LEFT.get(out["out"], _WITHOUT_BOTH)
    implements = None if is_marked else _IMPLEMENTS.search(described)
    return "" if is_marked else wider or (_place(implements["place"]) if implements is not None else "")


def _place(named: str) -> str:
    is_whole = "United Kingdom" in named or "Scotland and Northern" in named
    return "United Kingdom" if is_whole else _CALLED.get(named, named)
