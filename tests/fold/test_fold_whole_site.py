"""A whole site that answers its list well, and each page behind it with something else: none of it is news."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.run.options import DATABASE
from crawler.store import Store
from tests.fold.world import START, Site, crawl

pytestmark = pytest.mark.slow

HOST = "https://a.sample.invalid"
HOME = "<title>Sample Office</title><main><h1>Welcome</h1><p>Find our news and telephone numbers here.</p></main>"
FAULTS: dict[str, Callable[[Site, str], object]] = {
    "not found": lambda site, url: site.put(url, "<h1>Not found</h1>", status=404),
    "gone": lambda site, url: site.put(url, "<h1>Gone</h1>", status=410),
    "home page": lambda site, url: site.moves.update({url: (302, f"{HOST}/")}),
    "message": lambda site, url: site.put(url, '{"error": {"code": 500}}', media="application/json"),
    "one page for all": lambda site, url: site.put(url, HOME),
}


def serve(site: Site, numbers: range, fault: Callable[[Site, str], object] | None) -> None:
    site.moves.clear()
    site.put(f"{HOST}/", HOME)
    names = {n: "abcdefgh"[n] * 7 for n in numbers}
    site.feed([(f"{HOST}/{n}", f"Guidance on {name}", f"Notice {fault is None} {name}") for n, name in names.items()])
    for n, name in names.items():
        words = f"Whoever meets a victim of {name} calls the office, and says where. " * 9
        site.put(f"{HOST}/{n}", f"<title>Guidance on {name}</title><main><h1>Guidance on {name}</h1><p>{words}</main>")
        if fault is not None:
            fault(site, f"{HOST}/{n}")


@pytest.mark.parametrize("name", FAULTS)
def test_a_site_that_fails_as_a_whole_has_failed_and_lost_nothing(tmp_path: Path, name: str) -> None:
    site = Site()
    for day, (numbers, fault) in enumerate(
        [(range(4), None), (range(5), FAULTS[name]), (range(5), FAULTS[name]), (range(5), None)]
    ):
        serve(site, numbers, fault)
        crawl(tmp_path, site, START + timedelta(days=day))
    with Store.open(tmp_path / DATABASE) as store:
        outcomes = [row["outcome"] for row in store.all("select outcome from runs order by crawl")]
        assert outcomes == ["healthy", "failed", "failed", "healthy"]
        kinds = "('gone','withdrawn','returned','retitled','relocated')"
        assert store.all(f"select * from changes where kind in {kinds}") == []
        assert [row["title"] for row in store.all("select title from documents where url=?", f"{HOST}/4")] == [
            "Guidance on eeeeeee"
        ]
