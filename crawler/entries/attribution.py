"""By what provisions of a law changed and from which day: each instrument with the provisions that it changed."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from crawler.entries import law_headlines
from crawler.entries.causes import Cause, cause, without_places
from crawler.entries.dates import day
from crawler.entries.law import instrument
from crawler.entries.numbered import numbered, together
from crawler.entries.templates import Sentence, capital, chain, name_list, say, structure
from crawler.identifiers import affected
from crawler.store import Row, Store, families, versions

MAX_NAMED_INSTRUMENTS = 3
"""Instruments named for one change."""
MAX_NAMED_PROVISIONS = 3
"""Provisions named of the first of very many causes."""
MAX_CAUSES = 4
"""Most causes that are told with the provisions of their instruments: of more, one instrument and day is one cause."""
MAX_TITLE_WORDS = 16
"""Words of the title of an instrument inside a summary."""
_MORE = re.compile(r"(?<=[\d)])\.\s+(?=[A-Z])")
"""Ends the provisions of an instrument where other words follow."""
UNEXPLAINED = ("moved", "renumbered")
"""Changes of place and number, of which no instrument has to be stated."""


def sentences(
    store: Store, rows: Sequence[Row], parts: Callable[[Sequence[Row]], Sequence[Sentence]]
) -> Iterator[Sentence]:
    """Yield what happened to the provisions of a law, a sentence for each day and what brought it about.

    ``parts`` gives what happened to some of them, as parts of a sentence. Those of which nobody says by what they came
    about are told last, once. Of too many causes the first is told, and on which days the others were.
    """
    causes: dict[Cause, list[Row]] = {}
    for row in rows:
        causes.setdefault(cause(row), []).append(row)
    causes = causes if len(causes) <= MAX_CAUSES else _merged(causes)
    ordered = sorted(causes, key=lambda each: (not each.by, *_rank(causes[each]), each.day, each.since))
    if len(causes) > MAX_CAUSES and ordered[0].by:
        yield from _of_many(store, ordered, causes, parts)
        return
    unsaid: list[tuple[Cause, Sentence]] = []
    for found in ordered:
        alike = causes[found]
        said = _clause(store, found, parts(alike))
        if not found.by and any(row["kind"] not in UNEXPLAINED for row in alike):
            unsaid.append((found, said))
        else:
            yield say("full stop", text=capital(said))
    yield from _unsaid(unsaid, {found.day for found in causes if found.by})


def _of_many(
    store: Store,
    ordered: Sequence[Cause],
    causes: Mapping[Cause, Sequence[Row]],
    parts: Callable[[Sequence[Row]], Sequence[Sentence]],
) -> Iterator[Sentence]:
    """Yield of very many causes the first with what matters most, on which days the others were, and since when."""
    first, *others = ordered
    weight = min(map(law_headlines.weight, causes[first]))
    told = [row for row in causes[first] if law_headlines.weight(row) == weight][:MAX_NAMED_PROVISIONS]
    clause = _clause(store, first, parts(told))
    yield say("full stop", text=capital(say("among other changes", text=clause) if told != causes[first] else clause))
    days = sorted({each.day for each in others} - {"", first.day})
    named = [structure(day(date)) for date in days]
    if len(named) > MAX_NAMED_INSTRUMENTS:
        yield say("others between", first=named[0], last=named[-1])
    elif named:
        yield say("others on days", days=name_list(named, MAX_NAMED_INSTRUMENTS))
    previous = {str(row["previous"]) for row in causes[first] if row.get("previous")}
    read = [versions.row(store, name)["captured"] for name in previous]
    if read:
        yield say("since text", day=structure(day(str(min(read))[:10])))


def _merged(causes: Mapping[Cause, Sequence[Row]]) -> dict[Cause, list[Row]]:
    """Return changes by day and instrument; the provisions of instruments stay where they are the same for all."""
    alike: dict[Cause, list[Cause]] = {}
    for each in causes:
        alike.setdefault(without_places(each), []).append(each)
    found = {several[0] if len(several) == 1 else whole: several for whole, several in alike.items()}
    return {whole: [row for each in several for row in causes[each]] for whole, several in found.items()}


def _rank(alike: Sequence[Row]) -> tuple[int, int]:
    """Return the place of changes among others: by what matters most of them, as in the headline, then the most."""
    return min(map(law_headlines.weight, alike)), -len(alike)


def _unsaid(clauses: Sequence[tuple[Cause, Sentence]], explained: Set[str]) -> Iterator[Sentence]:
    """Yield what happened without an instrument, which is said once: of one clause in it, of several by their days.

    ``explained`` are the days on which other provisions changed by instruments that are stated.
    """
    days = [found.day for found, _ in clauses]
    if len(clauses) > 1 and all(days):
        yield from (say("full stop", text=capital(said)) for _, said in clauses)
        named = name_list([structure(day(each)) for each in days], MAX_NAMED_INSTRUMENTS)
        yield say("not stated of others" if explained & set(days) else "not stated of", days=named)
    elif clauses:
        text = chain("semicolon", [said for _, said in clauses])
        yield say("full stop", text=capital(say("not stated", text=text)))


def _clause(store: Store, found: Cause, parts: Sequence[Sentence]) -> Sentence:
    """Return a clause: of one short part with day and instrument behind it, else with these in front."""
    on = structure(day(found.day))
    if found.since:
        on = say("days, in part" if found.in_part else "day, in part from", day=on, since=structure(day(found.since)))
    elif found.in_part:
        on = say("day, in part", day=on)
    by = name_list([_by(store, *each) for each in found.by], MAX_NAMED_INSTRUMENTS) if found.by else None
    text = chain("semicolon", parts)
    is_short = len(parts) == 1 and not any(mark in str(text) for mark in "“(;:")
    if is_short and by is not None:
        return say("on by", text=text, day=on, by=by) if found.day else say("by", text=text, by=by)
    if by is not None:
        return say("on by, before", text=text, day=on, by=by) if found.day else say("by, before", text=text, by=by)
    if found.day:
        return say("on", text=text, day=on) if is_short else say("on, before", text=text, day=on)
    return text


def _by(store: Store, name: str, places: Sequence[str]) -> Sentence:
    """Return an instrument with its provisions, by its title where we hold it."""
    title = families.title_of(store, name)
    called = law_headlines.called(title, MAX_TITLE_WORDS) if title else instrument(name, "")
    named = list({str(place): place for text in places for place in _places(text)}.values())
    if not named:
        return called
    return say("of instrument", place=together(named, MAX_NAMED_INSTRUMENTS), instrument=called)


def _places(text: str) -> list[Sentence]:
    """Return the provisions of an instrument for readers, from a path or as they are printed; none that is not read.

    >>> [str(place) for text in ("section-4-2", "s. 4(2)", "reg. 1(2), Sch. 2 para. 96") for place in _places(text)]
    ['section 4(2)', 'section 4(2)', 'regulation 1(2)', 'schedule 2 paragraph 96']
    >>> [str(place) for text in ("regs. 1(2), 2(3). This is a note", "the whole of it") for place in _places(text)]
    ['regulation 1(2)', 'regulation 2(3)']
    >>> [str(place) for text in ("section-4..section-6", "ss. 4-6") for place in _places(text)]
    ['section 4 to section 6', 'section 4 to section 6']
    """
    is_path = all(map(numbered, text.split("..")))
    ranges = [path.split("..") for path in ([text] if is_path else affected(_MORE.split(text)[0]))]
    named = [[numbered(end) for end in ends] for ends in ranges]
    return [structure(" to ".join(ends)) for ends in named if all(ends)]
