"""What recordings of Parliament and the European Parliament say.

That every one is read or refused: tests/recordings/test_every_recording.py.
"""

import pytest

from crawler.model import Page
from tests.recordings import table

pytestmark = pytest.mark.recorded


def files() -> list[str]:
    if not (found := table.manifest()):
        pytest.skip("no recordings beside this checkout (../shared/recordings)")
    return list(found)


def page(file: str) -> Page:
    assert file in files()
    by = table.reader(file)
    assert by is not None
    found = table.row(by, table.manifest()[file])
    assert found.page is not None, found.outcome
    return found.page


def test_a_recorded_bill() -> None:
    found = page("bills-api.parliament.uk/bill-2818.json")
    (bill,) = found.documents
    assert (bill.id, bill.title, bill.status) == (
        "bill:2818",
        "Abolition of Business Rates Bill",
        "2nd reading (Commons)",
    )
    assert {link.token for link in found.links} == {"2021-05-04T10:42:08.0579851"}
    for name in ("Hollinrake", "Thirsk", "Agent", "0800"):
        assert name not in str(found), "a person"
    stages = page("bills-api.parliament.uk/bill-2818_stages.json")
    assert [dict(said.fields) for said in stages.statements] == [
        {"event": "1st reading (Commons)", "date": "2021-01-12", "qualification": ""}
    ]


def test_recorded_publications_of_an_act() -> None:
    found = page("bills-api.parliament.uk/bill-2818_publications.json")
    assert [said.fields["target"] for said in found.statements] == ["ukpga/2010/25"]
    own, *papers = found.documents
    assert (own.id, own.parent) == ("bill:512", None)
    assert len(papers) == 40 and {document.parent for document in papers} == {"bill:512"}
    assert not found.problems


def test_recorded_list_says_that_there_is_more() -> None:
    found = page("bills-api.parliament.uk/bills.json")
    assert found.total == 3660
    assert [link.url for link in found.links if link.role == "next"] == [
        "https://bills-api.parliament.uk/api/v1/Bills?Skip=1"
    ]


def test_recorded_procedures() -> None:
    found = page("data.europarl.europa.eu/procedures_2016-0132.jsonld")
    (procedure,) = found.documents
    assert (procedure.id, procedure.status, procedure.aliases) == (
        "procedure:2016/0132",
        "procedure completed",
        ("2016/0132(COD)",),
    )
    assert procedure.title.startswith("Establishment of 'Eurodac' for the comparison of fingerprints")
    events = {(said.fields["event"], said.fields["date"]) for said in found.statements if said.kind == "date"}
    assert ("publication in the Official Journal", "2024-05-22") in events
    assert ("plenary vote (foreseen)", "2024-04-10") in events
    assert "person/" not in str(found)


@pytest.mark.parametrize("name", ["2022-2852-RSP", "2022-2201-INI"])
def test_two_layouts_of_a_procedure_file_say_the_same(name: str) -> None:
    """Trap EU-2.9: the Parliament's observatory was redesigned: nothing happened to the procedures."""
    layouts = [file for file in files() if f"procedure-file_{name}" in file]
    assert len(layouts) >= 2
    pages = [page(file) for file in layouts]
    assert {each.documents for each in pages} == {pages[0].documents}
    events = [{(said.fields["event"], said.fields["date"]) for said in each.statements} for each in pages]
    assert all(each == events[0] for each in events) and events[0]


def test_date_of_a_summary_is_the_one_a_reader_sees() -> None:
    (summary,) = page("oeil.europarl.europa.eu/document-summary_1651118.html").documents
    assert (summary.title, summary.published) == ("Resolution on the situation in Myanmar", "2021-02-11")
