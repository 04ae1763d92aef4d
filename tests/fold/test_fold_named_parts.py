"""Of a law of which some parts are named, changes of the others are kept and counted, and no entry tells them."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.publish.timeline import groups, history
from tests.fold.samples import ACT, LAW, LEGISLATION, act, sources
from tests.fold.tables import differences
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Site, crawl, rebuilt
from tests.public.exported import exported

pytestmark = pytest.mark.slow
FIRST = (("1", "Plans", "Each area makes a plan."), ("2", "Notices", "A notice is served."), ("3", "Fees", "None."))
OTHER = (("1", "Plans", "Each district makes a plan."), *FIRST[1:])
BOTH = (OTHER[0], ("2", "Notices", "A notice is served by post."), ("3", "Fees", "A fee of one pound."))
WHOLE = LEGISLATION.replace("id: law", "id: whole")


def told(data: Path, registry: str) -> list[tuple[str, str, bool]]:
    """What happened to each provision since the first crawl: its path, why it is silent, whether an entry tells it."""
    site = Site()
    for number, words in enumerate((FIRST, OTHER, BOTH)):
        site.put(LAW, act(*words), media="application/xml")
        crawl(data, site, START + timedelta(days=2 * number), text=registry)
    asked = (
        "select path, silent, entry is not null as told from announcements where kind = 'changed' order by seen, path"
    )
    return [(row["path"], row["silent"], bool(row["told"])) for row in live(data).all(asked)]


def test_changes_of_other_parts_are_counted_and_no_entry_tells_them(tmp_path: Path) -> None:
    data = tmp_path / "data"
    registry = sources(LEGISLATION.replace("feed: items,", f"feed: items, parts: {{{ACT}: [section-2]}},"))
    assert told(data, registry) == [
        ("section-1", "other parts", False),
        ("section-2", "", True),
        ("section-3", "other parts", False),
    ]
    with exported(live(data)) as connection:
        shown = history(connection, {"id": ACT, "kind": "legislation"})
        (newest, *_), (earlier, *_) = list(groups(shown["changes"])), list(groups(shown["changes"]))[1:]
    assert (newest["others"], newest["silent"], len(newest["names"])) == (1, "", 1)
    assert (earlier["others"], earlier["silent"], len(earlier["names"])) == (0, "other parts", 1)
    assert [row["path"] for row in shown["latest"]] == ["section-2"]
    with live(data) as one, rebuilt(data) as other:
        assert differences(one, other) == []


def test_a_law_that_another_source_watches_whole_is_told_whole(tmp_path: Path) -> None:
    limited = LEGISLATION.replace("feed: items,", f"feed: items, parts: {{{ACT}: [section-2]}},")
    assert all(is_told for _, _, is_told in told(tmp_path / "data", sources(limited, WHOLE)))


def test_a_name_that_no_text_has_limits_nothing(tmp_path: Path) -> None:
    registry = sources(LEGISLATION.replace("feed: items,", f"feed: items, parts: {{{ACT}: [section-2, part-9]}},"))
    assert all(is_told for _, _, is_told in told(tmp_path / "data", registry))
