"""Stable paths of provisions: the ids that legislation.gov.uk gives, or the same made by its rules where it has none.

Rules: https://github.com/legislation/data-documentation (model/uris/reference.md, "Legislation sections").
"""

import re
from dataclasses import dataclass, field

from crawler.protocols.legislation.tree import LEG, Element, words
from crawler.text import clean, slug

CONTAINERS = {
    "Group": "group",
    "Part": "part",
    "Chapter": "chapter",
    "Pblock": "crossheading",
    "PsubBlock": "crossheading",
    "Schedule": "schedule",
    "Appendix": "appendix",
    "EUPart": "part",
    "EUTitle": "title",
    "EUChapter": "chapter",
    "EUSection": "section",
    "EUSubsection": "subsection",
    "Division": "division",
    "AttachmentGroup": "attachment-group",
    "Attachment": "attachment",
}
"""Elements that hold provisions and may have a number, a heading and text of their own, with the word of their path."""

FIXED = {
    "PrimaryPrelims": "introduction",
    "SecondaryPrelims": "introduction",
    "EUPrelims": "introduction",
    "Body": "body",
    "EUBody": "body",
    "Schedules": "schedules",
    "Abstract": "abstract",
    "Attachments": "attachments",
    "SignedSection": "signature",
    "ExplanatoryNotes": "note",
    "EarlierOrders": "earlier-orders",
    "Footnotes": "footnotes",
    "MarginNotes": "margin-notes",
}
"""Elements that a document has once, with their path."""

_ROOTS = frozenset({"Schedule", "Appendix", "Attachment"})
_UNITS = re.compile(
    r"^(?:part|chapter|schedule|title|section|subsection|article|annex|appendix|attachment|regulation|rule|paragraph"
    r"|rhan|pennod|atodlen|erthygl|adran|rheoliad|paragraff)\b[\s.]*",
    re.IGNORECASE,
)
_RUNNING = re.compile(r"[A-Za-z]{1,3}\d{3,}")
"""An id that a printer counted through its file, such as p00012: it names no provision."""
_NOT_ID = re.compile(r"[^0-9A-Za-z]+")


_PROVISION = re.compile(
    r"(?:(schedule|schedule-(?!(?:part|chapter|paragraph)-)[^-]+)(?:-(?:part|chapter)-[^-]+)*-)?"
    r"(section|article|regulation|rule|paragraph)-([0-9A-Z]+)"
)


def number_id(text: str) -> str:
    """Return a number as it stands in a path.

    >>> number_id("PART III"), number_id("Article 12a"), number_id("(ii)"), number_id("SCHEDULE")
    ('III', '12a', 'ii', '')
    """
    return _NOT_ID.sub("-", _UNITS.sub("", clean(text))).strip("-")


def given(element: Element, *names: str) -> str:
    """Return the text of the first child with one of the names, or the empty text."""
    found = next((child for name in names if (child := element.find(LEG + name)) is not None), None)
    return words(found)


def _is_elsewhere(own: str, within: str) -> bool:
    """Whether an id names a part of another provision than the one that it stands in.

    >>> _is_elsewhere("section-161A-4-aa", "section-160-4"), _is_elsewhere("section-160-4-aa", "section-160-4")
    (True, False)
    >>> _is_elsewhere("schedule-1-paragraph-2-a", "schedule-1-part-I-paragraph-2"), _is_elsewhere("p1", "section-1")
    (False, False)
    """
    named, holding = _PROVISION.match(own), _PROVISION.match(within)
    return named is not None and holding is not None and named.groups() != holding.groups()


@dataclass(slots=True)
class UniquePaths:
    """Gives each path of a document once."""

    taken: set[str] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)

    def __call__(self, path: str) -> str:
        """Return the path, numbered where the document has it already: "section-1-2" would name subsection (2)."""
        found, count = path, self._counts.get(path, 1)
        while found in self.taken:
            count += 1
            found = f"{path}-repeat-{count}"
        self._counts[path] = count
        self.taken.add(found)
        return found


@dataclass(slots=True)
class Paths:
    """The paths handed out in one document, and where in it the next is made.

    ``unit`` is what the document calls its provisions (section, article, regulation, rule).
    """

    unit: str
    scopes: list[str] = field(default_factory=lambda: [""])
    roots: list[tuple[str, str]] = field(default_factory=lambda: [("", "")])
    unique: UniquePaths = field(default_factory=UniquePaths)

    def enter(self, element: Element, name: str) -> str:
        """Return the path of an element that is to be a section, and stand inside it until :meth:`leave`."""
        path = self.unique(self._own(element) or self._made(element, name))
        if name in FIXED:
            self.scopes.append(self.roots[-1][1])
        else:
            self.scopes.append(path)
        self.roots.append((name, path) if name in _ROOTS else self.roots[-1])
        return path

    def leave(self) -> None:
        """Stand where we stood before the last :meth:`enter`."""
        self.scopes.pop()
        self.roots.pop()

    def part(self, element: Element, within: str) -> str:
        """Return the path of a sub-provision inside another; its id counts where it is not that of one elsewhere."""
        own = self._own(element)
        is_there = own and not _is_elsewhere(own, within)
        return self.unique(own if is_there else f"{within}-{number_id(given(element, 'Pnumber')) or 'unnumbered'}")

    def _own(self, element: Element) -> str:
        own = clean(element.get("id") or "")
        if _RUNNING.fullmatch(own) and element.tag != f"{LEG}Footnote":
            return ""
        name, root = self.roots[-1]
        # The parts of a document attached to an EU act repeat the ids of the act.
        return f"{root}-{own}" if own and name == "Attachment" and not own.startswith(root) else own

    def _made(self, element: Element, name: str) -> str:
        kind, root = self.roots[-1]
        if name in FIXED:
            return _join(root, FIXED[name])
        if name == "P1":
            number = given(element, "Pnumber")
            article = number.lower().startswith("article")
            word = "article" if article else "paragraph" if kind else self.unit
            path = _join(root, word, number_id(number) or "unnumbered")
            # Where parts of a schedule each number from 1, the part tells them apart.
            return (
                path
                if path not in self.unique.taken
                else _join(self.scopes[-1], word, number_id(number) or "unnumbered")
            )
        if name == "P1group":
            return _join(self.scopes[-1], slug(given(element, "Title")) or "group")
        number = number_id(given(element, "Number")) or slug(given(element, "TitleBlock", "Title"))
        parent = element.getparent()
        recital = name == "Division" and parent is not None and parent.tag == LEG + "EUPreamble"
        return _join(self.scopes[-1], "recital" if recital else CONTAINERS[name], number)


def _join(*steps: str) -> str:
    return "-".join(step for step in steps if step)
