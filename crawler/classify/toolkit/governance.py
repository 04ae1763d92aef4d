"""Documents by which partnerships are run: what they are, whose, whether others may take them over, and on what law."""

import re
from collections.abc import Iterator, Sequence

from crawler.classify.toolkit.laws import guidance, laws
from crawler.classify.toolkit.patterns import rules, stated_forms
from crawler.classify.toolkit.values import SOURCE, SUMMARY, TITLE, Fact, Passage, ToolkitDocument, fact, passages
from crawler.classify.toolkit.vocabulary import EDITABLE
from crawler.sources.validators import is_open

_RULES = rules("governance", "form", "named")
_ABOUT = re.compile(
    r"\b(?:checklists?|handbooks?|toolkits?|manuals?|reports?|librar(?:y|ies)|guides?)\b", re.IGNORECASE
)
"""Words of titles of pages that deal with agreements, and are none."""

_NAME = r"[A-Z][\w&'\u2019.-]{0,30}(?:,? (?:(?:and|of|the|&|in|on|upon) ){0,2}[A-Z][\w&'\u2019.-]{0,30}){0,8}"
_PARTNERSHIP = re.compile(
    rf"(?P<name>{_NAME}) (?P<noun>Partnership|Forum|Network|Alliance|Task ?[Ff]orce|Working Group|Board|Group)\b"
)
_LEAD = re.compile(r"^(?:(?:The|Our|Your|A|An|Terms of Reference(?: of| for)?(?: the)?|About|Welcome to) )+")
_AREA = re.compile(
    rf"(?P<area>{_NAME}?) (?:(?:City|County|Borough|District|Metropolitan(?: District| Borough)?|London Borough|"
    rf"Unitary) )?Council\b"
)
_THEME = re.compile(
    r"^(?P<area>.*?),? (?:and Human Trafficking |Multi[- ]?[Aa]gency |Against |Strategic |Regional |Community )*"
    r"(?:Anti[- ]|Modern |Human |Counter[- ]|Safer |Safeguarding |Trafficking |Slavery )"
)
_NO_AREA = re.compile(
    r"^(?:Modern|Human|Anti|Counter|Local|Regional|National|Multi|Joint|Our)?$|"
    r"\b(?:Government|Police|Office|NHS|Ministry|Department|University|Commissioner|Agency)\b"
)
"""What stands before the theme of a partnership and is no place: the Modern of "Modern Slavery Partnership"."""
_CLOSED = re.compile(r"\bND\b|no.?deriv|all rights reserved", re.IGNORECASE)
_FILE = re.compile(rf"\.(?P<kind>{'|'.join(EDITABLE)})(?:[?#]|$)", re.IGNORECASE)
_MAX_VALUES = 3


def governance(known: ToolkitDocument) -> Iterator[Fact]:
    """Yield what a document of governance states of itself, and whether its files and its licence let others use it."""
    read = passages(known)
    is_about = any(passage.place == TITLE and _ABOUT.search(passage.text) for passage in read)
    yield from stated_forms(_RULES, (each for each in read if not is_about or each.place == TITLE))
    yield from _partnerships(read, known.publisher)
    yield from _files(known.files)
    yield from _licence(known.licence)
    yield from laws(read, provisions=True)
    yield from guidance(read)


def _partnerships(read: Sequence[Passage], publisher: str) -> Iterator[Fact]:
    """Yield the partnerships and areas that title, summary and headings name; else those in the publisher's name."""
    told: set[tuple[str, str]] = set()
    named = [passage for passage in read if passage.named]
    for passage in (*named, Passage(place=SOURCE, text=publisher)):
        if passage.place == SOURCE and told:
            return
        for field, words in _in_name(passage.text):
            often = sum(one == field for one, _ in told)
            if (field, words) not in told and often < _MAX_VALUES and (often == 0 or passage.place in (TITLE, SUMMARY)):
                told.add((field, words))
                yield fact(field, words, passage, words)


def _in_name(text: str) -> Iterator[tuple[str, str]]:
    for match in _PARTNERSHIP.finditer(text):
        lead = _LEAD.match(match[0])
        whole = match[0][lead.end() if lead else 0 :]
        if whole == match["noun"]:
            continue
        yield "partnership", whole
        if (themed := _THEME.match(whole)) and not _NO_AREA.search(themed["area"]):
            yield "area", themed["area"]
    for match in _AREA.finditer(text):
        lead = _LEAD.match(match[0])
        area = match[0][lead.end() if lead else 0 :]
        if area != "Council":
            yield "area", area


def _files(files: Sequence[str]) -> Iterator[Fact]:
    """Yield each kind of editable file of a family, with the address of the first."""
    told: set[str] = set()
    for address in files:
        match = _FILE.search(address)
        kind = match["kind"].lower() if match else ""
        if kind and kind not in told:
            told.add(kind)
            yield Fact(field="file", value=kind, place=SOURCE, words=address)


def _licence(licence: str) -> Iterator[Fact]:
    """Yield whether the licence of the publisher's pages lets others adapt them; nothing where none is stated."""
    if licence:
        yield Fact(field="adapt", value=adaptable(licence), place=SOURCE, words=licence)


def adaptable(licence: str) -> str:
    """Return whether a licence lets others adapt what it covers: a value of ``adapt``."""
    return "yes" if is_open(licence) else "no" if _CLOSED.search(licence) else "not-commercially"
