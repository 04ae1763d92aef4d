"""Feeds: lists, new legislation, the Publication Log and effects; and where walks start."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from crawler import protocols
from crawler.errors import ConfigError, ParseError
from crawler.model import Link, Page, Role, Walk
from crawler.protocols import legislation
from crawler.protocols.legislation.names import BY_NAME, TYPES, address, uk_date
from tests.protocols.legislation_samples import (
    NOW,
    SITE,
    capture,
    changed,
    fixture,
    parsed,
    recorded,
    recordings,
    source,
)

LOG = f"{SITE}/update/legislation/data.feed?new=true"


def start(of_url: str, clock: datetime = NOW, cursor: str = "", **options: object) -> list[Link]:
    return list(protocols.start(source(of_url, **options), Walk(clock=clock, cursor=cursor)))


def day_of(link: Link) -> str:
    return link.url.split("/")[4]


def following(page: Page) -> list[Link]:
    return [link for link in page.links if link.role == "next"]


# Where walks start


def test_a_list_is_asked_exactly_as_it_is_written() -> None:
    url = "http://legislation.data.gov.uk/all/data.feed?sort=published"
    assert start(url) == [Link(url=url, role="listing")]


def test_a_log_is_read_from_the_day_after_the_cursor() -> None:
    links = start(LOG, cursor="2026-11-21", feed="log")
    assert [link.url for link in links] == [
        f"{SITE}/update/2026-11-{day}/legislation/data.feed?new=true" for day in (22, 23, 24)
    ]
    assert {link.facts["cursor"] for link in links} == {"2026-11-23"}


def test_a_log_far_behind_is_read_oldest_first_so_that_no_day_is_lost() -> None:
    """Trap UK-1.4: 1,200 events a day in the Publication Log, 7 of them new; filters by category work behind a content
    type only."""
    links = start(LOG, cursor="2026-10-01", feed="log", days=2)
    assert [day_of(link) for link in links] == ["2026-10-02", "2026-10-03"]
    assert {link.facts["cursor"] for link in links} == {"2026-10-03"}
    assert len(start(LOG, feed="log", days=3)) == 3
    assert start(LOG, cursor="2026-11-24", feed="log") == []


def test_days_are_those_of_the_united_kingdom() -> None:
    """Trap UK-1.5: one day of the log is one day of local time."""
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert day_of(start(LOG, clock=late, feed="log", days=1)[0]) == "2026-07-02"
    assert uk_date(datetime(2026, 10, 25, 0, 59, tzinfo=UTC)).day == 25
    assert uk_date(datetime(2026, 12, 1, 23, 59, tzinfo=UTC)).day == 1


def test_tracked_instruments_are_asked_for_text_log_and_effects() -> None:
    """Trap UK-1.7: effects: 50 a page unless asked for 500; no feed for one provision.

    Trap UK-1.8: "the set of effects was republished" says nothing of which.
    """
    links = start(SITE, feed="items", items=["ukpga/2015/30"], logs=True, effects=True)
    assert [(link.role, link.url, link.token) for link in links] == [
        ("document", f"{SITE}/ukpga/2015/30/data.xml", ""),
        ("statement", f"{SITE}/update/ukpga/2015/30/data.feed", ""),
        ("statement", f"{SITE}/changes/affected/ukpga/2015/30/data.feed?results-count=500&sort=modified", ""),
    ]


@pytest.mark.parametrize(
    ("url", "options", "names"),
    [
        (SITE, {"feed": "rss"}, "options.feed"),
        (SITE, {"feed": "items", "items": []}, "options.items"),
        (SITE, {"feed": "items", "items": ["ukpga/2015"]}, "ukpga/2015"),
        (SITE, {"types": ["ukpga", "ukpgaa"]}, "ukpgaa"),
        (f"{SITE}/new/data.feed", {"feed": "log"}, "url"),
        (LOG, {"feed": "log", "days": 0}, "options.days"),
    ],
)
def test_options_that_mean_nothing_are_named(url: str, options: dict[str, object], names: str) -> None:
    assert len(protocols.problems(source(url, **options))) == 1
    with pytest.raises(ConfigError, match=names):
        protocols.start(source(url, **options), Walk(clock=NOW))


# Lists


def test_a_token_changes_with_what_the_entry_announces_and_with_nothing_else() -> None:
    """Trap UK-1.18: a correction slip dates an entry anew."""

    def token(*pairs: tuple[str, str]) -> str:
        return changed("new-legislation", *pairs).links[0].token

    before = token()
    assert token(("2026-11-23T23:59:59Z", "2026-11-24T08:00:00Z"), ("3200-01-30T00", "2026-11-24T00")) == before
    assert (
        token(
            (
                f"{'http://www.legislation.gov.uk'}/ukpga/2001/9001/2002-03-01",
                "http://www.legislation.gov.uk/ukpga/2001/9001/2003-01-01",
            )
        )
        != before
    )
    assert token(("Exploitation Act 2001</title>", "Exploitation Act 2001 (repealed)</title>")) != before


def test_no_link_ever_asks_for_what_robots_forbid() -> None:
    """Trap UK-1.11: addresses of PDFs cannot be guessed; dynamic PDFs may not be asked for."""
    for name in ("new-legislation", "publication-log"):
        assert not [link.url for link in parsed(name).links if link.url.endswith((".pdf", ".docx"))]


def test_types_select_what_is_kept_and_not_what_is_counted() -> None:
    read, _ = fixture("new-legislation")
    page = legislation.parse(read, source(types=["wsi"]))
    assert [document.id for document in page.documents] == ["wsi/2001/9002"]
    assert page.entries == 5


def test_past_the_end_of_a_list_the_site_shows_its_search_form() -> None:
    """Trap UK-0.3: past its end a list is redirected to a search page; an effects feed is empty."""
    asked, shown = f"{SITE}/uksi/data.feed?page=9", f"{SITE}/search?type=uksi"

    def page(role: Role) -> Page:
        read = capture(b"<html>Search</html>", shown, role, hops=(asked,))
        return legislation.parse(replace(read, link=Link(url=asked, role=role)), source())

    assert page("next") == Page(entries=0)
    assert page("listing").entries == 0
    assert [problem.kind for problem in page("listing").problems] == ["redirected"]


def test_a_search_by_title_is_redirected_to_another_feed_and_read_there() -> None:
    """Trap UK-0.5: searches by title are redirected and drop the order: new entries may stand on any page."""
    read, of = fixture("new-legislation")
    asked, answered = f"{SITE}/search/data.feed?title=sample%20act", f"{SITE}/title/sample%20act/data.feed"
    page = legislation.parse(capture(read.body, answered, "listing", hops=(asked,)), of)
    assert following(page)[0].url == f"{answered}?page=2"
    # Its order is unknown: only a cursor keeps the walk going over pages of known entries.
    assert page.cursor is not None and legislation.parse(read, of).cursor is None


def test_a_feed_is_no_text() -> None:
    read, of = fixture("new-legislation")
    with pytest.raises(ParseError, match="feed where the text"):
        legislation.parse(capture(read.body), of)


# Effects


@pytest.mark.recorded
def test_every_effect_of_a_recorded_feed_is_a_statement() -> None:
    page = legislation.parse(recorded("changes-affecting-ukpga-2002-38-feed.xml", "statement"), source())
    assert len(page.statements) == page.total == 336 and page.problems == () and page.links == ()
    assert {each.fields["affecting"] for each in page.statements} == {"ukpga/2002/38"}
    first = page.statements[0].fields
    assert (first["affected"], first["affected_provision"], first["in_force"], first["applied"]) == (
        "ukpga/1995/36",
        "s. 55",
        "2005-12-30",
        "true",
    )


@pytest.mark.recorded
def test_an_empty_effects_feed_has_none() -> None:
    page = legislation.parse(recorded("changes-empty.feed", "statement"), source())
    assert (page.statements, page.links, page.total) == ((), (), 0)


# Recordings


@pytest.mark.recorded
def test_no_change_is_invented_between_snapshots_of_new_legislation() -> None:
    """Trap UK-0.6: `updated` of an entry is rewritten for whole batches and is no time of change."""
    names = ("2015-12-15T142936", "2015-12-15T153155", "2015-12-16T002005")
    pages = [legislation.parse(recorded(f"latest-{name}.feed"), source()) for name in names]
    seen: dict[str, Link] = {}
    overlap = 0
    for page in pages:
        for link in page.links:
            if link.role == "document":
                overlap += link.url in seen
                assert seen.setdefault(link.url, link).token == link.token
    assert overlap >= 20
    facts = [{document.id: document for document in page.documents} for page in pages]
    for earlier, later in pairwise(facts):
        assert all(earlier[key] == later[key] for key in earlier.keys() & later.keys())


@pytest.mark.recorded
def test_every_recorded_list_is_read_without_a_problem_and_paged_to_its_end() -> None:
    """Trap UK-0.2: `leg:morePages` means three things; only a next link or a total tells."""
    lists = [each["file"] for each in recordings() if "doclist-page" in each["file"]]
    assert len(lists) == 16
    for name in lists:
        page = legislation.parse(recorded(name), source())
        number = int(name[-9:-5])
        assert page.problems == () and page.entries == len(page.documents)
        # On the host that answered: in 2015 an internal one.
        after = f"http://legislation.data.gov.uk/1110-2016/data.feed?page={number + 1}"
        expected = [] if number == 5063 else [after]
        assert [link.url for link in following(page)] == expected


@pytest.mark.recorded
def test_regnal_years_and_repeal_in_a_recorded_list() -> None:
    """Trap UK-1.12: repeal shows as a mark in the title."""
    page = legislation.parse(recorded("number-ukpga-1955-19.feed"), source())
    assert [(each.id, each.title, each.status) for each in page.documents] == [
        ("ukpga/Eliz2/4-5/19", "Friendly Societies Act 1955", None),
        ("ukpga/Eliz2/3-4/19", "Air Force Act 1955", "repealed"),
    ]
    assert following(page) == []


@pytest.mark.recorded
def test_a_title_in_two_languages_is_its_english_one() -> None:
    """Trap UK-1.13: titles in two languages, with odd spaces."""
    page = legislation.parse(recorded("latest-2015-12-15T142936.feed"), source())
    titles = {each.id: each.title for each in page.documents}
    assert titles["wsi/2015/2017"].startswith("The A494 Trunk Road")
    assert " / " not in titles["wsi/2015/2017"] and "\xa0" not in "".join(titles.values())


# Names


@pytest.mark.parametrize(
    ("url", "item", "provision", "version"),
    [
        ("http://www.legislation.gov.uk/id/ukpga/1985/67", "ukpga/1985/67", "", ""),
        ("http://legislation.data.gov.uk/wsi/2015/1975/contents/made/data.xml", "wsi/2015/1975", "", "made"),
        ("/ukpga/1985/67/section/6/england+wales/2007-09-01", "ukpga/1985/67", "section/6", "2007-09-01"),
        ("/ukpga/Edw7/7/51/enacted", "ukpga/Edw7/7/51", "", "enacted"),
        ("/id/ukdsi/2001/0110289390", "ukdsi/2001/0110289390", "", ""),
        ("/uksi/2003/0001", "uksi/2003/1", "", ""),
        ("/id/eut/teu/article/1", "eut/teu", "article/1", ""),
    ],
)
def test_addresses(url: str, item: str, provision: str, version: str) -> None:
    """Trap UK-0.10: links say `http://` and an older host."""
    found = address(url)
    assert found is not None
    assert (found.item, found.provision, found.version) == (item, provision, version)


@pytest.mark.parametrize("url", ["/ukpga/2015", "/new/data.feed", "https://example.org/ukpga/2015/30", "//[", ""])
def test_addresses_that_name_no_instrument(url: str) -> None:
    assert address(url) is None


def test_type_codes_and_names_are_each_used_once() -> None:
    """Trap UK-1.22: drafts, impact assessments and items of the EU have types of their own."""
    assert len(TYPES) == len(BY_NAME) >= 37
