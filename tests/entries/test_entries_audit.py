"""The audit of entries finds what it is for."""

import pytest

from tests.entries import audit


def test_a_quotation_that_is_stored_nowhere_is_found() -> None:
    stored = audit.plain("The fee is\n  “14 days\u2019 pay”, as it was before and later.")
    assert audit.unfounded("It says “14 days' pay” and “as it was … later”.", stored) == []
    assert audit.unfounded("It says “15 days' pay”.", stored) == ["15 days' pay"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It is new. It lists such as.", ["It lists such as."]),
        ("Under Article 14 of the,", ["Under Article 14 of the,"]),
        ("Under Article 14 of the …", []),
        ("It is made on 3 March 2026.", []),
    ],
)
def test_a_sentence_without_its_end_is_found(text: str, ends: list[str]) -> None:
    assert audit.open_ends(text) == ends


def test_days_are_read_in_words() -> None:
    assert audit.days("On 3 March 2026 and on 21st December 2017.") == {"2026-03-03", "2017-12-21"}


@pytest.mark.parametrize(
    ("stated", "late"), [(["2010-03-04"], True), (["2010"], True), (["2012-01-01"], False), ([], False)]
)
def test_what_is_told_as_new_years_later_is_found(stated: list[str], late: bool) -> None:
    assert audit.is_late("New", "2012-10-30T00:00:00Z", stated) is late
    assert not audit.is_late("Newly listed", "2012-10-30T00:00:00Z", stated)


def test_a_sentence_told_twice_is_found() -> None:
    assert audit.repeated("It is new. It is old. It is new.") == "it is new"
    assert audit.repeated("It is new. It is old.") == ""
