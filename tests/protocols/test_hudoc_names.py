"""HUDOC: what its identifiers mean, and what was really recorded of its sites."""

import random
import re
from pathlib import Path

import pytest

from crawler.changes import digest
from crawler.errors import IdentifierError
from crawler.model import Page
from crawler.protocols import hudoc
from crawler.protocols.hudoc import names
from crawler.protocols.page_contract import checked
from tests.protocols.test_hudoc import FEED, capture, kinds, source

RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"


def recorded(name: str) -> Page:
    file = RECORDINGS / name
    if not file.is_file():
        pytest.skip("no recordings beside this checkout (../shared/recordings)")
    return checked(hudoc.parse(capture(file.read_bytes()), source()), FEED)


@pytest.mark.recorded
@pytest.mark.parametrize(
    ("name", "reports", "judgments", "oldest"),
    [
        ("hudoc.greta.coe.int/hudocgreta.v1_db895f42.rss", 69, 22, "2020-06-10"),
        ("hudoc.greta.coe.int/hudocgreta.rss", 123, 47, "2017-10-18"),
    ],
)
def test_reports_of_greta_and_not_their_sections(name: str, reports: int, judgments: int, oldest: str) -> None:
    """Trap EU-0.6: HUDOC: an entry for each section, a silent cap of 2,000, repeats, empty titles, odd ids."""
    page = recorded(name)
    assert len(page.documents) == len({document.id for document in page.documents}) == page.entries == reports
    assert sum(document.kind == "case_law" for document in page.documents) == judgments
    assert kinds(page) == ["gap"] and oldest in page.problems[0].detail
    assert {document.kind for document in page.documents} == {"report", "case_law"}


@pytest.mark.recorded
def test_sections_that_the_cap_cut_off_are_no_change() -> None:
    """The older recording holds French beside English and reaches back less far: the rest says the same in both."""
    older, newer = (recorded(f"hudoc.greta.coe.int/hudocgreta{name}.rss") for name in (".v1_db895f42", ""))
    before = {(version.document, version.language): digest(version) for version in older.versions}
    after = {(version.document, version.language): digest(version) for version in newer.versions}
    both = before.keys() & after.keys()
    assert len(both) == 43
    assert {key for key in both if before[key] != after[key]} == set()
    # Austria and Slovakia have 12 of their 26 and 25 sections in the older one.
    cut = {"greta:AUT-REP-3-2020-05", "greta:SVK-REP-3-2020-05"}
    assert cut <= {document.id for document in older.documents}
    assert cut.isdisjoint(document for document, _ in before)
    assert {(name, "en") for name in cut} <= after.keys()
    assert {len(version.sections) for version in newer.versions if version.document in cut} == {26, 25}


@pytest.mark.recorded
@pytest.mark.parametrize(
    ("name", "works", "sections"),
    [
        ("hudoc.grevio.coe.int/grevio.rss", 70, 1996),
        ("hudoc.grevio.coe.int/grev.rss", 71, 1962),
        ("hudoc.greco.coe.int/greco.rss", 478, 1809),
        ("hudoc.cpt.coe.int/hudoccpt.rss", 69, 1973),
        ("hudoc.echr.coe.int/echr.rss", 2000, 0),
    ],
)
def test_sisters_of_greta(name: str, works: int, sections: int) -> None:
    """Of the sections are missing: those of the report that the end cuts through, and of reports that lack some."""
    page = recorded(name)
    assert (len(page.documents), sum(len(version.sections) for version in page.versions)) == (works, sections)
    assert kinds(page) == ["gap"]
    assert all(document.published != "2001-01-01" for document in page.documents), "0001 is no date"


@pytest.mark.recorded
@pytest.mark.parametrize("name", ["hudoc.greta.coe.int/hudocgreta.rss", "hudoc.greco.coe.int/greco.rss"])
def test_order_of_entries_does_not_matter(name: str) -> None:
    body = (RECORDINGS / name).read_bytes() if (RECORDINGS / name).is_file() else pytest.skip("no recordings")
    head, *items = re.split(rb"(?=<item>)", body)[:1500]
    mixed = items.copy()
    random.Random(1).shuffle(mixed)
    one, other = (
        hudoc.parse(capture(head + b"".join(each) + b"</channel></rss>"), source())
        for each in ([*items[:-1], items[-1].partition(b"</channel>")[0]], mixed)
    )
    assert sorted(one.documents, key=lambda d: d.id) == sorted(other.documents, key=lambda d: d.id)
    key = lambda version: (version.document, version.language)  # noqa: E731
    assert sorted(one.versions, key=key) == sorted(other.versions, key=key)


# Names


@pytest.mark.parametrize(
    ("key", "identifier", "document", "language", "section"),
    [
        ("gretaidentifier", "GBR-REP-3-2021-12-ENG-7", "greta:GBR-REP-3-2021-12", "en", 7),
        ("gretaidentifier", "LIE-REP-3-2025--FRE-23", "greta:LIE-REP-3-2025", "fr", 23),
        ("gretaidentifier", "HUN-REP-3---FRE-1", "greta:HUN-REP-3", "fr", 1),
        ("gretaidentifier", "MKD-REP-2--39-ENG-32", "greta:MKD-REP-2--39", "en", 32),
        ("gretaidentifier", "MKD-COM-2--39-ENG", "greta:MKD-COM-2--39", "en", None),
        ("gretaidentifier", "CHE-DOM----ENG", "greta:CHE-DOM", "en", None),
        ("gretaidentifier", "CHE-DOM--2023--ENG", "greta:CHE-DOM--2023", "en", None),
        ("gretaidentifier", "HUN-DOM-3-2022-CBf-18-2022-12 -ENG", "greta:HUN-DOM-3-2022-CBf-18-2022-12", "en", None),
        ("gretaidentifier", "HUN-DOM-3-2022-CBf-18-2022-12", "greta:HUN-DOM-3-2022-CBf-18-2022-12", "", None),
        ("gretaidentifier", "GEN--2018--ENG", "greta:GEN--2018", "en", None),
        ("cptsectionid", "p-ltu-20240212-en-12", "cpt:p-ltu-20240212", "en", 12),
        ("cptsectionid", "p-prt-20191203-32", "cpt:p-prt-20191203", "", 32),
        ("cptsectionid", "p-aze-2024decl-fr-0", "cpt:p-aze-2024decl", "fr", 0),
        (
            "grecosectionid",
            "GrecoRC4(2020)27-FINAL-eng-Montenegro-3",
            "greco:GrecoRC4(2020)27-FINAL-eng-Montenegro",
            "",
            3,
        ),
        ("ecriidentifier", "SMR-PR-VI-2024-436-ENG", "ecri:SMR-PR-VI-2024-436", "en", None),
        ("escdcidentifier", "2023/def/SVN/31/2/EN", "esc:2023/def/SVN/31/2", "en", None),
        ("escdcidentifier", "2023/def/SVN", "esc:2023/def/SVN", "", None),
        ("commhridentifier", "0900001680b5d28d", "commhr:0900001680b5d28d", "", None),
        ("itemid", "001-243188", "echr:001-243188", "", None),
    ],
)
def test_identifiers(key: str, identifier: str, document: str, language: str, section: int | None) -> None:
    name = names.named(key, identifier)
    assert (name.document, name.language, name.section) == (document, language, section)
    link = f'http://hudoc.x.coe.int/eng#{{"{key}":["{identifier}"]}}'
    assert names.read(link) == names.read(link.replace('"', "%22").replace("{", "%7B")) == name


@pytest.mark.parametrize(
    "link",
    ["", "http://hudoc.greta.coe.int/eng", "http://h/#x", "http://h/#[]", "http://h/#{}", 'http://h/#{"itemid":[]}',
     'http://h/#{"itemid":["a","b"]}', 'http://h/#{"itemid":[""]}', 'http://h/#{"itemid":["a"],"b":["c"]}',
     'http://h/#{"itemid":"a"}', 'http://h/#{"x":["a"]}', f"http://h/#{'[' * 100_000}"],
)  # fmt: skip
def test_links_that_name_nothing(link: str) -> None:
    with pytest.raises(IdentifierError):
        names.read(link)
