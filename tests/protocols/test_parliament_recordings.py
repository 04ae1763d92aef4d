"""Every raw recording of Parliament, the European Parliament and TheyWorkForYou: read, or refused by name.

Run with ``-s`` to see the table. Skipped where the recordings do not stand beside this checkout.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler import protocols
from crawler.errors import ParseError
from crawler.model import Capture, Link, Page, Role
from crawler.sources import Expect, Source
from crawler.text import moment

RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"
HOSTS = (
    "bills-api.parliament.uk/", "services.parliament.uk/", "www.parliament.uk/", "www.theyworkforyou.com/",
    "data.europarl.europa.eu/", "www.europarl.europa.eu/", "oeil.europarl.europa.eu/",
)  # fmt: skip
READERS: tuple[tuple[str, str, Role, dict[str, object]], ...] = (
    (".rss", "feed", "listing", {}),
    ("committees-az.html", "listing", "listing", {"entry": "#content ul li h3"}),
    ("committee-with-cpi.html", "listing", "document", {"entry": "a"}),
    ("press-release_", "listing", "document", {"entry": "a", "body": ".ep-a_text"}),
    ("bills-api.parliament.uk/bills.json", "parliament", "listing", {}),
    ("parliament.uk", "parliament", "document", {"files": True}),
    ("theyworkforyou", "parliament", "document", {}),
    ("europarl", "europarl", "document", {}),
)
"""Who reads a recording, by a part of its name: protocol, role and options."""
REFUSED = {
    "bills-api.parliament.uk/bill_stages.json": "a list of words that bills are described with, and no bill",
    "bills-api.parliament.uk/bill_types.json": "a list of words that bills are described with, and no bill",
    "www.theyworkforyou.com/pwdata/debates/changedates.txt": "an address of Parliament that nothing is read from",
    "www.theyworkforyou.com/pwdata/debates/debates2009-10-27c.xml": (
        "a debate in the XML of TheyWorkForYou: what members say is not read"
    ),
    "www.theyworkforyou.com/pwdata/lordswms/lordswms2009-10-29a.xml": (
        "a debate in the XML of TheyWorkForYou: what members say is not read"
    ),
    "data.europarl.europa.eu/meetings_MTG-PL-2024-07-16.rdf.xml": "meetings of the European Parliament are not read",
    "data.europarl.europa.eu/meetings-by-year_2022.ttl": "meetings of the European Parliament are not read",
    "www.europarl.europa.eu/meps_directory_term_9.xml": "a list of members: no register of people is kept",
}


def manifest() -> list[dict[str, Any]]:
    file = RECORDINGS / "manifest.jsonl"
    if not file.is_file():
        pytest.skip("no recordings beside this checkout (../shared/recordings)")
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [row for row in rows if row["raw"] and str(row["file"]).startswith(HOSTS)]


def read(row: dict[str, Any]) -> tuple[str, Page | str]:
    file = str(row["file"])
    _, name, role, options = next(reader for reader in READERS if reader[0] in file)
    url = str(row["url"])
    if "/oeil/..." in url:  # of the older site the manifest knows no address
        url = "https://oeil.secure.europarl.europa.eu/oeil/popups/ficheprocedure.do?reference=sample"
    of = Source(
        id="sample", name="Sample", publisher="sample", kind="parliament", protocol=name, url=url, expect=Expect(),
        options=options,
    )  # fmt: skip
    taken = Capture(
        url=url,
        time=moment("2026-11-24T06:00:00Z"),
        link=Link(url=url, role=role),
        headers=(("Content-Type", str(row["content_type"])),),
        body=(RECORDINGS / file).read_bytes(),
    )
    try:
        return name, protocols.read(taken, of)
    except ParseError as error:
        return name, error.reason


def test_every_raw_recording_is_read_or_refused_by_name() -> None:
    refused = {}
    print()
    for row in manifest():
        name, found = read(row)
        if isinstance(found, Page):
            sections = sum(len(version.sections) for version in found.versions)
            counts = (len(found.documents), sections, len(found.statements), len(found.links))
            said = "{} documents, {} sections, {} statements, {} links".format(*counts)
            said += "".join(f" ({problem.kind}: {problem.detail[:60]})" for problem in found.problems)
            assert any(counts), f"{row['file']}: read, and nothing is in it"
        else:
            said = f"refused: {found}"
            refused[str(row["file"])] = found
        print(f"{row['file'][-64:]:64} {name:11} {said}")
    assert refused == REFUSED


def page(file: str) -> Page:
    (row,) = [row for row in manifest() if row["file"] == file]
    _, found = read(row)
    assert isinstance(found, Page), found
    return found


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
    assert len(found.documents) == 40 and {document.parent for document in found.documents} == {"bill:512"}
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
        "first reading",
        ("2016/0132(COD)",),
    )
    assert procedure.title.startswith("Establishment of 'Eurodac' for the comparison of fingerprints")
    events = {(said.fields["event"], said.fields["date"]) for said in found.statements if said.kind == "date"}
    assert ("publication official journal", "2024-05-22") in events
    assert ("plenary vote (foreseen)", "2024-04-10") in events
    assert "person/" not in str(found)


@pytest.mark.parametrize("name", ["2022-2852-RSP", "2022-2201-INI"])
def test_two_layouts_of_a_procedure_file_say_the_same(name: str) -> None:
    """Redesigned: nothing changed in the procedure."""
    files = [str(row["file"]) for row in manifest() if f"procedure-file_{name}" in row["file"]]
    assert len(files) >= 2
    pages = [page(file) for file in files]
    assert {each.documents for each in pages} == {pages[0].documents}
    events = [{(said.fields["event"], said.fields["date"]) for said in each.statements} for each in pages]
    assert all(each == events[0] for each in events) and events[0]


def test_date_of_a_summary_is_the_one_a_reader_sees() -> None:
    (summary,) = page("oeil.europarl.europa.eu/document-summary_1651118.html").documents
    assert (summary.title, summary.published) == ("Resolution on the situation in Myanmar", "2021-02-11")
