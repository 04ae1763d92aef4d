"""What names people and is not redacted: its words are shown nowhere, and once it was removed, nothing of it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.export import export
from crawler.public.database import FILE
from crawler.publish.paths import encode
from crawler.run.options import DATABASE
from tests.export.leaks import leaks
from tests.fold.test_fold_laws import live
from tests.fold.world import same
from tests.run.redacted_world import COPY, NAME, PEOPLE, RELEASE, World, served, shown, traces

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("in_this_process")]
WORD = "sampleton"
"""Stands in the bodies and teasers of the release alone."""


@pytest.fixture
def told(tmp_path: Path) -> World:
    """A world of news, in which the release came out on the second day."""
    world = World(tmp_path / "data", PEOPLE)
    world.crawl()
    world.published = True
    world.crawl()
    world.crawl()
    return world


@pytest.fixture
def removed(told: World) -> World:
    """The same after its publishers took it down."""
    told.site.down |= {RELEASE, COPY}  # It is an issue, with the address, before it is removed.
    told.crawl()
    told.site.down.clear()
    told.published = False
    for url in (RELEASE, COPY):
        told.site.put(url, "gone", status=410)
    told.site.moves.clear()
    told.crawl()
    told.crawl()
    return told


def terms(data: Path) -> set[str]:
    """Every word in the search indexes of the public file, as they keep them."""
    found: set[str] = set()
    export(data / DATABASE)
    with closing(sqlite3.connect(data / FILE)) as public:
        for index in ("passages_fts", "documents_fts"):
            public.execute(f"create virtual table temp.terms_{index} using fts5vocab(main, {index}, row)")
            found |= {str(term) for (term,) in public.execute(f"select term from temp.terms_{index}")}
    return found


def bare(data: Path) -> None:
    """Nothing hidden stands in the bytes of the public file."""
    assert leaks(data / DATABASE, export(data / DATABASE)) == []


async def test_words_are_shown_nowhere_and_found_by_nobody(told: World) -> None:
    found = await shown(told.data, told.clock)
    assert [path for path, text in found.items() if WORD in text.lower()] == []
    assert any(NAME in text.lower() for text in found.values()), "title and link of what its publisher shows"
    assert WORD not in terms(told.data) and NAME in terms(told.data)
    assert "sampl" in terms(told.data), "what is open is found"
    bare(told.data)
    same(told.data)


async def test_what_was_removed_is_shown_nowhere(removed: World) -> None:
    """Its title, its address, and the id that is made of it: the record shrinks to the day on which it was removed."""
    with live(removed.data) as store:
        rows = store.all("select id, availability from documents where id like '%zzyzx%' or url like '%zzyzx%'")
        assert len(rows) >= 2 and {row["availability"] for row in rows} <= {"gone", "withdrawn"}
    found = await shown(removed.data, removed.clock)
    bare(removed.data)
    app = served(removed.data, removed.clock)
    asked = {path: text for path, text in found.items() if NAME in path.lower()}
    for path, text in found.items():
        if path not in asked:
            assert NAME not in text.lower(), path
    for row in rows:
        answer = await app.client.get(f"/doc/{encode(row['id'])}")
        assert answer.status_code == 200 and "Removed by the publisher on" in answer.text
        assert NAME not in answer.text.lower()
    assert not [term for term in terms(removed.data) if NAME in term or (term in NAME and len(term) > 2)]
    titles = (await app.client.get("/roundup/entries.json?_shape=array&_size=max")).json()
    assert [row["title"] for row in titles if row["title"].startswith("Removed by the publisher on")]
    with live(removed.data) as store:
        assert store.value("select count(*) from issues where subject like '%zzyzx%'") >= 1
    files = [place for place in traces(removed.data) if place.startswith("feeds")]
    assert files == []
    same(removed.data)


def test_what_is_back_again_is_found_again(removed: World) -> None:
    removed.published = True
    removed.crawl()
    bare(removed.data)
    assert NAME in terms(removed.data) and WORD not in terms(removed.data)
    same(removed.data)


def test_a_source_whose_kind_is_corrected_is_hidden_and_shown(told: World) -> None:
    """Both ways, without reading anything again, and nothing of it stays in the public file."""
    words = terms(told.data)
    for kind in ("guidance", "news"):
        told.text = PEOPLE.replace("kind: news", f"kind: {kind}")
        told.crawl()
        assert (WORD in terms(told.data)) == (kind == "guidance")
        same(told.data)
    assert terms(told.data) == words
    bare(told.data)
