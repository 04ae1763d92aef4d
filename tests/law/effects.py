"""Why provisions changed, beside the key and the publisher's effects; and the effects as an audit of the text.

What is said to be worked in must be told as changed, and by the same instrument.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache

from crawler.changes import compare
from crawler.changes.law import rank
from crawler.changes.marks import NOTE
from crawler.changes.placing import Places
from crawler.changes.reasons import Effect, Start, with_reasons
from crawler.identifiers.affected_provisions import CROSSHEADING
from crawler.model import Capture, Difference, Link, Statement, Version
from crawler.protocols.legislation.effects import effects_feed
from crawler.protocols.legislation.tree import read_xml
from tests.law import earlier, marks, measure, texts

FEED = "changes-affected-ukpga-2018-12-page-1.feed.xml"
SINCE, UNTIL = "2022-12-05", "2026-04-07"


@dataclass(slots=True, kw_only=True)
class Score:
    """How the reasons of provisions compare with a key: right, wrong (an instrument too many), days that are right."""

    right: int = 0
    dated: int = 0
    wanted: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def main() -> int:
    """Print how the reasons of changes agree with the key, the notes and the effects; 1 where something is wrong."""
    if not texts.is_there():
        print(f"no texts of laws at {texts.SHARED}", file=sys.stderr)
        return 1
    score, audit = against_key(), list(audited())
    print(f"act_key.jsonl: {score.right} of {score.wanted} provisions have their instruments, {len(score.wrong)} wrong")
    print(f"  {score.dated} of {score.wanted} have their days")
    for line in (*score.wrong, *score.missed):
        print(f"  {line}")
    for name, before, after in pairs():
        print("\n".join(of_pair(name, before, after)))
    print("\n".join(audit))
    return int(bool(score.wrong) or any("DISAGREES" in line for line in audit))


def pairs() -> Iterator[tuple[str, texts.Text, texts.Text]]:
    """Yield the recorded pairs of texts, and Acts with an earlier moment that is made by undoing their notes."""
    yield from texts.pairs()
    for name in measure.MADE:
        after = texts.recorded(name)
        yield f"{name}, its notes undone", texts.Text(url=after.url, body=earlier.undo(after.body).body), after


@cache
def explained_pair(before: texts.Text, after: texts.Text) -> tuple[Difference, ...]:
    """Return the differences between two texts with their reasons, by the effects of the recorded feed."""
    old, new = before.version(), after.version()
    # An earlier moment that was made has the old words, and still the notes of the new ones.
    old = replace(old, annotations=()) if before.url == after.url else old
    return with_reasons(compare(old, new), old, new, effects() if new.document == texts.ACT else ())


@cache
def stated() -> tuple[Statement, ...]:
    """Return the effects of the recorded page of the feed, as statements."""
    link = Link(url=f"{texts.SITE}/changes/affected/{texts.ACT}/data.feed", role="statement")
    body = (texts.VERSIONS / FEED).read_bytes()
    capture = Capture(url=link.url, time=datetime(2026, 4, 16, tzinfo=UTC), link=link, body=body)
    return effects_feed(read_xml(capture), capture).statements


@cache
def effects() -> tuple[Effect, ...]:
    """Return them as evidence for reasons."""
    return tuple(
        Effect(
            id=each.fields["id"],
            nature=each.fields["nature"],  # type: ignore[arg-type]
            head=each.fields["head"],
            paths=tuple(json.loads(each.fields["affected_paths"])),
            instrument=each.fields["affecting"],
            provision=each.fields["affecting_provision"],
            starts=tuple(
                Start(date=day["date"], instrument=day.get("instrument", ""), provision=day.get("provision", ""))
                for day in json.loads(each.fields["starts"])
            ),
            is_open=each.fields["applied"] != "true",
        )
        for each in stated()
    )


def by_provision(differences: Sequence[Difference]) -> dict[str, list[Difference]]:
    """Return the differences of provisions by the key of each."""
    found: dict[str, list[Difference]] = {}
    for each in differences:
        section = each.after or each.before
        if section is not None and each.kind != "moved" and rank(section.path) == "provision":
            found.setdefault(marks.key(section.path), []).append(each)
    return found


def against_key() -> Score:
    """Return how the reasons of the recorded Act, as enacted and first revised, agree with its key."""
    found = by_provision(
        explained_pair(texts.recorded("ukpga-2018-12-enacted"), texts.recorded("ukpga-2018-12-2023-01-01"))
    )
    score = Score()
    for row in map(json.loads, texts.KEY.read_text().splitlines()):
        reasons = [reason for each in found.get(row["provision"], ()) for reason in each.reasons]
        named = {reason.instrument for reason in reasons}
        score.wanted += 1
        score.right += named == set(row["by"])
        score.dated += {reason.date for reason in reasons} == set(row["dates"])
        if named - set(row["by"]):
            score.wrong.append(f"WRONG {row['provision']}: {sorted(named)} for {row['by']}")
        elif named != set(row["by"]):
            score.missed.append(f"not stated {row['provision']}: {row['by']}")
    return score


def of_pair(name: str, before: texts.Text, after: texts.Text) -> Iterator[str]:
    """Yield the lines of a report on two texts: what explains the differences, and what nothing explains."""
    found = by_provision(explained_pair(before, after))
    bases = Counter(
        "+".join(sorted({reason.basis for each in differences for reason in each.reasons})) or "not stated"
        for differences in found.values()
    )
    yield f"{name}: {len(found)} provisions, {', '.join(f'{count} {basis}' for basis, count in sorted(bases.items()))}"
    for key, differences in found.items():
        if not any(each.reasons for each in differences):
            yield f"  not stated: {key} ({', '.join(each.verb or each.kind for each in differences)})"
    yield from (f"  UNFOUNDED {line}" for line in unfounded(before, after))


def audited() -> Iterator[str]:
    """Yield how the effects of the feed that are worked in between two texts agree with what is told of these."""
    before, after = texts.recorded("ukpga-2018-12-2023-01-01"), texts.recorded("ukpga-2018-12-2026-04-07")
    differences = explained_pair(before, after)
    places = Places(before.version(), after.version())
    inside = [each for each in effects() if any(SINCE < start.date <= UNTIL for start in each.starts)]
    worked = [each for each in inside if each.nature == "textual" and not each.is_open]
    agreeing = {each.id: agreeing_with(each, differences, places) for each in worked}
    crossheadings = sum(all(path.startswith(CROSSHEADING) for path in each.paths) for each in worked)
    yield (
        f"effects of the feed: {len(effects())}, applied, dated and textual {len(worked)}, "
        f"{sum(map(bool, agreeing.values()))} agree ({crossheadings} about crossheadings alone)"
    )
    for each in worked:
        if not agreeing[each.id]:
            yield f"  DISAGREES {each.id}: {', '.join(each.paths)} by {each.instrument}"
    for each in effects():
        if each.is_open and each.nature == "textual" and (touched := agreeing_with(each, differences, places)):
            yield f"  not applied, and told at {', '.join(touched)}: {each.id}"


def agreeing_with(effect: Effect, differences: Sequence[Difference], places: Places) -> list[str]:
    """Return the provisions that an effect is about, are told as changed, and are said to be by its instrument."""
    index = places.index([(effect.paths, effect)])
    return [
        section.path
        for each in differences
        if (section := each.after or each.before) is not None
        and index.on(section.path)
        and any(reason.instrument == effect.instrument for reason in each.reasons)
    ]


def unfounded(before: texts.Text, after: texts.Text) -> Iterator[str]:
    """Yield what a changed provision of two texts names although nothing that stands there or is stated of it does."""
    known = effects() if after.version().document == texts.ACT else ()
    return unnamed(before.version(), after.version(), explained_pair(before, after), known)


def unnamed(old: Version, new: Version, found: Iterable[Difference], known: Sequence[Effect]) -> Iterator[str]:
    """Yield the instruments that a changed provision names although neither notes or marks there nor effects do.

    Those of a consolidation of the EU may stand inside a provision, at what calls a footnote, or at no known place.
    """
    places = Places(old, new)
    notes: dict[str, set[str]] = {}
    for note in new.annotations:
        documents = {document for document, _ in note.citations}
        notes.setdefault(places.section_of(note.path), set()).update(documents)
        if note.kind == "mark":
            for path in (note.path, *places.holders(note.path), note.path.partition(NOTE)[0]):
                notes.setdefault(path, set()).update(documents)
    index = places.index((each.paths, each) for each in known)
    for each in found:
        section = each.after or each.before
        if section is not None and each.reasons:
            around = (section.path, *places.holders(section.path), section.path.partition(NOTE)[0])
            named = {document for place in around for document in notes.get(place, ())}
            named |= {document for document in notes.get("", ()) if places.is_eu}
            of_effects = index.on(section.path, each.path)
            named |= {effect.instrument for effect in of_effects}
            named |= {start.instrument for effect in of_effects for start in effect.starts}
            yield from (f"{section.path}: {r.instrument}" for r in each.reasons if r.instrument not in named)
