"""The toolkit for partnerships at two moments: every entry of it with its place, and what happened to it told once."""

import json
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.classify.toolkit import SHELVES
from crawler.classify.toolkit.vocabulary import CLOSED
from crawler.export import export
from crawler.identifiers import canonical_url
from crawler.public.database import FILE, connect
from crawler.sources import load
from crawler.store import documents
from tests.recordings import library, world
from tests.recordings.library import MORE
from tests.shared import once

pytestmark = pytest.mark.recorded

HOST = "https://iasctoolkit.nottingham.ac.uk/"
FOLDER = MORE / "iasctoolkit.nottingham.ac.uk"
FIRST, SECOND = datetime(2025, 7, 1, tzinfo=UTC), datetime(2025, 8, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
HEAD = """
settings: {contact: watch@sample.invalid, authority: recordings.invalid}
publishers:
  rights-lab: {name: Rights Lab, jurisdiction: United Kingdom}
sources:
"""


def source() -> str:
    """Return the source as sources.yaml has it."""
    text = (ROOT / "sources.yaml").read_text("utf-8")
    return HEAD + text[text.index("  - id: iasc-toolkit\n") :].partition("\n\n")[0] + "\n"


def rows() -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in (MORE / "manifest.jsonl").read_text("utf-8").splitlines()]
    found = [{**row, "file": str(MORE / row["file"])} for row in lines if row["url"].startswith(HOST)]
    return [row for row in found if not row["file"].endswith("404.html")]


def made(folder: Path) -> None:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    warc = world.pack(folder / "packed", rows())
    asked = {}
    for moment in (FIRST, SECOND):
        told = world.replay(folder / "data", warc, moment, sources=source())
        asked[f"{moment:%Y-%m}"] = [[each.url, each.answer] for each in told]
        with world.live(folder / "data") as store:
            placed = store.all("select part, heading, block, title, url from placements where settled and part<>''")
        (folder / f"{moment:%Y-%m}.json").write_text(json.dumps([list(row.values()) for row in placed]), "utf-8")
    (folder / "asked.json").write_text(json.dumps(asked), "utf-8")
    export(folder / "data" / "roundup.db")


@pytest.fixture(scope="module")
def toolkit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "toolkit", made)


@pytest.mark.parametrize(("moment", "day", "count"), [("2025-07", "2025-06-18", 199), ("2025-08", "2025-07-15", 263)])
def test_each_entry_of_it_stands_with_its_place(toolkit: Path, moment: str, day: str, count: int) -> None:
    cards = [json.loads(line) for line in (FOLDER / "_expected/cards.jsonl").read_text("utf-8").splitlines()]
    wanted = Counter(
        (card["section"], card["page_title"], card["block"], card["title"],
         canonical_url(card["target"]) if card["target"] else "")
        for card in cards if card["date"] == day
    )  # fmt: skip
    found = Counter(map(tuple, json.loads((toolkit / f"{moment}.json").read_text("utf-8"))))
    assert found == wanted and sum(wanted.values()) == count


def test_it_is_234_documents_and_its_checklist_without_an_issue(toolkit: Path) -> None:
    with world.live(toolkit / "data") as store:
        assert store.value("select count(distinct document) from placements where settled and document<>''") == 234 + 1
        known = ("gap", "unread")
        issues = store.all("select kind from issues where resolved is null")
        assert [row["kind"] for row in issues if row["kind"] not in known] == []


def test_each_file_is_asked_for_once_and_nothing_elsewhere(toolkit: Path) -> None:
    asked = json.loads((toolkit / "asked.json").read_text("utf-8"))
    every = [url for urls in asked.values() for url, _ in urls]
    files = [url for url in every if url.startswith(f"{HOST}download/")]
    assert all(url.startswith(HOST) for url in every)
    assert len(set(files)) >= 167 + 1
    lists = Counter(url for url, answer in asked["2025-08"] if not url.startswith(f"{HOST}download/"))
    assert max(lists.values()) == 1


def test_what_happened_is_told_in_three_entries(toolkit: Path) -> None:
    with world.live(toolkit / "data") as store:
        crawl = store.value("select max(id) from crawls")
        told = Counter(row["kind"] for row in store.all("select kind from list_changes where crawl=?", crawl))
        assert told == {"added": 64, "replaced": 10, "emptied": 7}
        entries = store.all("select * from entries where crawl=? and announced is not null order by title", crawl)
        assert [row["title"] for row in entries] == [
            "10 entries of Commissioner's toolkit for partnerships lead elsewhere now",
            "64 added to Commissioner's toolkit for partnerships: Training library",
            "7 no longer linked by Commissioner's toolkit for partnerships",
        ]


def test_its_editors_say_where_a_document_belongs_and_nobody_whose_it_is(toolkit: Path) -> None:
    parts = {"Governance library": "governance", "Resources": "resources", "Training library": "training"}
    with world.live(toolkit / "data") as store:
        unlisted = {row["document"] for row in store.all("select document from unlisted")}
        for heading, part in parts.items():
            placed = store.all("select distinct document from placements where settled and part=?", heading)
            wanted = {documents.resolve(store, row["document"]) for row in placed} - {""}
            noted = store.all("select distinct document from toolkit_facts where field='part' and part=?", part)
            found = {row["document"] for row in noted}
            assert wanted <= found and len(wanted) > 30
            assert found - wanted <= unlisted | {f"url:{HOST}download/PartnershipsChecklist.pdf"}
        themes = store.all("select distinct part, value from toolkit_facts where field='theme'")
        assert Counter(row["part"] for row in themes) == {
            "governance": 8, "resources": 6, "training": 9, "round-up": 16,
        }  # fmt: skip
        assert store.value("select count(*) from toolkit_facts where field='provider' and value='Rights Lab'") == 0
        placed = store.all("select jurisdiction from documents where id in (select document from placements)")
        assert sum(not row["jurisdiction"] for row in placed) > 200


def test_each_of_its_documents_stands_in_a_library_with_its_place(toolkit: Path) -> None:
    with world.live(toolkit / "data") as store:
        listed = store.all("select distinct document from placements where settled and document<>''")
        wanted = {documents.resolve(store, row["document"]) for row in listed}
    with closing(connect(toolkit / "data" / FILE)) as public:
        found = [dict(row) for row in public.execute("select part, document, withdrawn, facts from resources")]
    assert wanted <= {row["document"] for row in found if not row["withdrawn"]}
    assert Counter(row["part"] for row in found if row["part"] in SHELVES).keys() == {"law", "guidance", "reports"}
    assert all(json.loads(row["facts"]).get("places") for row in found if row["document"] in wanted)


def test_the_vocabulary_of_its_shelves_is_that_of_the_libraries() -> None:
    shelves = [each for source in load(ROOT / "sources.yaml").sources.values() if source.followed
               for each in source.followed.shelves]  # fmt: skip
    for each in shelves:
        for field in ("theme", "form", "use", "audience"):
            value = getattr(each, field)
            assert not value or value in CLOSED[each.part][field], each
