"""Seven pages of one site at four moments, as they were served: the box of the site is told in no entry, all else is.

The box "Latest updates" changed on all seven between the first two moments and between the last two; besides, one page
changed before the third moment, and two before the fourth.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from crawler.store import Store
from tests.fold.test_fold_laws import live
from tests.recordings import library, world

SERIES = world.SHARED / "series" / "site-box"

pytestmark = pytest.mark.recorded


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return what four crawls of the series make."""
    if not SERIES.is_dir():
        pytest.skip(f"no series beside this checkout ({SERIES})")
    data = tmp_path_factory.mktemp("box")
    for number in range(1, 5):
        warc = SERIES / f"{number}.warc.gz"
        sources = (SERIES / "sources.yaml").read_text("utf-8")
        world.replay(data, warc, library.newest(warc) + timedelta(hours=1), sources=sources)
    with live(data) as opened:
        yield opened


def test_the_box_is_told_in_no_entry_and_all_else_is(store: Store) -> None:
    box = store.all("select distinct cause, state from announcements where path='latest-updates'")
    assert box == [{"cause": "template", "state": "silent"}]
    others = store.all(
        "select a.document, a.path from announcements a join entries e on e.id=a.entry where a.kind<>'new'"
        " and e.announced is not null order by a.fetch"
    )
    assert [(row["document"].rpartition("/")[2], row["path"]) for row in others] == [
        ("guidance-mdcg-endorsed-documents-and-other-guidance_en", "unique-device-identifier-udi"),
        ("medical-devices-eudamed_en", "introduction"),
        ("medical-devices-new-regulations_en", "other-acts"),
    ]
    assert store.value("select count(*) from entries where announced is not null and kind<>'watching'") == len(others)
