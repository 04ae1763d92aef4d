"""The kind of document that a page states over its title, and of which sources it counts."""

import pytest

from crawler.bodies.purpose import stated_kind
from crawler.bodies.tree import tree
from crawler.model import TRACKED
from tests.bodies.test_bodies_purpose import read

OVER = '<header><p class="label">{line}</p><h1>Sample plan</h1></header>'


@pytest.mark.parametrize(("body", "kind"), [
    (OVER.format(line="Publication - Impact assessment"), "report"),
    (OVER.format(line="Research and analysis"), "research"),
    (OVER.format(line="Document type: Statistics"), "statistics"),
    ('<div><span>Consultation paper</span></div><div><h1>Sample plan</h1></div>', "consultation"),
    (OVER.format(line="Statistics on fees for everybody"), ""), (OVER.format(line="Publications"), ""),
    ('<nav><a href="/r">Report</a></nav><h1>Sample plan</h1>', ""),
    ('<p>Report</p><p>Other words.</p><h1>Sample plan</h1>', ""), ("<h1>Sample plan</h1>", ""),
])  # fmt: skip
def test_the_line_over_a_title_names_the_kind(body: str, kind: str) -> None:
    root = tree(f"<html><body><main>{body}<p>Words.</p></main></body></html>", "https://sample.invalid/")
    assert root is not None and stated_kind(next(root.iter("h1"))) == kind


@pytest.mark.parametrize(("protocol", "facts", "kind"), [
    ("sitemap", {}, "report"), ("page", {TRACKED: "yes"}, None),
])  # fmt: skip
def test_a_page_is_what_it_says_unless_the_registry_names_it(
    protocol: str, facts: dict[str, str], kind: str | None
) -> None:
    (document,) = read(protocol, OVER.format(line="Publication - Impact assessment"), **facts).documents
    assert document.kind == kind
