"""A watched page whose links are followed, over sites with traps: what is asked, how often, and what is not."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.spiders.server import Reply, Server
from tests.spiders.world import World

TEXT = "<p>Invented words about forced labour, of which each page has its own.</p>"


@pytest.fixture
def far() -> Iterator[Server]:
    """Serve another site."""
    server = Server()
    yield server
    server.close()


def page(title: str, links: str = "", *, around: bool = True) -> str:
    """Return a page with a menu and a foot whose links are the same on every page."""
    menu = '<nav><a href="/menu/about">About us</a></nav>' if around else ""
    foot = '<footer><a href="/foot/privacy">Privacy</a></footer>' if around else ""
    body = f"<main><h1>{title}</h1>{TEXT.replace('page', title)}{links}</main>"
    return f"<html><head><title>{title}</title></head><body>{menu}{body}{foot}</body></html>"


def watch(world: World, far: Server, follow: str, options: str = "{}") -> None:
    near = world.server
    world.text = f"""
settings: {{contact: watch@sample.invalid, authority: sample.invalid}}
publishers:
  sample: {{name: Sample Office, jurisdiction: United Kingdom}}
hosts:
  "{near.host}": {{private: true, delay: 0, concurrency: 8}}
  "{far.host}": {{private: true, delay: 0}}
sources:
  - id: pages
    publisher: sample
    kind: guidance
    protocol: page
    url: {near.url}/list
    follow: {follow}
    options: {options}
    topics: [offences_law]
    expect: {{min: 1}}
"""


def documents(world: World) -> dict[str, str]:
    """Return the titles of the documents by path."""
    rows = world.rows("select url, title from documents where checked is not null")
    return {row["url"].removeprefix(world.server.url): row["title"] for row in rows}


def site(near: Server, far: Server) -> None:
    """Serve a page whose links lead to documents, and into traps."""
    links = f"""
<h2>Guides</h2><ul>
<li><a href="/a">Guide of the sample office</a> <a href="/a#part">part</a> <a href="/a?utm_source=x">Guide</a></li>
<li><a href="/form.csv">Sample form (CSV, 1 KB)</a> <a href="/form.csv?forceDownload=true">Download</a></li>
<li><a href="/loop/1">Round and round</a> <a href="/list">This list</a> <a href="/">Home</a></li>
<li><a href="/away">Leads off the site</a> <a href="{far.url}/other">Another site</a></li>
<li><a href="/home">Was taken down</a> <a href="/film.mp4">Film</a> <a href="mailto:a@sample.invalid">Write</a></li>
<li><a href="/cy/a">Canllaw</a> <a hidden href="/hidden">Hidden</a></li></ul>"""
    near.put("/list", page("Publications", links))
    near.put("/a", page("Guide A", '<a href="/list">Back</a> <a href="/b">Next</a>'))
    near.put("/form.csv", "name,use\nSample form,on paper\n", "text/csv")
    for n in (1, 2):
        near.pages[f"/loop/{n}"] = Reply(status=302, headers={"Location": f"/loop/{3 - n}"})
    near.pages["/away"] = Reply(status=302, headers={"Location": f"{far.url}/landing"})
    near.pages["/home"] = Reply(status=301, headers={"Location": "/"})
    near.put("/", page("Sample Office"))
    far.put("/landing", page("Elsewhere"))
    far.put("/other", page("Other"))


def test_links_of_the_text_are_asked_once_each_and_traps_are_not_walked_into(
    world: World, server: Server, far: Server
) -> None:
    site(server, far)
    watch(world, far, "{index: list, exclude: [/cy/]}")
    world.crawl()
    asked = Counter(server.pages_asked())
    assert set(asked) == {"/list", "/a", "/form.csv", "/loop/1", "/loop/2", "/away", "/home", "/"}
    assert max(asked.values()) == 1 and far.pages_asked() == []
    assert documents(world) == {"/a": "Guide A", "/form.csv": "Sample form"}
    server.clear()
    world.crawl()
    assert "/a" not in server.pages_asked() and "/form.csv" not in server.pages_asked()
    world.assert_rebuilds()


def test_a_page_that_is_a_document_has_its_files_as_parts_and_named_hosts_are_followed(
    world: World, server: Server, far: Server
) -> None:
    site(server, far)
    watch(world, far, f'{{hosts: ["{far.host}"], include: ["^/(a|other|away)$", csv], types: [html, csv]}}')
    world.crawl()
    assert set(far.pages_asked()) == {"/landing", "/other"}
    own = {"/list": "Publications", "/a": "Guide A", "/form.csv": "Sample form", "/away": "Elsewhere"}
    assert documents(world) == own | {f"{far.url}/other": "Other"}
    (row,) = world.rows("select parent from documents where url like '%form.csv'")
    assert row["parent"] == f"url:{server.url}/list"


def test_two_steps_end_after_two_and_a_loop_of_links_asks_nothing_twice(
    world: World, server: Server, far: Server
) -> None:
    server.put("/list", page("Sections", '<a href="/s/1">Section one</a> <a href="/s/2">Section two</a>'))
    for n in (1, 2):
        named = {f"/s/{3 - n}": f"The other section {n}", f"/d/{n}": f"Leaf {n}", "/d/9": f"Shared {n}"}
        links = " ".join(f'<a href="{path}">{words}</a>' for path, words in named.items())
        server.put(f"/s/{n}", page(f"Section {n}", links))
    for n in (1, 2, 9):
        server.put(f"/d/{n}", page(f"Leaf {n}", '<a href="/deep">Deeper</a>'))
    watch(world, far, "{depth: 2, index: list}")
    world.crawl()
    asked = Counter(server.pages_asked())
    assert set(asked) == {"/list", "/s/1", "/s/2", "/d/1", "/d/2", "/d/9"} and max(asked.values()) == 1
    server.clear()
    server.put("/s/2", page("Section 2", '<a href="/d/3">Leaf 3</a>'))
    server.put("/d/3", page("Leaf 3"))
    world.crawl()
    assert sorted(server.pages_asked()) == ["/d/3", "/list", "/s/1", "/s/2"]
    world.assert_rebuilds()


def test_a_cap_holds_over_all_pages_and_is_told(world: World, server: Server, far: Server) -> None:
    for name, numbers in (("/list", range(5)), ("/more", range(3, 9))):
        server.put(name, page(name, "".join(f'<a href="/d/{n}">Leaf {n}</a>' for n in numbers)))
    for n in range(9):
        server.put(f"/d/{n}", page(f"Leaf {n}"))
    watch(world, far, "{max_documents: 6, index: list}", f'{{items: ["{server.url}/more"]}}')
    world.crawl()
    assert len(server.paths("/d/")) == 6 == len(documents(world))
    assert [kind for _, kind, _ in world.issues()] == ["gap"]
    assert "9 documents behind its links so far, of which the first 6 are read" in world.issues()[0][2]
    server.clear()
    world.crawl()
    assert server.paths("/d/") == []


def test_a_menu_is_followed_where_the_selector_is_of_it(world: World, server: Server, far: Server) -> None:
    server.put("/list", page("Publications", '<a href="/a">Guide</a>'))
    server.put("/menu/about", page("About us"))
    watch(world, far, "{index: list, links: nav a}")
    world.crawl()
    assert server.pages_asked() == ["/list", "/menu/about"]


@pytest.mark.slow
def test_chapters_that_lie_below_the_contents_of_a_manual_are_parts_of_it(
    world: World, server: Server, far: Server
) -> None:
    names = {
        "/list/chapter-1-aims": "Aims",
        "/list/2-support": "Support",
        "/list/pages/3": "Records",
        "/list/annex-a-forms": "Forms",
        "/list/2024-report": "A report of 2024",
        "/chapter-9": "A chapter of something else",
    }
    server.put("/list", page("Manual", "".join(f'<a href="{path}">{title}</a> ' for path, title in names.items())))
    for path, title in names.items():
        server.put(path, page(title))
    watch(world, far, "{}")
    world.crawl()
    assert documents(world) == {"/list": "Manual", **names}
    parts = world.rows("select url from documents where parent is not null order by url")
    assert [row["url"].removeprefix(server.url) for row in parts] == sorted(names)[1:2] + sorted(names)[3:]
    server.clear()
    world.crawl()
    assert server.pages_asked() == ["/list"]
    world.assert_rebuilds()
