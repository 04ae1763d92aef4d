"""Lists whose links change all at once, and folders that are moved: no document is doubled, and nothing is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fold.test_fold_laws import Publisher, address, live
from tests.fold.test_fold_redirects import AUDITED, told
from tests.fold.test_fold_walls import document
from tests.fold.world import SOURCES, START, crawl, same

pytestmark = pytest.mark.slow

COUNT = 6
LINKS: dict[str, Callable[[str, int], str]] = {
    "tracking": lambda url, day: f"{url}?utm_source=feed&amp;utm_campaign={day}",
    "a parameter": lambda url, day: f"{url}?ref=rss",
    "the day": lambda url, day: f"{url}?t={day}",
    "a slash": lambda url, day: f"{url}/",
    "a name": lambda url, day: f"{url}/index.html",
    "another case": lambda url, day: url.replace("/p/", "/P/"),
    "http": lambda url, day: url.replace("https:", "http:"),
    "another folder": lambda url, day: url.replace("/p/", "/guides/"),
    "redirects": lambda url, day: url,
}


@pytest.mark.parametrize(
    ("kind", "follow"),
    # An entry without its page says nothing by which it is known in another folder.
    [*((kind, True) for kind in LINKS), *((kind, False) for kind in list(LINKS)[:-2])],
)
def test_links_of_a_list_change_all_at_once(tmp_path: Path, kind: str, follow: bool) -> None:
    site, text = Publisher().site, AUDITED if follow else SOURCES.replace("    follow: true\n", "")
    for day in range(5):
        listed = []
        for number in range(COUNT + (day == 4)):
            old = address(number)
            new = LINKS[kind](old, day) if day else old
            site.put(new.replace("&amp;", "&").replace("http:", "https:"), document(number))
            if kind == "redirects" and day:
                site.put(old.replace("/p/", "/guides/"), document(number))
                site.moves[old] = (301, old.replace("/p/", "/guides/"))
            elif kind == "another folder" and day:
                site.pages.pop(old, None)
            listed.append((new, f"Sample document {number} on exploitation", ""))
        site.feed(listed)
        crawl(tmp_path, site, START.replace(day=START.day + day), text=text)
    with live(tmp_path) as store:
        assert store.value("select count(*) from documents") == COUNT + 1
        assert [each for each, _ in told(store)] == ["new"], "the last one, which is"
    same(tmp_path)


@pytest.mark.parametrize("text", [AUDITED, SOURCES.replace("    follow: true\n", "")])
def test_what_a_list_names_beside_each_of_its_documents_renames_none(tmp_path: Path, text: str) -> None:
    for day in range(3):
        site = Publisher().site
        pairs = [(address(number), f"Sample document {number} on exploitation", "") for number in range(COUNT)]
        other = [(f"{url}?lang=cy", f"Dogfen sampl {number}", "") for number, (url, *_) in enumerate(pairs)]
        for url, title, _ in (*pairs, *other):
            site.put(url, document(int(title.split()[2])))
        site.feed([*pairs, *other] if day else pairs)
        crawl(tmp_path, site, START.replace(day=START.day + day), text=text)
    with live(tmp_path) as store:
        assert store.value("select count(*) from documents") == COUNT
        assert told(store) == []
    same(tmp_path)
