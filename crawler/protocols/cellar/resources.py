"""A work as CELLAR describes it, whichever way it was asked: the document, and what is stated about it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from crawler.model import Document, Problem, Statement
from crawler.protocols.cellar import dates, kinds
from crawler.protocols.cellar.act_text import without_repeats
from crawler.protocols.cellar.addresses import number, page
from crawler.protocols.legislation.effects import unique as unique
from crawler.text import clean

IN_FORCE, APPLIES = "in force", "applies"
ADOPTED, PUBLISHED, CONSOLIDATED, PROPOSED = "adopted", "published", "consolidated", "proposed"
"""Days of an act: its own, that of its Official Journal, and those of its consolidated texts; that of a proposal."""
END, TRANSPOSITION, DEADLINE, SIGNED = "end of validity", "transposition deadline", "deadline", "signed"

_CASE = re.compile(r"(?:Joined )?Cases?\b.*", re.IGNORECASE)
_ACT = re.compile(r"3\d{4}[A-Z]{1,2}\d{4}(?:\(\d\d\))?")
_TRUE = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date of law: the event, the date as stated, and where in the act it stands (a path, empty: not said)."""

    event: str
    date: str
    provision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is known of a work. Empty means: not stated.

    ``types`` are codes of resource types, ``in_force`` is the publisher's flag ("true", "1", "false", "0"),
    ``authors`` the names of the bodies that made it, ``aliases`` its other names. ``published`` is the day of the
    document, which of an act is that of its adoption; ``journal`` that of its Official Journal, None where an answer
    of this kind does not say.
    """

    document: str
    title: str = ""
    types: frozenset[str] = frozenset()
    published: str = ""
    journal: str | None = None
    in_force: str = ""
    dated: tuple[Dated, ...] = ()
    authors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def kind(self) -> str | None:
        """Return the kind of the document, None where neither type nor CELEX number tells."""
        return kinds.kind_of(self.types, number(self.document))


def document(work: Work, today: str) -> Document | None:
    """Return a work as a document, None where its title is not stated: there is nothing to call it by.

    ``today`` is the date of the capture: an act that is not in force is to come, or it has ended.
    """
    title = shown_title(work)
    if not title:
        return None
    return Document(
        id=work.document,
        title=title,
        url=page(work.document),
        kind=work.kind,
        publisher="; ".join(work.authors) or None,
        jurisdiction="European Union",
        status=status(work, today),
        published=dates.day(work.published if work.journal is None else work.journal),
        in_force=_in_force(work),
        aliases=tuple(name for name in dict.fromkeys(work.aliases) if name != work.document),
    )


def is_act(document: str) -> bool:
    """Return whether a document is an act of the institutions: of sector 3, and no corrigendum.

    >>> is_act("celex:32014R0596"), is_act("celex:32014R0596R(02)"), is_act("celex:52018PC0340")
    (True, False, False)
    """
    return _ACT.fullmatch(number(document)) is not None


def shown_title(work: Work) -> str:
    """Return the title for readers. That of a case names the parties between marks; they are left out.

    >>> shown_title(Work(document="celex:62011CJ0001", title="Judgment of 1 May 2012.#A v B.#Keywords#Case C-1/11."))
    'Judgment of 1 May 2012. Case C-1/11.'
    """
    if work.kind != "case_law" or "#" not in work.title:
        return without_repeats(clean(work.title))
    parts = [clean(part) for part in work.title.split("#")]
    case = next((part for part in reversed(parts[1:]) if _CASE.fullmatch(part)), "")
    return clean(f"{parts[0]} {case}")


def status(work: Work, today: str) -> str | None:
    """Return the legal status, None where it is not stated.

    >>> status(Work(document="x", in_force="false", dated=(Dated(event=IN_FORCE, date="2027-12-14"),)), "2026-11-24")
    'prospective'
    """
    flag = _TRUE.get(work.in_force.lower())
    if flag is None:
        return None
    if flag:
        return "in force"
    begins = [found for each in work.dated if each.event in (IN_FORCE, APPLIES) and (found := dates.day(each.date))]
    ends = [found for each in work.dated if each.event == END and (found := dates.day(each.date))]
    if begins and min(begins) > today:
        return "prospective"
    return "no longer in force" if ends and max(ends) <= today else "not in force"


def _in_force(work: Work) -> str | None:
    """Return the day on which an act entered into force, ``in parts`` where there are several; application is another.

    A date that stands for none counts only where there is no other: a part of the act waits for a decision.
    """
    stated = [each.date for each in work.dated if each.event == IN_FORCE]
    found = {day for each in stated if (day := dates.day(each))}
    if found:
        return next(iter(found)) if len(found) == 1 else "in parts"
    return "not yet" if any(dates.stands_for(each) == dates.LATER for each in stated) else None


def date_statements(work: Work) -> Iterator[Statement]:
    """Yield the dates of law. Where an event has several, each is told by its date, so that none looks moved."""
    found: dict[tuple[str, str], set[str]] = {}
    event = ADOPTED if is_act(work.document) else PROPOSED if work.kind == "bill" else ""
    own = [Dated(event=event, date=work.published)] if event else []
    own += [Dated(event=PUBLISHED, date=work.journal)] if work.journal else []
    for each in (*own, *work.dated):
        if day := dates.day(each.date):
            found.setdefault((each.event, each.provision), set()).add(day)
    for (event, provision), days in found.items():
        for day in sorted(days):
            told = f"one of several: {day}" if len(days) > 1 else ""
            fields = {"event": event, "date": day, "provision": provision, "qualification": told}
            yield Statement(kind="date", document=work.document, fields=fields)


def entry_dates(stated: Iterable[tuple[str, str]]) -> list[Dated]:
    """Return the dates from which an act is in force or applies, from pairs of a date and its type.

    One property holds both; its annotation tells them apart (EV: entry into force, MA: application).
    """
    return [Dated(event=APPLIES if kind == "MA" else IN_FORCE, date=date) for date, kind in dict.fromkeys(stated)]


def problems(work: Work) -> Iterator[Problem]:
    """Yield what of a work could not be understood."""
    name = work.document
    if unknown := kinds.unknown(work.types):
        yield Problem(kind="unknown type", detail=f"{name}: resource type {', '.join(unknown)}")
    for each in (work.published, *(dated.date for dated in work.dated)):
        if dates.is_wrong(each):
            yield Problem(kind="impossible date", detail=f"{name}: {clean(each)}")


RELATIONS: Mapping[str, tuple[str, bool]] = {
    # word of a query: relation, and whether it runs from the found work to the one asked about
    "amends": ("amends", True),
    "adopts": ("adopts", True),
    "adopted_by": ("adopts", False),
    "based_on": ("based on", True),
    "completes": ("completes", True),
    "corrects": ("corrects", True),
    "proposes": ("proposes to amend", True),
    "repeals": ("repeals", True),
    "implicitly_repeals": ("implicitly repeals", True),
    "interprets": ("interprets", True),
    "questions": ("asks about", True),
    "cites": ("cites", True),
}
"""What a query may answer in its column ``relation``."""
