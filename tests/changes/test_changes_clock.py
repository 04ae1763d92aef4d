"""What a page counts from the moment at which it is read is no change; any other day, time or limit is one."""

from datetime import datetime

import pytest

from crawler.changes.clock import is_told_alike

WAS, NOW = datetime(2026, 12, 10, 7, 42), datetime(2026, 12, 11, 7, 42)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Thursday 10 December 2026, 07:42", "Friday 11 December 2026, 07:42"),
        ("Thu 10 Dec 07:42 GMT", "Fri 11 Dec 07:44 GMT"),
        ("Home\n10 December 2026 | Contact", "Home\n11 December 2026 | Contact"),
        ("Today is 10 December 2026. Local time 08:42.", "Today is 11 December 2026. Local time 08:43."),
        ("Printed on 10 December 2026 at 07:42. Keep it.", "Printed on 11 December 2026 at 07:42. Keep it."),
        ("Generated: 2026-12-10T07:42:00Z", "Generated: 2026-12-11T07:42:07Z"),
        (
            "Nous sommes le jeudi 10 décembre 2026, il est 08h42",
            "Nous sommes le vendredi 11 décembre 2026, il est 08h43",
        ),
        ("Donnerstag, 10. Dezember 2026 | 08:42 Uhr", "Freitag, 11. Dezember 2026 | 08:43 Uhr"),
        ("Page updated 3 minutes ago", "Page updated an hour ago"),
        ("Page updated 2 hours ago", "Page updated yesterday"),
        ("By the desk, 3 days ago", "By the desk, 4 days ago"),
        ("Posted 6 days ago", "Posted 1 week ago"),
        ("90 days until the review", "89 days until the review"),
        ("Last reviewed: 21 December 2026", "Last reviewed: Monday 21/12/2026"),
    ],
)
def test_the_clock_of_a_page_says_nothing(before: str, after: str) -> None:
    assert is_told_alike(before, after, WAS, NOW)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Last reviewed: 3 September 2026", "Last reviewed: 11 December 2026"),
        ("Next session: Wednesday 16 December 2026, 10:00", "Next session: Wednesday 13 January 2027, 10:00"),
        ("Next session: Wednesday 16 December 2026, 10:00", "Next session: Wednesday 16 December 2026, 14:00"),
        ("27 days left to respond", "41 days left to respond"),
        ("within 3 days of arrival", "within 4 days of arrival"),
        ("more than 3 days ago", "more than 4 days ago"),
        ("from 1 June 2027", "until 1 June 2027"),
        ("by 5pm on 1 March 2027", "by 4pm on 1 March 2027"),
        ("Send it by 10 December 2026.", "Send it by 11 December 2026."),
        ("Closing date: 10 December 2026", "Closing date: 11 December 2026"),
        ("10 December 2026: the duty begins", "11 December 2026: the duty begins"),
        ("open 09:00 to 17:00", "open 08:00 to 17:00"),
        ("10 December 2026. Open 09:00", "11 December 2026. Open 08:00"),
        ("10 December 2026. See 10.30", "11 December 2026. See 10.31"),
        ("10 December 2026 and 3 forms", "11 December 2026 and 4 forms"),
        ("10 December 2026. Call 101.", "11 December 2026. Call 111."),
    ],
)
def test_another_day_time_or_word_is_told(before: str, after: str) -> None:
    assert not is_told_alike(before, after, WAS, NOW)
