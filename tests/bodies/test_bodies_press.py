"""News by what a page states of itself, and no page beside it; a page that sources.yaml names is what that says."""

import pytest

from crawler.bodies.purpose import is_news
from crawler.bodies.tree import tree
from crawler.model import TRACKED
from tests.bodies.test_bodies_purpose import read

ARTICLE = '<meta property="og:type" content="article">'
STORY = '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'


@pytest.mark.parametrize(("head", "path", "news"), [
    (ARTICLE, "/news/en/press-room/2029/", True), (ARTICLE, "/newsroom/a-story", True),
    ("", "/news/a-story", False), (ARTICLE, "/publications/news", False), (ARTICLE, "/guidance/newsletters/a", False),
    (STORY, "/a", True), (STORY.replace("News", ""), "/a", False),
])  # fmt: skip
def test_a_page_is_news_where_it_says_so(head: str, path: str, news: bool) -> None:
    html = f"<html><head>{head}</head><body><p>Words.</p></body></html>"
    root = tree(html, "https://sample.invalid/")
    assert root is not None and is_news(root, html, f"https://sample.invalid{path}") is news


@pytest.mark.parametrize(("facts", "kind"), [({}, "news"), ({TRACKED: "yes"}, None)])
def test_news_is_news_whatever_its_source_has_in_general(facts: dict[str, str], kind: str | None) -> None:
    (document,) = read("page", f"<h1>Sample story</h1>{STORY}", **facts).documents
    assert document.kind == kind
