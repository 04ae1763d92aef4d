"""The sample world crawled as a user would: three moments by replay, compared with what expected.json says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.archive import pack
from crawler.store import Store
from tests.fold.tables import differences
from tests.sample import world

Told = dict[str, object]

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
MOMENTS = ("moment-1", "moment-2", "moment-3")


def roundup(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "crawler", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300
    )


def replay(data: Path, warc: Path, name: str) -> subprocess.CompletedProcess[str]:
    clock = f"{world.expected()[name]['clock']}T12:00:00Z"
    return roundup(
        "crawl", "--data", str(data), "--sources", str(SAMPLE / "sources.yaml"), "--replay", str(warc), "--as-of", clock
    )


@pytest.fixture(scope="module")
def warc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("warc") / "sample.warc.gz"
    pack(SAMPLE, file, sample=True)
    return file


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, warc: Path) -> Iterator[tuple[Path, dict[str, Told]]]:
    data = tmp_path_factory.mktemp("sample")
    told: dict[str, Told] = {}
    for name in MOMENTS:
        done = replay(data, warc, name)
        assert done.returncode in (0, 1), done.stderr
        told[name] = _told(data)
    yield data, told


def _told(data: Path) -> Told:
    """Give what the newest crawl found."""
    with Store.open(data / "roundup.db") as store:
        crawl = store.value("select max(id) from crawls")
        changes = store.all(
            "select document, kind, path, occurred from changes where crawl=? and cause='source' and silent=''", crawl
        )
        entries = store.all("select * from entries where crawl=?", crawl)
        issues = store.all("select source, kind, subject from issues where resolved is null and severity='alarm'")
    return {"changes": changes, "entries": entries, "issues": issues}


@pytest.mark.parametrize("name", MOMENTS)
def test_exactly_the_expected_changes_are_announced(crawled: tuple[Path, dict], name: str) -> None:  # type: ignore[type-arg]
    _, told = crawled
    found = {(row["document"], row["kind"], row["path"]) for row in told[name]["changes"]}
    wanted = {(each["document"], each["kind"], each["path"]) for each in world.expected()[name]["changes"]}
    assert found == wanted


@pytest.mark.parametrize("name", MOMENTS)
def test_exactly_the_expected_issues_are_open(crawled: tuple[Path, dict], name: str) -> None:  # type: ignore[type-arg]
    _, told = crawled
    found = {(row["source"], row["kind"], row["subject"]) for row in told[name]["issues"]}
    wanted = {(each["source"], each["kind"], each["subject"]) for each in world.expected()[name]["issues"]}
    assert found == wanted


def test_dates_of_law_and_lateness_are_told(crawled: tuple[Path, dict]) -> None:  # type: ignore[type-arg]
    _, told = crawled
    late = set()
    for name in MOMENTS:
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
    assert {e["document"] for name in MOMENTS for e in told[name]["entries"] if e["late"]} == late


def test_what_starts_being_watched_is_said_once(crawled: tuple[Path, dict]) -> None:  # type: ignore[type-arg]
    _, told = crawled
    for name in MOMENTS:
        titles = [e["title"] for e in told[name]["entries"] if e["kind"] == "watching"]
        started = world.expected()[name]["started"]
        assert len(titles) == bool(started)
        assert all(title.startswith(f"Started watching {len(started)} ") for title in titles)


def test_rebuild_equals_live_and_the_same_replay_changes_nothing(crawled: tuple[Path, dict], warc: Path) -> None:  # type: ignore[type-arg]
    data, _ = crawled
    before = json.loads(roundup("status", "--data", str(data), "--json").stdout)
    with Store.open(data / "roundup.db") as store:
        counts = [store.value(f"select count(*) from {table}") for table in ("changes", "versions", "documents")]
        announced = store.value("select count(*) from entries where announced is not null")
    replay(data, warc, "moment-3")
    with Store.open(data / "roundup.db") as store:
        assert counts == [store.value(f"select count(*) from {t}") for t in ("changes", "versions", "documents")]
        assert announced == store.value("select count(*) from entries where announced is not null")
    after = json.loads(roundup("status", "--data", str(data), "--json").stdout)
    assert [s["issues"] for s in before["sources"]] == [s["issues"] for s in after["sources"]]
    live = data / "live.db"
    (data / "roundup.db").rename(live)
    done = roundup("rebuild", "--data", str(data))
    assert done.returncode == 0, done.stderr
    with Store.open(live) as one, Store.open(data / "roundup.db") as other:
        assert differences(one, other) == []


def test_sample_captures_are_never_published_for_real(crawled: tuple[Path, dict], warc: Path, tmp_path: Path) -> None:  # type: ignore[type-arg]
    data, _ = crawled
    real = tmp_path / "sources.yaml"
    text = (SAMPLE / "sources.yaml").read_text(encoding="utf-8")
    real.write_text(text.replace("sample.invalid", "real.invalid"), encoding="utf-8")
    for command in (
        ("feeds", "--data", str(data), "--sources", str(real)),
        ("crawl", "--data", str(tmp_path / "new"), "--sources", str(real), "--replay", str(warc)),
    ):
        done = roundup(*command)
        assert done.returncode == 2
        assert "sample" in done.stderr
