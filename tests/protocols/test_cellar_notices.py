"""Notices: what an act is, what stands around it, its dates of law, and where its texts are."""

import pytest

from crawler.errors import ParseError
from crawler.model import Page
from crawler.protocols import cellar
from crawler.protocols.cellar import addresses, dates, kinds, relations
from tests.protocols.cellar_samples import RESOURCE, capture, changed, fixture, parsed, recorded, source

ACT = "celex:32001L9001"


def dated(page: Page) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for each in page.statements:
        if each.kind == "date":
            found.setdefault((each.fields["event"], each.fields["provision"]), []).append(each.fields["date"])
    return found


def related(page: Page) -> set[tuple[str, str, str]]:
    told = [each for each in page.statements if each.kind == "relation"]
    return {(each.document, each.fields["relation"], each.fields["target"]) for each in told}


def texts(page: Page) -> dict[str, list[str]]:
    """Return what is asked for each text, in turn: format of each address by label."""
    found = {}
    for link in page.links:
        chain = [link.url, *(each.partition(" ")[2] for each in link.facts[addresses.ELSE].splitlines())]
        found[link.facts["label"]] = [each.rpartition(".")[2] for each in chain]
    return found


def test_the_document() -> None:
    (document,) = parsed("notice").documents
    assert (document.id, document.kind, document.published) == (ACT, "directive", None), "no journal is stated"
    assert document.title.startswith("Directive 2001/9001/EU of 5 April 2001"), "no-break spaces are spaces"
    assert document.publisher == "European Parliament; Council of the European Union", "provisional data is no author"
    assert {"eli:dir/2001/9001/oj", "oj:JOL_2001_101_R_0001_01"} <= set(document.aliases)
    assert (document.status, document.in_force) == ("in force", "2001-04-15")


def test_entry_into_force_and_application_are_told_apart() -> None:
    found = dated(parsed("notice"))
    assert (found[("in force", "")], found[("applies", "")]) == (["2001-04-15"], ["2003-01-01"])
    alone = changed("notice", ("<VALUE>2001-04-15<", "<VALUE>2003-01-01<"))
    assert dated(alone)[("in force", "")] == dated(alone)[("applies", "")] == ["2003-01-01"], "each as its type says"


def test_an_act_is_adopted_on_its_own_day_and_published_on_that_of_its_journal() -> None:
    journal = (
        "<RESOURCE_LEGAL_PUBLISHED_IN_OFFICIAL-JOURNAL><EMBEDDED_NOTICE><WORK><DATE_PUBLICATION><VALUE>2001-04-12</VALUE>"
        "</DATE_PUBLICATION></WORK></EMBEDDED_NOTICE></RESOURCE_LEGAL_PUBLISHED_IN_OFFICIAL-JOURNAL><WORK_DATE_DOCUMENT"
    )
    assert dated(parsed("notice"))[("adopted", "")] == ["2001-04-05"]
    found = changed("notice", ("<WORK_DATE_DOCUMENT", journal))
    assert found.documents[0].published == "2001-04-12"
    assert (dated(found)[("adopted", "")], dated(found)[("published", "")]) == (["2001-04-05"], ["2001-04-12"])


def test_two_dates_of_one_event_do_not_look_moved() -> None:
    page = changed("notice", ("{MA|http://publications.europa.eu/resource/authority/fd_335/MA}", ""))
    told = {each.fields["qualification"] for each in page.statements if each.fields.get("event") == "in force"}
    assert told == {"one of several: 2001-04-15", "one of several: 2003-01-01"}
    assert [each.in_force for each in page.documents] == ["in parts"], "no one day is that of all of it"


def test_a_date_that_stands_for_none_is_never_the_day_of_entry_into_force() -> None:
    for stated, shown in (("1001-01-01", "not yet"), ("9999-12-31", None)):
        page = changed("notice", ("<VALUE>2001-04-15<", f"<VALUE>{stated}<"))
        assert [each.in_force for each in page.documents] == [shown]
        assert not any(each.fields.get("date") == stated for each in page.statements)


def test_dates_that_are_none() -> None:
    """Trap EU-0.9: dates that mean "no end" or "not fixed yet"; consolidations come weeks late."""
    page = parsed("notice")
    assert "end of validity" not in {event for event, _ in dated(page)}, "9999-12-31 has no end"
    assert dated(page)[("deadline", "article-23-1")] == ["2005-04-06"]
    assert len([each for each in dated(page) if each[0] == "deadline"]) == 1, "1001-01-01 is fixed later"
    assert "impossible date" not in {each.kind for each in page.problems}
    later = changed(
        "notice", ("<VALUE>2001-04-15<", "<VALUE>1001-01-01<"), ("<VALUE>2003-01-01<", "<VALUE>1001-01-01<")
    )
    assert later.documents[0].in_force == "not yet"
    wrong = changed("notice", ("<VALUE>2003-04-06<", "<VALUE>2003-13-06<"))
    assert [each.detail for each in wrong.problems if each.kind == "impossible date"] == [f"{ACT}: 2003-13-06"]


@pytest.mark.parametrize(
    ("flag", "begins", "ends", "status"),
    [
        ("true", "2001-04-15", "9999-12-31", "in force"),
        ("1", "2001-04-15", "9999-12-31", "in force"),
        ("false", "2001-04-15", "2010-01-01", "no longer in force"),
        ("0", "2027-12-14", "9999-12-31", "prospective"),
        ("false", "2001-04-15", "9999-12-31", "not in force"),
        ("perhaps", "2001-04-15", "9999-12-31", None),
    ],
)
def test_the_status(flag: str, begins: str, ends: str, status: str | None) -> None:
    page = changed(
        "notice",
        ("<VALUE>true<", f"<VALUE>{flag}<"),
        ("<VALUE>2001-04-15<", f"<VALUE>{begins}<"),
        ("<VALUE>2003-01-01<", f"<VALUE>{begins}<"),
        ("<VALUE>9999-12-31<", f"<VALUE>{ends}<"),
    )
    assert page.documents[0].status == status


def test_relations_in_both_directions() -> None:
    assert related(parsed("notice")) == {
        ("celex:32024L9712", "amends", ACT),
        ("celex:32026L9800", "amends", ACT),
        ("celex:32001L9001R(01)", "corrects", ACT),
        (ACT, "adopts", "celex:52000PC9095"),
        (ACT, "based on", "celex:12016E083"),
        (ACT, "repeals", "celex:32000F9629"),
    }


def test_what_an_amendment_did_and_whether_the_consolidated_text_has_it() -> None:
    effects = [each.fields for each in parsed("notice").statements if each.kind == "effect"]
    assert [(each["affected_provision"], each["type"], each["in_force"], each["applied"]) for each in effects] == [
        ("article-2-3", "replaced", "2024-07-14", "true"),
        ("article-18a", "inserted", "2024-07-14", "true"),
        ("article-8", "deleted", "2026-11-30", "false"),
        ("", "corrected", "", "false"),
    ]
    assert len({each["id"] for each in effects}) == 4


def test_a_role_or_a_relation_that_is_new_is_told() -> None:
    told = {each.kind: each.detail for each in parsed("notice").problems}
    assert told["unknown role"].endswith("in the role TXT")
    assert told["unknown relation"] == f"{ACT}: RESOURCE_LEGAL_ENLIVENS_RESOURCE_LEGAL"
    assert len(told) == 2, "an opinion on a proposal is left out by name"


def test_texts_of_a_notice_are_not_asked_for_where_they_are_not_wanted() -> None:
    base, of = fixture("notice")
    page = cellar.parse(base, source(texts=False))
    assert page.links == () and page.documents == cellar.parse(base, of).documents


def test_texts_are_those_of_the_act_in_the_language_wanted() -> None:
    assert texts(parsed("notice")) == {
        "as published": ["fmx4", "xhtml", "pdfa1a", "03/DOC_1"],
        "02001L9001-20100101": ["fmx4", "fmx4", "xhtml"],
        "02001L9001-20240714": ["fmx4", "xhtml", "pdfa2a"],
    }
    urls = " ".join(link.url + link.facts[addresses.ELSE] for link in parsed("notice").links)
    assert "_0010010" not in urls and "2000L9000" not in urls, "neither unfinished texts nor those of other acts"
    german = changed("notice", ("tree", "tree"), language="DEU")
    assert german.documents[0].title == "Richtlinie 2001/9001/EU (Muster)"
    assert german.links[0].url == f"{RESOURCE}/celex/32001L9001.DEU.fmx4"


def test_a_consolidated_text_is_a_version_from_its_date() -> None:
    link = parsed("notice").links[-1]
    told = {"document": ACT, "label": "02001L9001-20240714", "valid_from": "2024-07-14", "kind": "directive"}
    assert told.items() <= link.facts.items()
    assert parsed("notice").links[0].facts["valid_from"] == "2001-04-05"


def test_a_text_is_asked_again_when_its_files_changed_or_more_of_them_are_announced() -> None:
    """Trap EU-1.4: whether conditional requests are honoured was not seen: notices state when files changed."""
    tokens = {link.facts["label"]: link.token for link in parsed("notice").links}
    assert tokens["as published"] == "2020-02-16T07:18:30.944000Z"
    newer = changed("notice", ("2020-02-16T08:18:30.944+01:00", "2026-11-24T08:18:30.944+01:00"))
    assert newer.links[0].token == "2026-11-24T07:18:30.944000Z"
    more = changed("notice", ("2001L9001%2F20240714.ENG.pdfa2a", "2001L9001%2F20240714.ENG.html"))
    assert (tokens["02001L9001-20240714"], more.links[-1].token) == (
        "fmx4 xhtml pdfa2a 0010010",
        "fmx4 xhtml html 0010010",
    )


def test_a_consolidated_text_is_asked_again_when_the_same_date_was_produced_anew() -> None:
    def produced(*numbers: str) -> str:
        names = "".join(
            "<RESOURCE_LEGAL_BASIS_FOR_ACT_CONSOLIDATED><SAMEAS><URI><VALUE>http://publications.europa.eu/resource/"
            f"consolidation/{name}</VALUE></URI></SAMEAS></RESOURCE_LEGAL_BASIS_FOR_ACT_CONSOLIDATED>"
            for name in numbers
        )
        return (
            changed("notice", ('<NOTICE decoding="eng" type="tree">\n<WORK>', f"<NOTICE><WORK>{names}")).links[-1].token
        )

    first, second = "2001L9001%2F20240714_0010010", "2001L9001%2F20240714_0010020"
    assert produced(first, second) == produced(second, first) == "fmx4 xhtml pdfa2a 0010020"
    assert (
        produced(first, "2001L9002%2F20240714_0010090", "2001L9001%2F20260714_0010090") == "fmx4 xhtml pdfa2a 0010010"
    )


def test_of_a_case_there_is_no_link_to_a_text() -> None:
    page = parsed("notice-case")
    assert (page.documents[0].kind, page.links) == ("case_law", ())
    assert "Claimant" not in page.documents[0].title
    assert related(page) == {("celex:62015CJ9001", "interprets", ACT)}


def test_a_procedure_and_no_person() -> None:
    page = parsed("notice-procedure")
    assert (page.documents[0].id, page.documents[0].status) == ("procedure:2022/9426", "adopted")
    assert page.documents[0].title == "Proposal for a Directive amending Directive 2001/9001/EU (sample)"
    assert related(page) == {
        ("celex:32024L9712", "part of procedure", "procedure:2022/9426"),
        ("celex:52022PC9732", "part of procedure", "procedure:2022/9426"),
        ("procedure:2022/9426", "final act", "celex:32024L9712"),
    }
    assert "person" not in str(page)
    bare = changed("notice-procedure", ("2022/9426/COD", "none"), ("2022_9426", "2022_26"))
    assert bare.documents[0].id == "procedure:2022/0026"


@pytest.mark.parametrize("place", ["{events}</DOSSIER>", "</DOSSIER>{events}"])
def test_what_came_of_a_proposal_is_told_where_no_state_is(place: str) -> None:
    """Events stand in the dossier, or beside it."""
    kind = "EVENT_LEGAL_HAS_TYPE_CONCEPT_TYPE_EVENT_LEGAL"
    ends = {"SIGN_byEP_CONSIL": "2024-06-13", "PUB_OJ": "2024-06-24"}
    events = "".join(
        f"<EVENT><{kind}><IDENTIFIER>{event}</IDENTIFIER></{kind}>"
        f"<EVENT_LEGAL_DATE><VALUE>{day}</VALUE></EVENT_LEGAL_DATE></EVENT>"
        for event, day in ends.items()
    )
    page = changed(
        "notice-procedure", ("DOSSIER_ADOPTED", "DOSSIER_SAMPLE"), ("</DOSSIER>", place.format(events=events))
    )
    assert page.documents[0].status == "adopted"
    assert [(each.fields["event"], each.fields["date"]) for each in page.statements if each.kind == "date"] == [
        ("signed by Parliament and Council", "2024-06-13"),
        ("published in the Official Journal", "2024-06-24"),
    ]
    began, proposal = "<DATE><VALUE>2022-12-19</VALUE></DATE>", events.replace("PUB_OJ", "ADP_byCOM")
    page = changed("notice-procedure", ("</DOSSIER>", began + place.format(events=proposal)))
    assert "proposed" not in str(page.statements)  # one that was changed later does not begin it
    page = changed(
        "notice-procedure", ("</DOSSIER>", began + place.format(events=proposal.replace("2024-06-24", "2022-12-19")))
    )
    assert ("proposed", "2022-12-19") in [
        (each.fields["event"], each.fields["date"]) for each in page.statements if each.kind == "date"
    ]
    talks = f"<EVENT><{kind}><IDENTIFIER>DIS_byCONSIL</IDENTIFIER><PREFLABEL>Talks</PREFLABEL></{kind}>"
    talks += "<EVENT_LEGAL_DATE><VALUE>2024-07-01</VALUE></EVENT_LEGAL_DATE></EVENT>"
    page = changed("notice-procedure", ("</DOSSIER>", place.format(events=events + talks)))
    assert ("Talks", "2024-07-01", "2024-07-01") in [
        (each.fields["event"], each.fields["date"], each.fields["qualification"])
        for each in page.statements
        if each.kind == "date"
    ]
    page = changed("notice-procedure", ("</DOSSIER>", place.format(events=events + talks.replace("07-01", "06-01"))))
    assert "Talks" not in str(page.statements)
    act = "<SAMEAS><URI><VALUE>http://publications.europa.eu/resource/celex/32024L9712</VALUE></URI></SAMEAS>"
    link = f"<RESOURCE_LEGAL_ADOPTED_BY_RESOURCE_LEGAL>{act}</RESOURCE_LEGAL_ADOPTED_BY_RESOURCE_LEGAL>"
    assert (ACT, "final act", "celex:32024L9712") in related(changed("notice", ("<WORK>\n", f"<WORK>{link}\n")))


def test_what_is_not_to_be_indexed_is_nothing() -> None:
    """Trap EU-1.16: works that are not to be indexed; corrigenda."""
    page = changed("notice", ("<WORK>\n", "<WORK><DO_NOT_INDEX><VALUE>true</VALUE></DO_NOT_INDEX>\n"))
    assert (page.documents, page.links, [each.kind for each in page.problems]) == ((), (), ["not indexed"])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<NOTICE/>", "neither WORK nor DOSSIER nor EXPRESSION"),
        (b"<NOTICE><WORK/></NOTICE>", "without a name"),
        (b"<NOTICE><DOSSIER/></NOTICE>", "number of a procedure"),
        (b"<NOTICE><EXPRESSION/></NOTICE>", "names no work"),
        (b"<NOTICE><WORK>", "not well-formed"),
        (b'<!DOCTYPE a [<!ENTITY e "x">]><NOTICE><WORK>&e;</WORK></NOTICE>', "entity"),
        (b"<NOTICE>" + b"<WORK>" * 300 + b"</WORK>" * 300 + b"</NOTICE>", "not well-formed"),
    ],
)
def test_what_is_no_notice_is_an_error(body: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        cellar.parse(capture(body), source())


@pytest.mark.recorded
def test_the_notice_of_a_consolidated_text_is_about_its_act() -> None:
    page = cellar.parse(recorded("EN-CELEX-02009R1223-20191218.xml"), source())
    assert [each.id for each in page.documents] == ["celex:32009R1223"]
    (link,) = page.links
    assert (link.facts["label"], link.facts["valid_from"]) == ("02009R1223-20191218", "2019-12-18")
    assert page.documents[0].published is None, "its date is not that of the act"


@pytest.mark.recorded
def test_a_real_notice_has_its_dates_relations_and_texts() -> None:
    page = cellar.parse(recorded("32022R2554_tree.xml"), source())
    assert dated(page)[("in force", "")] == ["2023-01-16"] and dated(page)[("applies", "")] == ["2025-01-17"]
    assert dated(page)[("deadline", "article-58-1")] == ["2028-01-17"]
    assert ("celex:32022R2554", "amends", "celex:32009R1060") in related(page)
    assert ("celex:32024R1772", "completes", "celex:32022R2554") in related(page)
    assert ("celex:32022R2554", "adopts", "celex:52020PC0595") in related(page)
    assert texts(page)["as published"][:2] == ["fmx4", "xhtml"]
    assert "02022R2554-20221227" in texts(page) and len(page.links) == 2, "consolidated texts of other acts are theirs"
    assert not page.problems


@pytest.mark.recorded
def test_an_old_proposal_is_found_under_the_names_it_answers_to() -> None:
    page = cellar.parse(recorded("52018PC0340_branch_ORIGINAL.xml"), source())
    assert (page.documents[0].kind, dated(page)[("end of validity", "")]) == ("bill", ["2019-06-05"])
    assert page.links[0].url == f"{RESOURCE}/comnat/COM_2018_0340_FIN.ENG.xhtml"
    assert ("celex:32019L0904", "adopts", "celex:52018PC0340") in related(page)


@pytest.mark.recorded
def test_a_notice_without_a_title_is_told() -> None:
    page = cellar.parse(recorded("32018R0196_object_work.xml"), source())
    assert (page.documents, [each.kind for each in page.problems]) == ((), ["untitled"])
    assert dated(page) == {("in force", ""): ["2018-03-08"]}


def test_every_type_of_the_recordings_is_known() -> None:
    codes = (
        "ACT_LEGIS ADOPT_TEXT DEC DIR IMPACT_ASSESS IMPACT_ASSESS_SUM ITEM_IA_NOTE LEGIS_SUM NOTE NOTE_COVER NOTE_INFO"
    )
    more = "OPIN PROP_ACT PROP_DEC_NO_ADDRESSEE PROP_DIR PROP_REG REG REPORT RES_LEGIS SWD TREATY"
    assert kinds.unknown(f"{codes} {more}".split()) == []


@pytest.mark.parametrize(
    "text", ["", "$item.updated", "2026-13-01T00:00:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59"]
)
def test_any_text_is_a_time_or_none(text: str) -> None:
    assert dates.moment(text) is None or dates.time(text)


def test_summer_time_of_brussels() -> None:
    assert str(dates.moment("2026-03-29T01:59:59")) == "2026-03-29 00:59:59+00:00"
    assert str(dates.moment("2026-03-29T03:00:00")) == "2026-03-29 01:00:00+00:00"
    assert str(dates.moment("2026-10-25T03:00:00")) == "2026-10-25 02:00:00+00:00"


def test_places_in_acts_are_paths() -> None:
    place = "{AN|x} I {SCT|x} A {PA|x} 4 {ALN|x} 1"
    assert relations.path(place) == "annex-i-section-a-4"
    assert relations.path("AR 26 PA 3") == "article-26-3"
    assert relations.path("throughout the text") == "throughout the text"


def test_names_of_one_work_are_one_link() -> None:
    base, of = fixture("notice")
    assert cellar.parse(base, of) == parsed("notice"), "reading twice gives the same"
