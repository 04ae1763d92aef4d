"""Days that texts of legislation.gov.uk state of themselves: until when a wording held, what begins, notices inside."""

import pytest

from crawler.model import Page
from tests.protocols.legislation_samples import changed, parsed

SELF = '<atom:link rel="self" href="http://www.legislation.gov.uk/ukpga/2001/9001/2002-03-01/data.xml"'
IDENTIFIER = "<dc:identifier>http://www.legislation.gov.uk/ukpga/2001/9001/2002-03-01"
NEXT = '<atom:link rel="http://purl.org/dc/terms/isReplacedBy" href="https://example.org/" title="2004-05-01"/>'
ENDED = ('RestrictExtent="E+W+S+N.I." ', 'RestrictExtent="E+W+S+N.I." RestrictEndDate="2005-06-01" ')
AHEAD = ('<P1group RestrictStartDate="2002-03-01">', '<P1group RestrictStartDate="2003-09-01" Match="false">')


def dates(page: Page, event: str) -> list[tuple[str, str, str]]:
    """Return the days stated of an event: day, provision, qualification."""
    found = (each.fields for each in page.statements if each.kind == "date" and each.fields["event"] == event)
    return [(each["date"], each["provision"], each["qualification"]) for each in found]


@pytest.mark.parametrize(
    ("pairs", "until"),
    [((), []), ((ENDED,), ["2005-06-01"]), (((SELF, NEXT + SELF), ENDED), ["2004-05-01"])],
)
def test_until_when_a_wording_held_is_read(pairs: tuple[tuple[str, str], ...], until: list[str]) -> None:
    """From the wording that took its place, else from the end of the whole law."""
    found = dates(changed("act-point-in-time", *pairs), "wording ended")
    assert found == [(day, "", "2002-03-01") for day in until]


@pytest.mark.parametrize(
    ("end", "event"),
    [("", "wording ended in part"), ('RestrictEndDate="2004-05-01" ', "wording ended")],
)
def test_wordings_side_by_side_held_until_the_day_on_which_all_end(end: str, event: str) -> None:
    """Of a provision that has one for Scotland and one for the rest, which may end on another day or not at all."""
    first = '<P1group Concurrent="true" RestrictExtent="E+W" RestrictEndDate="2004-05-01"/>'
    beside = f'<P1group Concurrent="true" RestrictExtent="S" {end}/>{first}'
    of_section = (IDENTIFIER, IDENTIFIER.replace("/9001/", "/9001/section/1/"))
    pairs = ((SELF, NEXT + SELF), of_section, ("</Legislation>", f"{beside}</Legislation>"))
    page = changed("act-point-in-time", *pairs)
    assert {event for event in ("wording ended", "wording ended in part") if dates(page, event)} == {event}
    assert [(day, said) for day, _, said in dates(page, event)] == [
        ("2004-05-01", "2002-03-01" if end else "2002-03-01 E+W")
    ]


def test_a_provision_without_words_yet_begins_on_the_day_of_its_wording() -> None:
    assert dates(parsed("act-point-in-time"), "wording begins") == []
    begins = dates(changed("act-point-in-time", AHEAD), "wording begins")
    assert ("2003-09-01", "section-1", "2002-03-01") in begins


@pytest.mark.parametrize(
    ("mark", "event", "day"),
    [("EV", "in force", "2004-09-16"), ("MA", "applies", "2004-09-16"), ("EV", "in force", "")],
)
def test_the_notice_inside_an_act_of_the_eu_says_when_it_entered_into_force(mark: str, event: str, day: str) -> None:
    """1001-01-01 stands for a day that is not fixed."""
    stated = (
        '<EURLexMetadata><WORK xmlns=""><RESOURCE_LEGAL_DATE_ENTRY-INTO-FORCE type="date">'
        f"<VALUE>{day or '1001-01-01'}</VALUE><ANNOTATION><TYPE_OF_DATE>{{{mark}|x}}</TYPE_OF_DATE></ANNOTATION>"
        "</RESOURCE_LEGAL_DATE_ENTRY-INTO-FORCE></WORK></EURLexMetadata></ukm:EUMetadata>"
    )
    page = changed("regulation-adopted", ("</ukm:EUMetadata>", stated))
    assert dates(page, event) == ([(day, "", "")] if day else [])


@pytest.mark.parametrize(("day", "status"), [("2010-05-31", "no longer in force"), ("2021-05-31", None)])
def test_the_notice_inside_an_act_of_the_eu_says_when_it_ended_before_exit(day: str, status: str | None) -> None:
    """What ended in the EU after the United Kingdom had left ended nothing here."""
    stated = (
        '<EURLexMetadata><WORK xmlns=""><RESOURCE_LEGAL_DATE_END-OF-VALIDITY type="date">'
        f"<VALUE>{day}</VALUE></RESOURCE_LEGAL_DATE_END-OF-VALIDITY></WORK></EURLexMetadata></ukm:EUMetadata>"
    )
    page = changed("regulation-adopted", ("</ukm:EUMetadata>", stated))
    assert dates(page, "end of validity") == ([(day, "", "")] if status else [])
    assert page.documents[0].status == status


@pytest.mark.parametrize(
    ("status", "title", "extent", "place"),
    [
        ("revised", "", "E+W+S+N.I.", "United Kingdom"),
        ("revised", " (England)", None, "England"),
        ("final", "", None, "United Kingdom"),
    ],
)
def test_the_editors_mark_of_an_instrument_is_its_extent(
    status: str, title: str, extent: str | None, place: str
) -> None:
    """Not where it says itself that it is of less, nor in a text as made, which the editors have not marked."""
    page = changed(
        "order-made",
        ('SchemaVersion="1.0">', 'SchemaVersion="1.0" RestrictExtent="E+W+S+N.I.">'),
        ('DocumentStatus Value="final"', f'DocumentStatus Value="{status}"'),
        ("(Commencement) Order", f"(Commencement){title} Order"),
    )
    assert (page.documents[0].extent, page.documents[0].jurisdiction) == (extent, place)
