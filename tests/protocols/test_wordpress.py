"""WordPress: a list that counts itself is read to its end, told where it is not; a whole list on loopback."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler import protocols
from crawler.errors import ParseError
from crawler.model import Capture, Link, Page, Walk
from crawler.sources import Expect, Source
from tests.spiders.server import Server
from tests.spiders.world import World

URL = "https://office.sample.invalid/wp-json/wp/v2/report"
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def source(url: str = URL, **given: object) -> Source:
    return Source(
        id="reports", publisher="sample", kind="report", protocol="wordpress", url=url, expect=Expect(), options=given
    )


def post(number: int) -> dict[str, object]:
    return {
        "id": number,
        "link": f"https://office.sample.invalid/reports/{number}/",
        "modified_gmt": f"2026-0{1 + number % 9}-01T00:00:00",
        "title": {"rendered": f"Sample report {number}"},
        "content": {"rendered": f"<p>Sample words of report {number}.</p>"},
    }


def read(items: object, wanted: Source, *, page: int = 1, **counts: int) -> Page:
    headers = [("X-WP-Total", "total"), ("X-WP-TotalPages", "pages")]
    link = Link(url=f"{URL}?per_page=2&page={page}", role="listing")
    capture = Capture(
        url=link.url, time=NOW, link=link, body=json.dumps(items).encode(),
        headers=(("Content-Type", "application/json"), *((n, str(counts[k])) for n, k in headers if k in counts)),
    )  # fmt: skip
    return protocols.read(capture, wanted)


def asked(link: Link) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link.url).query)


def test_each_search_is_a_list_of_its_own_the_last_edit_first() -> None:
    links = list(protocols.start(source(terms=["slavery", "forced labour"], days=30), Walk(clock=NOW)))
    assert [asked(link)["search"] for link in links] == [["slavery"], ["forced labour"]]
    assert asked(links[0])["modified_after"] == ["2026-10-25T10:00:00Z"]
    assert (asked(links[0])["orderby"], asked(links[0])["per_page"]) == (["modified"], ["10"])
    wrong = protocols.problems(source("https://office.sample.invalid/reports", per_page=500))
    assert len(wrong) == 2


@pytest.mark.parametrize(
    ("page", "found", "counts", "pages", "follows", "gap"),
    [
        (1, 2, {"total": 5, "pages": 3}, None, "2", ""),
        (3, 1, {"total": 5, "pages": 3}, None, "", ""),
        (2, 2, {"total": 5, "pages": 3}, 2, "", "stopped after 2 pages of 5 documents"),
        (2, 0, {"total": 5, "pages": 3}, None, "", "page 2 of 3 is empty"),
        (1, 2, {}, None, "", "does not state how many pages"),
        (1, 1, {}, None, "", ""),
        (1, 0, {"total": 0, "pages": 0}, None, "", ""),
    ],
)  # fmt: skip
def test_the_next_page_is_asked_as_long_as_one_is_counted(
    page: int, found: int, counts: dict[str, int], pages: int | None, follows: str, gap: str
) -> None:
    read_page = read([post(n) for n in range(found)], source(per_page=2, pages=pages), page=page, **counts)
    assert [asked(link)["page"] for link in read_page.links] == ([[follows]] if follows else [])
    assert [gap in problem.detail for problem in read_page.problems] == ([True] if gap else [])
    assert (read_page.entries, read_page.total) == (found, counts.get("total"))


@pytest.mark.parametrize("items", [{"code": "rest_no_route"}, 7, ["x"]])
def test_what_is_no_list_of_posts_is_refused(items: object) -> None:
    with pytest.raises(ParseError):
        read(items, source())


@pytest.mark.process
def test_a_list_is_read_to_its_end_though_its_pages_are_shorter_than_asked(tmp_path: Path) -> None:
    """A site that caps its pages below what is asked counts them by its own cap."""
    posts = [post(n) for n in range(23)]
    with closing(Server()) as server:
        url = f"{server.url}/wp-json/wp/v2/report"
        (first,) = protocols.start(source(url), Walk(clock=NOW))
        counts = {"X-WP-Total": "23", "X-WP-TotalPages": "5"}
        for page in range(5):
            path = first.url.removeprefix(server.url).replace("&page=1&", f"&page={page + 1}&")
            server.put(path, json.dumps(posts[page * 5 :][:5]), "application/json", headers=counts)
        world = World(server, tmp_path / "data")
        world.text = world.text.replace("protocol: feed", "protocol: wordpress").replace("    follow: true\n", "")
        world.text = world.text.replace(f"{server.url}/feed", url)
        world.crawl()
        assert world.issues() == []
        assert len(world.rows("select id from documents")) == 23
        assert len(server.pages_asked()) == 5
