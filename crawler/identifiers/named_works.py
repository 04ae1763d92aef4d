"""What the passages of a document named up to now, by title, number or both: what its short forms may mean. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from crawler.identifiers import acts
from crawler.identifiers.acts import spelled
from crawler.identifiers.cited_law import Work
from crawler.identifiers.cited_titles import without_year
from crawler.identifiers.initials import of_initials

MAX_TITLED = 200
"""Most titles of one text that are remembered with their ids."""
MIN_SHORTENED = 3
"""Words of a shortened title, with its kind and year."""
MAX_NAMED = 60
"""Works named last that "the 2015 Act" or "that Act" may mean."""
_KINDS: Mapping[str, tuple[str, ...]] = {
    "Act": ("ukpga", "asp", "nia", "anaw", "asc", "mwa", "apni", "mnia", "ukla"), "Measure": ("mwa",),
    "Regulations": ("uksi", "ssi", "wsi", "nisr"), "Rules": ("uksi", "ssi", "wsi", "nisr", "immigration-rules"),
    "Order": ("uksi", "ssi", "wsi", "nisr", "nisi"), "Directive": ("L",), "Regulation": ("R",), "Decision": ("D", "F"),
    "Framework Decision": ("F",), "Convention": ("cets", "untc"),
    "Protocol": ("untc:XVIII-12-", "untc:IV-11-c", "ilo:P"), "Charter": ("eu:charter",), "Treaty": ("eu:t",),
    "Code": (),
    "": ("uk", "asp", "nia", "anaw", "asc", "mwa", "apni", "ssi", "wsi", "ni", "L", "R", "D", "F", "cets"),
}  # fmt: skip
_BEFORE_NUMBER = re.compile(r"\s{0,2}[(\[](?=c\.|S\.|SI\b|asp|anaw|asc|nawm|\d{4}\s)")
_BY_TITLE = re.compile(r".*\b(?:act|measure|order|regulations|rules|scheme)(?: \([^()]+\))* (\d{4})")
_LED = re.compile(r".*\b(?:amendments?|application|modifications?|repeals?|revocation) (?:of|to) ")
"""Before the title of a law in a heading."""


@dataclass(slots=True, kw_only=True)
class Named:
    """What was named; ``known`` are ids of further laws by their titles.

    A law whose id is not known is ``?ukpga/2031/TITLE`` or ``?uksi/2031/TITLE``: what may mean it means no other.
    """

    known: Mapping[str, str]
    last: dict[str, bool] = field(default_factory=dict)
    """What was named last, in its order, and whether ever by its title."""
    titled: dict[str, str] = field(default_factory=dict)
    _ends: set[str] = field(default_factory=set)
    """How titles end that were named, with and without their year."""
    _of_year: dict[str, list[str]] = field(default_factory=dict)
    """The titles by their last two words: "regulations 2003"."""

    def in_full(self, text: str, work: Work) -> Work:
        """Return a law with the id that it had where its title stood with its number."""
        name = _name(text[work.start : work.end])
        known = work.document or self.titled.get(name) or self.known.get(name) or self._shortened(name)
        known = known or of_initials(text[work.start : work.end], self.titled)
        work = replace(work, document=known)
        if work.document and len(self.titled) < MAX_TITLED:
            if name not in self.titled:
                self._of_year.setdefault(" ".join(name.split()[-2:]), []).append(name)
            self.titled[name] = work.document
            if name[-4:].isdecimal():  # Without its year; of two laws that are named alike neither is meant.
                bare = name[:-5]
                self.titled[bare] = work.document if self.titled.get(bare, work.document) == work.document else ""
                self._ends.update((*acts.ends(bare), *acts.ends(name)))
        return work

    def _shortened(self, name: str) -> str:
        """Return the one law that was named by a title of all these words and more: "Conduct Regulations 2003"."""
        words = name.split()
        longer = [title for title in self._of_year.get(" ".join(words[-2:]), ()) if _is_within(words, title.split())]
        of = {self.titled[title] for title in longer} if len(words) >= MIN_SHORTENED else set()
        return of.pop() if len(of) == 1 else ""

    def without_year(self, text: str, work: Work, low: int) -> Work | None:
        """Return an Act that is named without its year: one named before with it, or the only one of that name."""
        for start, name in without_year(text, work.end, self._ends):
            if start >= low and (document := self.titled.get(name, acts.works().get(name, ""))):
                return replace(work, start=start, document=document, is_short=False)
        return None

    def add(self, work: Work, words: str) -> str:
        """Remember a work that words name; return its id or what stands for it, empty where that is nothing."""
        is_law = work.family in ("act", "instrument") and not work.is_short
        title = _BY_TITLE.fullmatch(_name(words)) if is_law else None
        kind = "ukpga" if work.family == "act" else "uksi"
        name = work.document or (f"?{kind}/{title[1]}/{title[0]}" if title else "")
        if name:
            self.again(name, by_title=title is not None)
        return name

    def again(self, name: str, *, by_title: bool = False) -> None:
        """Let a work be that named last."""
        self.last[name] = self.last.pop(name, False) or by_title
        if len(self.last) > MAX_NAMED:
            del self.last[next(iter(self.last))]

    def known_as(self, name: str) -> str:
        """Return the id of what was named, empty where that is not known up to now."""
        title = name.partition("/")[2][5:]
        return (self.titled.get(title) or self.titled.get(_LED.sub("", title), "")) if name[:1] == "?" else name

    def fitting(self, kind: str, year: str, *further: str) -> list[str]:
        """Return the laws of a kind and year, empty for any, the last one last; one that is not known is empty."""
        fitting: dict[str, None] = {}
        for each in [*self.last, *further]:
            is_part = each[:1] == "?" and each.partition("/")[2][5:] in self._ends  # The title stands on two lines.
            if is_kind(each, kind) and year in each and (not is_part or self.known_as(each)):
                fitting.pop(self.known_as(each), None)
                fitting[self.known_as(each)] = None
        return [*fitting]

    def by_number(self, laws: list[str], *, is_unknown: bool) -> list[str]:
        """Return what laws a short form may mean: beside one that is not known those named by number alone.

        ``is_unknown`` says that it is defined as such a one.
        """
        if not is_unknown and "" not in laws:
            return laws
        known = [each for each in laws if each]
        numbers = [each for each in known if not self.last.get(each, True)]
        return numbers if is_unknown or numbers == known else []


def _is_within(words: Sequence[str], title: Sequence[str]) -> bool:
    """Whether words stand in a title in their order."""
    rest = iter([word.strip("()") for word in title])
    return all(word.strip("()") in rest for word in words)


def is_kind(document: str, kind: str) -> bool:
    """Whether a law is of a kind by its id: "Act", "Directive"."""
    kinds, document = _KINDS[kind], document.removeprefix("?")
    if document.startswith("celex:"):
        return document[11:12] in kinds
    return document.startswith(kinds) and not document.startswith("celex:")


def _name(words: str) -> str:
    return spelled(_BEFORE_NUMBER.split(words, maxsplit=1)[0])
