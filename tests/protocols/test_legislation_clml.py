"""CLML: sections with stable paths, versions in time, and the facts of an instrument."""

import re

import pytest

from crawler.changes import compare
from crawler.errors import ParseError, RefusedError
from crawler.feeds.weight import weight
from crawler.model import Section, Version
from crawler.protocols import legislation
from tests.protocols.legislation_samples import SITE, capture, changed, fixture, parsed, recorded, source

ACT = f"{SITE}/ukpga/2001/9001"


def version(name: str) -> Version:
    return parsed(name).versions[0]


def section(of: Version, path: str) -> Section:
    return next(each for each in of.sections if each.path == path)


def part(of: Section, path: str) -> str:
    found = next(each for each in of.parts if each.path == path)
    return of.text[found.start : found.end]


def test_parts_hold_exactly_the_words_of_their_sub_provision() -> None:
    one = section(version("act-latest"), "section-1")
    assert part(one, "section-1-1-b") == "(b) requires another person to read two, or"
    assert part(one, "section-1-1").startswith("(1) A person") and part(one, "section-1-1").endswith("that.")
    assert part(one, "section-1-2") == "(2) The sample offence carries no penalty."


def test_provisions_quoted_in_an_amendment_stay_inside_the_provision_that_quotes_them() -> None:
    enacted = version("act-enacted")
    assert [each.path for each in enacted.sections if "3A" in each.path or each.number == "3A"] == []
    two = section(enacted, "section-2")
    assert two.text.endswith("insert— Victims 3A (1) A victim in a sample is not prosecuted.")
    assert two.parts == ()


def test_commentary_is_no_text() -> None:
    """Trap UK-1.21: annotations of editors stand among the words of the law."""
    assert "S.I. 2001/9003" not in " ".join(each.text for each in version("act-latest").sections)


def test_status_is_stated_or_follows_from_dates() -> None:
    """Trap UK-1.19: provisions keep their ids; prospective and repealed ones say so, or their dates do."""
    latest = version("act-latest")
    assert {each.path: each.status for each in latest.sections if each.status} == {
        "section-2": "repealed",
        "section-2A": "prospective",
    }
    page = changed("act-latest", ('Match="false" RestrictEndDate="2002-02-01"', 'RestrictStartDate="2002-01-01"'))
    assert section(page.versions[0], "section-2").status == ""
    page = changed("act-latest", ('RestrictEndDate="2002-02-01"', 'RestrictStartDate="2004-01-01"'))
    assert section(page.versions[0], "section-2").status == "prospective"


def test_sections_share_no_path_where_the_source_repeats_an_id() -> None:
    page = changed("act-latest", ('id="section-3"', 'id="section-1"'))
    paths = [each.path for each in page.versions[0].sections]
    assert "section-1" in paths and "section-1-repeat-2" in paths
    assert len(paths) == len(set(paths))


def test_a_part_with_the_id_of_one_elsewhere_is_named_by_where_it_stands() -> None:
    page = changed("act-latest", ('id="section-1-1-b"', 'id="section-9A-1-b"'))
    parts = [each.path for each in section(page.versions[0], "section-1").parts]
    assert "section-1-1-b" in parts and not any(path.startswith("section-9A") for path in parts)


def test_a_group_of_provisions_gives_its_heading_once() -> None:
    three = '<P1 id="section-3"><Pnumber>3</Pnumber>'
    extra = f'<P1 id="section-2Z"><Pnumber>2Z</Pnumber><P1para><Text>Another.</Text></P1para></P1>{three}'
    sections = changed("act-latest", (three, extra)).versions[0].sections
    headings = [(each.path, each.heading) for each in sections if each.path in ("section-2Z", "section-3")]
    assert headings == [("section-2Z", "Commencement and short title"), ("section-3", "")]


def test_versions_know_their_place_in_time() -> None:
    placed = {
        name: (version(name).label, version(name).valid_from, version(name).partial)
        for name in ("act-enacted", "act-point-in-time", "act-latest", "act-provision", "order-made")
    }
    assert placed == {
        "act-enacted": ("enacted", "2001-07-19", False),
        "act-point-in-time": ("2002-03-01", "2002-03-01", False),
        "act-latest": ("2002-03-01", "2002-03-01", False),
        "act-provision": ("2002-03-01", "2002-03-01", True),
        "order-made": ("made", "2001-12-04", False),
    }
    assert {version(name).document for name in placed} == {"ukpga/2001/9001", "uksi/2001/9003"}


def test_a_wording_asked_for_on_a_day_is_that_of_the_day_it_states() -> None:
    told = changed("act-point-in-time", ("<dct:valid>2002-03-01<", "<dct:valid>2002-01-20<")).versions[0]
    assert (told.label, told.valid_from) == ("2002-01-20", "2002-01-20")


def test_only_the_latest_wording_says_how_the_instrument_stands_now() -> None:
    assert parsed("act-latest").documents[0].in_force == "in parts"
    assert parsed("act-point-in-time").documents[0].in_force is None
    assert parsed("act-provision").documents[0].in_force is None


def test_an_instrument_that_has_ended_keeps_its_title() -> None:
    title = "<dc:title>Sample Exploitation Act 2001</dc:title>"
    page = changed("act-latest", (title, title.replace(" 2001<", " 2001 (repealed 1.4.2005)<")))
    assert (page.documents[0].title, page.documents[0].status) == ("Sample Exploitation Act 2001", "repealed")
    assert (page.versions[0].title, page.versions[0].status) == ("Sample Exploitation Act 2001", "repealed")


def test_an_act_none_of_which_is_in_force_is_prospective() -> None:
    whole = changed(
        "act-enacted", ("<Body>", '<Body Status="Prospective">'), ("<Schedules>", '<Schedules Status="Prospective">')
    )
    assert (whole.documents[0].status, whole.documents[0].in_force) == ("prospective", "not yet")


def test_effects_on_neighbours_of_a_provision_are_not_its_own() -> None:
    """Trap UK-1.20: metadata of a provision has effects on its neighbours: `section/19` is not `section/19A`."""

    def effects(name: str) -> list[str]:
        return [each.fields["affected_provision"] for each in parsed(name).statements if each.kind == "effect"]

    assert effects("act-latest") == ["s. 1(2)", "s. 10", "Act"]
    assert effects("act-provision") == ["s. 1(2)", "Act"]


def test_a_range_of_provisions_is_counted_through() -> None:
    named = '<ukm:Section Ref="x" URI="http://www.legislation.gov.uk/id/ukpga/2001/9001/section/10">s. 10</ukm:Section>'
    base = "http://www.legislation.gov.uk/id/ukpga/2001/9001/section"
    wide = f'<ukm:SectionRange URI="{base}/%s" UpTo="{base}/%s">x</ukm:SectionRange>'
    inside = changed("act-provision", (named, wide % ("1", "9A")), ('id="section-1"', 'id="section-1"'))
    outside = changed("act-provision", (named, wide % ("2", "9A")))
    assert sum(each.kind == "effect" for each in inside.statements) == 3
    assert sum(each.kind == "effect" for each in outside.statements) == 2


def test_welsh_is_a_language_of_the_same_document() -> None:
    page = changed(
        "act-latest",
        ("<dc:language>en<", "<dc:language>cy<"),
        ("<dc:identifier>http://www.legislation.gov.uk/ukpga/2001/9001<", f"<dc:identifier>{ACT}/welsh<"),
    )
    assert (page.versions[0].document, page.versions[0].language) == ("ukpga/2001/9001", "cy")


DRAFT = ('DocumentStatus Value="final"', 'DocumentStatus Value="draft"')


def test_what_says_that_it_is_a_draft_is_no_law() -> None:
    draft = changed("order-made", DRAFT)
    document = draft.documents[0]
    assert (document.kind, document.status, document.in_force) == ("draft_si", "draft", "not applicable")
    assert weight("draft_si", document.id, "United Kingdom", status="draft") == "Not law: a draft"
    assert weight("si", document.id, "United Kingdom", status="draft") == "Not law: a draft"


def test_a_draft_without_an_address_is_numbered_by_its_isbn() -> None:
    isbn = (
        '<ukm:Year Value="2001"/><ukm:Number Value="9003"/>',
        '<ukm:Year Value="2001"/><ukm:ISBN Value="0110000390"/>',
    )
    url = f"{SITE}/sample.xml"
    nowhere = [(f"http://www.legislation.gov.uk/{own}uksi/2001/9003", "http://sample.invalid") for own in ("", "id/")]
    assert changed("order-made", DRAFT, *nowhere, isbn, url=url).documents[0].id == "ukdsi/2001/0110000390"
    kept = changed("order-made", DRAFT, *nowhere, url=url).documents[0]
    assert (kept.id, kept.kind) == ("uksi/2001/9003", "draft_si")


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("The Sample (England) (Amendment) Regulations 2001", "England"),
        ("The Sample (England and Wales) Order 2001", "England and Wales"),
        ("The Sample Act 2001 (Commencement) (Wales) Order 2001", "Wales"),
        ("The Sample (Scotland) Act 2000 (Consequential Provisions) Order 2001", "United Kingdom"),
        ("The Sample Act (Northern Ireland) 2000 (Consequential Provisions) Order 2001", "United Kingdom"),
        ("The Sample (England) and Other Sample (Wales) Regulations 2001", "United Kingdom"),
        ("The Sample (Visits to England) Regulations 2001", "United Kingdom"),
    ],
)
def test_the_nation_in_brackets_of_a_title_is_the_place(title: str, place: str) -> None:
    page = changed(
        "order-made",
        ("<dc:title>The Sample Exploitation Act 2001 (Commencement) Order\u00a02001<", f"<dc:title>{title}<"),
    )
    assert page.documents[0].jurisdiction == place


def test_an_instrument_without_text_has_facts_and_says_what_is_missing() -> None:
    """Trap UK-0.15: instruments without text; pages that are nothing but the frame of the site."""
    page = parsed("draft-without-text")
    assert page.versions == () and page.documents[0].id == "ukdsi/2001/9780000090119"
    assert [problem.kind for problem in page.problems] == ["no text"]
    resources = changed(
        "draft-without-text", ("9780000090119</dc:identifier>", "9780000090119/resources</dc:identifier>")
    )
    assert resources.problems == ()


def test_the_address_that_was_asked_for_is_another_name_of_a_welsh_instrument() -> None:
    read, of = fixture("order-made")
    moved = capture(
        read.body.replace(b"/uksi/2001/9003", b"/wsi/2001/9003"),
        f"{SITE}/wsi/2001/9003/made/data.xml",
        hops=(f"{SITE}/uksi/2001/9003/data.xml",),
    )
    document = legislation.parse(moved, of).documents[0]
    assert document.id == "wsi/2001/9003" and "uksi/2001/9003" in document.aliases


def test_dates_that_are_impossible_are_told_and_not_taken() -> None:
    for wrong in ("3200-01-30", "2001-02-30"):
        page = changed("act-enacted", ('Date="2001-07-19"', f'Date="{wrong}"'))
        assert page.documents[0].published is None
        assert [problem.kind for problem in page.problems] == ["impossible date"]


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([("ukm:Metadata", "ukm:Other")], "without metadata"),
        ([("/ukpga/2001/9001", "/ukpga/9001"), ('Year Value="2001"', 'Year Value="x"')], "names no instrument"),
        ([("/ukpga/2001/9001", "/moon/1"), ('Value="UnitedKingdomPublicGeneralAct"', 'Value="MoonAct"')], "'MoonAct'"),
        ([("<dc:title>Sample Exploitation Act 2001<", "<dc:title><"), ("Title>", "Heading>")], "no title"),
    ],
)
def test_what_the_metadata_must_say(pairs: list[tuple[str, str]], reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        changed("act-enacted", *pairs, url=f"{SITE}/nowhere/data.xml")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (202, b"", "status"),
        (307, b"<html><a href='/uksi/1985/2081/made/data.xml'>x</a></html>", "status"),
        (404, b"<html><h1>Page Not Found</h1></html>", "status"),
        (436, b"", "status"),
        (300, b"<html>nothing</html>", "status"),
        (200, b" \n", "empty"),
        (200, b"<!DOCTYPE html><html><h1>Page Not Found</h1><br></html>", "soft404"),
        (200, b"<html xmlns='http://www.w3.org/1999/xhtml'><body>site chrome</body></html>", "error"),
    ],
)
def test_answers_that_are_no_document(status: int, body: bytes, kind: str) -> None:
    """Trap UK-5.9: status 200 does not make it an act: the root element does."""
    with pytest.raises(RefusedError) as refused:
        legislation.parse(capture(body, status=status), source())
    assert refused.value.kind == kind


@pytest.mark.recorded
def test_a_year_and_number_of_two_acts_leads_to_both() -> None:
    """Trap UK-0.11: 300, 301, 303 and 307 are normal answers; "not found" is a web page where XML was asked for."""
    page = legislation.parse(recorded("id-ukpga-1955-19-300.html", "document", status=300), source())
    assert [link.url for link in page.links] == [
        f"{SITE}/ukpga/Eliz2/4-5/19/data.xml",
        f"{SITE}/ukpga/Eliz2/3-4/19/data.xml",
    ]
    assert [problem.kind for problem in page.problems] == ["ambiguous"]


@pytest.mark.recorded
def test_the_recorded_provision_at_two_dates_gives_exactly_its_change() -> None:
    old, new = (
        legislation.parse(recorded(f"ukpga-2000-38-section-19{end}.xml", "document"), source()).versions[0]
        for end in ("-2014-04-01", "")
    )
    assert (old.valid_from, new.valid_from) == ("2014-04-01", "2022-02-28")
    assert [(each.kind, each.path) for each in compare(old, new)] == [("changed", "section-19-1")]
    difference = compare(old, new)[0]
    words = [(word.op, word.text.strip()) for word in difference.words if word.op != "="]
    assert words == [("+", "licence"), ("-", "of a licence")]


def test_reading_the_same_document_twice_gives_no_change() -> None:
    assert compare(version("act-latest"), version("act-point-in-time")) == ()


def test_the_sample_amendment_changes_what_it_amends() -> None:
    found = {(each.kind, each.path) for each in compare(version("act-enacted"), version("act-latest"))}
    assert ("changed", "section-1-1") in found and ("added", "section-2A") in found
    assert not {path for _, path in found} & {"section-3", "introduction", "part-1", "part-2", "section-1-2"}


@pytest.mark.parametrize(
    ("described", "summary"),
    [
        ("An Act to make provision about samples.", "An Act to make provision about samples."),
        ("A Bill to make provision about samples.", "A sample Act to make provision about exploitation."),
        ("", "A sample Act to make provision about exploitation."),
    ],
)
def test_an_act_is_described_as_the_act_that_it_is(described: str, summary: str) -> None:
    """Acts of the Northern Ireland Assembly keep the description of their bill."""
    stated = "<dc:description>A sample Act to make provision about exploitation.</dc:description>"
    new = f"<dc:description>{described}</dc:description>"
    act = changed("act-enacted", (" Sample: invented text, not law.</LongTitle>", "</LongTitle>"), (stated, new))
    assert act.documents[0].summary == summary


def test_of_a_provision_alone_whose_act_has_the_description_of_its_bill_the_bill_says_what_it_is_for() -> None:
    title = "<dc:title>Sample Exploitation Act 2001</dc:title>"
    described = (title, f"{title}<dc:description>A Bill to make provision about fees.</dc:description>")
    (act,) = changed("act-provision", described).documents
    assert act.summary == "[An Act] to make provision about fees."


@pytest.mark.parametrize(
    ("described", "summary"),
    [
        ("This Order names one more sample.", "This Order names one more sample."),
        ("Section 2 of the Sample Act lists samples.", "This sample brings an invented Act into force."),
        (
            "Section 2 of the Sample Act lists samples. Article 2 of this Order specifies one that it now has.",
            "Article 2 of this Order specifies one that it now has.",
        ),
        (
            "The Sample Rules 2029 (“the 2029 Rules”) are old. This Order amends rule 4 of the 2029 Rules for good.",
            "This Order amends rule 4 of [the Sample Rules 2029] for good.",
        ),
        (
            "Sample Rules were printed wrongly last year. This Order is made to correct their defects as to fees.",
            "This Order is made to correct their defects as to fees.",
        ),
        ("", "This sample brings an invented Act into force."),
        (
            "Section 41 of the Sample Act 2029 enables schemes. The present scheme is to expire on 13 December 2032.",
            "The present scheme is to expire on 13 December 2032.",
        ),
        (
            "This Order further amends the Sample Rules 2029. The changes that are made are: (1) Fees double.",
            "This Order further amends the Sample Rules 2029. The changes that are made are: (1) Fees double.",
        ),
    ],
)
def test_an_order_is_described_by_what_it_does_and_not_by_another_law(described: str, summary: str) -> None:
    stated = "This is a sample. This Order brings the invented Act into force."
    order = changed("order-made", (f"<dc:description>{stated}", f"<dc:description>{described}"))
    assert order.documents[0].summary == summary


@pytest.mark.parametrize(
    ("head", "start", "by", "status"),
    [
        ("repealed", 'Date="2026-11-01"', "uksi/2026/9003", "repealed"),
        ("repealed", 'Date="2026-12-02"', "uksi/2026/9003", None),
        ("repealed (except s. 1)", 'Date="2026-11-01"', "uksi/2026/9003", None),
        ("repealed", 'Prospective="true"', "uksi/2001/9003", "repealed"),
        ("repealed", 'Prospective="true"', "uksi/2026/9003", None),
        ("repealed", 'Prospective="true"', "ukpga/2001/3", None),
    ],
)
def test_a_law_is_repealed_where_an_effect_on_the_whole_of_it_has_begun(
    head: str, start: str, by: str, status: str | None
) -> None:
    """An effect without a day. An instrument of years ago has begun, an Act may wait for its commencement."""
    pairs = (
        ('Type="words substituted"', f'Type="{head}"'),
        ('Date="2026-12-01"', start),
        ("id/uksi/2001/9003", f"id/{by}"),
    )
    assert changed("act-latest", *pairs).documents[0].status == status


def test_the_approval_that_is_printed_on_an_order_is_told_first() -> None:
    said = "<SecondaryPrelims><Approved>Approved by the House of Commons</Approved>"
    summary = str(changed("order-made", ("<SecondaryPrelims>", said)).documents[0].summary)
    assert summary == f"Approved by the House of Commons. {parsed('order-made').documents[0].summary}"


def test_what_an_order_was_made_to_correct_is_told_first() -> None:
    why = "This Order has been made in consequence of defects in S.I. 2000/1 and is being issued free of charge."
    said = f"<SecondaryPrelims><Correction><Para><Text>{why}</Text></Para></Correction>"
    summary = str(changed("order-made", ("<SecondaryPrelims>", said)).documents[0].summary)
    assert summary.startswith("[It is] made in consequence of defects in S.I. 2000/1. ")


def test_an_order_of_which_nothing_else_is_told_is_described_by_its_contents() -> None:
    titles = ("Citation and commencement", "Fees for samples", "Waiver of fees")
    items = "".join(f"<ContentsItem><ContentsTitle>{each}</ContentsTitle></ContentsItem>" for each in titles)
    note = "<dc:description>This is a sample. This Order brings the invented Act into force."
    contents = ("<Secondary>", f"<Contents>{items}</Contents><Secondary>")
    order = changed("order-made", (note, "<dc:description>"), contents, ("This sample brings", "Brings"))
    assert str(order.documents[0].summary).endswith("[It contains:] Fees for samples; Waiver of fees")


def test_the_extent_of_a_provision_alone_is_its_own() -> None:
    """Of a whole law it is that at its root, of a past wording too."""
    marked = (
        '<P1group RestrictStartDate="2002-03-01">',
        '<P1group RestrictStartDate="2002-03-01" RestrictExtent="E+W">',
    )
    assert changed("act-provision", marked).documents[0].extent == "E+W"
    assert [parsed(name).documents[0].extent for name in ("act-provision", "act-point-in-time")] == ["E+W+S+N.I."] * 2


def test_a_resolution_is_described_by_what_it_resolves() -> None:
    said = "That, in pursuance of section 3 of the Sample Act 2029, the fees shall be varied as from 1st April 2031, as"
    body = f"<Body><P><Text>{said} follows:</Text></P>"
    note = "<dc:description>This is a sample. This Order brings the invented Act into force."
    order = changed("order-made", (note, "<dc:description>"), ("<Body>", body), ("This sample brings", "Brings"))
    assert order.documents[0].summary == f"I{said[len('That, i') :]} follows: \u2026"


def test_names_that_an_order_adds_to_a_list_stand_in_its_description() -> None:
    stated = "<dc:description>This is a sample. This Order brings the invented Act into force."
    there = "<Pnumber>2</Pnumber><P1para>"
    adds = "<dc:description>Article 2 of this Order adds two organisations (with aliases) to the list of samples."
    names = "".join(f"<ListItem><Para><Text>{name}</Text></Para></ListItem>" for name in ("Ash (Oak)", "Elm"))
    listed = f"<BlockAmendment><UnorderedList>{names}</UnorderedList></BlockAmendment>"
    order = changed("order-made", (stated, adds), (there, f"{there}{listed}"))
    assert order.documents[0].summary == (
        "Article 2 of this Order adds two organisations [Ash, Elm] to the list of samples."
    )


def test_ids_that_a_printer_counted_name_no_provision() -> None:
    """Of files from the printer: the path is made from unit and number, as for those without any id."""
    page = changed("act-enacted", ('id="section-1"', 'id="p00012"'))
    assert "section-1" in {each.path for each in page.versions[0].sections}


def test_the_rows_of_an_abstract_are_no_parts_of_the_act() -> None:
    row = "<Chapter><Number>Schedule 2</Number><Title>Sample grants</Title><P><Text>Fees</Text></P></Chapter>"
    abstract = (
        f"<Abstract><TitleBlock><Title>Abstract</Title></TitleBlock><AbstractBody>{row}</AbstractBody></Abstract>"
    )
    sections = changed("act-enacted", ("<Schedules>", f"<Schedules>{abstract}")).versions[0].sections
    found = {each.path: each for each in sections}
    assert found["abstract"].text.split() == ["Schedule", "2", "Sample", "grants", "Fees"]
    assert not [path for path in found if path.startswith("chapter")]


@pytest.mark.parametrize("body", ["", "<Body/>", "<Body><!-- none --><P1group> </P1group></Body>"])
def test_an_act_without_words_in_its_body_is_no_whole_act(body: str) -> None:
    """One visit's empty answer takes no provision away."""
    base = fixture("act-latest")[0].body.decode()
    short = re.sub(r"<Body\b.*?</Body>|<Schedules\b.*?</Schedules>", "", base, flags=re.DOTALL)
    (version,) = legislation.parse(
        capture(short.replace("</Primary>", f"{body}</Primary>").encode()), source()
    ).versions
    assert version.partial and base != short
