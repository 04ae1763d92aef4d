import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.bodies.dates import iso
from tests.tiers import examples


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("5 January 2026", "en", "2026-01-05"),
        ("05/01/2026", "en", "2026-01-05"),
        ("27.4.2016", "de", "2016-04-27"),
        ("24th November 2026", "en", "2026-11-24"),
        ("Wednesday 24 November 2026", "en", "2026-11-24"),
        ("Tue, 24 Nov 2026 10:00:00 GMT", "en", "2026-11-24T10:00:00Z"),
        ("Tue, 24 Nov 2026 10:00:00 +0100", "en", "2026-11-24T09:00:00Z"),
        ("November 24, 2026", "en", "2026-11-24"),
        ("Updated: 1 Sept. 2023", "en", "2023-09-01"),
        ("Published on 3 May 2024 at 10:15 am", "en", "2024-05-03"),
        ("November 2026", "en", "2026-11"),
        ("Sept 2026", "en", "2026-09"),
        ("2021-04-03", "en", "2021-04-03"),
        ("2026-11-24T10:00:00+01:00", "en", "2026-11-24T09:00:00Z"),
        ("2026-11-24 10:00", "en", "2026-11-24"),
        ("20261124", "en", "2026-11-24"),
        ("2026", "en", "2026"),
        ("27 avril 2016", "fr", "2016-04-27"),
        ("1er janvier 2020", "fr", "2020-01-01"),
        ("Publié le 3 févr. 2021", "fr", "2021-02-03"),
        ("août 2021", "fr", "2021-08"),
        ("5. April 2011", "de", "2011-04-05"),
        ("Stand: 10. März 2020", "de", "2020-03-10"),
        ("3 maart 2022", "nl", "2022-03-03"),
        ("12 de abril de 2019", "es", "2019-04-12"),
        ("septiembre de 2019", "es", "2019-09"),
        ("15 Mawrth 2022", "cy", "2022-03-15"),
        ("1af Ionawr 2024", "cy", "2024-01-01"),
        ("8fed Mai 2024", "cy-GB", "2024-05-08"),
        ("24 November 2026", "cy", "2026-11-24"),
        ("27 kwietnia 2016", "pl", "2016-04-27"),
        ("27 aprilie 2016", "ro", "2016-04-27"),
    ],
)
def test_reads(text: str, language: str, expected: str) -> None:
    assert iso(text, language=language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "31 February 2026", "30/02/2026", "2026-02-30", "2026-13-01", "13/13/2026", "Section 45", "May",
        "version 2.1",
        "Published in 39 countries", "3 Marchember 2026", "1 January 3200", "1 January 0999", "2026-11-24T25:00:00Z",
        "in 2026", "39", "yesterday", "3 days ago", "12:30", "5/1/26", "Tue, 31 Feb 2026 10:00:00 GMT", "0000-00-00",
    ],
)  # fmt: skip
def test_refuses(text: str) -> None:
    assert iso(text) is None
    assert iso(text, language="pl") is None


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 01 Jan 0001 00:00:00 GMT", "01 Jan 0001 00:00 +0000", "01 Jan 0070 10:00 GMT", "0001-01-01",
        "0001-01-01T00:00:00Z", "3200-01-30", "30 January 3200", "1601-01-01", "1 January 1601",
        "1601-01-01T00:00:00Z", "Mon, 01 Jan 1601 00:00:00 GMT", "1753-01-01", "30/12/1899", "1900-01-01",
        "1970-01-01", "1 January 1970", "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T01:00:00+01:00",
        "31 December 1969", "99999-01-01", "-0001-11-30", "Wed, 30 Nov -0001 00:00:00 +0000",
    ],
)  # fmt: skip
def test_where_clocks_of_programs_begin_is_no_date(text: str) -> None:
    assert iso(text) is None


@pytest.mark.parametrize("text", ["1900", "1970-01", "1970", "1970-01-02", "1807-03-25", "1 January 1971"])
def test_old_dates_that_a_publisher_means_are_dates(text: str) -> None:
    assert iso(text) is not None


def test_month_first() -> None:
    assert iso("05/01/2026", dayfirst=False) == "2026-05-01"
    assert iso("13/01/2026", dayfirst=False) is None
    assert iso("2026-05-01", dayfirst=False) == "2026-05-01"


def test_a_language_nobody_knows_is_no_error() -> None:
    assert iso("27 sometimes 2016", language="xx") is None


@examples(200)
@given(
    st.one_of(st.text(max_size=30), st.from_regex(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}( \d\d:\d\d)?Z?", fullmatch=True))
)
def test_what_it_gives_it_reads_to_itself(text: str) -> None:
    found = iso(text)
    assert found is None or iso(found) == found


@given(st.dates(), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y"]))
def test_every_day_of_the_calendar(day: object, form: str) -> None:
    assert hasattr(day, "strftime")
    year = int(f"{day:%Y}")
    written = f"{day:{form}}"
    assert iso(written) == (f"{day}" if 1200 <= year <= 2200 else None)
