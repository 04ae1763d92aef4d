"""Dates in a calendar: what other programs read of them, and what becomes of a day that moves or goes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from crawler.derive.calendar import settled
from crawler.feeds import Feed, chosen
from crawler.feeds.dates import EVENTS, Day, render
from crawler.feeds.feed import LIMITS
from tests.feeds.feeds_entries import FEED, words
from tests.tiers import examples

DAY = Day(
    id="abc",
    document="ukpga/2001/9001",
    event="in force",
    path="section-4..section-6",
    provision="ss. 4-6",
    qualification="for specified purposes",
    authority="reg. 2",
    date="2026-12-01",
    stated="2026-12-01",
    changed="2026-11-02T10:00:00Z",
    title="Sample Exploitation Act 2001",
    url="https://www.example.org/ukpga/2001/9001",
    kind="act",
    jurisdiction="United Kingdom",
    issuer="Sample Parliament",
    places=("Wales",),
    topics=("children", "offences_law"),
    instrument="The Sample Commencement Regulations 2026",
    sequence=0,
    is_gone=False,
)


def read(days: list[Day], feed: Feed = FEED) -> list[Any]:
    return list(Calendar.from_ical(render(days, feed)).walk("VEVENT"))


def test_a_day_is_a_whole_day_that_takes_nobodys_time() -> None:
    (event,) = read([DAY])
    assert event["uid"] == "tag:sample.invalid,2026:date/abc"
    assert event.decoded("dtstart") == date(2026, 12, 1) and event["dtstart"].params["VALUE"] == "DATE"
    assert [str(event[name]) for name in ("transp", "status")] == ["TRANSPARENT", "CONFIRMED"]
    assert event["sequence"] == 0 and f"{event.decoded('dtstamp'):%FT%TZ}" == DAY.changed
    assert str(event["summary"]) == (
        "In force: Sample Exploitation Act 2001, Section 4 to section 6, for specified purposes"
    )
    for part in (
        "Applies in: Wales.",
        "By: The Sample Commencement Regulations 2026, reg. 2.",
        f"before you act: {DAY.url}",
    ):
        assert part in event["description"], part
    assert event["url"] == DAY.url and [str(one) for one in event["categories"].cats] == [
        "Children",
        "Offences and law",
    ]


@pytest.mark.parametrize(
    ("values", "status", "said"),
    [
        ({"sequence": 1}, "CONFIRMED", "Moved, seen on 2 November 2026."),
        ({"sequence": 3}, "CONFIRMED", "Changed 3 times, last seen on 2 November 2026."),
        ({"sequence": 2, "is_gone": True}, "CANCELLED", "No longer stated, seen on 2 November 2026."),
        ({"event": "closes", "stated": "2026-12-01T23:45:00+00:00"}, "CONFIRMED", "As stated: until 23:45."),
    ],
)
def test_what_became_of_a_day_is_said(values: dict[str, Any], status: str, said: str) -> None:
    (event,) = read([replace(DAY, **values)])
    assert (str(event["status"]), event["sequence"]) == (status, values.get("sequence", 0))
    assert said in event["description"]


def test_the_calendar_names_its_filter_and_has_no_clock() -> None:
    feed = replace(FEED, filter=chosen([("topic", "children")]), words="children")
    body = render([DAY, replace(DAY, id="other", event="closes")], feed)
    assert body == render([DAY, replace(DAY, id="other", event="closes")], feed)
    whole = Calendar.from_ical(body)
    assert str(whole["x-wr-calname"]) == "Counter-trafficking round-up: children (dates)"
    assert (str(whole["version"]), str(whole["method"]), str(whole["x-wr-caldesc"])) == ("2.0", "PUBLISH", LIMITS)
    assert whole["prodid"] and body.startswith(b"BEGIN:VCALENDAR\r\n") and body.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in body.split(b"\r\n")) and b"\n" not in body.replace(b"\r\n", b"")
    assert not list(Calendar.from_ical(render([], Feed(authority="a"))).walk("VEVENT"))


@pytest.mark.parametrize(
    "title", ["", "Ends; all, of it", "é" * 90, "日本 " * 40, "a\\b\\" * 50, "x" * 59 + "\\;^," * 30]
)
def test_an_event_has_the_bytes_that_icalendar_gives_it(title: str) -> None:
    day = replace(DAY, title=title, qualification="two\nlines\r\nor three", url=f"https://e.example/{title}")
    body = render([day, replace(day, topics=(), url="", is_gone=True, sequence=2)], FEED)
    assert Calendar.from_ical(body).to_ical() == body


@pytest.mark.slow
@examples(60)
@given(words, words, st.sampled_from(sorted(EVENTS)))
def test_whatever_stands_in_a_day_other_programs_read_it(title: str, said: str, event: str) -> None:
    vobject = pytest.importorskip("vobject")
    day = replace(DAY, title=title, qualification=said, path="", provision=said, url=title, event=event)
    (one,) = read([day, replace(day, id="b")])[:1]
    (other, _) = vobject.readOne(render([day, replace(day, id="b")], FEED).decode()).vevent_list
    assert other.uid.value == str(one["uid"]) and other.dtstart.value == one.decoded("dtstart")
    assert other.transp.value == "TRANSPARENT" and other.summary.value == str(one["summary"])


TODAY, FIRST = "2026-11-01", "2025-11-01"
STATED = {
    "document": "d", "event": "in force", "path": "section-1", "provision": "s. 1", "qualification": "", "places": "[]",
    "instrument": "d", "authority": "s. 9",
}  # fmt: skip


def stated(day: str, qualification: str = "") -> dict[str, Any]:
    return {**STATED, "qualification": qualification, "date": day, "stated": day}


def after(known: list[dict[str, Any]], *now: dict[str, Any], today: str = TODAY) -> list[dict[str, Any]]:
    """Return the calendar of one provision after a crawl."""
    rows = {row["id"]: row for row in known}
    for row in settled(known, now, today=today, first=FIRST):
        rows[row["id"]] = row
    return sorted(rows.values(), key=lambda row: row["number"])


def told(rows: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return [(row["date"], row["sequence"], row["state"]) for row in rows]


def test_a_day_keeps_its_id_while_it_moves_goes_and_comes_back() -> None:
    first = after([], stated("2026-12-01"))
    assert told(first) == [("2026-12-01", 0, "stated")]
    assert after(first, stated("2026-12-01")) == first
    moved = after(first, stated("2027-01-01"))
    gone = after(moved)
    back = after(gone, stated("2027-01-01"))
    assert [told(rows) for rows in (moved, gone, back)] == [
        [("2027-01-01", 1, "stated")], [("2027-01-01", 2, "gone")], [("2027-01-01", 3, "stated")],
    ]  # fmt: skip
    assert {row["id"] for rows in (first, moved, gone, back) for row in rows} == {first[0]["id"]}


def test_several_days_of_a_provision_are_told_apart() -> None:
    both = after([], stated("2026-12-01", "in Wales"), stated("2027-04-01", "otherwise"))
    assert told(both) == [("2026-12-01", 0, "stated"), ("2027-04-01", 0, "stated")]
    later = after(both, stated("2027-02-01", "in Wales"), stated("2027-04-01", "otherwise"))
    assert told(later) == [("2027-02-01", 1, "stated"), ("2027-04-01", 0, "stated")]
    more = after(later, stated("2027-02-01", "in Wales"), stated("2027-04-01", "otherwise"), stated("2028-01-01"))
    assert told(more)[2:] == [("2028-01-01", 0, "stated")] and len({row["id"] for row in more}) == 3
    less = after(more, stated("2027-04-01", "otherwise"))
    assert told(less) == [("2027-02-01", 2, "gone"), ("2027-04-01", 0, "stated"), ("2028-01-01", 1, "gone")]


def test_a_day_that_has_come_stays_though_it_is_stated_no_more() -> None:
    first = after([], stated("2026-12-01"))
    assert after(first, today="2026-12-02") == first
    assert told(after(first, today="2026-12-01")) == [("2026-12-01", 1, "gone")]


def test_other_words_for_the_same_day_are_no_move() -> None:
    first = after([], stated("2026-12-01"), stated("2026-12-01"))
    assert told(first) == [("2026-12-01", 0, "stated")], "said by a note and an effect"
    again = after(first, stated("2026-12-01", "for certain purposes"))
    assert told(again) == [("2026-12-01", 0, "stated")] and again[0]["qualification"] == "for certain purposes"


def test_the_day_of_the_rest_is_not_that_of_the_whole() -> None:
    whole, rest = ({**stated("2026-12-01"), "path": "", "provision": said} for said in ("", "the rest"))
    both = after([], whole, rest)
    assert told(both) == [("2026-12-01", 0, "stated"), ("2026-12-01", 0, "stated")]
    assert told(after(both, rest)) == [("2026-12-01", 1, "gone"), ("2026-12-01", 0, "stated")]
    assert replace(DAY, path="", provision="the rest", qualification="").headline.endswith("Act 2001, the rest")
