"""All recordings through the whole fold: each is read, or refused as its protocol alone refuses it.

The table of the first folder is printed by tests/recordings/test_every_recording.py.
"""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fold.tables import differences
from tests.recordings import build, library, refusals, table, whole, world
from tests.recordings.table import Reader

pytestmark = pytest.mark.recorded


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with ``data`` and ``outcomes.json``; nobody may write into it."""
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    return build.once(tmp_path_factory)


def outcomes(built: Path) -> dict[str, str]:
    return dict(json.loads((built / build.OUTCOMES).read_text("utf-8")))


def test_every_recording_is_read_or_refused_with_a_reason(built: Path) -> None:
    raw = {each.name for each in library.everything()[0] if each.raw}
    refused = {name: said for name, said in outcomes(built).items() if said != "read"}
    assert "not reached" not in refused.values()
    assert {name.partition("/")[0] for name in refused} == {"recordings"}, "of the other folders all is read"
    for name, said in refused.items():
        file = name.removeprefix("recordings/")
        assert (
            said == refusals.RAW[file] if name in raw else said.startswith(refusals.cut_down(file) or "a known fault")
        )
    assert refusals.RAW.keys() == {name.removeprefix("recordings/") for name in refused.keys() & raw}
    assert len(outcomes(built)) - len(refused) >= 540


def test_the_same_replay_again_changes_nothing_and_a_rebuild_gives_the_same(built: Path, tmp_path: Path) -> None:
    data, recordings = tmp_path / "data", library.everything()[0]
    shutil.copytree(built / "data", data)
    *_, before_last, last = whole.moments(recordings)
    text = whole.sources(recordings)
    counted = ("changes", "versions", "documents", "sections", "relations", "effects", "dates", "entries")

    def numbers() -> dict[str, int]:
        with world.live(data) as store:
            return {name: store.value(f"select count(*) from {name}") for name in counted}

    before = numbers()
    warc = whole.pack(tmp_path / "packed", recordings, whole.own(text, [last]))
    links = whole.asked(recordings, before_last, last)
    asked = world.replay(data, warc, last + timedelta(hours=1), sources=text, also=links)
    assert {each.answer for each in asked} == {"not newer", "not recorded"}
    assert numbers() == before
    with world.live(data) as one, world.one_by_one(), world.topics_of_words(), world.rebuilt(data) as other:
        assert differences(one, other) == []


HUDOC = {
    "hudocgreta.rss": 1955, "grev.rss": 1999, "greco.rss": 1824, "hudoccpt.rss": 2000, "echr.rss": 2000,
    "hudocgreta.v1_db895f42.rss": 2000, "grevio.rss": 2000, "grevio_short.xml": 8, "echr_short.xml": 12,
}  # fmt: skip


def test_lists_keep_every_entry_apart() -> None:
    """HUDOC has one page for everything: what tells its documents apart stands behind the #."""
    if not table.manifest():
        pytest.skip("no recordings beside this checkout (../shared/recordings)")
    by = Reader(pattern="hudoc", protocol="feed", role="listing")
    read = [table.row(by, about) for file, about in table.manifest().items() if file.startswith("hudoc.")]
    counts = {row.file.rpartition("/")[2]: len(row.page.documents) for row in read if row.page is not None}
    assert counts == HUDOC
