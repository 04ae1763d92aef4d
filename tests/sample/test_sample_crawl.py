"""The sample world crawled as a user would: three moments by replay, compared with what expected.json says."""

import json
from pathlib import Path

import pytest

from crawler.store import Store
from crawler.store.schema import OPERATIONAL
from tests.fold.tables import differences
from tests.sample import golden, world
from tests.sample.replayed import SOURCES, Told, replay, roundup

pytestmark = pytest.mark.process


@pytest.mark.parametrize("name", world.MOMENTS)
def test_exactly_the_expected_changes_are_announced(crawled: tuple[Path, dict[str, Told]], name: str) -> None:
    _, told = crawled
    found = {(row["document"], row["kind"], row["path"]) for row in told[name]["changes"]}
    wanted = {(each["document"], each["kind"], each["path"]) for each in world.expected()[name]["changes"]}
    assert {each for each in found if each[0] not in world.aside(name)} == wanted


@pytest.mark.parametrize("name", world.MOMENTS)
def test_exactly_the_expected_issues_are_open(crawled: tuple[Path, dict[str, Told]], name: str) -> None:
    _, told = crawled
    found = {(row["source"], row["kind"], row["subject"]) for row in told[name]["issues"]}
    wanted = {(each["source"], each["kind"], each["subject"]) for each in world.expected()[name]["issues"]}
    assert found == wanted


def test_dates_of_law_and_lateness_are_told(crawled: tuple[Path, dict[str, Told]]) -> None:
    _, told = crawled
    late = set()
    for name in world.MOMENTS:
        for each in world.expected()[name]["changes"]:
            if "occurred" in each:
                rows = [
                    row["occurred"]
                    for row in told[name]["changes"]
                    if (row["document"], row["kind"], row["path"]) == (each["document"], each["kind"], each["path"])
                ]
                assert rows == [each["occurred"]], each
            if each.get("late"):
                late.add(each["document"])
    assert {e["document"] for name in world.MOMENTS for e in told[name]["entries"] if e["late"]} == late


def test_what_starts_being_watched_is_said_once(crawled: tuple[Path, dict[str, Told]]) -> None:
    _, told = crawled
    for name in world.MOMENTS:
        titles = [e["title"] for e in told[name]["entries"] if e["kind"] == "watching"]
        started = world.expected()[name]["started"]
        assert len(titles) == bool(started)
        assert all(title.startswith(f"Started watching {len(started)} ") for title in titles)


def test_entries_read_like_their_golden_copies(crawled: tuple[Path, dict[str, Told]]) -> None:
    data, _ = crawled
    wanted = golden.FILE.read_text(encoding="utf-8")
    assert golden.written(golden.entries(data)) == wanted, "see the difference, then: python -m tests.sample.golden"


def test_rebuild_equals_live_and_the_same_replay_changes_nothing(own: Path, warc: Path) -> None:
    before = json.loads(roundup("status", "--data", str(own), "--json").stdout)
    with Store.open(own / "roundup.db") as store:
        counts = [store.value(f"select count(*) from {table}") for table in ("changes", "versions", "documents")]
        announced = store.value("select count(*) from entries where announced is not null")
    entries = golden.entries(own)
    replay(own, warc, "moment-3")
    assert golden.entries(own) == entries
    with Store.open(own / "roundup.db") as store:
        assert counts == [store.value(f"select count(*) from {t}") for t in ("changes", "versions", "documents")]
        assert announced == store.value("select count(*) from entries where announced is not null")
    after = json.loads(roundup("status", "--data", str(own), "--json").stdout)
    assert [s["issues"] for s in before["sources"]] == [s["issues"] for s in after["sources"]]
    live = own / "live.db"
    (own / "roundup.db").rename(live)
    done = roundup("rebuild", "--data", str(own))
    assert done.returncode == 0, done.stderr
    with Store.open(live) as one, Store.open(own / "roundup.db") as other:
        assert differences(one, other) == []
    assert golden.entries(own) == entries


def test_sample_captures_are_never_published_for_real(
    crawled: tuple[Path, dict[str, Told]], warc: Path, tmp_path: Path
) -> None:
    data, _ = crawled
    real = tmp_path / "sources.yaml"
    text = SOURCES.read_text(encoding="utf-8")
    real.write_text(text.replace("sample.invalid", "real.invalid"), encoding="utf-8")
    for command in (
        ("feeds", "--data", str(data), "--sources", str(real)),
        ("crawl", "--data", str(tmp_path / "new"), "--sources", str(real), "--replay", str(warc)),
    ):
        done = roundup(*command)
        assert done.returncode == 2
        assert "sample" in done.stderr


def test_rebuild_with_two_workers_gives_every_row(own: Path) -> None:
    with Store.open(own / "roundup.db") as live:
        before = {table: live.all(f"select * from {table}") for table in live.tables()}
    done = roundup("rebuild", "--data", str(own), "--workers", "2")
    assert done.returncode == 0, done.stderr
    with Store.open(own / "roundup.db") as anew:
        assert {t: anew.all(f"select * from {t}") for t in before if t not in OPERATIONAL} == {
            table: rows for table, rows in before.items() if table not in OPERATIONAL
        }
