"""What we tell of two texts of an Act, beside what its publisher marks: precision, recall, and all that differs."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from crawler.changes import compare
from crawler.changes.law import rank
from crawler.model import Difference
from tests.law import earlier, marks, texts

ENDS = frozenset({"omitted", "repealed", "revoked"})
SILENT = {
    "schedule/19/paragraph/73": "a printed number was corrected without a mark",
    "schedule/19/paragraph/90": "a list that is quoted became numbered paragraphs",
    "schedule/19/paragraph/306": "a list that is quoted became numbered paragraphs",
    "schedule/19/paragraph/311": "a list that is quoted became numbered paragraphs",
}
"""Provisions of the recorded Act that differ although nothing is marked, read by hand."""

MADE = {"anaw-2014-4-latest": 80, "ukpga-1998-42-latest": 15, "ukpga-2020-14-latest": 30}
"""Acts of which an earlier moment is made, with fewest provisions that differ."""


@dataclass(slots=True, kw_only=True)
class Told:
    """What is told of two texts: the kinds by key of provision, and what is told of crossheadings and of the rest."""

    kinds: dict[str, list[str]] = field(default_factory=dict)
    verbs: Counter[str] = field(default_factory=Counter)
    beside: Counter[str] = field(default_factory=Counter)


def main() -> int:
    """Print what is told of the recorded texts, beside what is marked; 1 where there are none."""
    if not texts.is_there():
        print(f"no texts of laws at {texts.SHARED}", file=sys.stderr)
        return 1
    for name, before, after in texts.pairs():
        print("\n".join(of_pair(name, before, after)))
    print("\n".join(of_key()))
    for name in MADE:
        print("\n".join(of_made(name)))
    return 0


def told(before: texts.Text, after: texts.Text) -> Told:
    """Return what we tell of two texts."""
    found = Told()
    for each in compare(before.version(), after.version()):
        section = each.after or each.before
        if section is None or each.kind == "moved":
            continue
        if rank(section.path) == "provision":
            found.kinds.setdefault(marks.key(section.path), []).append(kind(each))
            found.verbs[each.verb or ("form" if each.significance == "editorial" else "no verb")] += 1
        else:
            found.beside[f"{rank(section.path)} {each.verb or each.kind}"] += 1
    return found


def kind(each: Difference) -> str:
    """Return the kind of a difference as the key writes it: every verb of words and headings is a change."""
    if each.kind == "omitted":
        return "omitted"
    return "inserted" if each.kind == "added" else "changed" if each.kind == "changed" else each.kind


def newly_marked(before: texts.Text, after: texts.Text) -> set[str]:
    """Return the provisions that have a mark of amendment or correction which the older text lacks."""
    old = marks.marked(marks.tree(before.body))
    new = marks.marked(marks.tree(after.body))
    return {name for name, notes in new.items() if notes - old.get(name, set())}


def undotted(before: texts.Text, after: texts.Text, kinds: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the provisions that became dots, or came as dots, and are not told as omitted or repealed."""
    old = {name: marks.is_dotted(each) for name, each in marks.provisions(marks.tree(before.body))}
    for name, each in marks.provisions(marks.tree(after.body)):
        if marks.is_dotted(each) and not old.get(name) and "omitted" not in kinds.get(name, ()):
            yield name


def of_pair(name: str, before: texts.Text, after: texts.Text) -> Iterator[str]:
    """Yield the lines of a report on two texts."""
    found, marked = told(before, after), newly_marked(before, after)
    both = marked & found.kinds.keys()
    yield f"{name}: {len(found.kinds)} provisions told, {len(marked)} marked, {len(both)} both"
    yield f"  precision {share(len(both), len(found.kinds))}, recall {share(len(both), len(marked))}"
    yield f"  kinds: {listed(Counter(kind for kinds in found.kinds.values() for kind in kinds))}"
    yield f"  verbs: {listed(found.verbs)}"
    yield f"  beside provisions: {listed(found.beside) or 'nothing'}"
    for key in sorted(found.kinds.keys() - marked):
        yield f"  told, not marked: {key} ({', '.join(found.kinds[key])}): {SILENT.get(key, 'NOT EXPLAINED')}"
    for key in sorted(marked - found.kinds.keys()):
        yield f"  MARKED, NOT TOLD: {key}"
    for key in undotted(before, after, found.kinds):
        yield f"  DOTS, NOT OMITTED: {key}"


def of_key() -> Iterator[str]:
    """Yield the lines of a report on the key of the recorded Act."""
    wanted = {row["provision"]: row["kind"] for row in map(json.loads, texts.KEY.read_text().splitlines())}
    found = told(texts.recorded("ukpga-2018-12-enacted"), texts.recorded("ukpga-2018-12-2023-01-01")).kinds
    right = sum(found.get(name) == [kind] for name, kind in wanted.items())
    yield f"act_key.jsonl: {right} of {len(wanted)} with their kinds, {len(found.keys() - wanted.keys())} beyond it"
    yield from (f"  {n}: {found.get(n)} for {k}" for n, k in wanted.items() if found.get(n) != [k])


def of_made(name: str) -> Iterator[str]:
    """Yield the lines of a report on an Act and the earlier moment that is made of it."""
    after = texts.recorded(name)
    undone = earlier.undo(after.body)
    before = texts.Text(url=after.url, body=undone.body)
    found = told(before, after).kinds
    right = sum(found.get(key) == [kind] for key, kind in undone.kinds.items())
    yield f"{name}, its notes undone: {right} of {len(undone.kinds)} with their kinds, {len(found)} told"
    yield f"  kinds: {listed(Counter(undone.kinds.values()))}"
    for key in sorted({*found, *undone.kinds}):
        if found.get(key) != [undone.kinds.get(key)]:
            yield f"  {key}: told {found.get(key)}, made {undone.kinds.get(key)}"


def share(part: int, whole: int) -> str:
    """Return a share for readers.

    >>> share(238, 242), share(0, 0)
    ('0.983', '1.000')
    """
    return f"{part / whole if whole else 1:.3f}"


def listed(counts: Mapping[str, int]) -> str:
    """Return counts for readers, in the order of their names."""
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
