"""Whether a page is read as before, but for what was redacted: nothing else may be lost with a cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from crawler.identifiers import owner
from crawler.model import Document, Link, Page, Section, Statement, Version
from crawler.redacting.marks import Marks
from crawler.text import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gone:
    """The documents of a page that go with a cut, by all that links to their pages say of them."""

    ids: frozenset[str]
    titles: frozenset[str]

    @staticmethod
    def of(documents: Iterable[Document]) -> _Gone:
        listed = list(documents)
        names = {name for each in listed for name in (each.id, *each.aliases, each.url, f"url:{each.url}")}
        return _Gone(ids=frozenset(names), titles=frozenset(canonical(each.title) for each in listed if each.title))

    def has(self, link: Link) -> bool:
        """Tell whether a link leads to one of them: by its name, its address, or its title."""
        named = {link.facts.get("document", ""), link.parent or "", link.url, f"url:{link.url}", owner(link.url) or ""}
        return not self.ids.isdisjoint(named) or canonical(link.facts.get("title", "")) in self.titles


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Tells what of pages that stand at ``base`` names something redacted."""

    marks: Marks
    base: str

    def names(self, document: Document) -> bool:
        """Tell whether a document is a redacted one, or hangs on one."""
        known = (document.id, *document.aliases, document.parent or "")
        return any(map(self.marks.name, known)) or self._says(document.url) or self._says(document.title)

    def is_it(self, document: Document) -> str:
        """Tell whether a document is a redacted one, by its names, its address or its whole title: give which."""
        known = (document.id, *document.aliases, document.parent or "")
        by_title = self.marks.address(document.url, self.base) or self.marks.title(document.title)
        return by_title or next(filter(None, map(self.marks.name, known)), "")

    def leads(self, link: Link) -> bool:
        """Tell whether a link leads to a redacted document."""
        stated = (link.facts.get("document", ""), link.parent or "")
        return any(map(self.marks.name, stated)) or self._says(link.url) or any(map(self._says, link.facts.values()))

    def states(self, statement: Statement) -> bool:
        """Tell whether a statement is about a redacted document, or names one."""
        said = (statement.document, *statement.fields.values())
        return any(map(self.marks.name, said)) or any(map(self._says, said))

    def _says(self, text: str) -> bool:
        return bool(self.marks.within(text, self.base))

    def same(self, before: Page, after: Page, lost: int | None = None) -> bool:
        """Tell whether nothing is read otherwise after a cut than before, but what names something redacted.

        How many documents a list lists, what it says is its newest, how far it was read and where its next page begins
        may differ by it. A text may lose words, and no more of them than the ``lost`` bytes that were cut; it must not
        say anything else.
        """
        lost_too = _Gone.of([each for each in before.documents if self.names(each)])
        gone = lost_too.ids
        documents = [each for each in before.documents if each.id not in gone]
        left = [each for each in after.documents if not self.names(each)]
        texts = [_by_stream(each for each in page.versions if each.document not in gone) for page in (before, after)]
        return (
            len(documents) == len(left)
            and all(map(self._alike, documents, left))
            and texts[0].keys() == texts[1].keys()
            and all(_only_lost(texts[0][key], texts[1][key], lost) for key in texts[0])
            and self._stated(before, lost_too) == self._stated(after, lost_too)
            and self._lead_on(before, lost_too) == self._lead_on(after, lost_too)
            and _next(before) <= _next(after)
            and not Counter(each.kind for each in after.problems) - Counter(each.kind for each in before.problems)
        )

    def _stated(self, page: Page, gone: _Gone) -> list[Statement]:
        said = [each for each in page.statements if not self.states(each)]
        return [each for each in said if gone.ids.isdisjoint((each.document, *each.fields.values()))]

    def _lead_on(self, page: Page, gone: _Gone) -> list[Link]:
        others = [each for each in page.links if each.role != "next" and not self.leads(each)]
        return [each for each in others if not gone.has(each)]

    def _alike(self, one: Document, other: Document) -> bool:
        """Tell whether two documents say the same, but where the first names something redacted."""
        pairs = ((getattr(one, each.name), getattr(other, each.name)) for each in fields(Document))
        return all(before == after or (isinstance(before, str) and self._says(before)) for before, after in pairs)


def _only_lost(before: Sequence[Section], after: Sequence[Section], lost: int | None) -> bool:
    """Tell whether a text says nothing but what it said, in the same order, and lost no more than so many bytes."""
    if before == after:
        return True
    one, other = (_words(sections) for sections in (before, after))
    rest = iter(one)
    if not all(word in rest for word in other):
        return False
    return lost is None or sum(map(len, one)) - sum(map(len, other)) <= lost


def _words(sections: Sequence[Section]) -> list[str]:
    return " ".join(f"{each.number} {each.heading} {each.text}" for each in sections).split()


def _next(page: Page) -> int:
    return sum(each.role == "next" for each in page.links)


def _by_stream(versions: Iterable[Version]) -> Mapping[tuple[str, str, str], tuple[Section, ...]]:
    return {(each.document, each.representation, each.language): each.sections for each in versions}
