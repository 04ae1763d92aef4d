"""What a page with a short title is part of, and that its footer is no part of what it says."""

import pytest

from crawler.bodies import html
from tests.bodies.test_bodies_html import page as capture

WAY = '<div class="breadcrumbs"><a href="/">Home</a> &gt; <a href="/l/">Sample library</a> &gt; Guidance</div>'
FOOT = '<div class="site-footer"><h2>Sample toolkit</h2><p>Ask the office.</p></div>'
CARD = '<div class="card"><p>Sample form</p><div class="card-footer"><p>Two pages.</p></div></div>'


@pytest.mark.parametrize(
    ("head", "way", "within"),
    [
        ("<title>Guidance - Sample toolkit</title>", WAY, "Sample library \u2013 Sample toolkit"),
        ("<title>Guidance - Sample toolkit</title>", "", "Sample toolkit"),
        ("<title>Guidance - Samples - Sample Office</title>", "", "Sample Office"),
        ('<title>Guidance</title><meta property="og:site_name" content="Sample Office">', "", "Sample Office"),
        ("<title>Guidance</title>", WAY.replace("Sample library", "Guidance"), ""),
        ("<title>Sample toolkit</title>", "", ""),
        ("<title>On guidance - Sample toolkit</title>", "", "Sample toolkit"),
    ],
)
def test_a_page_names_the_one_above_it_and_its_site(head: str, way: str, within: str) -> None:
    page = html.document(capture(f"<html><head>{head}</head><body>{way}<h1>Guidance</h1><p>Words.</p></body></html>"))
    assert (page.title, page.within) == ("Guidance", within)


def test_the_footer_of_a_page_is_known_by_its_class_too() -> None:
    page = html.document(capture(f"<html><body><h1>Guidance</h1>{CARD}{FOOT}</body></html>"))
    assert [section.text for section in page.sections] == ["Sample form Two pages."]
