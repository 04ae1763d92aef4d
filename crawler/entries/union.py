"""What an entry says of an act of the EU beside the rest of law: when it applies and is to be transposed."""

import re
from collections.abc import Iterator, Sequence

from crawler import law
from crawler.entries.dates import day
from crawler.entries.templates import Sentence, chain, name_list, say, source, structure
from crawler.entries.word_limits import words
from crawler.feeds.weight import BOUND, EVERYWHERE
from crawler.store import Row, Store, commencements, families, wordings

MAX_WORDS = 50
"""Most words of a part of an act that are repeated."""
NAMED = 3
"""Most days that are told one by one."""
_ROWS = re.compile(r"(?:\s*\|){2,}\s*")
"""Between rows of a table whose last cell is empty."""
CONSOLIDATION = re.compile(r"0\d{4}[A-Z]{1,2}\d{4}-(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
"""The label of a consolidated text: its own CELEX number, which ends in its day."""
_ARTICLE = re.compile(
    r"\b(?:art[ií]c(?:le|ulo)|artigo|artikels?)\s(?P<article>\d+[a-z]?)"
    r"(?:\((?P<paragraph>\d+)\)|,? (?:absatz|paragraphe|apartado|n\.\s?[oº]) (?P<said>\d+))?",
    re.IGNORECASE,
)
"""An article with its paragraph, in some languages of the EU."""
_FURTHER = re.compile(r"(?:\(|,? (?:and|to|or|und|bis|oder|et|à|ou|y|a|e|o)\b|,? \S*\d)", re.IGNORECASE)
"""What names more than the article before it."""
_DIFFER = {"in force": "days in force differ", "applies": "days applied differ", "to be transposed": "deadlines differ"}


def bound(store: Store, top: Row) -> list[tuple[str, str]]:
    """Return what an act says of the states that it binds, as values of the facet ``bound``.

    That is what its recitals say of Denmark and Ireland; where none may, its closing words count.
    """
    if not str(top["id"]).startswith(("celex:3", "cellar:")):
        return []
    recitals = [each for each in wordings.recitals(store, top["id"], law.STATES) if law.is_on_protocols(each)]
    if recitals:
        return [(BOUND, said) for said in law.taking_part(recitals)]
    closing = wordings.closing_words(store, top["id"], law.CLOSING)
    return [(BOUND, EVERYWHERE)] if any(map(law.is_everywhere, closing)) else []


def of_new(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield from when a new act applies, by when it is to be transposed, and as which text it was read."""
    yield from _consolidated(str(top["label"] or ""))
    steps = commencements.stated(store, top["id"])
    for step in steps:
        if step.state == "to be appointed" and step.source == "own provision" and step.qualification and not step.path:
            yield say("in force counted", words=source(step.qualification))
    yield from _application([step for step in steps if step.state == "applies"])
    yield from _transposition([step for step in steps if step.state == "to be transposed"])
    yield from _measures(steps)
    if top["representation"] is None:
        for date in families.days(store, top["id"], "consolidated"):
            yield say("consolidation announced", day=structure(day(date)))
    yield from _short_part(store, top)


def _short_part(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield the words of a part of an act of which nothing else was read, such as an annex, where they are few."""
    rows = wordings.headings(store, top["id"]) if top.get("partial") and not top.get("hash_only") else []
    lines = [line for row in rows for text in row["text"].split("\n") for line in _ROWS.split(text) if line]
    said = "; ".join(line.replace(" | ", ": ").strip(" |") for line in lines)
    if 0 < words(said) <= MAX_WORDS:
        yield say("its words", words=source(said))


def of_changes(rows: Sequence[Row]) -> Iterator[Sentence]:
    """Yield of which day the consolidated text is in which changes were read, the newest of several.

    Where all of them are told with that day it says nothing more.
    """
    label = max((consolidation(row["label_after"]) for row in rows), default="")
    match = CONSOLIDATION.match(label)
    days = {str(row["occurred"] or "")[:10] for row in rows if row["label_after"] == label}
    if match is not None and days != {"-".join(match.groups())}:
        yield from _consolidated(label)


def consolidation(label: str) -> str:
    """Return what a label says of a consolidated text: its number and production; empty for any other label."""
    return label if CONSOLIDATION.match(label) else ""


def _consolidated(label: str) -> Iterator[Sentence]:
    if match := CONSOLIDATION.match(label):
        yield say("consolidated text", day=structure(day("-".join(match.groups()))))


def _application(steps: Sequence[law.Step]) -> Iterator[Sentence]:
    """Yield from when an act applies, by its own words, else as its publisher's data state it."""
    own = [step for step in steps if step.source == "own provision"]
    of_act = [step for step in own if not step.path and not step.provision and step.date]
    whole = sorted({step.date for step in of_act if not step.qualification})
    others = [step for step in own if step.path or step.provision not in ("", law.MEASURES)]
    days = sorted({step.date for step in others if step.date})
    some = name_list([structure(day(date)) for date in days], NAMED) if days else None
    for step in of_act if not whole else ():
        yield say("applies from, limited", day=structure(day(step.date)), words=source(step.qualification))
    is_open = any(not step.date for step in others)
    if len(whole) == 1 and some is not None:
        template = "applies from, others and open" if is_open else "applies from, others"
        yield say(template, day=structure(day(whole[0])), days=some)
    elif len(whole) == 1:
        yield say("applies from, others open" if others else "applies from", day=structure(day(whole[0])))
    elif some is not None:
        yield say("some apply from, others open" if is_open else "some apply from", days=some)
    elif not own:
        yield from _stated(sorted({step.date for step in steps}))


def _measures(steps: Sequence[law.Step]) -> Iterator[Sentence]:
    """Yield from when member states apply what they made to transpose an act, and those parts with a day of their own.

    Nothing where the day of the whole is not certain.
    """
    stated = [step for step in steps if step.provision == law.MEASURES and step.date]
    general = {step.date for step in stated if not step.qualification}
    if len(general) != 1:
        return
    others = [step for step in stated if step.qualification]
    on, each = structure(day(general.pop())), list(dict.fromkeys(map(_measures_under, others)))
    if each:
        yield say("measures apply from, others", day=on, each=chain("semicolon", each))
    else:
        yield say("measures apply from", day=on)


def _measures_under(step: law.Step) -> Sentence:
    on, named = structure(day(step.date)), list(_ARTICLE.finditer(step.qualification))
    if len(named) != 1 or _FURTHER.match(step.qualification, named[0].end()):
        return say("some measures", day=on)
    number = named[0]["paragraph"] or named[0]["said"]
    paragraph = f"({number})" if number else ""
    return say("measures under", named=structure(f"article {named[0]['article']}{paragraph}"), day=on)


def _stated(days: Sequence[str]) -> Iterator[Sentence]:
    if len(days) == 1:
        yield say("applies from", day=structure(day(days[0])))
    elif days:
        yield say("applies in parts from", days=name_list([structure(day(date)) for date in days], len(days)))


def _transposition(steps: Sequence[law.Step]) -> Iterator[Sentence]:
    """Yield by when member states have to transpose an act, by its own words first."""
    own = [step for step in steps if step.source == "own provision"] or steps
    days = sorted({step.date for step in own if step.date})
    is_before = any(step.qualification == "before" for step in own)
    if len(days) == 1:
        yield say("transpose before" if is_before else "transpose by", day=structure(day(days[0])))
    elif days:
        yield say("transpose in parts", days=name_list([structure(day(date)) for date in days], NAMED))


def differing_days(store: Store, document: str) -> Iterator[Sentence]:
    """Yield where the words of an act and its publisher's data state different days."""
    for state, own, stated in law.differing(commencements.stated(store, document)):
        yield say(_DIFFER[state], own=structure(day(own)), stated=structure(day(stated)))
