"""The way back: an old version and the differences give the new one."""

from collections.abc import Iterable
from dataclasses import replace

from crawler.model import Difference, Section, Version
from crawler.text import counted

_PROVISION = frozenset({"added", "removed", "changed", "renumbered", "moved", "omitted"})
_BESIDE = frozenset({"new", "withdrawn", "gone", "returned", "relocated", "note"})


def apply(old: Version, differences: Iterable[Difference]) -> Version:
    """Return the version that ``differences`` make of ``old``: same digest as the one it was compared with.

    Every provision that a difference names stands where the difference says; the others keep their order around
    them. Publisher's dates, label and note stay those of ``old``. Differences that are not about the text (withdrawn,
    gone, returned, relocated, note, new) leave it alone.

    Raises:
        ValueError: the differences are not of this version: a provision is missing, or two want one place.
    """
    title, status = old.title, old.status
    known = {section.path for section in old.sections}
    leaving: set[str] = set()
    placed: dict[int, Section] = {}
    for difference in differences:
        if difference.kind == "retitled":
            title = difference.new
        elif difference.kind == "status":
            status = difference.new
        elif difference.kind in _PROVISION:
            _take(difference, known, leaving)
            _place(difference, placed)
        elif difference.kind not in _BESIDE:
            raise ValueError(f"{old.document}: unknown kind of difference: {difference.kind}")
    staying = [section for section in old.sections if section.path not in leaving]
    return replace(old, title=title, status=status, sections=_filled(staying, placed, old.document))


def _take(difference: Difference, known: set[str], leaving: set[str]) -> None:
    if difference.before is None:
        return
    if difference.before.path not in known:
        raise ValueError(f"{difference.kind} {difference.path}: no {difference.before.path} in the old version")
    leaving.add(difference.before.path)


def _place(difference: Difference, placed: dict[int, Section]) -> None:
    if difference.after is None:
        return
    # A provision that is changed and moved has two differences with the same after.
    if placed.setdefault(difference.position, difference.after) != difference.after:
        other = placed[difference.position].path
        raise ValueError(f"{difference.kind} {difference.path}: its place {difference.position} is that of {other}")


def _filled(staying: list[Section], placed: dict[int, Section], document: str) -> tuple[Section, ...]:
    total = len(staying) + len(placed)
    outside = [section.path for position, section in placed.items() if not 0 <= position < total]
    if outside:
        raise ValueError(f"{document}: no such place in {counted(total, 'provision')}: {', '.join(outside[:5])}")
    rest = iter(staying)
    return tuple(placed[position] if position in placed else next(rest) for position in range(total))
