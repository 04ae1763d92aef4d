"""Identifiers: every one parses to itself, and every spelling of a thing gives the same one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import identifiers as ids
from crawler.errors import IdentifierError
from tests.test_addresses import ADDRESSES

TYPES = sorted(ids.LEGISLATION_TYPES)
ITEMS = st.builds(
    "{}/{}/{}".format, st.sampled_from(TYPES), st.integers(1267, 2099), st.integers(1, 9_999_999_999_999)
) | st.builds(
    "{}/{}/{}/{}".format,
    st.sampled_from(TYPES),
    st.sampled_from(["Eliz2", "Geo3", "Vict", "WillandMar", "Edw7"]),
    st.sampled_from(["4-5", "12", "12-13-14"]),
    st.integers(1, 400),
)
NUMBERS = st.builds(
    "{}{}{}{:04d}{}".format,
    st.integers(1, 9),
    st.integers(1952, 2099),
    st.sampled_from(["L", "R", "D", "F", "PC", "DC", "SC", "CJ", "XX"]),
    st.integers(1, 9999),
    st.sampled_from(["", "(01)", "R(02)", "(01)R(01)"]),
)


@given(ITEMS, st.sampled_from(["", "/section/45", "/2016-02-01", "/enacted/data.xml", "/welsh", "/contents?text=x#y"]))
def test_item_parses_to_itself_from_every_address(item: str, rest: str) -> None:
    assert ids.legislation_id(item) == item
    for base in (
        "https://www.legislation.gov.uk/",
        "http://www.legislation.gov.uk/id/",
        "http://legislation.data.gov.uk/",
        "https://www.legislation.gov.uk/cy/",
    ):
        assert ids.legislation_id(base + item + rest) == item
        assert ids.document_id(base + item + rest) == item


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ukpga",
        "ukpga/2015",
        "ukpga/2015/x",
        "ukpga/2015/1-100",
        "xyz/2015/30",
        "https://www.legislation.gov.uk/ukpga/2015/1-100/data.feed",
        "https://www.legislation.gov.uk/new/data.feed",
        "https://www.legislation.gov.uk/update/legislation/ukpga/2018/12/data.feed",
        "https://www.legislation.gov.uk/changes/affected/ukpga/2015/30/data.feed",
        "https://example.org/ukpga/2015/30",
        "https://user:pass@www.legislation.gov.uk/ukpga/2015/30",
    ],
)
def test_what_names_no_single_item_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError):
        ids.legislation_id(text)


def test_number_has_one_spelling() -> None:
    assert ids.legislation_id("uksi/2015/0030") == "uksi/2015/30"


@given(NUMBERS)
def test_celex_parses_to_itself_from_every_address(number: str) -> None:
    wanted = f"celex:{number}"
    assert ids.celex(wanted) == ids.celex(number) == ids.celex(f"CELEX: {number}") == wanted
    assert ids.celex(f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX%3A{number}&qid=1") == wanted
    assert ids.celex(f"http://eur-lex.europa.eu/LexUriServ/LexUriServ.do?uri=CELEX:{number}:EN:NOT") == wanted
    assert ids.owner(f"http://publications.europa.eu/resource/celex/{number}") == wanted


@given(st.dates(date(1958, 1, 1), date(2099, 12, 31)))
def test_consolidated_text_is_its_act_at_a_date(day: date) -> None:
    number = f"02011L0036-{day:%Y%m%d}"
    assert ids.celex_consolidated(number) == ("celex:32011L0036", day.isoformat())
    assert ids.celex(number) == "celex:32011L0036"
    assert ids.celex_consolidated(f"http://data.europa.eu/eli/dir/2011/36/{day}")[1] == day.isoformat()


@pytest.mark.parametrize("text", ["32011L0036", "02011L0036", "02011L0036-20241314", "celex:32011L0036"])
def test_no_date_of_consolidation(text: str) -> None:
    with pytest.raises(IdentifierError):
        ids.celex_consolidated(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12012E/TXT", "celex:12012E/TXT"),
        ("02000A1215(01)-20150801", "celex:22000A1215(01)"),
        ("http://publications.europa.eu/resource/celex/02006R1907-20071123.ENG.fmx4", "celex:32006R1907"),
        ("https://eur-lex.europa.eu/eli/dec_framw/2002/629/oj", "celex:32002F0629"),
        ("https://eur-lex.europa.eu/eli/reg/2024/3015/oj/eng", "celex:32024R3015"),
        ("http://www.legislation.gov.uk/european/directive/2011/0036", "celex:32011L0036"),
    ],
)
def test_celex_from(text: str, wanted: str) -> None:
    assert ids.celex(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2011/36/EU",
        "32011l0036",
        "32011L36",
        "32011L0036-20240714",
        "https://example.org/?uri=CELEX:32011L0036",
        "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=OJ:L_202401712",
        "https://eur-lex.europa.eu/homepage.html",
        "eli/unknown/2011/36/oj",
    ],
)
def test_what_is_no_celex_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError):
        ids.celex(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Directive 95/46/EC", "celex:31995L0046"),
        ("Directive (EU) 2024/1712", "celex:32024L1712"),
        ("Regulation (EEC) No 1408/71", "celex:31971R1408"),
        ("Regulation (EC) No 2003/2004", "celex:32004R2003"),
        ("Regulation (EU, Euratom) 2018/1046", "celex:32018R1046"),
        ("Regulation (EU) 2016/679", "celex:32016R0679"),
        ("Decision No 1098/2012/EU", "celex:32012D1098"),
        ("Decision 2009/371/JHA", "celex:32009D0371"),
    ],
)
def test_number_as_people_write_it(text: str, wanted: str) -> None:
    assert ids.eu_number(text) == wanted


@pytest.mark.parametrize("text", ["Regulation 2023/2006", "Regulation 12/13", "Directive 36", "Directive 2011/0"])
def test_number_that_can_be_read_both_ways_or_not_at_all(text: str) -> None:
    with pytest.raises(IdentifierError):
        ids.eu_number(text)


@given(st.text(max_size=60) | ADDRESSES)
def test_any_text_gives_an_identifier_or_an_identifier_error(text: str) -> None:
    for read in (
        ids.canonical_url,
        ids.same_address,
        ids.legislation_id,
        ids.celex,
        ids.eu_number,
    ):
        try:
            assert read(text)
        except IdentifierError as error:
            assert str(error)
    ids.owner(text)
    ids.is_govuk(text)
    ids.citations(text)
