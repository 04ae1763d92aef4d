"""A month of daily crawls over a scripted world: exactly what the script publishes is told, on the day it says.

Edits of one number, word or address, titles, withdrawals, floods, words that go to and fro, counters, what sites show
beside a text at each visit, teasers, translations, dates of long ago and more precise ones, and the faults of servers:
what changed while nothing could be read is told when it can be again. An alarm is raised on the day of its fault, and
closed on the day after it.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.run import fold
from crawler.run.options import DATABASE, Options
from crawler.sources import loads
from crawler.store import Store
from crawler.text import moment
from tests.fold import world
from tests.fold.random_world import HOSTS, TITLES, Item, World
from tests.fold.test_fold_kills import GOES_ON
from tests.fold.world import START, Killed

DAYS = 30
STATES = ("ok", "404", "410", "503", "challenge")
FULL_TEXTS = f"{HOSTS['full']}/feed.atom"
ITEMS = {"feed": 6, "list": 17, "map": 7, "page": 3, "gov": 4, "law": 1, "full": 5}
"""How many documents each source has in the end; the first two of each are there from the start."""
SCRIPT = """
# day  what            where    told on  as
  1    edit            gov/1    1        changed
  1    publish         feed/3   1        new
  2    rename          page/1   2        retitled
  3    list 503        list     .        .
  3    list 503        also     .        .
  3    publish         list/3   5        new
  4    edit            list/1   4        changed
  5    turn            page/1   5        changed
  5    list ok         list     .        .
  6    turn            page/1   6        changed
  6    list ok         also     .        .
  6    publish         feed/4   6        new
  6    publish         gov/3    6        new
  6    publish         map/3    6        new
  7    turn            page/1   7        changed
  7    edit            law/1    7        changed
  8    turn            page/1   8        changed
  8    publish         full/3   8        new
  8    410             feed/2   8        withdrawn
  9    turn            page/1   .        .
  9    404             list/2   10       gone
  9    publish         list/6-17 9       several
  10   touch           feed/3   .        .
  10   translate       full/1   .        .
  11   edit            list/7   11       changed
  11   stand           page/1   11       changed
  11   challenge       page/2   .        .
  12   box             list     .        .
  12   edit            page/2   13       changed
  12   closes          gov/1    .        .
  13   box             list     .        .
  13   edit            list/3   13       changed
  13   ok              page/2   .        .
  14   edit            feed/1   14       changed
  14   edit            gov/2    14       changed
  15   list down       feed     .        .
  15   list empty      map      .        .
  15   count           page/2   15       changed
  16   count           page/2   .        .
  16   publish         feed/5   18       new
  16   edit            map/3    16       changed
  17   count           page/2   .        .
  17   box             list     .        .
  17   edit            full/1   17       changed
  17   edit            full/2   17       changed
  17   list ok         map      .        .
  18   count           page/2   .        .
  18   list ok         feed     .        .
  18   publish         map/5-7  18       older
  19   count           page/2   .        .
  19   ok              list/2   19       returned
  20   count           page/2   .        .
  20   edit            map/1    20       changed
  21   edit            page/2   21       changed
  21   503             gov/2    .        .
  22   box             list     .        .
  22   edit            gov/2    24       changed
  23   edit            law/1    23       changed
  24   ok              gov/2    .        .
  24   touch           full/2   .        .
  24   publish         full/4-5 24       older
  25   list challenge  list     .        .
  26   list ok         list     .        .
  26   edit            feed/5   26       changed
  27   publish         list/4   27       new
  28   rename          feed/3   28       retitled
  29   publish         gov/4    29       new
"""
"""The sitemap dates its documents before the first crawl: they are newly listed, one alone or several in one entry."""
ALARMS = """
# from  to  source  kind         severity
  3     5   list    status       alarm
  3     6   also    status       alarm
  11    13  page    challenge    alarm
  15    17  map     zero         alarm
  15    18  feed    unreachable  alarm
  21    24  gov     status       note
  22    24  also    status       note
  25    26  list    challenge    alarm
"""
"""Issues by the days on which they are opened and closed. The feed that names a page of GOV.UK asks for it, too."""
EDITS = (
    "must refer within {} hours", "should refer within {} hours", "must call 0800 5550 1{}",
    "must write to desk{}@sample.invalid", "may appeal until {} May 2027",
)  # fmt: skip
"""What a text says, by the day on which it is edited."""
NEWS = [f"{who} {does} hall" for who in ("Mayor", "Board", "Council") for does in ("opens", "visits", "praises")]


def furniture(source: str, number: int, clock: datetime) -> tuple[str, str]:
    """Return what a site shows above and below the text of a page: its clock, news, counters, links with tokens."""
    day = (clock - START).days
    news = "".join(f"<li><a href='/news/{n}'>{NEWS[(day // 2 * 3 + n) % len(NEWS)]}</a></li>" for n in range(3))
    code = f"{day * 7919 + number:08x}"
    form = f"<a href='https://forms.sample.invalid/report?csrf={code}&amp;lang=en'>report form</a>"
    above, below = {
        "list": (f"<p>{clock:%A} {clock.day} {clock:%B %Y}, {clock:%H:%M}</p>", ""),
        "map": (f"<p>{90 - day} days until the review.</p>", f"<h2>Latest updates</h2><ul>{news}</ul>"),
        "page": (f"<p>Page updated {('3 minutes ago', 'an hour ago', 'yesterday')[day % 3]}</p>",
                 f"<h2>Report</h2><p>Use the {form}.</p><p>Posted {day + 3} days ago | {day * 31} views</p>"),
        "feed": ("<p>We use cookies to count visits.</p>" if day % 3 else "",
                 f"<h2>Checked</h2><p>{clock:%d.%m.%Y | %H:%M} Uhr</p>"),
    }.get(source, ("", ""))  # fmt: skip
    return above, below


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the script: what happens on a day, and on which day it is told, and as what."""

    day: int
    what: str
    where: str
    told: int | None
    kind: str


def _rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()[1:]]


def script() -> list[Line]:
    """Return the lines of :data:`SCRIPT`."""
    lines = []
    for day, *what, where, told, kind in _rows(SCRIPT):
        lines.append(Line(int(day), " ".join(what), where, None if told == "." else int(told), kind))
    return lines


def alarms() -> list[tuple[int, int, str, str, str]]:
    """Return the lines of :data:`ALARMS`: day opened, day closed, source, kind, severity."""
    return [(int(opened), int(closed), *rest) for opened, closed, *rest in _rows(ALARMS)]  # type: ignore[misc]


@dataclass
class Scripted(World):
    """A world with a feed that holds whole texts, a box on all pages of one site, and dates that a page states."""

    clock: datetime = START
    box: int = 0
    closes: str = "2026-05-01"

    def serve(self) -> None:
        """Let the site answer as the world is now."""
        super().serve()
        entries = "".join(self._entry(each) for each in self.items if each.source == "full" and each.published)
        feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Sample</title>{entries}</feed>'
        self.site.put(FULL_TEXTS, feed, media="application/atom+xml")

    def _entry(self, item: Item) -> str:
        """Return an entry with its whole text and a teaser, and the same in Welsh where it is translated."""
        day = {3: "2026-03-10", 4: "2019-03-01", 5: "2021-07-01"}.get(item.number, "2026-03-01")
        titles = {"en": item.name, "cy": f"Sampl {item.number}"} if item.translated else {"en": item.name}
        return "".join(
            f'<entry xml:lang="{language}"><title>{title}</title><id>{item.url}</id><link href="{item.url}"/>'
            f"<published>{day}T05:00:00Z</published><summary>Teaser {item.mark}</summary>"
            f'<content type="html">&lt;p&gt;A sample that {item.words}.&lt;/p&gt;'
            f"&lt;p&gt;{9 + (self.clock - START).days} views&lt;/p&gt;</content></entry>"
            for language, title in titles.items()
        )

    def _html(self, item: Item) -> str:
        above, below = furniture(item.source, item.number, self.clock)
        if item.source == "list":
            below = f"<h2>Latest updates</h2><p>News of the sample site, number {self.box}.</p>"
        return super()._html(item).replace("</h1>", f"</h1>{above}").replace("</main>", f"{below}</main>")

    def _govuk(self, item: Item) -> str:
        made = json.loads(super()._govuk(item))
        if item.number == 1:
            made["details"]["closing_date"] = self.closes
        return json.dumps(made)

    @property
    def sources(self) -> str:
        """Return sources.yaml."""
        made = json.loads(super().sources)
        made["sources"].append(self._source("full", {"protocol": "feed", "url": FULL_TEXTS}))
        return json.dumps(made)


class Month:
    """A data directory that is crawled once a day, and the world it is read from."""

    def __init__(self, data: Path) -> None:
        self.data, self.kills = data, 0
        self.world = Scripted(rng=random.Random(0))
        for source, count in ITEMS.items():
            for number in range(1, count + 1):
                item = Item(source=source, number=number, title=TITLES[0], published=number <= 2)
                self.world.items.append(item)

    def live(self, kill: Callable[[int], int] = lambda day: 0) -> None:
        """Let every day come, and crawl on it; ``kill(day)`` is the record at which the crawl is killed first, or 0."""
        for day in range(DAYS):
            for line in script():
                if line.day == day:
                    self.happen(line)
            clock = START + timedelta(days=day)
            if kill(day) and self.crawl(clock, kill(day)):
                clock += GOES_ON
                self.kills += 1
            self.crawl(clock)

    def happen(self, line: Line) -> None:
        """Let one line of the script come true."""
        what, _, state = line.what.partition(" ")
        if what == "list":
            self.world.lists[line.where] = state
        elif what == "box":
            self.world.box += 1
        elif what == "closes":
            self.world.closes = "2026-05-01T22:45:00Z"
        for item in self.named(line.where):
            self.happen_to(item, what, line.day)

    def happen_to(self, item: Item, what: str, day: int) -> None:
        """Let something happen to a document."""
        if what == "publish":
            item.published = True
        elif what == "edit":
            item.edits, item.mark = item.edits + 1, item.mark + 1
            item.words = EDITS[day % len(EDITS)].format(day)
        elif what in ("turn", "count"):
            item.edits, item.mark = item.edits + 1, item.mark + 1
            turned = "must refer without delay" if "at once" in item.words else "must refer at once"
            item.words = turned if what == "turn" else f"was read {37 * day} times by visitors this month"
        elif what == "rename":
            item.title, item.mark = f"{item.title} of day {day}", item.mark + 1
        elif what == "touch":
            item.mark += 1  # what lists say of it
        elif what == "translate":
            item.translated = True
        elif what in STATES:
            item.state = what

    def crawl(self, clock: datetime, at: int = 0) -> bool:
        """Crawl the world as it is; return whether that was killed behind its ``at``-th record."""
        self.world.clock = clock
        self.world.serve()
        text = self.world.sources
        made = Options(data=self.data, registry=loads(text, "sources.yaml"), sources_text=text)
        apply, count = fold.apply, 0

        def dying(*given: Any) -> None:
            nonlocal count
            apply(*given)
            count += 1
            if count == at:
                raise Killed

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(world, "options", lambda data, text: made)
            patch.setattr(fold, "apply", dying)
            try:
                world.crawl(self.data, self.world.site, clock, text=text)
            except Killed:
                return True
        return False

    def named(self, where: str) -> list[Item]:
        """Return the documents that the script names so: by their source, and by the first and the last number."""
        source, _, numbers = where.partition("/")
        if not numbers:
            return []
        first, _, last = numbers.partition("-")
        known = range(int(first), int(last or first) + 1)
        return [each for each in self.world.items if each.source == source and each.number in known]

    # What came of it: days are counted from the first crawl

    def told(self) -> list[tuple[int, str, str]]:
        """Return the entries in the feeds: day, document, kind; but not that a source is watched from now on."""
        with Store.open(self.data / DATABASE) as store:
            rows = store.all("select * from entries where announced is not null and kind <> 'watching'")
        return sorted((_day(row["announced"]), row["document"] or "", row["kind"]) for row in rows)

    def scripted(self) -> list[tuple[int, str, str]]:
        """Return the entries that the script wants, in the same shape: one of several documents names none."""
        lines = [(line.told, self.named(line.where), line.kind) for line in script() if line.told is not None]
        return sorted((day, found[0].document if len(found) == 1 else "", kind) for day, found, kind in lines)

    def issues(self) -> list[tuple[int, int, str, str, str]]:
        """Return the issues in the shape of :func:`alarms`; the day is -1 where one is still open."""
        with Store.open(self.data / DATABASE) as store:
            rows = store.all("select * from issues")
        return sorted(
            (_day(row["since"]), _day(row["resolved"]), row["source"], row["kind"], row["severity"]) for row in rows
        )


def _day(time: str | None) -> int:
    return (moment(time) - START).days if time else -1
