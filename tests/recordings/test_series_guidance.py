"""Guidance on GOV.UK at three moments, as its publisher served it: what is told of it is so, and all of it is told."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import pytest

from crawler.changes.runs import MIN_SENTENCE_WORDS
from crawler.store import Row, Store
from crawler.text import canonical, moment
from tests.fold.test_fold_laws import live
from tests.recordings import world

SERIES = world.SHARED / "series" / "govuk-guidance"
MOMENTS = (moment("2022-04-26"), moment("2022-05-19"), moment("2022-07-02"))
GUIDANCE = "govuk:a95c73ff-b085-5332-8052-c01ef459beef"
PUBLICATION = "govuk:f19918ba-e916-546a-ba0d-4efd6bf2b97b"

pytestmark = pytest.mark.recorded


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return what three crawls of the series make."""
    if not SERIES.is_dir():
        pytest.skip(f"no series beside this checkout ({SERIES})")
    data = tmp_path_factory.mktemp("guidance")
    sources = (SERIES / "sources.yaml").read_text("utf-8")
    for number, time in enumerate(MOMENTS, start=1):
        world.replay(data, SERIES / f"{number}.warc.gz", time, sources=sources)
    with live(data) as opened:
        yield opened


def texts(store: Store, document: str, place: int) -> list[Row]:
    """Return the sections of a version of a document; ``place`` counts its versions, from 0, or from the last, -1."""
    rows = store.all("select sections from versions where document=? order by captured", document)
    wanted = ",".join(str(each) for each in json.loads(rows[place]["sections"]))
    return store.all(f"select * from sections where id in ({wanted})")


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", canonical(text).casefold()))


def whole(store: Store, place: int) -> str:
    return f" {plain(' '.join(row['text'] for row in texts(store, GUIDANCE, place)))} "


def changed(store: Store, since: datetime = MOMENTS[1]) -> list[Row]:
    """Return what changed in the guidance from the second moment to the third."""
    return store.all("select * from changes where document=? and seen>? and kind<>'note'", GUIDANCE, since.isoformat())


def test_every_note_is_told_once_with_its_own_date(store: Store) -> None:
    first = store.value("select min(captured) from versions")
    fresh = store.all("select document, date, note from document_history where seen>? order by date", first)
    watched = "select count(*) from versions where document=? and captured<=?"
    fresh = [row for row in fresh if row["date"] > "2022-04-25T23" and store.value(watched, row["document"], first)]
    assert [row["date"][:10] for row in fresh] == ["2022-05-18", "2022-05-19", "2022-06-21", "2022-07-01", "2022-07-01"]
    entries = store.all("select document, title, summary, note, seen from entries where document is not null")
    for row in fresh:
        telling = [entry for entry in entries if row["note"] in entry["note"]]
        assert [entry["document"] for entry in telling] == [row["document"]], row["note"]
        day = moment(row["date"])
        assert f"{day.day} {day:%B %Y}" in telling[0]["summary"] + telling[0]["note"]
        assert telling[0]["seen"] > row["date"][:10]


def test_the_history_before_us_is_whole_and_in_order(store: Store) -> None:
    rows = store.all("select date, note from document_history where document=? order by number", PUBLICATION)
    assert len(rows) == 20 and rows[0]["note"] == "First published."
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)


def test_nothing_is_told_as_removed_or_added_that_is_there(store: Store) -> None:
    sides = {"+": whole(store, 1), "-": whole(store, 2)}
    rows = changed(store)
    assert Counter(row["kind"] for row in rows if row["kind"] in ("added", "removed")) == {"added": 3, "removed": 2}
    for row in rows:
        words = json.loads(row["words"]) or {
            "added": [["+", row["after"]]], "removed": [["-", row["before"]]],
        }.get(row["kind"], [])  # fmt: skip
        for op, text in words:
            for sentence in re.split(r"(?<=[.;:?!])\s", text):
                own = plain(sentence)
                if op in sides and len(own.split()) >= 2 * MIN_SENTENCE_WORDS:
                    assert f" {own} " not in sides[op], (row["kind"], row["path"], sentence)


def test_numbers_alone_are_editorial(store: Store) -> None:
    numbers = re.compile(r"(?<!\S)\d{1,3}(?:\.\d{1,3})+\.?(?=\s|$)")
    alone = [
        row
        for row in changed(store)
        if row["before"] and plain(numbers.sub("", row["before"])) == plain(numbers.sub("", row["after"]))
    ]
    assert len(alone) > 60 and {row["significance"] for row in alone if row["kind"] == "changed"} == {"editorial"}


def test_the_entry_names_chapter_or_annex_with_old_and_new_words(store: Store) -> None:
    row = store.one("select details from entries where document=? order by seen desc limit 1", PUBLICATION)
    assert row is not None
    details = json.loads(row["details"])
    weighty = {each["path"] for each in changed(store) if each["significance"] != "editorial"}
    told = [each for each in details if each["path"] in weighty and each["document"] == GUIDANCE]
    assert weighty == {each["path"] for each in told}
    assert all(re.match(r"(?:chapter-\d+|annex-[a-h]|footnotes)(?:-|$)", path) for path in weighty)
    assert all({op for op, _ in each["words"]} & {"+", "-"} for each in told if each["kind"] in ("added", "changed"))
    assert not any("version" in each["path"] for each in details[:20]), "what matters leads"
    label = store.value("select label from versions where document=? order by captured desc limit 1", GUIDANCE)
    assert label == "Version 2.10"


def test_the_publishers_own_list_of_changes_stands_beside_ours(store: Store) -> None:
    row = store.one("select details from entries where document=? order by seen desc limit 1", PUBLICATION)
    assert row is not None
    lines = [each for each in json.loads(row["details"]) if each["kind"].startswith("listed")]
    assert [each["heading"].partition(", ")[2] for each in lines] == ["2.9 05.22", *["2.10 06.22"] * 4]
    assert [each["kind"] for each in lines][1:4] == ["listed"] * 3


def test_a_subscription_to_one_annex_gets_exactly_its_changes(store: Store) -> None:
    named = "select e.path from entry_sections e join entries n on n.id=e.entry where e.document=? and n.seen>?"
    paths = {row["path"] for row in store.all(named, GUIDANCE, MOMENTS[1].isoformat())}
    weighty = {each["path"] for each in changed(store) if each["significance"] != "editorial"}
    for annex in "abcdefgh":
        inside = {path for path in paths if f"{path}-".startswith(f"annex-{annex}-")}
        assert {path for path in weighty if path.startswith(f"annex-{annex}-")} <= inside
        assert bool(inside) == (annex not in "dg") or not weighty & inside
