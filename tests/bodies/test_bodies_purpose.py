"""Pages that serve their site are no documents, and are counted; texts on the same matters are documents."""

import pytest

from crawler.bodies.purpose import by_title
from crawler.errors import RefusedError
from crawler.model import Capture, Link, Page
from crawler.protocols import Protocol, feed, listing, page, sitemap
from crawler.sources import Expect, Source
from tests.bodies.test_bodies_html import page as captured

FORM = '<form action="/find"><input name="search" value="x"></form>'
PASSWORD = '<form><label>Name<input name=n></label><input type="password" name="p"></form><p>Enter your name.</p>'
OPTIONS: dict[str, dict[str, object]] = {"listing": {"entry": "li"}, "page": {"files": True}}
PROTOCOLS: dict[str, Protocol] = {"feed": feed, "listing": listing, "page": page, "sitemap": sitemap}


def read(protocol: str, body: str, query: str = "", **facts: str) -> Page:
    shown = captured(f"<html lang=en><head><title>T</title></head><body><main>{body}<p>Words.</p></main></body></html>")
    link = Link(url=f"{shown.url}{query}", role="document", facts=facts)
    capture = Capture(url=link.url, time=shown.time, link=link, headers=shown.headers, body=shown.body)
    source = Source(
        id="sample", name="Sample", publisher="sample", kind="guidance", protocol=protocol,
        url="https://sample.invalid/", expect=Expect(), options=OPTIONS.get(protocol, {}),
    )  # fmt: skip
    return PROTOCOLS[protocol].parse(capture, source)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(("body", "query", "kind"), [
    ("<h1>Cookies policy</h1>", "", "a notice on cookies"),
    (f"<h1>Publications</h1>{FORM}", "?search=sample&sort=date", "results of a search"),
    (f"<h1>Publications</h1>{FORM}", "?page=2", ""),
    (f"<h1>Publications</h1>{FORM}", "?search=", ""),
    (f"<h1>Sample guidance</h1><p>{'Words of it. ' * 100}</p>{PASSWORD}", "", ""),
])  # fmt: skip
def test_what_serves_a_site_is_counted_and_no_document(protocol: str, body: str, query: str, kind: str) -> None:
    found = read(protocol, body, query)
    told = [problem.detail for problem in found.problems if problem.kind == "no document"]
    assert (told, bool(found.documents)) == ([kind] if kind else [], not kind)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_log_in_page_is_no_document_and_stands_for_none_that_a_list_announced(protocol: str) -> None:
    body = f"<h1>Your account</h1>{PASSWORD}"
    if protocol in ("feed", "listing"):
        with pytest.raises(RefusedError, match="a log-in page instead of the document"):
            read(protocol, body)
    else:
        found = read(protocol, body)
        assert [problem.detail for problem in found.problems] == ["a log-in page"] and not found.documents


@pytest.mark.parametrize("protocol", ["feed", "listing"])
def test_what_a_list_announces_by_its_title_is_a_document(protocol: str) -> None:
    assert read(protocol, "<h1>Privacy notice</h1>", title="Privacy notice").documents
    assert not read(protocol, "<h1>Privacy notice</h1>", title="Sample").documents


@pytest.mark.parametrize(("title", "kind"), [
    ("Polisi cwcis", "a notice on cookies"), ("Cookies on Sample.org", "a notice on cookies"),
    ("Datenschutzerklärung | Amt", "a privacy notice"), ("Politique de confidentialité", "a privacy notice"),
    ("Accessibility statement for Sample", "a statement on accessibility"),
    ("Toegankelijkheidsverklaring", "a statement on accessibility"),
    ("Terms and conditions", "terms of a site"), ("Impressum", "terms of a site"),
    ("Site map", "a map of a site"), ("Plan du site", "a map of a site"),
    ("Sign in", "a log-in page"), ("Iniciar sesión", "a log-in page"),
    ("Search results for slavery", "results of a search"), ("Search the toolkit", "results of a search"),
    ("Zoeken", "results of a search"),
    ("Privacy notice: national referral mechanism", ""), ("Search powers of officers", ""), ("Data protection", ""),
    ("Accessibility of support for victims", ""), ("Terms of reference", ""), ("Search and rescue", ""),
    ("Recherche", ""), ("Cookies and the law on consent in Europe", ""), ("", ""),
])  # fmt: skip
def test_whole_titles_say_what_serves_a_site(title: str, kind: str) -> None:
    assert by_title(title) == kind
