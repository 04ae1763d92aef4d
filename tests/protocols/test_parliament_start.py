"""Parliament: what a source may say, and what its walks ask first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import protocols
from crawler.errors import ConfigError
from crawler.protocols.parliament.options import APIS
from tests.protocols.parliament_samples import HOSTS, links, query, source, walk


def test_each_term_is_searched_by_itself_newest_update_first() -> None:
    found = links("bills", terms=["modern slavery", "human trafficking"])
    assert [query(link.url)["SearchTerm"] for link in found] == ["modern slavery", "human trafficking"]
    assert {query(link.url)["SortOrder"] for link in found} == {"DateUpdatedDescending"}
    assert {link.role for link in found} == {"listing"}


@pytest.mark.parametrize("api", HOSTS)
def test_address_says_which_api_it_is(api: str) -> None:
    assert protocols.problems(source(api)) == []
    assert protocols.problems(source(api, api=api)) == []
    assert links(api) == links(api, api=api) != []


def test_committees_are_asked_month_by_month_and_never_deep() -> None:
    """Trap UK-3.4: far down its list the committees API fails: ask month by month."""
    found = links("committees", clock="2026-11-24T06:00:00Z", cursor="2026-09-15")
    assert [(query(link.url)["StartDate"], query(link.url)["EndDate"]) for link in found] == [
        ("2026-09-13", "2026-10-01"),  # two days are read again
        ("2026-10-01", "2026-11-01"),
        ("2026-11-01", "2026-11-25"),
    ]
    assert {query(link.url)["Take"] for link in found} == {"200"}
    assert {link.facts["cursor"] for link in found} == {"2026-11-24"}


def test_questions_are_polled_by_when_they_were_tabled_answered_and_corrected() -> None:
    """Trap UK-3.7: questions are answered later, held, corrected and withdrawn; their number is theirs for one day."""
    found = links("questions", cursor="2026-11-23", terms=["slavery"])
    asked = [query(link.url) for link in found]
    assert [next(name for name in each if name.endswith("From")) for each in asked] == [
        "tabledWhenFrom", "answeredWhenFrom", "correctedWhenFrom",
    ]  # fmt: skip
    assert {each["searchTerm"] for each in asked} == {"slavery"}
    assert {each["includeWithdrawn"] for each in asked} == {"true"}
    assert not any("Member" in name for each in asked for name in each), "names of members are not asked for"


def test_first_walk_reads_as_far_back_as_its_source_says() -> None:
    (first, *_) = links("statements", days=3)
    assert query(first.url)["madeWhenFrom"] == "2026-11-21"
    (first, *_) = links("statements", cursor="2026-11-20", again=5)
    assert query(first.url)["madeWhenFrom"] == "2026-11-15"
    assert links("statements", cursor="whole") == links("statements")


def test_any_session_is_asked_for_where_the_current_one_may_be_meant() -> None:
    assert all(query(link.url)["sessionStatus"] == "Any" for api in ("questions", "statements") for link in links(api))


def test_day_is_the_one_it_is_in_the_united_kingdom() -> None:
    (link, *_) = links("statements", clock="2026-06-30T23:30:00Z", cursor="2026-06-30")
    assert link.facts["cursor"] == "2026-07-01"


@given(st.dates(date(2020, 1, 1), date(2026, 11, 24)), st.integers(1, 10))
def test_every_day_since_the_last_walk_lies_in_a_window(cursor: date, again: int) -> None:
    """Trap UK-3.5: Parliament: entries come late: the last days have to be read again."""
    spans = [
        (date.fromisoformat(query(link.url)["StartDate"]), date.fromisoformat(query(link.url)["EndDate"]))
        for link in links("committees", cursor=cursor.isoformat(), again=again)
    ]
    day, today = cursor - timedelta(days=again), date(2026, 11, 24)
    while day <= today:
        # Also where the end is the midnight with which that day begins.
        assert any(start <= day < end for start, end in spans), day
        day += timedelta(days=1)
    assert all((end - start).days <= 32 for start, end in spans)


def test_cursor_ahead_of_the_clock_asks_for_today() -> None:
    (link,) = links("statements", cursor="2030-01-01")
    assert query(link.url)["madeWhenFrom"] == "2026-11-24"


def test_tracked_bills_are_asked_one_by_one_and_alone() -> None:
    found = links("bills", items=[3660, "3661"])
    assert [(link.url, link.role) for link in found] == [
        ("https://bills-api.parliament.uk/api/v1/Bills/3660", "document"),
        ("https://bills-api.parliament.uk/api/v1/Bills/3661", "document"),
    ]
    assert [link.role for link in links("bills", items=[3660], terms=["slavery"])] == ["document", "listing"]


def test_address_with_parameters_is_asked_as_it_is_written() -> None:
    url = f"{HOSTS['bills']}?Session=39&SearchTerm=slavery"
    assert [link.url for link in links("bills", url=url)] == [url]
    (link,) = links("bills", url=url, search={"IsWithdrawn": False, "BillType": [1, 5]})
    assert "Session=39" in link.url and "BillType=1&BillType=5" in link.url and "IsWithdrawn=false" in link.url


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"api": "petitions"}, "is no API of Parliament; expected one of bills, committees"),
        ({"api": "treaties"}, "url: expected an address with the path /api/Treaty"),
        ({"term": ["x"]}, "options.term: unknown option; expected one of api, terms"),
        ({"terms": "slavery"}, "options.terms: 'slavery'; expected a list"),
        ({"terms": ["x"]}, "expected at least 2 characters"),
        ({"files": 1}, "options.files: 1; expected true or false"),
        ({"days": True}, "options.days: true; expected a whole number"),
        ({"days": 0}, "options.days: 0; expected at least 1"),
        ({"items": ["../x"]}, "options.items[1]: '../x'; expected an id"),
        ({"search": {"Sesion": 39}}, 'did you mean "Session"?'),
        ({"search": {"MemberId": 1}}, "'MemberId': unknown parameter"),
        ({"search": {"Session": {"a": 1}}}, "options.search.Session[1]: a mapping; expected text"),
    ],
)
def test_mistakes_are_told(options: dict[str, object], said: str) -> None:
    wrong = source("bills", **options)
    (problem, *_) = protocols.problems(wrong)
    assert said in problem
    with pytest.raises(ConfigError):
        list(protocols.start(wrong, walk()))


def test_instruments_are_tracked_elsewhere_and_unknown_addresses_are_mistakes() -> None:
    assert "tracked by the protocol legislation" in protocols.problems(source("instruments", items=["abc"]))[0]
    assert "options.api: none stated" in protocols.problems(source("bills", "https://bills-api.parliament.uk/rss"))[0]


def test_no_api_takes_members_as_a_filter() -> None:
    for api in APIS.values():
        assert not any("member" in name.lower() for name in api.filters)
