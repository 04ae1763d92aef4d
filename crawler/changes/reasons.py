"""Why a provision changed: the instruments that the publisher names for the change, and from which day.

What says so, in this order: a note that stands at the provision now and did not before, by the effect that has its id;
the words and links of the note; an effect on the provision on a day between the two versions. What none of them
explains has no reason: nobody guesses.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.changes.placing import Places
from crawler.identifiers.affected_provisions import CROSSHEADING, WHOLE, affected, relation
from crawler.identifiers.effect_types import Nature
from crawler.law import Amendment, Commencement, When, is_limited, is_whole, read_note
from crawler.law.amendments import instruments
from crawler.law.notes import cited_document
from crawler.model import Annotation, Basis, Difference, Reason, Version

PROSPECTIVE = "prospective"
_ACCORDANCE = re.compile(r"(?:with effect|coming into force) in accordance with\b.*")
"""What says to which cases words apply, not that only some of them began."""
_BRINGING = frozenset({"inserted", "added", "substituted", "substituted for"})
_UNEXPLAINED = frozenset({"moved", "retitled", "status"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A day on which an effect is in force, the words around it, and what commences it, where that is stated."""

    date: str
    qualification: str = ""
    instrument: str = ""
    provision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect on the document: its provisions as paths, what causes it, and its days in force.

    ``head`` is the head of its type. ``is_open``: the text that was compared was served with a list that has it as yet
    to be worked in. ``basis``: it is published, or what a commencement order that is held brings into force.
    """

    id: str
    nature: Nature
    head: str = ""
    paths: tuple[str, ...]
    instrument: str
    provision: str = ""
    starts: tuple[Start, ...] = ()
    is_open: bool = False
    basis: Basis = "effect"


@dataclass(frozen=True, slots=True)
class _Window:
    """The days between two versions: after the first, up to the second. Empty where both apply from the same day."""

    since: str
    until: str

    def holds(self, date: str) -> bool:
        return self.since < date <= self.until

    def pick(self, starts: Iterable[Start | When]) -> list[tuple[str, bool]]:
        """Return those of some days that lie between the versions; else the only day that there is, or no day.

        With each stands whether something began on it in part alone.
        """
        stated: dict[str, bool] = {}
        for start in starts:
            if start.date and start.date != PROSPECTIVE:
                stated[start.date] = stated.get(start.date, True) and _is_limited(start)
        days = sorted(stated.items())
        return [day for day in days if self.holds(day[0])] or (days if len(days) == 1 else [("", False)])


def _is_limited(start: Start | When | Commencement) -> bool:
    """Whether something began on a day for some purposes or places alone."""
    return is_limited(_ACCORDANCE.sub("", start.qualification))


def with_reasons(
    differences: Sequence[Difference], old: Version, new: Version, effects: Sequence[Effect]
) -> tuple[Difference, ...]:
    """Return the differences between two versions of a law with their reasons; in linear time.

    Those that marks or instructions of a consolidation of the EU explain already keep these reasons.
    The instruments of one difference come in the order of the notes. What began to apply is explained by what commences
    that very provision, or what holds it.
    """
    evidence = _Evidence(old, new, effects)
    return tuple(replace(each, reasons=tuple(evidence.reasons(each))) for each in differences)


def days(difference: Difference, since: str | None, until: str | None) -> str | None:
    """Return the day from which a difference applies by its reasons, None where they do not say for all of it."""
    window = _Window(since or "", until or "")
    dates = [reason.date for reason in difference.reasons]
    return max(dates) if dates and all(window.holds(date) for date in dates) else None


class _Evidence:
    """What is known of two versions of a law, by provision."""

    def __init__(self, old: Version, new: Version, effects: Sequence[Effect]) -> None:
        self.own = new.document
        self.window = _Window(old.valid_from or "", new.valid_from or "")
        self.places = Places(old, new)
        self.by_id = {effect.id: effect for effect in effects}
        before = {(note.id, note.path): note.text for note in old.annotations}
        self.fresh: dict[str, list[Annotation]] = {}
        self.before: dict[str, set[str]] = {}
        for note in old.annotations:
            self.before.setdefault(self.places.section_of(note.path), set()).add(note.text)
        for note in new.annotations:
            if before.get((note.id, note.path)) != note.text:
                self.fresh.setdefault(self.places.section_of(note.path), []).append(note)
        of_whole = [note for notes in self.fresh.values() for note in notes if note.kind == "F" and _is_of_whole(note)]
        self.of_whole = list({note.text: note for note in of_whole}.values())
        fresh = (note for notes in self.fresh.values() for note in notes if note.kind == "F" and "subst" in note.text)
        facts = ((fact, note) for note in fresh for fact in read_note(note.kind, note.text).amendments)
        self.replacing = [(named, note) for fact, note in facts for named in fact.replaced]
        placed = {note.id for version in (old, new) for note in version.annotations}
        dated = [effect for effect in effects if any(self.window.holds(start.date) for start in effect.starts)]
        unplaced = [effect for effect in dated if effect.nature == "textual" and effect.id not in placed]
        self.textual = self.places.index((effect.paths, effect) for effect in unplaced if not effect.is_open)
        self.begun = self.places.index(
            (effect.paths, effect) for effect in dated if effect.nature == "commencement" or effect.head in _BRINGING
        )
        self.amending = self.places.index((effect.paths, effect) for effect in effects if effect.nature == "textual")

    def reasons(self, difference: Difference) -> Iterator[Reason]:
        """Yield the reasons of a difference, each once."""
        section = difference.after or difference.before
        if section is None or not difference.path or difference.kind in _UNEXPLAINED:
            return
        has_words = difference.kind != "changed" or bool(difference.words)
        marked = [reason for reason in difference.reasons if reason.basis in ("mark", "instruction")]
        if marked:
            yield from marked
            return
        found = list(self._begun(section.path)) if begins(difference) else []
        if has_words:
            noted = list(self._noted(section.path, difference))
            found += noted or self._by_effects(section.path, difference)
        yield from dict.fromkeys(found)

    def _noted(self, path: str, difference: Difference) -> Iterator[Reason]:
        """Yield what the notes say that are new at a provision; of one that came or went whole, at what holds it.

        What was done since to words of a provision that is new is no reason of its insertion; nor are notes that it
        brought along a reason of its new number. A provision without a note of its own went for what was substituted
        for it, else with the whole law.
        """
        notes = [note for note in self.fresh.get(path, ()) if note.kind == "F"]
        if difference.kind in ("renumbered", "moved") and difference.before is not None:
            known = self.before.get(difference.before.path, set())
            notes = [note for note in notes if note.text not in known]
        if difference.kind == "added":
            notes = [note for note in notes if not self._is_within(note, path)]
        if not notes and difference.kind in ("removed", "omitted"):
            notes = [note for named, note in self.replacing if self._is_of(named, path)]
        if not notes and difference.kind in ("added", "removed", "omitted"):
            for holder in self.places.holders(path):
                notes = notes or [n for n in self.fresh.get(holder, ()) if n.kind == "F" and n.place != "text"]
        if difference.kind in ("removed", "omitted"):
            notes = notes or self.of_whole
        for note in notes:
            yield from self._of_note(note, path)

    def _is_within(self, note: Annotation, path: str) -> bool:
        """Whether a note tells only of words, a heading or parts of the provision at which it stands."""
        facts = read_note(note.kind, note.text).amendments
        return bool(facts) and all(
            self._is_of_part(
                affected(fact.provision) if fact.provision else [path],
                path,
                has_words=bool(fact.what) or _is_beside(fact.beside),
            )
            for fact in facts
        )

    def _is_of_part(self, named: Iterable[str], path: str, *, has_words: bool) -> bool:
        """Whether provisions were amended inside this one alone; words of what holds it may be all of it."""
        places = [self.places.canonical(each) for each in named if not each.startswith(CROSSHEADING)]
        if has_words:
            return bool(places) and not any(place in self.places.holders(path) for place in places)
        return bool(places) and all(relation(place, path) == "around" for place in places)

    def _of_note(self, note: Annotation, path: str) -> Iterator[Reason]:
        effect = self.by_id.get(note.id)
        if effect is not None and effect.instrument:
            yield from self._of_effect(effect)
        else:
            read = read_note(note.kind, note.text)
            stated = [reason for fact in read.amendments for reason in self._amended(fact, note, path)]
            yield from stated or ([] if read.is_footnote and not note.operative else self._linked(note))

    def _of_effect(self, effect: Effect) -> Iterator[Reason]:
        for date, in_part in self.window.pick(effect.starts):
            yield Reason(
                instrument=effect.instrument, provision=effect.provision, date=date, basis="effect", in_part=in_part
            )

    def _amended(self, fact: Amendment, note: Annotation, path: str) -> Iterator[Reason]:
        """Yield what one amendment says, where its instrument is known by the links of the note or by its number.

        A note lists the provisions that amend and those that commence in one row: marks at its links tell them apart,
        else an effect on the same provision by the same instrument.
        """
        instrument = cited_document(str(fact.by), note.citations, self.own)
        if not instrument:
            return
        provisions = [provision for document, provision in note.operative if document == instrument and provision]
        if not provisions:
            alike = {effect.provision for effect in self.amending.on(path) if effect.instrument == instrument}
            provisions = list(alike) if len(alike) == 1 else [fact.by.provisions]
        for date, in_part in self.window.pick(fact.dates):
            yield from (
                Reason(instrument=instrument, provision=provision, date=date, in_part=in_part)
                for provision in provisions
            )

    def _linked(self, note: Annotation) -> Iterator[Reason]:
        """Yield what the links of a note say whose words are not read, where they name one instrument alone."""
        named = note.operative or note.citations
        others = dict.fromkeys(document for document, _ in named if document != self.own)
        if len(others) == 1:
            yield Reason(instrument=next(iter(others)), basis="annotation")

    def _by_effects(self, path: str, difference: Difference) -> list[Reason]:
        """Return the effects on a provision on a day between the versions, of which no note tells."""
        went, came = difference.kind in ("removed", "omitted"), difference.kind == "added"
        effects = (
            each
            for each in self.textual.on(path, difference.path)
            if (went or each.paths != (WHOLE,))
            and not (came and self._is_of_part(each.paths, path, has_words=_has_object(each.head)))
        )
        return [reason for each in effects if each.instrument for reason in self._of_effect(each)]

    def _begun(self, path: str) -> Iterator[Reason]:
        """Yield what commences a provision: its new notes of commencement, else effects that begin on such a day."""
        noted = [reason for note in self.fresh.get(path, ()) for reason in self._commenced(note)]
        if noted:
            yield from noted
            return
        for effect in self.begun.on(path):
            if effect.nature == "textual" and not self._brings(effect, path):
                continue
            for start in effect.starts:
                if self.window.holds(start.date):
                    instrument = start.instrument or effect.instrument
                    provision = start.provision if start.instrument else effect.provision
                    if instrument:
                        yield Reason(
                            instrument=instrument, provision=provision, date=start.date, basis=effect.basis,
                            in_part=_is_limited(start),
                        )  # fmt: skip

    def _brings(self, effect: Effect, path: str) -> bool:
        """Whether an effect brought a provision as a whole, so that its days are those of the provision."""
        return any(self._is_of(each, path) for each in effect.paths if not each.startswith(CROSSHEADING))

    def _is_of(self, named: str, path: str) -> bool:
        """Whether a provision is a named one or lies in it."""
        return relation(self.places.canonical(named), path) in ("same", "inside")

    def _commenced(self, note: Annotation) -> Iterator[Reason]:
        """Yield what a note says of the commencement of its provision, or of the amendment that made it."""
        read = read_note(note.kind, note.text)
        for fact in read.commencements:
            document = cited_document(fact.authority, note.citations, self.own)
            if document and self.window.holds(fact.date) and not fact.is_negative and not fact.is_conclusion:
                provision = _provision(fact.authority)
                yield Reason(instrument=document, provision=provision, date=fact.date, in_part=_is_limited(fact))
        for amendment in read.amendments:
            for commencing in amendment.also[:1]:
                document = cited_document(str(commencing), note.citations, self.own)
                for when in amendment.dates:
                    if document and self.window.holds(when.date):
                        provision, in_part = commencing.provisions, _is_limited(when)
                        yield Reason(instrument=document, provision=provision, date=when.date, in_part=in_part)


def begins(difference: Difference) -> bool:
    """Whether a provision that was prospective is in force now."""
    before, after = difference.before, difference.after
    return before is not None and after is not None and before.status == "prospective" != after.status


def _is_of_whole(note: Annotation) -> bool:
    """Whether a note tells of the whole law: "Act repealed (1.4.2020) by …"."""
    return any(is_whole(fact.provision) and not fact.what for fact in read_note(note.kind, note.text).amendments)


def _is_beside(beside: str) -> bool:
    """Whether a note tells of what stands beside a provision and not of the provision as well.

    >>> _is_beside("heading"), _is_beside("and cross-heading"), _is_beside("")
    (True, False, False)
    """
    return bool(beside) and not beside.startswith("and ")


def _has_object(head: str) -> bool:
    """Whether the head of an effect names what of the provision was amended: words, entries, the heading.

    >>> _has_object("words inserted"), _has_object("inserted"), _has_object("substituted for"), _has_object("")
    (True, False, False, False)
    """
    return " " in head and head not in _BRINGING


def _provision(authority: str) -> str:
    """Return the provisions that an authority names, as printed.

    >>> _provision("S.I. 2016/412, art. 2(1)(a)"), _provision("s. 212(2)(f)")
    ('art. 2(1)(a)', 's. 212(2)(f)')
    """
    named = instruments([authority])
    return named[0].provisions if named and named[0].number else authority
