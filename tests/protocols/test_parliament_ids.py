"""Ids of business of both Parliaments: each parses to itself, and every spelling of a thing gives the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import IdentifierError
from crawler.identifiers import europarl_id, parliament_id

DAYS = st.dates().map(lambda day: day.isoformat())
WESTMINSTER = (
    st.builds("bill:{}".format, st.integers(1, 9_999_999))
    | st.builds("committee-publication:{}".format, st.integers(1, 99_999_999))
    | st.builds("written-question:{}/{}{}".format, DAYS, st.sampled_from(["", "HL"]), st.integers(1, 9_999_999))
    | st.builds("written-statement:{}/{}{}".format, DAYS, st.sampled_from(["HCWS", "HLWS"]), st.integers(1, 9999))
    | st.builds("treaty:{}".format, st.from_regex(r"[A-Za-z0-9]{8}", fullmatch=True))
)
STRASBOURG = st.builds(
    "ep:{}-{}-{}-{:04}".format,
    st.sampled_from(["TA", "A", "B", "RC"]),
    st.integers(5, 12),
    st.integers(1999, 2099),
    st.integers(1, 9999),
) | st.builds(
    "procedure:{}/{:04}{}".format, st.integers(1979, 2099), st.integers(1, 9999), st.sampled_from(["", "M", "A"])
)


@given(WESTMINSTER)
def test_business_of_westminster_parses_to_itself(name: str) -> None:
    assert parliament_id(name) == name


@given(STRASBOURG)
def test_business_of_strasbourg_parses_to_itself(name: str) -> None:
    assert europarl_id(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "https://committees.parliament.uk/publications/22140/documents/164408/default/",
            "committee-publication:22140",
        ),
        (
            "https://questions-statements.parliament.uk/written-statements/detail/2026-11-03/HCWS12",
            "written-statement:2026-11-03/HCWS12",
        ),
        ("https://treaties.parliament.uk/treaty/AbC12345/", "treaty:AbC12345"),
        ("http://bills.parliament.uk/bills/3660/?x=1", "bill:3660"),
    ],
)
def test_addresses_at_westminster(text: str, name: str) -> None:
    assert parliament_id(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("eli/dl/doc/RC-10-2025-0249-AM-001-002", "ep:RC-10-2025-0249-AM-001-002"),
        ("https://data.europarl.europa.eu/api/v2/plenary-documents/A-9-2024-0163?format=x", "ep:A-9-2024-0163"),
        ("https://www.europarl.europa.eu/doceo/document/TA-9-2019-0018_FR.html#title1", "ep:TA-9-2019-0018"),
        ("https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference=2022/0426(COD)", "procedure:2022/0426"),
        (
            "https://oeil.secure.europarl.europa.eu/oeil/popups/ficheprocedure.do?reference=2022%2F0426(COD)&l=en",
            "procedure:2022/0426",
        ),
        ("https://data.europarl.europa.eu/api/v2/procedures/2024-0260M", "procedure:2024/0260M"),
    ],
)
def test_addresses_at_strasbourg(text: str, name: str) -> None:
    assert europarl_id(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "", "bill:", "bill:x", "bill:٣", "https://committees.parliament.uk/publications/22140/", "https://[",
        "https://bills.parliament.uk/bills/3660/publications", "https://bills.parliament.uk.evil.invalid/bills/1",
        "written-question:90001", "ep:", "ep:TA", "TA-9", "procedure:2022", "2022/0426(XXXX)", "\ud800",
        "https://www.europarl.europa.eu/doceo/document/", "https://oeil.europarl.europa.eu/oeil/en/search",
    ],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    for read in (parliament_id, europarl_id):
        with pytest.raises(IdentifierError):
            read(text)


@given(st.text(max_size=60))
def test_any_text_is_an_id_or_none(text: str) -> None:
    for read in (parliament_id, europarl_id):
        for spelling in (text, f"https://www.europarl.europa.eu/doceo/document/{text}"):
            try:
                assert read(read(spelling)) == read(spelling)
            except IdentifierError:
                continue
