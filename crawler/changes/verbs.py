"""What happened to the provisions of a law, in the verb of the law."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from crawler.changes.digests import form
from crawler.changes.law import is_empty, key, rank
from crawler.changes.lettered import is_lettered
from crawler.changes.marks import NOTE
from crawler.changes.words import words
from crawler.identifiers import affected
from crawler.identifiers.affected_provisions import relation
from crawler.identifiers.uk import without_extent
from crawler.law import Amendment, read_note
from crawler.model import Difference, Section, Verb, Version, Word
from crawler.text import canonical

ENDED: dict[str, Verb] = {
    "repealed": "repealed", "revoked": "revoked", "expired": "omitted", "lapsed": "omitted", "spent": "omitted",
    "quashed": "omitted",
}  # fmt: skip
"""Statuses of a provision that is law no longer, and the verb where no note says more."""
MAX_KEPT_SHARE = 0.2
"""Where no note says what was done, a text of which less than this share stayed was substituted as a whole."""

_ENDING: dict[str, Verb] = {"repealed": "repealed", "revoked": "revoked", "omitted": "omitted", "deleted": "omitted"}
_OF_WORDS: dict[str, Verb] = {
    "inserted": "words inserted", "added": "words inserted", "substituted": "words substituted",
    "replaced": "words substituted", "omitted": "words omitted", "deleted": "words omitted", "removed": "words omitted",
    "repealed": "words repealed", "revoked": "words repealed", "cease": "words repealed", "ceases": "words repealed",
    "ceased": "words repealed", "ceasing": "words repealed",
}  # fmt: skip
"""Verbs of notes, by their first words, and what was done to words of a provision."""
_MADE = re.compile(r"(?:uk|s|w|ni)d?s[ir]o?/|ni(?:d?sr|sro|si)/|uk(?:mo|md|ci)/")
"""What is made under a power is revoked, not repealed."""
_PART = re.compile(r"^(schedule(?:-[^-]+)?)(?:-(?:part|chapter)-[^-]+)+(?=-paragraph-)")
_RANGE = re.compile(r"(\d+)\D.*?(\d+)\D*")


def with_verbs(differences: Iterable[Difference], old: Version, new: Version) -> Iterator[Difference]:
    """Yield the differences of a law with their verbs; provisions of which only dots are left are ``omitted``.

    A provision that came as dots was inserted, and omitted since. One that is gone while dots stand in its place, or in
    that of its schedule or part, is omitted, too.
    """
    notes = _Notes(old=old, new=new)
    differences = tuple(differences)
    altered = {
        each.before.path: each.before for each in differences if each.before is not None and each.kind != "moved"
    }
    for each in differences:
        yield from _told(_of_extent(each, altered, notes), notes)


def _of_extent(each: Difference, altered: Mapping[str, Section], notes: _Notes) -> Difference:
    """Return a difference; one of a wording for another extent is told against the general one that was there before.

    Where the same words stood there, or stand there now, nothing was inserted or omitted.
    """
    section = each.after or each.before
    path, extent = without_extent("" if section is None else section.path)
    if each.kind not in ("added", "removed") or section is None or not extent:
        return each
    sections = (notes.old if each.after is not None else notes.new).sections
    other = next((one for one in sections if one.path == path), None)
    if other is not None and canonical(other.text) == canonical(section.text):
        return replace(each, kind="moved")
    if each.kind == "added" and other is not None and other.path in altered:
        return replace(each, kind="changed", before=other, words=words(other.text, section.text))
    return each


def _told(each: Difference, notes: _Notes) -> Iterator[Difference]:
    before, after = each.before, each.after
    if each.kind == "added" and after is not None:
        facts = [fact for text in notes.texts.get(after.path, ()) for fact in read_note("F", text).amendments]
        is_for_others = any(fact.replaced and _is_whole(fact, after.path) for fact in facts)
        yield replace(each, verb="substituted" if is_for_others else "inserted")
        if notes.is_ended(after):
            yield replace(each, kind="omitted", verb=notes.ending(after))
    elif each.kind == "removed" and before is not None:
        standing = notes.in_place_of(before)
        # A wording for one extent that is gone was not omitted: the general one holds there.
        verb: Verb = "replaced" if notes.is_replaced(before.path) else "omitted"
        gone = replace(each, verb="" if without_extent(before.path)[1] else verb)
        yield gone if standing is None else replace(gone, kind="omitted", verb=notes.ending(standing))
    elif each.kind == "renumbered" and before is not None and after is not None:
        if NOTE in before.path and NOTE in after.path and not each.words:
            yield replace(each, kind="moved")  # Another footnote before it is no change of this one.
        else:
            yield _of_renumbered(each, before, after, notes)
    elif each.kind == "changed" and before is not None and after is not None:
        yield _of_changed(each, before, after, notes)
    else:
        yield each


def _of_renumbered(each: Difference, before: Section, after: Section, notes: _Notes) -> Difference:
    """Return what happened to a section with another path, which may be another way to write the same number."""
    kind = rank(after.path)
    if kind == "crossheading" and canonical(before.heading) != canonical(after.heading):
        return replace(each, verb="heading changed")
    if kind == "provision" and key(before.path) != key(after.path):
        return replace(each, verb="renumbered")
    if canonical(before.number) != canonical(after.number):
        return replace(each, verb="renumbered")
    is_same = form(replace(before, path="")) == form(replace(after, path=""))
    return replace(each, kind="moved") if is_same else _of_changed(replace(each, kind="changed"), before, after, notes)


def _of_changed(each: Difference, before: Section, after: Section, notes: _Notes) -> Difference:
    if notes.is_ended(after) and not notes.is_ended(before):
        deleted = (Word(op="-", text=before.text),) if before.text and is_empty(after.text) else ()
        return replace(each, kind="omitted", path=after.path, verb=notes.ending(after), words=deleted)
    if notes.is_ended(before) and not notes.is_ended(after) and is_empty(before.text):
        return replace(each, verb="inserted")
    if canonical(before.text) != canonical(after.text):
        is_gone = _is_left(each.path, before) and not _is_left(each.path, after)
        return replace(
            each, verb=notes.ending_of(each.path, after.path) if is_gone else notes.of_text(each, before, after)
        )
    return replace(each, verb="heading changed") if canonical(before.heading) != canonical(after.heading) else each


@dataclass(slots=True, kw_only=True)
class _Notes:
    """What the publisher's notes say of the provisions of the newer of two versions, by path."""

    old: Version
    new: Version
    texts: dict[str, list[str]] = field(default_factory=dict)
    """Those of textual amendments that the older version has not."""
    known: dict[str, list[str]] = field(default_factory=dict)
    """Those that it has."""
    sections: dict[str, Section] = field(default_factory=dict)
    replaced: list[str] = field(default_factory=list)
    """Provisions for which others were substituted, as the notes name them that the older version has not."""

    def __post_init__(self) -> None:
        before = {(note.id, note.path) for note in self.old.annotations}
        for note in self.new.annotations:
            if note.kind == "F":
                of_its_kind = self.known if (note.id, note.path) in before else self.texts
                of_its_kind.setdefault(note.path, []).append(note.text)
        self.sections = {section.path: section for section in self.new.sections}
        fresh = dict.fromkeys(text for texts in self.texts.values() for text in texts if "substituted" in text)
        self.replaced = [path for text in fresh for fact in read_note("F", text).amendments for path in fact.replaced]

    def is_replaced(self, path: str) -> bool:
        """Whether new notes say that other provisions were substituted for one, or for what it stands in."""
        return any(relation(named, name) in ("same", "inside") for named in self.replaced for name in _names(path))

    def is_ended(self, section: Section) -> bool:
        """Whether a section is law no longer: by its status, or because dots stand where its words or heading were."""
        if section.status in ENDED:
            return True
        shown = section.text or (section.heading if rank(section.path) != "provision" else "")
        return bool(shown) and is_empty(shown)

    def ending(self, section: Section) -> Verb:
        """Return how a section ended: as its note says, or that of what holds it, else as its status does."""
        if self.is_replaced(section.path):
            return "replaced"
        holding = (one.path for one in _holding(section.path, self.new.sections))
        return self.ending_at(chain((section.path,), holding), ENDED.get(section.status, "omitted"))

    def ending_at(self, paths: Iterable[str], unsaid: Verb = "omitted") -> Verb:
        """Return how the notes at some places say that something ended, those of the first place first."""
        for path in paths:
            for text in (*self.texts.get(path, ()), *self.known.get(path, ())):
                if verb := self._ending(text):
                    return verb
        return unsaid

    def ending_of(self, path: str, holder: str) -> Verb:
        """Return how notes at a part of a provision say that it ended, or those at the provision that name the part.

        ``path`` is that of the part, ``holder`` that of the provision.
        """
        if self.is_replaced(path):
            return "replaced"
        for text in (*self.texts.get(path, ()), *self.known.get(path, ())):
            if verb := self._ending(text):
                return verb
        for text in (*self.texts.get(holder, ()), *self.known.get(holder, ())):
            if verb := self._ending(text, path):
                return verb
        return "omitted"

    def _ending(self, text: str, path: str = "") -> Verb:
        """Return how a note says that words or a provision ended, empty where it says something else.

        With the ``path`` of a part, only what it says of that as a whole counts.
        """
        for each in read_note("F", text).amendments:
            named = affected(each.provision) if path else []
            if path and (each.what or not any(relation(one, path) in ("same", "inside") for one in named)):
                continue
            if each.verb.startswith("cease"):
                return "revoked" if _MADE.match(self.new.document) else "repealed"
            if each.verb.partition(" ")[0] in _ENDING:
                return _ENDING[each.verb.partition(" ")[0]]
        return ""

    def in_place_of(self, gone: Section) -> Section | None:
        """Return what stands, ended, in place of a section that is gone: a range of numbers, or what held it."""
        root, unit, number = key(gone.path)
        for section in self.new.sections if number[:1].isdigit() else ():
            spans = _RANGE.fullmatch(section.number)
            if spans and key(section.path)[:2] == (root, unit) and self.is_ended(section):
                digits = re.match(r"\d+", number)
                if digits is not None and int(spans[1]) <= int(digits[0]) <= int(spans[2]):
                    return section
        holding = (self.sections.get(one.path) for one in _holding(gone.path, self.old.sections))
        return next((one for one in holding if one is not None and self.is_ended(one)), None)

    def of_text(self, each: Difference, before: Section, after: Section) -> Verb:
        """Return what was done to words of a section that is still law: as its new notes say, else as the words show.

        Of several things only those count that the words can show; where these still are several, the heading one of
        them, the words changed. Letters of a list are none.
        """
        if is_lettered(each.words):
            return ""
        paths = (after.path, *(part.path for part in after.parts))
        texts = (text for path in paths for text in self.texts.get(path, ()))
        facts = [fact for text in texts for fact in read_note("F", text).amendments]
        if any(_is_whole(fact, after.path) for fact in facts):
            return "substituted"
        deleted, inserted = _said(each.words, "-"), _said(each.words, "+")
        shown: dict[Verb, str] = {"words inserted": inserted, "words substituted": inserted or deleted}
        said = {_OF_WORDS.get(fact.verb.partition(" ")[0], "") for fact in facts if not _is_heading(fact)} - {""}
        said = {verb for verb in said if shown.get(verb, deleted)}
        if not inserted and len(said) > 1:
            said.discard("words substituted")
        is_retitled = canonical(before.heading) != canonical(after.heading) and any(map(_is_heading, facts))
        if said and is_retitled:
            said.add("words substituted")
        if len(said) == 1:
            return said.pop()
        if said:
            return "words omitted" if said == {"words omitted", "words repealed"} else "words changed"
        if deleted and inserted:
            kept = len(_said(each.words, "="))
            whole = not self.texts and kept < MAX_KEPT_SHARE * max(len(deleted), len(inserted))
            return "substituted" if whole else "words substituted"
        if inserted or not deleted:
            return "words inserted" if inserted else ""
        return "words omitted"


def _is_heading(fact: Amendment) -> bool:
    """Whether a note tells of a heading alone.

    >>> [[_is_heading(fact) for fact in read_note("F", f"S. 1{of} by 2001 c. 9, s. 2").amendments]
    ...  for of in (" heading substituted", "(2) added")]
    [[True], [False]]
    """
    return "heading" in fact.beside and not fact.beside.startswith("and ")


def _is_left(path: str, section: Section) -> bool:
    """Whether a section has a part at a path of which more is left than dots."""
    return any(part.path == path and not is_empty(section.text[part.start : part.end]) for part in section.parts)


def _holding(path: str, sections: Sequence[Section]) -> Iterator[Section]:
    """Yield the parts, schedules and crossheadings that a section stands in, the nearest first."""
    places = [place for place, section in enumerate(sections) if section.path == path]
    if not places:
        return
    nearest = next(
        (one for one in reversed(sections[: places[0]]) if rank(one.path) in ("division", "crossheading")), None
    )
    if nearest is None:
        return
    yield nearest
    for one in reversed(sections[: places[0]]):
        if one is not nearest and any(f"{inner}-".startswith(f"{one.path}-") for inner in (nearest.path, path)):
            yield one


def _said(shown: Iterable[Word], op: str) -> str:
    """Return the letters and figures of the words kept, deleted or inserted."""
    return "".join(character for word in shown if word.op == op for character in word.text if character.isalnum())


def _is_whole(fact: Amendment, path: str) -> bool:
    """Whether a note says that a provision was substituted, not some of its words or a part of it.

    >>> [[_is_whole(fact, "section-14") for fact in read_note("F", f"{of} substituted by S.I. 2025/9").amendments]
    ...  for of in ("S. 14", "Words in s. 14", "S. 14(2)")]
    [[True], [False], [False]]
    """
    if not fact.verb.startswith("substituted") or fact.what or (fact.beside and not fact.beside.startswith("and ")):
        return False
    return any(
        relation(named, name) in ("same", "inside") for named in affected(fact.provision) for name in _names(path)
    )


def _names(path: str) -> tuple[str, ...]:
    """Return the paths by which a provision is named: notes leave out the part of a schedule that it is in.

    >>> _names("schedule-2-part-1-paragraph-4"), _names("section-4-1")
    (('schedule-2-part-1-paragraph-4', 'schedule-2-paragraph-4'), ('section-4-1',))
    """
    bare = _PART.sub(r"\1", path)
    return (path,) if bare == path else (path, bare)
