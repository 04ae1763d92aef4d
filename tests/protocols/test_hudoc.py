"""HUDOC: reports and not their sections, judgments that are never read, and a cap that says nothing of itself."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from crawler import protocols
from crawler.errors import ConfigError, ParseError
from crawler.model import Capture, Link, Page, Role, Walk
from crawler.protocols import hudoc
from crawler.protocols.page_contract import checked
from crawler.sources import Expect, Source

RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"
FEED = "https://hudoc.greta.coe.int/app/transform/rss?library=gretaeng&query=contentsitename%3AGRETA&sort=&start=1"
RESULTS = (
    "https://hudoc.echr.coe.int/app/query/results?query=contentsitename%3AECHR&select=itemid&sort=&start=0&length=2"
)
TEXT = "https://hudoc.greta.coe.int/app/conversion/docx/html/body?library=GRETA&id=A-REP-1-2026-1-ENG-1"
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
DAY = "Wed, 20 Oct 2021 00:00:00 GMT"


def source(url: str = FEED, **options: Any) -> Source:
    return Source(
        id="sample", name="Sample", publisher="sample", kind="report", protocol="hudoc", url=url, expect=Expect(),
        options=options,
    )  # fmt: skip


def capture(body: bytes, url: str = FEED, role: Role = "listing", **more: Any) -> Capture:
    link = Link(url=url, role=role, facts=more.pop("facts", {}))
    media = more.pop("media", "application/rss+xml")
    return Capture(
        **{"url": url, "time": NOW, "link": link, "headers": (("Content-Type", media),), "body": body, **more}
    )


def item(identifier: str, title: str = "Sample", about: str = "3 - Nowhere - Country Reports", date: str = DAY) -> str:
    link = f'http://hudoc.greta.coe.int/eng#{{"gretaidentifier":["{identifier}"]}}'
    parts = {"title": title, "description": about, "pubDate": date, "link": link}
    return f"<item>{''.join(f'<{name}>{escape(text)}</{name}>' for name, text in parts.items())}</item>"


def feed(*items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>Sample</title>{"".join(items)}</channel></rss>'.encode()


def read(*items: str, **options: Any) -> Page:
    return checked(hudoc.parse(capture(feed(*items)), source(**options)), FEED)


def kinds(page: Page) -> list[str]:
    return [problem.kind for problem in page.problems]


@pytest.mark.parametrize(
    ("about", "place"),
    [("United Kingdom", "United Kingdom"), ("Republic of Moldova", "Moldova"), ("Nowhere", None), ("", None)],
)
def test_a_report_on_a_state_is_of_that_state(about: str, place: str | None) -> None:
    page = read(item("GBR-REP-3-2021-12-ENG-1", about=f"3 - {about} - Country Reports"), item("GEN--2018--ENG"))
    assert [each.jurisdiction for each in page.documents] == [place, None]


def test_a_report_is_called_by_its_country_and_round_however_many_entries_lack_them() -> None:
    entries = [item(f"LTU-REP-3-2023--ENG-{n}", about="3 -  - Country Reports") for n in range(1, 4)]
    (document,) = read(*entries, item("LTU-REP-3-2023--ENG-4", about="3 - Lithuania - Country Reports")).documents
    assert document.title == "GRETA country report on Lithuania, evaluation round 3 (2023)"
    (document,) = read(*entries).documents
    assert document.title == "GRETA country report on LTU, evaluation round 3 (2023)"


def test_sixteen_equal_entries_are_one_and_of_different_ones_the_same_is_taken_in_any_order() -> None:
    assert len(read(*[item("CHE-DOM----ENG", "Judgment", " - Switzerland - ")] * 16).documents) == 1
    entries = [item("GEN--2018--ENG", title) for title in ("", "Sample B", "Sample A")]
    assert read(*entries).documents == read(*reversed(entries)).documents
    assert read(*entries).documents[0].title == "Sample A"


def test_a_report_that_is_not_listed_in_english_says_so() -> None:
    titles = [read(item(f"A-REP-3-2023--{code}-1", "One")).documents[0].title for code in ("ENG", "FRE")]
    assert titles[1] == f"{titles[0]} (in French)"


def test_texts_are_asked_for_section_by_section_and_never_of_a_judgment() -> None:
    """Trap EU-4.1: GRETA: judgments of other courts among its reports."""
    entries = [
        item("A-REP-3-2023--ENG-1", "One"),
        item("A-REP-3-2023--FRE-1", "Un"),
        item("A-DOM--2023--ENG", "Judgment"),
    ]
    assert read(*entries).links == ()
    links = read(*entries, texts=True).links
    assert [link.url.rpartition("id=")[2] for link in links] == ["A-REP-3-2023--ENG-1", "A-REP-3-2023--FRE-1"]
    assert {(link.parent, link.facts["document"]) for link in links} == {("greta:A-REP-3-2023", "greta:A-REP-3-2023/1")}
    # One title for all languages: that the French text is read last does not rename the section.
    assert {link.facts["title"].rpartition(": ")[2] for link in links} == {"One"}
    assert [link.facts["language"] for link in links] == ["en", "fr"]
    again = read(item("A-REP-3-2023--ENG-1", "One, renamed"), texts=True).links
    assert again[0].url == links[0].url and again[0].token != links[0].token


@pytest.mark.parametrize(
    ("date", "published"),
    [
        (DAY, "2021-10-20"),
        ("Thu, 22 May 2025 16:11:40 GMT", "2025-05-22T16:11:40Z"),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("Mon, 25 Jun 2204 00:00:00 GMT", None),
        ("Tue, 31 Feb 2023 00:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates(date: str, published: str | None) -> None:
    assert read(item("GEN--2018--ENG", date=date)).documents[0].published == published


def full(number: int = 2000) -> list[str]:
    return [item(f"A-REP-3-{2025 - n // 25}--ENG-{n % 25 + 1}", date=f"Wed, 01 Jan {2025 - n // 25} 00:00:00 GMT")
            for n in range(number)]  # fmt: skip


def test_a_full_feed_is_a_gap_and_one_entry_less_is_none() -> None:
    assert kinds(read(*full())) == ["gap"]
    page = read(*full(1999))
    assert kinds(page) == [] and len(page.versions) == len(page.documents) == 80
    # 24 of 25 sections: nobody can see that the last one is missing where the feed is not full.
    assert len(page.versions[-1].sections) == 24


def test_entries_without_a_name_count_towards_the_cap() -> None:
    page = read(*full(1999), "<item><title>Sample</title></item>")
    assert kinds(page) == ["entry", "gap"]


def test_a_second_page_is_asked_for_only_where_options_say_so() -> None:
    page = read(*full(), pages=2)
    assert kinds(page) == []
    (link,) = [link for link in page.links if link.role == "next"]
    assert link.url.endswith("?library=gretaeng&query=contentsitename%3AGRETA&sort=&start=2001")
    second = replace(capture(feed(*full())), link=link)
    assert kinds(hudoc.parse(second, source(pages=2))) == ["gap"]
    assert kinds(hudoc.parse(replace(second, body=feed(*full(10))), source(pages=2))) == []


def test_a_report_that_two_pages_share_is_read_from_neither_and_a_page_that_comes_again_is_a_gap() -> None:
    """A parameter that a site does not know is ignored, not refused."""
    (link,) = read(*full(), pages=3).links
    again = replace(capture(feed(*full()), url=link.url), link=link)
    assert kinds(hudoc.parse(again, source(pages=3))) == ["gap"]
    rest = [item(f"XXX-REP-3-2021-1-ENG-{n}", date=DAY) for n in (20, 21)]
    shared = hudoc.parse(replace(again, body=feed(*rest)), source(pages=3))
    assert [each.id for each in shared.documents] == ["greta:XXX-REP-3-2021-1"] and not shared.versions


def test_sections_that_are_known_to_be_missing_make_no_version() -> None:
    def entry(number: int, total: int) -> str:
        link = f'http://hudoc.cpt.coe.int/eng#{{"cptsectionid":["p-x-2024-en-{number}"]}}'
        about = f"X: visit 2024 - {number}/{total}"
        return f"<item><title>Sample</title><description>{about}</description><link>{link}</link></item>"

    assert [len(v.sections) for v in read(*(entry(n, 3) for n in (3, 1, 2))).versions] == [3]
    page = read(*(entry(n, 3) for n in (1, 3)))
    assert page.versions == () and [document.title for document in page.documents] == ["X: visit 2024"]


def test_a_feed_that_breaks_off_names_reports_and_claims_nothing_of_their_sections() -> None:
    whole = feed(item("A-REP-3-2023--ENG-1"), item("A-REP-3-2023--ENG-2"))
    page = hudoc.parse(capture(whole[: whole.index(b"ENG-2")]), source())
    assert kinds(page)[0] == "broken" and page.versions == ()
    assert [document.id for document in page.documents] == ["greta:A-REP-3-2023"]


def test_an_entry_without_its_number_belongs_to_its_report() -> None:
    def entry(end: str, about: str) -> str:
        link = f'http://hudoc.greco.coe.int/eng#{{"grecosectionid":["GrecoEval5Rep-2022-3-Nowhere-PUBLIC-{end}"]}}'
        return f"<item><title>{about}</title><description>{about}</description><link>{link}</link></item>"

    page = read(entry("", "Eval 5 Nowhere - "), entry("1", "Eval 5 Nowhere - 1/2"), entry("2", "Eval 5 Nowhere - 2/2"))
    assert [document.title for document in page.documents] == ["Eval 5 Nowhere"]
    assert [len(version.sections) for version in page.versions] == [2]


def test_control_characters_do_not_break_a_feed() -> None:
    page = hudoc.parse(capture(feed(item("GEN--2018--ENG", "A\x0bB"))), source())
    assert page.problems == () and page.documents[0].title == "AB"


@pytest.mark.parametrize("body", [b"<html><body>x</body></html>", b"<rss/>", b"{}", b"x", b"<feed/>"])
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(ParseError, match="no RSS"):
        hudoc.parse(capture(body), source())


# Options


def test_options() -> None:
    assert protocols.problems(source()) == protocols.problems(source(RESULTS)) == []
    assert protocols.problems(source("https://hudoc.greta.coe.int/eng")) == [
        "url: https://hudoc.greta.coe.int/eng is neither the feed (/app/transform/rss) nor the results "
        "(/app/query/results) of a search"
    ]
    assert list(protocols.start(source(), Walk(clock=NOW))) == [Link(url=FEED, role="listing")]
    with pytest.raises(ConfigError):
        protocols.start(source(pages=0), Walk(clock=NOW))
