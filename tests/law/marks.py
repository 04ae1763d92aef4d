"""The publisher's own marks in CLML: which notes of amendment stand at which provision. Read without our parser."""

import re
from collections.abc import Iterator

from lxml import etree

LEG = "{http://www.legislation.gov.uk/namespaces/legislation}"
QUOTES = tuple(LEG + name for name in ("BlockAmendment", "BlockExtract", "BlockText", "Form", "Versions"))
DOTS = re.compile(r"[\s.\u2026]*")


def tree(body: bytes) -> etree._Element:
    """Return the root of a text."""
    return etree.fromstring(body)


def provisions(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield the provisions of a text with their keys: ``section/12A``, ``schedule/2/paragraph/4``."""
    for element in root.iter(f"{LEG}P1"):
        if next(element.iterancestors(*QUOTES), None) is None and element.get("id"):
            yield key(element.get("id") or ""), element


def key(path: str) -> str:
    """Return the key of a provision by its path: its number in its schedule, whatever part it is in.

    >>> key("schedule-2-paragraph-4A"), key("schedule-1-part-2-paragraph-3")
    ('schedule/2/paragraph/4A', 'schedule/1/paragraph/3')
    """
    return re.sub(r"/(?:part|chapter|crossheading)/[^/]+", "", path.replace("-", "/"))


def marked(root: etree._Element) -> dict[str, set[str]]:
    """Return the notes of textual amendments and of corrections that each provision has marks of.

    The heading over a run of provisions is that of the first. Where the notes were cut away, all marks count but
    those in the numbers of provisions that have words: notes of commencement stand there, too.
    """
    kinds = {note.get("id"): note.get("Type") for note in root.iter(f"{LEG}Commentary")}
    found: dict[str, set[str]] = {}
    for name, element in provisions(root):
        notes = {note for each in (element, *headings(element)) for note in referred(each)}
        skipped = () if kinds or is_dotted(element) else element.iterchildren(f"{LEG}Pnumber")
        numbered = {note for each in skipped for note in referred(each)}
        amended = {note for note in notes if kinds.get(note, "" if kinds else "F") in ("F", "X")}
        found.setdefault(name, set()).update(amended - numbered)
    return found


def headings(provision: etree._Element) -> list[etree._Element]:
    """Return the heading of a provision that is the first of its run."""
    run = provision.getparent()
    if run is None or provision.getprevious() is None:
        return []
    is_first = next(run.iterchildren(f"{LEG}P1")) is provision
    in_schedule = next(run.iterancestors(f"{LEG}Schedule"), None) is not None
    heads = run.tag == f"{LEG}P1group" or (run.tag == f"{LEG}Pblock" and in_schedule)
    return list(run.iterchildren(f"{LEG}Title")) if heads and is_first else []


def referred(element: etree._Element) -> Iterator[str]:
    """Yield the notes that an element and what is in it refer to."""
    for each in element.iter("*"):
        note = each.get("Ref") if each.tag == f"{LEG}CommentaryRef" else each.get("CommentaryRef")
        if note:
            yield note


def text_of(provision: etree._Element) -> str:
    """Return the words of a provision without its number."""
    return "".join(said(child) for child in provision if child.tag != f"{LEG}Pnumber")


def said(element: etree._Element) -> str:
    """Return all words in an element."""
    return "".join(map(str, element.itertext()))


def is_dotted(provision: etree._Element) -> bool:
    """Whether dots stand for a provision."""
    return DOTS.fullmatch(text_of(provision)) is not None
