"""What documents cite, through the fold: noted by section, taken away, and the archive alone tells the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.store import Store
from tests.classify.toolkit.test_toolkit_fold import TRAINING, publish, world
from tests.fold.test_fold_laws import live
from tests.fold.world import START, crawl, same

PAGE = (
    "<main><h1>Modern slavery training</h1><p>A free course on section 52 of the Modern Slavery Act 2015"
    " (“the 2015 Act”).</p><h2>Duties</h2><p>Section 54 of the 2015 Act, Directive 2011/36/EU and the"
    " Sample Unheld Act 2031 apply; section 5 of this course does not.</p></main>"
)


def _cited(store: Store) -> list[tuple[str, str]]:
    rows = store.all("select cited, provision from citations order by cited, provision")
    return [(row["cited"], row["provision"]) for row in rows]


@pytest.mark.slow
def test_citations_are_noted_and_what_no_longer_holds_goes(tmp_path: Path) -> None:
    site = world(course=PAGE)
    crawl(tmp_path, site, START, text=TRAINING)
    with live(tmp_path) as store:
        assert _cited(store) == [
            ("celex:32011L0036", ""),
            ("title:Sample Unheld Act 2031", ""),
            ("ukpga/2015/30", "section-52"),
            ("ukpga/2015/30", "section-54"),
        ]
    publish(site, course=PAGE.replace("Directive 2011/36/EU and", ""))
    crawl(tmp_path, site, START + timedelta(days=1), text=TRAINING)
    with live(tmp_path) as store:
        assert "celex:32011L0036" not in dict(_cited(store))
    same(tmp_path)
