"""The statement registry through the whole fold: a file is fetched when its MD5 moved; a missing year is no fault."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from crawler.archive import Answer
from crawler.identifiers import request_at
from crawler.run.options import DATABASE
from crawler.store import Store
from tests.fold import world
from tests.fold.tables import differences
from tests.protocols.test_registry import row, written

pytestmark = pytest.mark.slow

FOLDER = "https://files.sample.invalid/downloads/"
SOURCES = f"""
settings: {{contact: watch@sample.invalid, authority: sample.invalid}}
publishers:
  sample: {{name: Sample Office, jurisdiction: United Kingdom}}
sources:
  - id: registry
    publisher: sample
    kind: statistics
    protocol: registry
    url: {FOLDER}
    options: {{organisations: ["00000001"]}}
    expect: {{min: 1}}
"""
START = datetime.fromisoformat("2026-12-30T06:00:00+00:00")


class Files(world.Site):
    """A server of files, each with its MD5; a question for headers gets no body."""

    def file(self, year: int, *rows: dict[str, str], mark: str) -> None:
        self.pages[f"{FOLDER}StatementSummaries{year}.csv"] = (200, mark, written(*rows))

    def answer(self, url: str, time: datetime, validators: Mapping[str, str] = MappingProxyType({})) -> Answer | None:
        request = request_at(url)
        self.asked.append(f"{request.method} {request.url[-8:-4]}")
        status, mark, body = self.pages.get(request.url, (404, "", b"not found"))
        headers = (("Content-Type", "text/csv"), ("Content-MD5", mark)) if mark else (("Content-Type", "text/html"),)
        return Answer(
            url=request.url, method=request.method, time=time, status=status, reason="", headers=headers,
            body=b"" if request.method == "HEAD" else body, request_headers=(("User-Agent", "sample"),),
        )  # fmt: skip


def crawl(data: Path, site: Files, days: int) -> tuple[list[str], list[dict[str, Any]]]:
    """Crawl on a day; return what was asked, and the changes that were found."""
    site.asked.clear()
    world.crawl(data, site, START + timedelta(days=days), text=SOURCES)
    with Store.open(data / DATABASE) as store:
        last = store.value("select max(id) from crawls")
        changes = store.all(
            "select document, kind, path, silent from announcements where crawl=? order by document, path", last
        )
        outcome = store.value("select outcome from runs where crawl=?", last)
        assert outcome == "healthy", store.all("select kind, detail from issues where resolved is null")
        with world.rebuilt(data) as other:
            assert differences(store, other) == []
    return sorted(site.asked), [dict(each) for each in changes]


def test_a_year_of_the_registry(tmp_path: Path) -> None:
    site = Files()
    site.file(2025, row(1, StatementYear="2025"), mark="old")
    site.file(2026, row(1), row(2), mark="one")
    year, statement = "statement-registry:2026", "statement-registry:2026/sample1/00000001"
    asked, changes = crawl(tmp_path, site, 0)
    assert asked == ["GET 2025", "GET 2026", "HEAD 2025", "HEAD 2026"]
    assert {(each["kind"], each["silent"]) for each in changes} == {("new", "first walk")} and len(changes) == 4
    assert crawl(tmp_path, site, 1) == (["HEAD 2025", "HEAD 2026"], [])
    # Another year begins, and has no file yet; the file of the last one has grown.
    site.file(2026, row(1, StatementIncludesGoals="No"), row(2), row(3), mark="two")
    asked, changes = crawl(tmp_path, site, 2)
    assert asked == ["GET 2026", "HEAD 2026", "HEAD 2027"]
    assert {(each["document"], each["kind"], each["path"]) for each in changes} == {
        (year, "changed", "statements"), (year, "changed", "topics"), (year, "changed", "sectors"),
        (year, "changed", "turnover"), (statement, "changed", "covers"), (statement, "moved", "covers-not"),
    }  # fmt: skip
    assert {each["silent"] for each in changes} == {""}
    # The same rows in another order, another file for the publisher, are nothing new.
    site.file(2026, row(3), row(2), row(1, StatementIncludesGoals="No"), mark="three")
    assert crawl(tmp_path, site, 3) == (["GET 2026", "HEAD 2026", "HEAD 2027"], [])
    summary = "https://registry.sample.invalid/statement-summary/SAMPLE1/2027"
    site.file(2027, row(1, StatementYear="2027", StatementSummaryURL=summary, LastUpdated="02/01/2027"), mark="new")
    asked, changes = crawl(tmp_path, site, 4)
    assert asked == ["GET 2027", "HEAD 2026", "HEAD 2027"]
    assert [(each["document"], each["kind"], each["silent"]) for each in changes] == [
        ("statement-registry:2027", "new", ""),
        ("statement-registry:2027/sample1/00000001", "new", ""),
    ]
