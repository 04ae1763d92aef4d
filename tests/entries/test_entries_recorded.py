"""Entries of crawls of the recordings: as their golden files keep them, and right in what holds for every entry.

Each was read by hand against ../shared/USERS.md; ``python -m tests.entries.golden print`` prints them in their words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.changes import FLAGS
from crawler.entries.values import Entry
from crawler.store import Store
from tests.entries.masked import GOLDEN, QUOTED, Heard, crawled, kept, masked
from tests.entries.recorded import CRAWLS
from tests.entries.traced import DATE, StoredFacts, check
from tests.recordings import world

pytestmark = pytest.mark.recorded

OFFICIAL = re.compile(r"(.+\.)?(gov\.uk|parliament\.uk|europa\.eu|coe\.int)")
LAWFUL = re.compile(
    r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?|in parts|at least in part|not yet|not stated|"
    r"not applicable(?:: [a-z ]+(?: on [0-9-]{10})?)?|"
    r"(?:\d{4}-\d\d-\d\d, )?until \d{4}-\d\d-\d\d(?:: re(?:pealed|voked)(?:, with exceptions)?| in this wording)"
    r"(?:; (?:since when in (?:force|all its parts) is not stated|it began in parts))?|"
)
FLAGGED = {flag for flag, _ in FLAGS} | {"reverted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """A crawl of recordings: its entries, as made and as stored, and the faults that were found when they were made."""

    name: str
    heard: Heard
    stored: list[dict[str, Any]]
    untraced: list[str]
    text: str


@pytest.fixture(scope="module", params=CRAWLS)
def crawl(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    if not world.is_there():
        pytest.skip(world.ABSENT)
    data = tmp_path_factory.mktemp(request.param)
    known: dict[str, StoredFacts] = {}
    untraced: list[str] = []

    def then(store: Store, entry: Entry) -> None:
        at = str(entry.row["crawl"])
        if at not in known:
            known.clear()
            known[at] = StoredFacts.of(store)
        try:
            check(known[at], entry)
        except AssertionError as error:
            untraced.append(f"{entry.title}: {error}")

    heard = crawled(request.param, data, then)
    with Store.open(data / "roundup.db") as store:
        stored = store.all("select * from entries")
    text = kept(request.param, heard, data)
    yield Crawled(name=request.param, heard=heard, stored=stored, untraced=untraced, text=text)


def test_entries_are_those_of_the_golden_file(crawl: Crawled) -> None:
    wanted = (GOLDEN / f"{crawl.name}.json").read_text("utf-8")
    assert crawl.text == wanted, "python -m tests.entries.golden recorded; git diff"
    assert len(crawl.stored) == len(crawl.heard.entries)


def test_every_word_has_its_source_and_no_entry_is_too_long(crawl: Crawled) -> None:
    assert crawl.untraced == []


def test_dates_are_days_of_the_calendar_and_no_sentence_has_one_in_figures(crawl: Crawled) -> None:
    for row in crawl.stored:
        for column in ("published", "updated_by_publisher", "occurred", "seen", "capture_time"):
            stated = row[column]
            assert stated is None or DATE.fullmatch(stated), (row["title"], column, stated)
            if stated is not None and len(stated) >= 10:
                date.fromisoformat(stated[:10])
        assert LAWFUL.fullmatch(row["in_force"]), (row["title"], row["in_force"])
        said = " ".join(str(row[column]) for column in ("title", "late", "why", "sure", "look_for"))
        assert not re.search(r"\b\d{4}-\d\d-\d\d\b", said), said


def test_links_are_absolute_and_official(crawl: Crawled) -> None:
    for row in crawl.stored:
        if row["document"] is None:
            assert row["url"] == ""
            continue
        where = urlsplit(row["url"])
        assert where.scheme in ("http", "https") and OFFICIAL.fullmatch(where.hostname or ""), row["url"]


def test_every_entry_says_why_it_is_there_and_how_sure_we_are(crawl: Crawled) -> None:
    for entry in crawl.heard.entries:
        if entry.row.get("document") is not None:
            assert 1 <= len(entry.why) <= 3 and entry.sure, entry.title
            assert len(entry.look_for) <= 5 and entry.changes
            assert (entry.row["document"], "") in entry.sections
            assert set(re.findall(r'"([^"]+)"', str(entry.row["flags"]))) <= FLAGGED


def test_golden_files_hold_no_running_text_of_the_recordings() -> None:
    """No sentence of a golden file is longer than a title may be, but for those that are ours."""
    for name in CRAWLS:
        told = (GOLDEN / f"{name}.json").read_text("utf-8")
        assert not QUOTED.search(told), name
    assert masked("Sample words") == f"[2 words, {masked('Sample words')[10:22]}]" and masked("") == ""


def test_every_crawl_has_its_golden_file_and_no_other_is_kept() -> None:
    assert {file.stem for file in Path(GOLDEN).iterdir()} == set(CRAWLS)
