"""Feeds of a crawled world: the same ids and bytes after another crawl, and after a rebuild from the archive."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection

import feedparser
import pytest

from crawler.feeds import Feed, Filter, atom, chosen, jsonfeed
from crawler.feeds.facets import title
from crawler.feeds.presets import OPEN, common, place
from crawler.public.database import connect
from crawler.public.entries import newest
from crawler.public.filters import announced_values, counts
from crawler.run.publish import feeds
from crawler.store import Store
from tests.fold.samples import ACT, CONTENT, GOVUK, GUIDANCE, LAW, LEGISLATION, act, guidance, sources
from tests.fold.world import START, Site, crawl, opened, options, rebuilt
from tests.public.exported import entries, exported

SOURCES = sources(GOVUK, LEGISLATION)


def filters(public: Connection) -> list[Filter]:
    """Return the common filters, mixtures of them, and those of one document and of one section."""
    single = [Filter(), *common(announced_values(public, *OPEN))]
    mixed = [
        chosen(
            [("topic", "offences_law"), ("jurisdiction", "England and Wales"), ("kind", "guidance"), ("kind", "asp")]
        ),
        chosen([("publisher", "sample"), ("significance", "substantive"), ("significance", "legal effect")]),
        chosen([("document", GUIDANCE)]),
        chosen([("document", ACT), ("section", "section-1")]),
    ]
    return [*single, *mixed]


def rendered(store: Store) -> dict[str, bytes]:
    """Return every feed by its id and form."""
    found = {}
    with exported(store) as public:
        for filter in filters(public):
            entries = newest(public, filter)
            feed = Feed(
                authority="sample.invalid", filter=filter, words=title(filter.pairs), place=place(filter) or "changes"
            )
            found[f"{feed.id} atom"] = atom.render(entries, feed)
            found[f"{feed.id} json"] = jsonfeed.render(entries, feed)
    return found


def crawled(data: Path) -> Site:
    """Crawl three times: what was there, and two changes."""
    site = Site()
    site.put(CONTENT, guidance(), media="application/json")
    site.put(LAW, act(("1", "Offence", "A person may act."), ("2", "Defence", "Sample.")), media="application/xml")
    crawl(data, site, START, text=SOURCES)
    body = "<h2>Referral</h2><p>First responders must refer within 30 days of trafficking.</p>"
    notes = [("2026-02-01T09:30:00Z", "First published."), ("2026-03-03T09:30:00Z", "Duty to refer added.")]
    later = guidance(body, updated="2026-03-03T09:30:00Z", notes=notes)
    site.put(CONTENT, later, media="application/json")
    crawl(data, site, START + timedelta(days=2), text=SOURCES)
    site.put(LAW, act(("1", "Offence", "A person must not act."), ("2", "Defence", "Sample.")), media="application/xml")
    crawl(data, site, START + timedelta(days=4), text=SOURCES)
    return site


@pytest.mark.slow
def test_feeds_survive_another_crawl_and_a_rebuild(tmp_path: Path) -> None:
    site = crawled(tmp_path)
    with opened(tmp_path) as state:
        before = rendered(state.store)
    shown = {name: feedparser.parse(body) for name, body in before.items() if name.endswith(" atom")}
    everything = shown["tag:sample.invalid,2026:feed/changes atom"]
    assert len(everything.entries) >= 3, "what is watched, and two changes"
    of_document = next(feed for name, feed in shown.items() if GUIDANCE.removeprefix("govuk:") in name)
    assert len(of_document.entries) >= 1
    crawl(tmp_path, site, START + timedelta(days=6), text=SOURCES)
    with opened(tmp_path) as state:
        assert rendered(state.store) == before, "the same world again"
    assert rendered(rebuilt(tmp_path)) == before, "from the archive alone"


def test_a_section_tells_its_own_changes_alone(tmp_path: Path) -> None:
    crawled(tmp_path)

    def ids(section: str) -> list[str]:
        with opened(tmp_path) as state:
            return [entry.id for entry in entries(state.store, chosen([("document", ACT), ("section", section)]))]

    assert len(ids("section-1")) == 1 and ids("section-2") == [] and ids("section-1-1") == []


@pytest.mark.slow
def test_files_of_a_crawl_are_those_of_its_rebuild(tmp_path: Path) -> None:
    site = crawled(tmp_path)
    settings = options(tmp_path, SOURCES).registry.settings
    written = feeds(tmp_path, settings)
    names = {str(path.relative_to(tmp_path / "feeds")) for path in written}
    assert {"changes.atom", "changes.json", "topic/offences_law.atom", "kind/guidance.json", "feeds.opml"} <= names
    assert feeds(tmp_path, settings) == []
    crawl(tmp_path, site, START + timedelta(days=6), text=SOURCES)
    assert feeds(tmp_path, settings) == [], "nothing changed in the world"
    with closing(connect(tmp_path / "public.db")) as public:
        counted = {(row["facet"], row["value"]) for row in counts(public)}
    assert {("topic", "offences_law"), ("jurisdiction", "Wales"), ("publisher", "sample")} <= counted
