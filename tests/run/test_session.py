"""The data directory: what happens to it when our code, the options or a decision change, and when it is broken."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import code_versions
from crawler.archive import Archive
from crawler.errors import ArchiveError, LockedError
from crawler.model import Capture, Page
from crawler.run import session
from crawler.run.options import ARCHIVE
from crawler.run.rebuild import rebuild
from crawler.run.redact import planning
from crawler.sources import Decisions, Redaction, Source
from crawler.store import Store
from crawler.worker import Worker
from tests.fold.tables import differences
from tests.fold.test_fold_laws import Publisher, address, live
from tests.fold.world import SOURCES, START, crawl, rebuilt, same
from tests.fold.world import read as reading

ALL = (*code_versions.parsers(), code_versions.ROWS)


def three_days(data: Path) -> Publisher:
    publisher = Publisher()
    for number in range(4):
        publisher.do(("publish", number))
    for day in range(3):
        crawl(data, publisher.site, START + timedelta(days=day))
        publisher.do(("edit", day))
        publisher.do(("publish", 10 + day))
    return publisher


@pytest.mark.process
def test_a_new_parser_reads_everything_again_and_announces_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher = three_days(tmp_path)
    with live(tmp_path) as store:
        store.set_meta_now(session.INTERPRETER, json.dumps({"feed": "an older one"}))
        before = store.all("select id, announced, state from entries where announced is not null order by id")
        titles = store.all("select document, title from versions order by document, rowid")
        with store.transaction():
            store.do("update versions set title='as an older parser read it'")
    assert len(before) > 3
    monkeypatch.setattr(session, "parsers", lambda: {"feed": "the new one"})
    with session.lock(tmp_path), Worker() as worker, session.open_state(tmp_path, worker) as state:
        assert state.store.all("select id, announced, state from entries where announced is not null order by id") == (
            before
        )
        assert state.store.all("select document, title from versions order by document, rowid") == titles
        assert state.store.meta(session.INTERPRETER) == session.interpreter()
    crawl(tmp_path, publisher.site, START + timedelta(days=5))
    same(tmp_path)


def test_an_entry_that_a_new_parser_no_longer_gives_is_corrected_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher = three_days(tmp_path)
    from crawler.protocols import feed

    parse = feed.parse

    def blind(capture: Capture, source: Source) -> Page:
        """A parser that sees the newest documents no more."""
        page = parse(capture, source)

        def keep(name: str) -> bool:
            return "/p/1" not in name or name.endswith("/p/1")

        return replace(
            page,
            documents=tuple(d for d in page.documents if keep(d.id)),
            versions=tuple(v for v in page.versions if keep(v.document)),
            links=tuple(link for link in page.links if keep(link.url)),
        )

    with live(tmp_path) as store:
        announced = {row["id"] for row in store.all("select id from entries where announced is not null")}
    monkeypatch.setattr(feed, "parse", blind)
    (tmp_path / "roundup.db").unlink()
    crawl(tmp_path, publisher.site, START + timedelta(days=5))
    crawl(tmp_path, publisher.site, START + timedelta(days=6))
    with live(tmp_path) as store:
        rows = store.all("select * from entries where announced is not null")
        assert announced <= {row["id"] for row in rows}, "an announced entry was lost"
        corrected = [row for row in rows if row["state"] == "corrected"]
        assert len(corrected) == 2
        assert {row["updated"] for row in corrected} == {"2026-03-07T06:00:00Z"}, "corrected once, by the first crawl"


@pytest.mark.parametrize(
    ("noted", "why"),
    [
        (session.interpreter(), ""),
        (session.interpreter().replace(code_versions.rows(), "another"), "made by other code: rows"),
        (session.interpreter().replace(code_versions.derives(), "another"), "made by other code: derives"),
        ('{"feed": "of the first form", "rules": "1"}', f"made by other code: {', '.join(sorted(ALL))}, derives"),
        (session.ANEW, "the archive was rewritten since"),
    ],
)
def test_only_other_code_has_everything_read_again(tmp_path: Path, noted: str, why: str) -> None:
    crawl(tmp_path, Publisher().site, START)
    with live(tmp_path) as store:
        store.set_meta_now(session.INTERPRETER, noted)
    with Archive.open(tmp_path / ARCHIVE) as archive:
        assert session.why_outdated(tmp_path, archive) == why


@pytest.mark.slow
def test_what_a_new_parser_reads_differently_is_its_own_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher = three_days(tmp_path)
    from crawler.bodies import html

    read = html.document

    def loud(capture, **options):  # type: ignore[no-untyped-def]
        page = read(capture, **options)
        return replace(page, sections=tuple(replace(s, text=s.text.upper()) for s in page.sections))

    with live(tmp_path) as store:
        store.set_meta_now(session.INTERPRETER, json.dumps({"feed": "an older one"}))
        before = store.all("select id, document, kind, path, cause from changes order by id")
    monkeypatch.setattr(html, "document", loud)
    monkeypatch.setattr(session, "reader", lambda worker: reading)
    with session.lock(tmp_path), Worker() as worker, session.open_state(tmp_path, worker):
        pass
    crawl(tmp_path, publisher.site, START + timedelta(days=5))
    with live(tmp_path) as one, rebuilt(tmp_path) as other:
        found = one.all("select * from announcements where cause='parser'")
        assert found and all(row["after"] == row["before"].upper() for row in found)
        assert not any(row["entry"] for row in found)
        kept = {row["id"] for row in one.all("select id from changes")}
        assert {row["id"] for row in before} <= kept
        assert differences(one, other) == []


def test_new_options_are_coverage_never_news(tmp_path: Path) -> None:
    publisher = three_days(tmp_path)
    narrowed = SOURCES.replace("follow: true", "follow: true\n    options: {body: 'main h2 + p'}")
    publisher.do(("edit", 3))
    crawl(tmp_path, publisher.site, START + timedelta(days=5), text=narrowed)
    crawl(tmp_path, publisher.site, START + timedelta(days=6), text=narrowed)
    with live(tmp_path) as store:
        last = store.all("select * from announcements where crawl>='20260307'")
        coverage = [row for row in last if row["cause"] == "coverage"]
        assert coverage and not any(row["entry"] for row in coverage)
        edited = {f"url:{address(2)}", f"url:{address(3)}"}
        assert {row["document"] for row in last if row["cause"] == "source" and not row["silent"]} == edited
        assert [row["silent"] for row in last if row["kind"] == "new"] == ["new options"]
    same(tmp_path)


@pytest.mark.process
def test_redacted_bodies_are_gone_and_rebuild_equals_live(tmp_path: Path) -> None:
    publisher = three_days(tmp_path)
    decisions = Decisions(redact=(Redaction(reason="names a person", date="2026-03-06", url=address(1)),))
    with session.lock(tmp_path), Worker() as worker:
        assert planning.apply(tmp_path, decisions, worker) >= 1
        said: list[str] = []
        unmet = Decisions(redact=(*decisions.redact, Redaction(reason="x", date="2026-03-06", url=address(1) + "x")))
        assert planning.apply(tmp_path, unmet, worker, lambda what, done: said.append(what)) == 0
        unspoken = f"decisions.yaml: redact {address(1)}x: nothing that was read answers to it; is it spelled right?"
        assert said == [unspoken]
        assert planning.apply(tmp_path, unmet, worker, lambda what, done: said.append(what)) == 0
        assert len(said) == 1, "it is said once; it holds for what is received later"
    crawl(tmp_path, publisher.site, START + timedelta(days=4))
    with live(tmp_path) as one, rebuilt(tmp_path) as other:
        assert differences(one, other) == []
        assert one.value("select count(*) from documents where id=?", f"url:{address(1)}") == 0
        assert not one.all("select text from sections where document=?", f"url:{address(1)}")
        assert one.value("select count(*) from fetches where reason like '%names a person%'") >= 1
        assert one.value("select count(*) from documents") > 3


@pytest.mark.process
def test_rebuild_keeps_the_old_database_where_the_archive_is_damaged(tmp_path: Path) -> None:
    three_days(tmp_path)
    first = min((tmp_path / ARCHIVE).glob("*.warc.gz"))
    body = bytearray(first.read_bytes())
    body[len(body) // 2] ^= 0xFF
    first.write_bytes(bytes(body))
    before = (tmp_path / "roundup.db").read_bytes()
    with pytest.raises(ArchiveError, match=first.name):
        rebuild(tmp_path)
    assert (tmp_path / "roundup.db").read_bytes() == before
    assert not list(tmp_path.glob("*.new*"))


def test_only_one_at_a_time(tmp_path: Path) -> None:
    with session.lock(tmp_path), pytest.raises(LockedError, match="another crawl or rebuild"), session.lock(tmp_path):
        pass


@pytest.mark.process
def test_a_rebuild_gives_the_feeds_too(tmp_path: Path) -> None:
    three_days(tmp_path)
    rebuild(tmp_path)
    feed = (tmp_path / "feeds" / "changes.atom").read_text(encoding="utf-8")
    assert "tag:sample.invalid,2026:entry/" in feed
    with Store.open(tmp_path / "roundup.db") as store:
        assert store.check() == []
