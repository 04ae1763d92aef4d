"""The worlds whose tables and feeds stay as they are: each fills a data folder, the same way each time.

Small ones are made from helpers of the fold; the random ones from fixed seeds. Those that need ``../shared`` are the
series, each in a folder of its own, and all recordings in one.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.run.options import Options
from crawler.run.publish import feeds
from crawler.sources import loads, loads_decisions
from tests.fold import europe, office, random_world, relevance_world, series_world, world
from tests.fold.samples import CONTENT, GOVUK, LAW, LEGISLATION, WELSH, act, guidance, sources
from tests.fold.test_fold_laws import Publisher
from tests.fold.world import SOURCES, START, Site
from tests.recordings import build, library
from tests.recordings import world as replays
from tests.sample import replayed
from tests.sample import world as sample

SEEDS = (3, 11, 47, 102, 250, 302)

_WORDS = (
    ("1", "Plans", "A sample plan is made by the sample office for each of its areas."),
    ("2", "Notices", "A sample notice is given to whoever the sample plan concerns before it is made."),
    ("3", "Appeals", "A person who has been given a sample notice can appeal to the sample tribunal."),
    ("4", "Costs", "The costs of a sample appeal are those of nobody, for nothing here is real."),
)


def _publish(data: Path, text: str) -> None:
    feeds(data, loads(text, "sources.yaml").settings)


def acts(data: Path) -> None:
    """An Act: provisions inserted, changed, omitted, moved to another number, prospective, and its Welsh text."""
    one, two, three, four = _WORDS
    changed = ("3", "Appeals", f"{three[2]} The tribunal must decide within 28 days.")
    shifted = [one, ("2", "Maps", "Every sample plan has a map."), ("3", *two[1:]), ("4", *three[1:])]
    texts = (
        act(one, two, three),
        act(one, two, three, ("4", "Costs", f"*{four[2]}")),
        act(one, two, three, four, valid="2026-02-20"),
        act(one, two, changed, four, valid="2026-02-25"),
        act(one, changed, four, valid="2026-02-28"),
        act(*shifted, valid="2026-03-01"),
        act(*shifted, title="Sample Planning and Maps Act 2015", valid="2026-03-01"),
        act(*shifted[:2], extent="E", valid="2026-03-03"),
    )
    text, site = sources(LEGISLATION), Site()
    for day, body in enumerate(texts):
        site.put(LAW, body, media="application/xml")
        site.put(WELSH, act(*_WORDS[:2], language="cy"), media="application/xml")
        world.crawl(data, site, START + timedelta(days=day), text=text)
    _publish(data, text)


def first_revised(data: Path) -> None:
    """An Act read as enacted, then as first revised, then as amended once more."""
    one, two, three, four = _WORDS
    amended = ("2", "Notices", f"{two[2]} It is given within 14 days.")
    first = act(one, two, three).replace('Value="revised"', 'Value="final"')
    texts = (
        first,
        act(one, amended, three, ("3A", "Fees", "There is no fee for a sample appeal."), valid="2025-10-01"),
        act(one, amended, ("3A", "Fees", "There is no fee for a sample appeal."), four, valid="2026-03-04"),
    )
    text, site = sources(LEGISLATION), Site()
    for day, body in enumerate(texts):
        site.put(LAW, body, media="application/xml")
        world.crawl(data, site, START + timedelta(days=day), text=text)
    _publish(data, text)


def moved_words(data: Path) -> None:
    """Pages whose headings are dropped and set again, and whose parts are joined, cut apart and moved."""
    parts = (
        ("Referral", "A first responder refers a possible victim to the sample office in writing."),
        ("Consent", "An adult has to agree before the sample office is told anything at all about them."),
        ("Support", "Whoever is referred gets a bed, a meal and a person to talk to for 45 days."),
        ("Decision", "The sample office decides whether there are grounds to believe the account given."),
        ("Appeal", "Whoever is refused can ask the sample tribunal to look at the account once more."),
    )
    joined = [*parts[:1], (parts[1][0], f"{parts[1][1]}</p><p>{parts[2][0]}</p><p>{parts[2][1]}"), *parts[3:]]
    shorter = [joined[0], (joined[1][0], joined[1][1].replace("45 days", "30 days")), *joined[2:]]
    moved = [parts[3], *parts[:3], parts[4]]
    changed = [*parts[:2], (parts[2][0], f"{parts[2][1]} {parts[4][1]}"), parts[3]]
    site = Site()
    address = "https://a.sample.invalid/p/guidance"
    site.feed([(address, "Sample guidance on modern slavery", "A sample.")])
    for day, of_day in enumerate((parts, joined, shorter, parts, moved, changed, parts)):
        text = "".join(f"<h2>{heading}</h2><p>{words}</p>" for heading, words in of_day)
        title = "<title>Sample guidance on modern slavery</title>"
        site.put(address, f"<html><head>{title}</head><body><main><h1>Sample guidance</h1>{text}</main></body></html>")
        world.crawl(data, site, START + timedelta(days=day), text=office.AUDITED)
    _publish(data, office.AUDITED)


def pages_of_govuk(data: Path) -> None:
    """A page of GOV.UK: new words, noted updates, parts that move, a withdrawal, and a return."""
    first, part = ("2026-02-01T09:30:00Z", "First published."), "<h2>Referral</h2><p>Sample words.</p>"
    more = "<h2>Deadlines</h2><p>A referral must be made within 45 days.</p>"
    note = ("2026-03-04T09:30:00Z", "Replaced the attached form.")
    withdrawn = {"explanation": "<p>No longer current.</p>", "withdrawn_at": "2026-03-08"}
    texts = (
        guidance(part),
        guidance(part + more, updated="2026-03-03T09:30:00Z"),
        guidance(part + more, updated=note[0], notes=[first, note]),
        guidance(more + part, updated="2026-03-05T09:30:00Z"),
        guidance(part.replace("Referral", "Referrals") + more.replace("45", "30"), updated="2026-03-06T09:30:00Z"),
        guidance(part, updated="2026-03-07T09:30:00Z"),
        guidance(part, updated="2026-03-08T09:30:00Z", withdrawn_notice=withdrawn),
        guidance(part + more, updated="2026-03-09T09:30:00Z"),
    )
    text, site = sources(GOVUK), Site()
    for day, body in enumerate(texts):
        site.put(CONTENT, body, media="application/json")
        world.crawl(data, site, START + timedelta(days=day), text=text)
    _publish(data, text)


def files(data: Path) -> None:
    """Files that are copied to another address, renamed, edited, and gone."""
    served = office.watched(data, office.OLD)
    served.serve(office.NEW)
    served.list(office.OLD, office.NEW)
    served.crawl(data, 2)
    served.site.put(office.OLD, "<h1>Not here</h1>", status=404)
    served.crawl(data, 4)
    served.serve(office.NEW, office.pdf(f"{office.WORDS} It has a second page now."))
    served.crawl(data, 2)
    served.stop(office.NEW)
    served.crawl(data, 4)
    _publish(data, office.AUDITED)


def copies(data: Path) -> None:
    """Four publishers of the same reports: copies, translations, another edition."""
    made = europe.Europe(data)
    made.crawl()
    name, report = "Human trafficking report", europe.prose(7)
    made.publish("council", "report", f"{name} 2025", europe.html(f"{name} 2025", report))
    made.crawl()
    made.publish("office", "report", f"{name} 2025", europe.html(f"{name} 2025", report))
    made.publish("bureau", "news", "A report is out", europe.html("A report is out", europe.prose(8)))
    made.crawl()
    edited = report.replace(report[:60], "An edited beginning of it")
    made.publish("council", "report", f"{name} 2025", europe.html(f"{name} 2025", edited))
    made.publish("mirror", "report", f"{name} 2025", europe.pdf(report))
    made.crawl()
    made.publish("council", "report-2026", f"{name} 2026", europe.html(f"{name} 2026", europe.prose(9)))
    made.crawl()
    _publish(data, europe.SOURCES)


def editions(data: Path) -> None:
    """A series of figures whose next edition is late, and comes."""
    site, text = series_world.world(), series_world.SERIES
    for day in (0, 12, 25, 40):
        world.crawl(data, site, series_world.after(day), text=text)
    late = series_world.edition(series_world.after(41).date())
    series_world.publish(site, [series_world.edition(series_world.FIRST), late])
    for day in (42, 60, 90):
        world.crawl(data, site, series_world.after(day), text=text)
    _publish(data, text)


def judged(data: Path) -> None:
    """Pages that our rules let in, leave out, and leave to a person, who decides; what nobody decides is due."""
    site, names = Site(), ("known", "signs", "report", "fees")
    decided = f'relevance: {{"{relevance_world.document("fees")}": in, "{relevance_world.document("report")}": out}}'
    relevance_world.publish(site, "known")
    relevance_world.crawl(data, site, 0)
    relevance_world.publish(site, *names[:3])
    relevance_world.crawl(data, site, 1)
    relevance_world.publish(site, *names)
    relevance_world.crawl(data, site, 2, decisions=decided)
    relevance_world.crawl(data, site, 20)
    relevance_world.crawl(data, site, 21, text=relevance_world.ALL)
    _publish(data, relevance_world.ALL)


def publisher(data: Path) -> None:
    """A publisher who publishes, edits, renames, takes down and puts back, and is down at times."""
    made, dice = Publisher(), random.Random(5)
    kinds = ("publish", "edit", "edit", "take down", "put back", "outage", "rename", "share", "tag")
    for day in range(14):
        for _ in range(3):
            made.do((dice.choice(kinds), dice.randint(1, 5)))
        world.crawl(data, made.site, START + timedelta(days=day), text=SOURCES)
    _publish(data, SOURCES)


def whatever(data: Path, seed: int) -> None:
    """A world of all protocols in which anything may happen, from a seed."""
    made, dice = random_world.made(seed), random.Random(seed)
    for day in (*range(6), 20, 22, 40, 42):
        if day == 20:
            made.calm()
        for _ in range(dice.randint(0, 5) if day and day < 20 else 0):
            made.act()
        made.serve()
        _decided_crawl(data, made, day)
    _publish(data, made.sources)


def _decided_crawl(data: Path, made: random_world.World, day: int) -> None:
    text, decided = made.sources, made.decisions
    options = Options(
        data=data, registry=loads(text, "sources.yaml"), sources_text=text,
        decisions=loads_decisions(decided, "decisions.yaml"), decisions_text=decided,
    )  # fmt: skip

    def chosen(_data: Path, _text: str = "", **_more: Any) -> Options:
        return options

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "options", chosen)
        world.crawl(data, made.site, START + timedelta(days=day), text=text)


def sample_world(data: Path) -> None:
    """The sample world, by the commands of the program.

    Raises:
        RuntimeError: a crawl failed.
    """
    warc = replayed.packed(data.parent)
    for name in sample.MOMENTS:
        done = replayed.replay(data, warc, name)
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stderr)


def recordings(data: Path) -> None:
    """All recordings in one folder."""
    build.build(data)


def one_of_series(data: Path, folder: str, stems: Sequence[str]) -> None:
    """Some files of a series, one after the other, read as its own registry says."""
    directory = library.SERIES / folder
    text = (directory / "sources.yaml").read_text("utf-8")
    for stem in stems:
        warc = directory / f"{stem}.warc.gz"
        replays.replay(data, warc, library.newest(warc) + timedelta(hours=1), sources=text)
    _publish(data, text)


def _seeded(seed: int) -> Callable[[Path], None]:
    return lambda data: whatever(data, seed)


def _serial(folder: str, *stems: str) -> Callable[[Path], None]:
    return lambda data: one_of_series(data, folder, stems)


_BY_HAND: Mapping[str, Callable[[Path], None]] = {
    "acts": acts, "first-revised": first_revised, "moved-words": moved_words, "govuk": pages_of_govuk, "files": files,
    "copies": copies, "editions": editions, "judged": judged, "publisher": publisher,
}  # fmt: skip
FOLD: Mapping[str, Callable[[Path], None]] = {**_BY_HAND, **{f"random-{seed}": _seeded(seed) for seed in SEEDS}}
"""Worlds of this repository that take a second or two each."""
OWN: Mapping[str, Callable[[Path], None]] = {"sample": sample_world, **FOLD}
"""All worlds of this repository: digests of them are kept in it."""
SHARED: Mapping[str, Callable[[Path], None]] = {
    "series-guidance": _serial("govuk-guidance", "1", "2", "3"),
    "series-site-box": _serial("site-box", "1", "2", "3", "4"),
    "series-act-first": _serial("uk-act", "first_revision-1", "first_revision-2"),
    "series-act-omitted": _serial("uk-act", "omitted-1", "omitted-2"),
    "series-act-whole": _serial("uk-act", "whole-1-enacted", "whole-2-revised-2023"),
    "recordings": recordings,
}
"""Worlds that need the folders beside this checkout."""
ALL: Mapping[str, Callable[[Path], None]] = {**OWN, **SHARED}
