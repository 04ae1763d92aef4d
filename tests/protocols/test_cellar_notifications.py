"""Notifications: windows of time, what their entries really say, and what is left of them."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.errors import ParseError
from crawler.model import Page, Walk
from crawler.protocols import cellar
from crawler.protocols.cellar import addresses, notifications
from tests.protocols.cellar_samples import capture, changed, fixture, parsed, source

CLOCK = datetime(2026, 11, 24, 10, 7, 30, tzinfo=UTC)
UNFINISHED = "consolidation:2001L9001%2F20261201_0010010"


def tokens(page: Page) -> dict[str, str]:
    return {link.facts["document"]: link.token for link in page.links if link.role == "document"}


def unfiltered(*pairs: tuple[str, str]) -> Page:
    return changed("notifications", *(pairs or [("true", "true")]), feed="notifications")


def test_the_names_of_variables_are_read_as_nothing() -> None:
    """Trap EU-0.2: entries of the notification feed are called by the names of variables, and come twice."""
    page = parsed("notifications")
    assert b"$item.title" in fixture("notifications")[0].body
    assert not page.documents and "$item" not in str(page)


def test_a_work_that_is_notified_twice_is_one_with_its_newest_time() -> None:
    page = unfiltered()
    assert page.entries == 5
    assert tokens(page)["celex:32001L9001"] == "2026-11-24T08:03:26.103000Z"
    assert page.newest == "2026-11-24T08:06:00Z"


def test_all_identifiers_count_and_percent_signs_are_decoded() -> None:
    """Trap EU-0.3: a common parser keeps the last of several identifiers."""
    found = tokens(unfiltered())
    assert set(found) == {"celex:32001L9001", "consil:ST_9536_2026_INIT", "celex:32001R9002", "celex:32001R9999"}
    last_only = changed(
        "notifications", ("<notifEntry:identifier>celex:02001L9001-20261201</notifEntry:identifier>", "")
    )
    assert "celex:32001L9001" in tokens(last_only), "the consolidation names its act as well"


def test_only_what_is_wanted_is_kept_by_number_or_class() -> None:
    """Trap EU-1.7: documents of the Council arrive here as well."""
    assert set(tokens(parsed("notifications"))) == {
        "celex:32001L9001",
        "celex:32001R9002",
        "consil:ST_9536_2026_INIT",
    }
    assert set(tokens(changed("notifications", ("true", "true"), items=["32001R9999"]))) == {"celex:32001R9999"}


def test_a_consolidation_that_is_being_worked_on_is_not_asked_for() -> None:
    """Trap EU-1.6: identifiers are percent-encoded; a consolidation comes first under a working id."""
    body = fixture("notifications")[0].body.decode()
    one = (
        body[: body.index("  <entry>")] + body[body.index("  <entry>") : body.index("</entry>")] + "</entry>\r\n</feed>"
    )
    page = cellar.parse(capture(one.encode(), addresses.NOTIFICATIONS, "listing"), source())
    assert UNFINISHED in one and page.entries == 1
    assert tokens(page) == {}


def test_a_time_without_a_zone_is_that_of_brussels() -> None:
    """Trap EU-1.8: times without a zone are those of Brussels."""
    assert tokens(parsed("notifications"))["celex:32001R9002"] == "2026-11-24T08:05:00Z"


def test_pages_follow_until_there_are_no_more_entries() -> None:
    """Trap EU-1.5: notification: pages until it says that no more follow; numbers start at 1."""
    (following,) = [link for link in parsed("notifications").links if link.role == "next"]
    asked, first = (parse_qs(urlsplit(url).query) for url in (following.url, fixture("notifications")[0].url))
    assert asked == {**first, "page": ["2"]}
    assert following.facts["cursor"] == "2026-11-24T09:00:00Z"
    assert not [link for link in changed("notifications", (">true<", ">false<")).links if link.role == "next"]


@pytest.mark.parametrize("said", ["", "maybe", "$request.moreEntries"])
def test_a_page_that_does_not_say_whether_more_follow_is_wrong(said: str) -> None:
    with pytest.raises(ParseError, match="more follow"):
        changed("notifications", (">true<", f">{said}<"))


@pytest.mark.parametrize("said", ["", "x", "²", "-1", "9999999"])
def test_a_page_that_does_not_say_which_it_is_is_wrong(said: str) -> None:
    with pytest.raises(ParseError, match="which page"):
        changed("notifications", ("<notifReq:page>1<", f"<notifReq:page>{said}<"))


def test_an_empty_window_is_an_answer() -> None:
    """Trap EU-0.5: a feed is empty for some hours; an empty window of CELLAR is an answer."""
    page = parsed("notifications-none")
    assert (page.entries, page.cursor, page.links) == (None, "2026-11-24T09:00:00Z", ())


def test_being_behind_is_told_on_the_last_page_of_the_last_window() -> None:
    assert [each.kind for each in parsed("notifications-none").problems] == ["gap"]
    base, of = fixture("notifications")
    behind = capture(
        base.body, base.url, "listing", facts={"cursor": "x", notifications.BEHIND: "2026-11-24T09:50:00Z"}
    )
    page = cellar.parse(behind, of)
    assert "gap" not in {each.kind for each in page.problems}, "the next page is still to come"
    assert [link.facts[notifications.BEHIND] for link in page.links if link.role == "next"] == ["2026-11-24T09:50:00Z"]


def test_an_entry_without_a_work_or_a_time_is_told() -> None:
    page = changed("notifications", ("<updated>2026-11-24T09:06:00.000+01:00<", "<updated>$item.updated<"))
    assert {each.detail for each in page.problems} == {
        "a notification without time",
        "a notification without a work",
    }


def test_the_same_in_rss_is_read_too() -> None:
    page = cellar.parse(
        capture(
            b'<rss xmlns:q="http://publications.europa.eu/atom/notificationRequest" '
            b'xmlns:e="http://publications.europa.eu/atom/notificationEntry"><channel><title>sample</title>'
            b"<q:page>1</q:page><q:moreEntries>false</q:moreEntries><item><title>$item.title</title>"
            b"<e:updated>2026-11-24T09:02:00.000+01:00</e:updated><e:cellarId>cellar:a</e:cellarId>"
            b"<e:identifiers><e:identifier>celex:32001R9002</e:identifier></e:identifiers></item></channel></rss>",
            addresses.NOTIFICATIONS,
            "listing",
        ),
        source(),
    )
    assert tokens(page) == {"celex:32001R9002": "2026-11-24T08:02:00Z"}


def spans(cursor: str, minutes: int = 60, most: int = 48) -> list[tuple[str, str]]:
    links = notifications.windows(Walk(clock=CLOCK, cursor=cursor), minutes=minutes, most=most)
    asked = [parse_qs(urlsplit(link.url).query) for link in links]
    return [(each["startDate"][0][:16], each["endDate"][0][:16]) for each in asked]


def test_windows_go_from_the_cursor_to_what_is_settled() -> None:
    """Trap EU-1.9: hundreds of works an hour: small windows, and the walk says what waits."""
    assert spans("2026-11-24T08:00:00Z") == [
        ("2026-11-24T08:00", "2026-11-24T09:00"),
        ("2026-11-24T09:00", "2026-11-24T09:55"),
    ]


def test_the_oldest_windows_come_first_and_the_walk_says_what_waits() -> None:
    walk = Walk(clock=CLOCK, cursor="2026-11-20T00:00:00Z")
    links = list(notifications.windows(walk, minutes=60, most=3))
    assert [link.facts.get(notifications.BEHIND, "") for link in links] == ["", "", "2026-11-24T09:55:00Z"]
    assert {link.facts["cursor"] for link in links} == {"2026-11-20T03:00:00Z"}


def test_the_first_walk_reads_a_day_at_most() -> None:
    first = spans("")
    assert (first[0][0], first[-1][1], len(first)) == ("2026-11-23T09:55", "2026-11-24T09:55", 24)
    assert len(spans("", most=2)) == 2


def test_nothing_is_asked_where_nothing_is_settled_yet() -> None:
    assert spans("2026-11-24T09:55:00Z") == []
    assert spans("no time") == spans("")


def test_the_windows_of_walks_join_without_a_hole() -> None:
    cursor, seen = "2026-11-23T00:00:00Z", []
    for minute in range(0, 300, 23):
        walk = Walk(clock=CLOCK + timedelta(minutes=minute), cursor=cursor)
        links = list(notifications.windows(walk, minutes=60, most=8))
        seen += [parse_qs(urlsplit(link.url).query) for link in links]
        cursor = links[-1].facts["cursor"] if links else cursor
    ends = [each["endDate"][0] for each in seen]
    assert [each["startDate"][0] for each in seen][1:] == ends[:-1]
    assert all(each["startDate"][0] < each["endDate"][0] for each in seen)
