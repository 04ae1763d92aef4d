"""The differences between two versions of a document, provision by provision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crawler.changes import marks
from crawler.changes.anchored_words import of_law
from crawler.changes.digests import Form, forms, head
from crawler.changes.edit_location import deepest
from crawler.changes.law import is_eu, is_law, match_sections, rank
from crawler.changes.match import match
from crawler.changes.moves import settle
from crawler.changes.order import increasing
from crawler.changes.paragraphs import paragraph_numbers, without_label, without_numbers
from crawler.changes.significance import weigh
from crawler.changes.standing import guarded, is_apart
from crawler.changes.verbs import with_verbs
from crawler.changes.windows import without_slid
from crawler.changes.words import words
from crawler.model import Difference, Section, Version, Word
from crawler.text import LINK_TARGET, canonical

_Place = tuple[int, int, int]
"""Where a difference stands in the result: place in the new version, removed ones behind it, then their own order."""


def compare(old: Version, new: Version) -> tuple[Difference, ...]:
    """Return what changed from one version to the next; nothing exactly when their digests are equal.

    ``retitled`` and ``status`` of the document come first, then the provisions in the new order, removed ones where
    they stood. A provision gives one difference (``added``, ``removed``, ``changed``, ``renumbered``, ``moved``,
    ``omitted``); only one that was changed and moved gives both, and one that came as dots. Those of a law have a
    verb. ``moved`` are as few as explain the new order, and those that came or went while their words stand in the
    other version: these have no wording before or after. ``renumbered`` has words where more than the number changed.
    Words run over the line with number and heading where that changed, then over the text where that changed. Those of
    what is no law tell what the other version does not have anywhere: words that only moved are kept where they came
    and left out where they went, and so are numbers of paragraphs where more changed. No kind has the same path twice.
    Provisions of a kind that a version leaves out are compared among themselves: :func:`is_left_out` tells these
    differences from the others.

    Raises:
        ValueError: the versions differ in representation or language, so that every word would seem to have changed.
    """
    for name, one, two in (
        ("representation", old.representation, new.representation),
        ("language", old.language, new.language),
    ):
        if one != two:
            raise ValueError(f"{new.document}: versions of different {name} are not compared: {one}, {two}")
    found = [*_of_document(old, new), *_of_provisions(old, new)]
    if is_law(new):
        verbs = [_weighed(one, one, new) for one in with_verbs(_guarded_beside(found, old, new), old, new)]
        return tuple(marks.attribute_changes(_apart(verbs), old, new))
    settled = tuple(settle(found, old, new))
    told = without_slid(guarded((each.told for each in settled), old, new), old, new)
    return tuple(
        _weighed(difference, each.weighed if difference.kind == each.told.kind else difference, new)
        for each, difference in zip(settled, told, strict=True)
    )


def _guarded_beside(found: Sequence[Difference], old: Version, new: Version) -> Iterator[Difference]:
    """Yield differences of a law; of those beside its provisions, such as notes, as moved whose words stand there."""
    eu = is_eu(new)
    is_beside = [(one := each.after or each.before) is not None and rank(one.path, eu=eu) == "other" for each in found]
    beside = guarded((each for each, apart in zip(found, is_beside, strict=True) if apart), old, new)
    for each, apart in zip(found, is_beside, strict=True):
        yield next(beside) if apart else each


def _apart(differences: Sequence[Difference]) -> Iterator[Difference]:
    """Yield differences; what moved to a path from which something else moved away is told as renumbered."""
    left = {each.path for each in differences if each.kind == "moved" and each.after is None}
    for each in differences:
        clashes = each.kind == "moved" and each.after is not None and each.path in left
        yield replace(each, kind="renumbered", verb="renumbered") if clashes else each


def is_left_out(difference: Difference, old: Version, new: Version) -> bool:
    """Whether a difference is in what one of the versions leaves out: what it carries of that tells of no change.

    Nobody takes out a preamble or puts it back: a consolidated act has none, or pieces of it, the act as published has
    the whole.
    """
    sections = [section for section in (difference.before, difference.after) if section is not None]
    return any(version.leaves(section.path) for section in sections for version in (old, new))


def _weighed(difference: Difference, weighed: Difference, new: Version) -> Difference:
    significance, flags = weigh(weighed, new.representation)
    return replace(difference, significance=significance, flags=flags)


def _of_document(old: Version, new: Version) -> Iterator[Difference]:
    if canonical(old.title) != canonical(new.title):
        shown = words(old.title, new.title)
        yield Difference(kind="retitled", path="", old=old.title, new=new.title, words=shown)
    if canonical(old.status) != canonical(new.status):
        yield Difference(kind="status", path="", old=old.status, new=new.status)


def _of_provisions(before: Version, now: Version) -> list[Difference]:
    old, new = before.sections, now.sections
    old_forms, new_forms = forms(old, new)
    to_old = _matched(old_forms, new_forms, before, now)
    kept = [(i, j) for j, i in sorted(to_old.items()) if old[i].path == new[j].path]
    steady = {kept[k] for k in increasing([i for i, _ in kept])}
    # Parts share the name space of sections: an id made of kind and path must not be given twice.
    taken = {section.path for section in (*old, *new)}
    placed: list[tuple[_Place, Difference]] = []
    for j, after in enumerate(new):
        if j not in to_old:
            placed.append(((j, 0, 0), Difference(kind="added", path=after.path, after=after, position=j)))
            continue
        i = to_old[j]
        pair = _Pair(before=old[i], after=after, old=old_forms[i], new=new_forms[j], position=j, is_law=is_law(now))
        for number, one in enumerate(_of_pair(pair, (i, j) in steady, taken)):
            placed.append(((j, 0, number), one))
    # What was moved is no landmark for what was removed.
    landmarks = {i: j for j, i in to_old.items() if old[i].path != new[j].path or (i, j) in steady}
    placed.extend(_removed(old, set(to_old.values()), landmarks))
    return [difference for _, difference in sorted(placed, key=lambda one: one[0])]


def _matched(old_forms: list[Form], new_forms: list[Form], old: Version, new: Version) -> dict[int, int]:
    """Return which new provision was which old one, by their places; what one version leaves out is matched apart."""

    def pairs(olds: list[Form], news: list[Form]) -> dict[int, int]:
        return match_sections(olds, news, eu=is_eu(new)) if is_law(new) else match(olds, news)

    if not is_law(new):
        old_forms, new_forms = _plain(old_forms, old), _plain(new_forms, new)
    if not old.leaves_out and not new.leaves_out:
        return pairs(old_forms, new_forms)
    found: dict[int, int] = {}
    for apart in (False, True):
        olds, news = ([n for n, s in enumerate(v.sections) if is_apart(s, old, new) == apart] for v in (old, new))
        joined = pairs([old_forms[i] for i in olds], [new_forms[j] for j in news])
        found |= {news[j]: olds[i] for j, i in joined.items()}
    return found


def _plain(forms_of: list[Form], version: Version) -> list[Form]:
    """Return forms by which provisions that are no structured law are matched.

    Without numbers of paragraphs, and without addresses in brackets, which are long and change with every new file.
    """
    numbers = paragraph_numbers(version.sections)
    return [
        (path, number, without_label(heading).casefold(), status, _words_only(without_numbers(text, numbers)))
        for path, number, heading, status, text in forms_of
    ]


def _words_only(text: str) -> str:
    return " ".join(LINK_TARGET.sub("", text).split())


def _removed(
    old: tuple[Section, ...], stay: set[int], landmarks: dict[int, int]
) -> Iterator[tuple[_Place, Difference]]:
    """Yield the provisions that left, each behind the one it stood behind."""
    place = -1
    for i, section in enumerate(old):
        place = landmarks.get(i, place)
        if i not in stay:
            yield (place, 1, i), Difference(kind="removed", path=section.path, before=section)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A provision in both versions, with its forms."""

    before: Section
    after: Section
    old: Form
    new: Form
    position: int
    is_law: bool

    def difference(
        self, kind: Literal["changed", "renumbered", "moved"], path: str, shown: tuple[Word, ...] = ()
    ) -> Difference:
        return Difference(
            kind=kind, path=path, before=self.before, after=self.after, position=self.position, words=shown
        )


def _of_pair(pair: _Pair, steady: bool, taken: set[str]) -> Iterator[Difference]:
    path = pair.after.path
    if pair.before.path != path:
        _, _, old_heading, _, old_text = pair.old
        _, _, new_heading, _, new_text = pair.new
        same = old_heading == new_heading and old_text == new_text
        yield pair.difference("renumbered", path, () if same else _words(pair))
        return
    if pair.old != pair.new:
        shown = _words(pair)
        # Number, heading and status belong to the section as a whole.
        inside = deepest(pair.before, pair.after, shown, taken) if pair.old[:4] == pair.new[:4] else path
        taken.add(inside)
        yield pair.difference("changed", inside, shown)
    if not steady:
        yield pair.difference("moved", path)


def _words(pair: _Pair) -> tuple[Word, ...]:
    """Return the words of the head where it changed, then of the text where it changed."""
    _, *old_head, _, old_text = pair.old
    _, *new_head, _, new_text = pair.new
    shown = words(head(pair.before), head(pair.after)) if old_head != new_head else ()
    if old_text == new_text:
        return shown
    return shown + (of_law(pair.before, pair.after) if pair.is_law else words(pair.before.text, pair.after.text))
