"""HUDOC through the whole fold, at two moments that were really recorded: reports that appear, and nothing invented."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.run.options import DATABASE
from crawler.store import Store
from tests.fold import world as engine
from tests.protocols.test_hudoc import feed, item
from tests.recordings import world
from tests.recordings.moments import FIRST, SECOND, Moment, crawled, dated, source

pytestmark = [pytest.mark.slow, pytest.mark.process, pytest.mark.recorded]

FEED = "https://hudoc.greta.coe.int/app/transform/rss?library=gretaeng&query=contentsitename%3AGRETA&sort=&start=1"


def moments(folder: Path, *names: str) -> list[Moment]:
    rows = dated([world.row(name) for name in names], FIRST, SECOND, url=FEED)
    return crawled(folder, rows, source("hudoc", "hudoc", FEED, kind="report"), [FIRST, SECOND])


def test_greta_at_two_moments(tmp_path: Path) -> None:
    before, after = moments(tmp_path, "hudocgreta.v1_db895f42.rss", "hudocgreta.rss")
    assert len(before.changes) == 69 and before.entries == []
    # What the cap had left out is listed now; of what both list nothing differs. French is not listed any more.
    assert after.others() == [] and [each["title"] for each in after.entries] == [
        "56 older documents newly listed: hudoc"
    ]
    assert len(after.changes) == len({each["document"] for each in after.changes}) == 56
    for moment in (before, after):
        assert ("hudoc", "gap") in moment.issues and moment.outcome == {"hudoc": "healthy"}


def test_greta_the_other_way_round(tmp_path: Path) -> None:
    """A feed that reaches back less far than before takes nothing back."""
    before, after = moments(tmp_path, "hudocgreta.rss", "hudocgreta.v1_db895f42.rss")
    assert len(before.changes) == 123
    assert after.others() == [] and [each["kind"] for each in after.entries] == ["older"]
    # Two reports that are listed in French under another number, or none.
    assert {each["document"] for each in after.changes} == {"greta:AND-REP-3-2024", "greta:HUN-REP-3"}


@pytest.mark.parametrize(("older", "newer"), [("grevio.rss", "grev.rss")])
def test_grevio_renamed_its_general_reports(tmp_path: Path, older: str, newer: str) -> None:
    before, after = moments(tmp_path, older, newer)
    assert len(before.changes) == 70
    renamed = [each for each in after.changes if each["kind"] == "retitled"]
    assert {each["before"].partition(" general")[0].partition(" General")[0] for each in renamed} == {
        "First", "Second", "Third", "Fourth", "Fifth",
    }  # fmt: skip
    assert {each["cause"] for each in renamed} == {"source"}
    assert {each["kind"] for each in after.changes} <= {"new", "retitled"}


SOURCES = f"""
settings: {{contact: watch@sample.invalid, authority: sample.invalid}}
publishers:
  sample: {{name: Sample body, jurisdiction: Council of Europe}}
sources:
  - id: greta
    publisher: sample
    kind: report
    protocol: hudoc
    url: "{FEED}"
    options: {{texts: true}}
    expect: {{min: 1}}
"""
TEXT = "https://hudoc.greta.coe.int/app/conversion/docx/html/body?library=GRETA&id="


def test_a_new_report_with_its_texts_is_one_entry(tmp_path: Path) -> None:
    site = engine.Site()

    def put(*reports: str) -> None:
        items = [
            item(f"{name}-ENG-{n}", f"Sample {n}", date="Mon, 02 Mar 2026 00:00:00 GMT")
            for name in reports
            for n in (1, 2)
        ]
        site.put(FEED, feed(*items).decode(), media="application/rss+xml")
        for name in reports:
            for n in (1, 2):
                site.put(f"{TEXT}{name}-ENG-{n}", f"<p>{n}. A sample of {name}.</p>")

    def crawl(days: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        engine.crawl(tmp_path, site, engine.START + timedelta(days=days), text=SOURCES)
        with Store.open(tmp_path / DATABASE) as store:
            last = store.value("select max(id) from crawls")
            changes = store.all(
                "select document, kind, path, silent from announcements where crawl=? order by document", last
            )
            entries = store.all(
                "select * from entries where crawl=? and announced is not null and kind<>'watching'", last
            )
            return changes, entries

    put("AAA-REP-3-2026-1")
    changes, _ = crawl(0)
    assert [each["document"] for each in changes] == [
        "greta:AAA-REP-3-2026-1", "greta:AAA-REP-3-2026-1/1", "greta:AAA-REP-3-2026-1/2",
    ]  # fmt: skip
    assert crawl(1) == ([], [])
    put("BBB-REP-3-2026-2", "AAA-REP-3-2026-1")
    changes, entries = crawl(2)
    assert len(changes) == 3 and [each["document"] for each in entries] == ["greta:BBB-REP-3-2026-2"]
