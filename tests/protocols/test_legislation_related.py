"""By identity: instruments that the effects of a tracked Act name, and the files that stand beside its text."""

from dataclasses import replace

import pytest

from crawler import protocols
from crawler.model import Capture, Link, Page, Walk
from crawler.protocols import legislation
from crawler.protocols.legislation.effects import RELATED
from tests.protocols.legislation_samples import SITE, capture, fixture, recorded, source

ACT = "ukpga/2001/9001"
NOTES = (
    '<ukm:Alternatives><ukm:Alternative URI="http://www.legislation.gov.uk/{act}/pdfs/print_en.pdf" Title="Print"/>'
    "</ukm:Alternatives><ukm:Notes><ukm:Alternatives>"
    '<ukm:Alternative URI="http://www.legislation.gov.uk/{act}/pdfs/ukpgaen_20019001_en.pdf" Date="2001-05-01"'
    ' Title="Explanatory Note" Size="5"/>'
    '<ukm:Alternative URI="http://www.legislation.gov.uk/{act}/pdfs/ukpgaen_20019001_we.pdf" Title="Explanatory Note"'
    ' Language="Welsh"/></ukm:Alternatives></ukm:Notes><ukm:ImpactAssessments><ukm:ImpactAssessment Year="2001"'
    ' URI="http://www.legislation.gov.uk/ukia/2001/7/pdfs/ukia_20010007_en.pdf" Title="Sample Act" Stage="Final"/>'
    "</ukm:ImpactAssessments></ukm:Metadata>"
).replace("{act}", ACT)
EFFECTS = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata">
<title>Changes to Legislation</title>{}</feed>"""


def effect(number: int, affected: str, affecting: str, kind: str) -> str:
    return (
        f'<entry><ukm:Effect EffectId="sample-{number}" AffectedURI="{SITE}/id/{affected}" AffectedProvisions="s. 1"'
        f' AffectingURI="{SITE}/id/{affecting}" Type="{kind}"/></entry>'
    )


def followed(link: Link, *wanted: str) -> list[tuple[str, str]]:
    """Return what is asked after a feed of effects of every kind on the Act, and by it: addresses and their parents."""
    kinds = ("coming into force", "words substituted", "power exercised", "applied", "inserted")
    on = [effect(number, ACT, f"uksi/2002/{number}", kind) for number, kind in enumerate(kinds, 1)]
    by = [effect(9, "ukpga/1990/1", ACT, "repealed"), effect(10, ACT, ACT, "coming into force")]
    taken = capture(EFFECTS.format("".join([*on, *by])).encode(), link.url, "statement")
    page = legislation.parse(replace(taken, link=link), source(feed="items", items=[ACT], related=list(wanted)))
    return [(each.url.removeprefix(f"{SITE}/"), each.parent or "") for each in page.links]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ((), []),
        (("commencing",), ["uksi/2002/1/data.xml"]),
        (("amending",), ["uksi/2002/2/data.xml", "uksi/2002/5/data.xml"]),
        (("made_under",), ["uksi/2002/3/data.xml"]),
        (("predecessors",), ["ukpga/1990/1/data.xml"]),
    ],
)
def test_instruments_that_effects_name_are_read_where_asked_for(wanted: tuple[str, ...], expected: list[str]) -> None:
    link = Link(url=f"{SITE}/changes/affected/{ACT}/data.feed", role="statement", parent=ACT)
    assert followed(link, *wanted) == [(path, "") for path in expected]


def test_of_what_amends_also_what_commences_it_is_followed_and_no_further() -> None:
    link = Link(url=f"{SITE}/changes/affected/{ACT}/data.feed", role="statement", parent=ACT)
    found = followed(link, "amending", "commencing")
    feeds = [(url, parent) for url, parent in found if parent]
    assert [parent for _, parent in feeds] == ["uksi/2002/2", "uksi/2002/5"]
    further = Link(url=link.url, role="statement", parent=ACT, facts={"only": "commencing"})
    assert followed(further, "amending", "commencing") == [("uksi/2002/1/data.xml", "")]


def test_both_directions_are_asked_where_predecessors_are_wanted() -> None:
    urls = [link.url for link in protocols.start(source(feed="items", items=[ACT], related=RELATED), _walk())]
    assert [url.split("/changes/")[-1].split("/")[0] for url in urls[1:]] == ["affected", "affecting"]


def _walk() -> Walk:
    return Walk(clock=fixture("effects")[0].time)


def read(**options: object) -> Page:
    base, _ = fixture("act-latest")
    body = base.body.decode().replace("</ukm:Metadata>", NOTES)
    return legislation.parse(replace(base, body=body.encode()), source("", feed="items", items=[ACT], **options))


def test_files_beside_an_act_are_documents_of_its_own_in_english() -> None:
    act, note, assessment = read(associated=True).documents
    assert (note.id, note.parent, note.published) == (f"{ACT}/ukpgaen_20019001_en", ACT, "2001-05-01")
    assert note.title == f"{act.title}: Explanatory Note" and note.aliases == (f"{SITE}/{ACT}/notes",)
    assert (assessment.id, assessment.kind) == ("ukia/2001/7", "report")
    assert [link.role for link in read(associated=True).links] == ["attachment", "attachment"]
    assert len(read().documents) == 1 and read().links == ()


def test_file_is_read_under_the_title_that_its_act_gives_it() -> None:
    link = read(associated=True).links[0]
    headers = (("Content-Type", "text/csv"),)
    body = b"duty,what the sample note says of it\n1,explained\n"
    taken = Capture(url=link.url, time=fixture("effects")[0].time, link=link, headers=headers, body=body)
    page = legislation.parse(taken, source())
    assert page.documents[0].id == link.facts["document"] == page.versions[0].document
    assert page.documents[0].title == link.facts["title"]


def test_what_has_the_words_in_a_provision_is_read_whatever_its_title() -> None:
    """The contents of a hit mark its provisions; a note that has the words is none."""
    url = f"{SITE}/all/data.feed?text=%22forced%20labour%22"
    base, _ = fixture("new-legislation")
    page = legislation.parse(replace(base, url=url, link=Link(url=url, role="listing")), source(url, provisions=True))
    texts = [link for link in page.links if link.role == "document"]
    asked = [link for link in page.links if link.role == "statement"]
    assert texts and [link.url for link in asked] == [
        f"{link.url.removesuffix('data.xml')}contents/data.xml?text=%22forced%20labour%22" for link in texts
    ]
    for marks, expected in (('MatchText="true"', 1), ("", 0)):
        for named, more in (("note", 0), ("section-1 note", 1)):
            body = (
                f'<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation"><Contents '
                f'MatchTextEntries="{named}"><ContentsItem {marks}/></Contents></Legislation>'
            )
            taken = replace(capture(body.encode(), asked[0].url), link=asked[0])
            found = legislation.parse(taken, source(url, provisions=True)).links
            assert [link.url for link in found] == [texts[0].url] * max(expected, more)
            assert all(link.role == "document" and link.token == asked[0].token for link in found)


@pytest.mark.recorded
def test_recorded_order_has_its_memorandum_beside_it() -> None:
    taken = recorded("legislation-parser-2015/nisr-2015-404.xml", "document")
    _, memorandum = legislation.parse(taken, source(feed="items", items=["nisr/2015/404"], associated=True)).documents
    assert memorandum.id == "nisr/2015/404/nisrem_20150404_en" and memorandum.parent == "nisr/2015/404"
    assert memorandum.aliases == (f"{SITE}/nisr/2015/404/memorandum",)
