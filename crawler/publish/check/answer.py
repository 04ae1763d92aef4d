"""All that a text cites, each with how it stood on a day and what changed since."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from math import inf
from typing import Literal
from urllib.parse import quote

from crawler.classify.toolkit import editions
from crawler.feeds.feed import link
from crawler.feeds.weight import LAW
from crawler.public import at_day, changed_since, documents, guidance, standing, versions
from crawler.public.database import Connection, Row
from crawler.public.guidance import Guidance
from crawler.public.sent.process import Mention, Sent
from crawler.publish import cites
from crawler.publish.check.changes import Changed, SinceDay, of_page
from crawler.publish.check.law import NO_TEXT, UNSTATED, LawOnDay, StateOnDay
from crawler.publish.paths import encode
from crawler.publish.provisions import official
from crawler.text import counted
from crawler.wording import cited as words
from crawler.wording import day as in_words

MAX_CHANGES = 5
"""Most changes of one thing that is cited; the page of the document has all."""

MAX_SECONDS = 15.0
"""Most time that an answer to who asks the site may take: four threads answer everybody."""

NOTICE = (
    "A finding aid, not legal advice and not an official record. It says what is held here of what the text cites, and "
    "nothing of whether the text is right. Open the official page before you act."
)
Resolved = Literal["held", "not held", "not resolved"]
_STATES = (
    "repealed",
    "ended",
    "not yet",
    "in part",
    "not there yet",
    "not found",
    "no such provision",
    "several provisions",
    "withdrawn",
)
"""States that a reader should look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One thing that the text cites: what it is here, how it stood on the day, and what changed since.

    ``title`` and ``provision`` in words; ``document`` is its id, ``page`` the path of our page, ``official`` the
    publisher's address, each empty where there is none. ``newer`` says which version of guidance is newer than that
    cited; ``elsewhere``, of a law that is cited as a whole, how much of it changed. ``more_changes`` are left out.
    ``pending`` says what amends it and is not in its text yet, and what changes in it after today.
    """

    mention: Mention
    resolved: Resolved
    title: str
    provision: str = ""
    document: str = ""
    page: str = ""
    official: str = ""
    standing: StateOnDay = UNSTATED
    changes: tuple[Changed, ...] = ()
    more_changes: int = 0
    newer: str = ""
    elsewhere: str = ""
    pending: tuple[str, ...] = ()

    @property
    def is_to_look_at(self) -> bool:
        """Whether something about it should be looked at."""
        return bool(self.changes or self.newer or self.pending or self.standing.state in _STATES)

    @property
    def is_unchecked(self) -> bool:
        """Whether no text of it is held, and nothing else tells of a change: it may have changed unseen."""
        return self.standing.state == NO_TEXT.state and not (self.is_to_look_at or self.elsewhere)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known of it beside how it stood and what changed."""
        return (*filter(None, (self.elsewhere,)), *self.pending, *self.standing.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a text cites, in its order, for a day; ``read`` is the time up to which changes are known here.

    ``unread`` is how many sources could not be checked.
    """

    day: str
    read: str
    unread: int
    cited: tuple[Cited, ...]
    more: int
    characters: int
    problems: tuple[str, ...]

    @property
    def groups(self) -> tuple[tuple[str, str, Sequence[Cited]], ...]:
        """Return what is cited in groups that a reader goes through: a name, what it says, and what is in it."""
        held = [each for each in self.cited if each.resolved == "held" and not each.is_unchecked]
        return (
            ("To look at", "Changed since your day or about to, not in force on it, amended by what its text does not "
             "have yet, or cited in a version that has a newer one.",
             [each for each in held if each.is_to_look_at]),
            ("Cited as a whole", "Laws that your text names without a provision, and that changed somewhere since.",
             [each for each in held if each.elsewhere and not each.is_to_look_at]),
            ("Without a change seen", "Nothing that is held here says that these changed after your day.",
             [each for each in held if not (each.is_to_look_at or each.elsewhere)]),
            ("Not held here", "Named clearly, but this site does not have them or their text: nothing was checked.",
             [each for each in self.cited if each.resolved == "not held" or each.is_unchecked]),
            ("Not resolved", "From the words alone it is not clear which document is meant: nothing was checked.",
             [each for each in self.cited if each.resolved == "not resolved"]),
        )  # fmt: skip

    @property
    def summary(self) -> str:
        """Return in one sentence how many citations there are in each group."""
        if not (self.cited or self.more):
            return "No citation of law, guidance, a paper or a case was found in this text."
        told = [f"{len(group)} {title[:1].lower()}{title[1:]}" for title, _, group in self.groups if group]
        told += [f"{self.more:,} not answered"] if self.more else []
        return f"{counted(len(self.cited) + self.more, 'citation')} found{': ' if told else ''}{', '.join(told)}."


def answer(connection: Connection, sent: Sent, day: str, today: str, *, seconds: float = inf) -> Answer:
    """Return the answer to a text for a day, ``YYYY-MM-DD``; what changed is told until ``today``.

    What is not reached within so many ``seconds`` is counted in ``more``.
    """
    deadline = time.monotonic() + seconds
    clock = standing.reading(connection).clock
    ids = changed_since.resolved(connection, (mention.document for mention in sent.mentions if mention.document))
    families = guidance.named_guidance(connection, (m.name for m in sent.mentions if m.family == "guidance"))
    held: dict[str, Row] = {}
    for id in set(ids.values()):
        if (found := documents.document(connection, id)) is not None:
            held[id] = found
    laws = _Laws(connection, day, today)
    cited = tuple(
        _guidance(connection, mention, families.get(mention.name, ()), day, clock)
        if mention.family == "guidance"
        else _cited(connection, mention, held.get(ids.get(mention.document, "")), laws)
        for mention in takewhile(lambda _: time.monotonic() < deadline, sent.mentions)
    )
    unread = sum(source["trouble"] in ("alarm", "never") for source in standing.sources(connection))
    return Answer(
        day=day, read=clock, unread=unread, cited=cited, more=sent.more + len(sent.mentions) - len(cited),
        characters=sent.characters, problems=sent.problems,
    )  # fmt: skip


class _Laws:
    """The laws that are cited, each read once."""

    def __init__(self, connection: Connection, day: str, today: str) -> None:
        self._connection, self.day, self.today = connection, day, today
        self._known: dict[str, tuple[LawOnDay, SinceDay]] = {}

    def law(self, held: Row) -> tuple[LawOnDay, SinceDay]:
        if held["id"] not in self._known:
            law = LawOnDay(self._connection, held, self.day, self.today)
            self._known[held["id"]] = law, SinceDay(law)
        return self._known[held["id"]]


def _cited(connection: Connection, mention: Mention, held: Row | None, laws: _Laws) -> Cited:
    provision = words(mention.provision)
    if held is None:
        if not mention.document:
            return Cited(mention=mention, resolved="not resolved", title=mention.words)
        return Cited(
            mention=mention, resolved="not held", title=cites.name(mention.document), provision=provision,
            document=mention.document,
            official=link(mention.document) if mention.family == "page" else cites.official(mention.document),
        )  # fmt: skip
    if held["kind"] not in LAW or held["private"]:
        stood, found = page_standing(held, laws.day), of_page(connection, held, mention.provision, laws.day)
        stood = NO_TEXT if stood == UNSTATED and not held["current"] else stood
        pages, stood = _pages(held, mention.provision, stood), _as_read(stood, held, laws.day)
        return _held(connection, mention, held, stood, found, pages=pages, today=laws.today)
    law, changed = laws.law(held)
    stood = law.standing(mention.provision)
    found = [] if stood.state in ("no such provision", "several provisions") else changed.changes(mention.provision)
    asked = law.path_of(mention.provision.partition("..")[0]) if mention.provision else ""
    pages, stood = _pages(held, asked, stood, laws.day), _as_read(stood, held, laws.day)
    cited = _held(connection, mention, held, stood, found, pages=pages, today=laws.today)
    cited = replace(cited, pending=(*cited.pending, *_pending(connection, law, mention.provision)))
    return cited if mention.provision else replace(cited, elsewhere=_elsewhere(changed))


def _held(
    connection: Connection, mention: Mention, held: Row, stood: StateOnDay, found: Sequence[Changed], *,
    pages: tuple[str, str], today: str,
) -> Cited:  # fmt: skip
    changes = [change for change in found if change.day <= today]
    ahead = [f"Ahead, on {in_words(each.day)}: {each.words}{f', by {each.by}' if each.by else ''}."
             for each in reversed(found) if each.day > today]  # fmt: skip
    replaced = [
        f"Replaced by “{other['title']}”{', published ' + in_words(other['published']) if other['published'] else ''}."
        for other in changed_since.replaced_by(connection, held["id"])
    ]
    return Cited(
        mention=mention,
        resolved="held",
        title=held["title"],
        provision=words(mention.provision),
        document=held["id"],
        page=pages[0],
        official=pages[1],
        standing=stood,
        changes=tuple(changes[:MAX_CHANGES]),
        more_changes=len(changes[MAX_CHANGES:]),
        pending=tuple(ahead[:MAX_CHANGES]),
        newer=" ".join(replaced),
    )


def _as_read(stood: StateOnDay, held: Row, day: str) -> StateOnDay:
    """Return how something stood; where its own page was not read since the day, with when it was."""
    read = (held["checked"] or "")[:10]
    if not read or read >= day:
        return stood
    return replace(stood, notes=(*stood.notes, f"Its own page was last read on {in_words(read)}, before your day."))


def _pages(held: Row, path: str, stood: StateOnDay, day: str = "") -> tuple[str, str]:
    """Return the path of our page of a document or a provision, of a law on a day, and the official address."""
    is_there = path and stood.state not in ("no such provision", "not there yet")
    query = f"?at={day}" if day else ""
    query += f"{'&' if query else '?'}provision={quote(path)}#{quote(path)}" if is_there else ""
    there = official(held["id"], held["url"], path) if is_there else ""
    return f"doc/{encode(held['id'])}{query}", link(there or held["url"])


def _elsewhere(changed: SinceDay) -> str:
    number, last = changed.count()
    return f"Since your day it changed in {counted(number, 'place')}, the last on {in_words(last)}." if number else ""


def _pending(connection: Connection, law: LawOnDay, path: str) -> Iterable[str]:
    """Yield which acts amend an act of the EU and are in no consolidated text yet, and what corrected it since."""
    for each in versions.corrected_since(connection, law.held["id"], path, law.day):
        yield f"Corrected, as if from the beginning: {each['title']}."
    for act in at_day.pending(connection, law.held["id"], law.current) if law.current else ():
        yield amended_by(act, law.today)


def amended_by(act: Mapping[str, str | None], today: str) -> str:
    """Return that an act amends another one of the EU, of which no consolidated text has that, and since when.

    >>> amended_by({"title": "Act B", "in_force": "2027-01-01", "published": ""}, "2026-05-01")
    'Amended by “Act B”, not yet in force: from 1 January 2027; no consolidated text held here has that yet.'
    """
    begins, is_stated = at_day.begins(act), (act["in_force"] or "")[:4].isdigit()
    on = f", {'in force from' if is_stated else 'published on'} {in_words(begins)}" if begins else ""
    on = f", not yet in force: from {in_words(begins)}" if is_stated and begins > today else on
    return f"Amended by “{act['title']}”{on}; no consolidated text held here has that yet."


def page_standing(held: Mapping[str, str | None], day: str) -> StateOnDay:
    """Return how a document that is no law stood on a day.

    >>> about = {"availability": "withdrawn", "availability_since": "2026-02-01", "published": "2020-01-01"}
    >>> page_standing(about, "2026-03-01").said, page_standing(about, "2026-01-01").said
    ('Withdrawn by its publisher on 1 February 2026.', '')
    """
    since_day, published = (held["availability_since"] or "")[:10], (held["published"] or "")[:10]
    if held["availability"] in ("withdrawn", "gone") and since_day <= day:
        said = "Withdrawn by its publisher" if held["availability"] == "withdrawn" else "No longer found"
        on = f" {'on' if held['availability'] == 'withdrawn' else 'since'} {in_words(since_day)}" if since_day else ""
        return StateOnDay(state="withdrawn", said=f"{said}{on}.")
    if len(published) == len(day) and published > day:
        return StateOnDay(state="not yet", said=f"Published on {in_words(published)}, after that day.")
    return UNSTATED


def _guidance(connection: Connection, mention: Mention, families: Sequence[Guidance], day: str, clock: str) -> Cited:
    """Return guidance that is cited with the number of its version."""
    number = editions.version_number(mention.name)
    held = documents.document(connection, families[0].id) if len(families) == 1 else None
    newest = families[0].newest(clock) if held is not None else None
    if held is None or number is None or newest is None:
        return Cited(mention=mention, resolved="not resolved", title=mention.name)
    cited, last = guidance.written(number), guidance.written(newest[0])
    if newest[0] > number:
        newer = f"Cited in version {cited}; version {last} is newer, first read here on {in_words(newest[1])}."
    else:
        newer = ""
    stood = page_standing(held, day)
    if not newer and number not in families[0].versions:
        note = f"Version {cited} is not held here; the newest that is, is {last}."
        stood = StateOnDay(state=stood.state, said=stood.said, notes=(note,))
    stood = _as_read(stood, held, day)
    one = _held(connection, mention, held, stood, (), pages=_pages(held, "", stood), today=clock[:10])
    return replace(one, newer=" ".join(filter(None, (newer, one.newer))))
