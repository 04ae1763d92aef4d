"""From an answer to a text: versions, ways to other forms, lists of files, and answers that are no answer."""

from typing import Any

import pytest

from crawler.errors import ParseError, RefusedError
from crawler.model import Link, Page, Section
from crawler.protocols import handed_over, read
from crawler.protocols.cellar import addresses, responses
from crawler.protocols.cellar.act_text import Modification, Text
from tests.protocols.cellar_samples import RESOURCE, capture, fixture, parsed, recorded, source

ACT = "celex:32001L9001"
FACTS = {"document": ACT, "title": "Sample Directive", "kind": "directive", addresses.ELSE: ""}


def text(**more: Any) -> Text:
    plain: dict[str, Any] = {"title": "SAMPLE DIRECTIVE", "sections": (Section(path="article-1", text="Sample."),)}
    return Text(**{**plain, "kind": "act", "date": "2001-04-05", **more})


def page(found: Text, url: str = f"{RESOURCE}/celex/32001L9001.ENG.fmx4", **more: Any) -> Page:
    return responses.text(capture(b"x", url, **more), lambda body, at: found, "structured")


def test_the_text_of_the_official_journal_is_the_version_as_published() -> None:
    (version,) = page(text(), facts={**FACTS, "label": "as published", "valid_from": "2001-04-05"}).versions
    assert (version.document, version.label, version.valid_from) == (ACT, "as published", "2001-04-05")
    assert (version.title, version.language, version.representation) == ("Sample Directive", "en", "structured")


def test_a_consolidated_text_is_a_version_of_its_act_from_the_date_in_its_number() -> None:
    url = f"{RESOURCE}/consolidation/2001L9001%2F20240714.ENG.fmx4"
    found = text(kind="consolidated", valid_from="2024-07-14")
    for facts in ({**FACTS, "label": "02001L9001-20240714", "valid_from": "2024-07-14"}, {}):
        read_page = page(found, url, facts=facts)
        (version,) = read_page.versions
        assert (version.document, version.valid_from, version.label) == (ACT, "2024-07-14", "02001L9001-20240714")
        assert [document.id for document in read_page.documents] == [ACT]
        assert not read_page.problems


def test_a_date_or_a_text_that_is_not_the_one_promised_is_told() -> None:
    url = f"{RESOURCE}/celex/02001L9001-20240714.ENG.fmx4"
    differing = page(text(kind="consolidated", valid_from="2024-07-15"), url)
    assert [each.kind for each in differing.problems] == ["differing date"]
    assert differing.versions[0].valid_from == "2024-07-14"
    promised = {**FACTS, "label": "02001L9001-20240714", "valid_from": "2024-07-14"}
    assert [each.kind for each in page(text(), url, facts=promised).problems] == ["differing text"]


@pytest.mark.parametrize(
    ("more", "published", "adopted"),
    [
        ({"published": "2001-05-01"}, "2001-05-01", "2001-04-05"),
        ({"published": "2001-05-01", "kind": "consolidated"}, "2001-05-01", "2001-04-05"),
        ({"kind": "corrigendum", "published": "2001-06-01"}, "2001-06-01", None),
        ({}, None, "2001-04-05"),
        ({"date": None, "title": "COUNCIL DIRECTIVE 2001/9001/EU of 4 April 2001 on samples"}, None, "2001-04-04"),
        ({"date": None, "title": "Beschluss des Rates vom 4. April 2001", "language": "de"}, None, "2001-04-04"),
    ],
)
def test_an_act_is_published_on_the_day_of_its_journal_and_adopted_on_its_own(
    more: dict[str, Any], published: str | None, adopted: str | None
) -> None:
    found = page(text(**more), f"{RESOURCE}/celex/32001L9001")
    assert found.documents[0].published == published
    days = {each.fields["event"]: each.fields["date"] for each in found.statements if each.kind == "date"}
    assert (days.get("adopted"), days.get("published")) == (adopted, published if adopted else None)


def test_a_corrigendum_is_called_by_the_day_of_its_journal() -> None:
    changes = tuple(
        Modification(path="article-1", act=act, action="replaced", place="")
        for act in ("32001L9001R(01)", "32024L9712")
    )
    journals = (("32001L9001R(01)", "2002-05-23"), ("32024L9712", "2024-06-24"))
    found = page(text(kind="consolidated", valid_from="2024-07-14", modifications=changes, journals=journals))
    called = {
        each.fields["affecting"]: each.fields["affecting_title"] for each in found.statements if each.kind == "effect"
    }
    assert called == {
        "celex:32001L9001R(01)": "corrigendum of 23 May 2002 (CELEX 32001L9001R(01))",
        "celex:32024L9712": "",
    }


@pytest.mark.parametrize(
    ("title", "celex", "kind", "document"),
    [
        ("Vorschlag für eine RICHTLINIE über Muster", "52001PC9206", "bill", "celex:52001PC9206"),
        ("Proposal for a DIRECTIVE on samples", None, "bill", "cellar:sample"),
        ("Consolidated versions of the Treaty on Samples", None, "treaty", "cellar:sample"),
    ],
)
def test_a_document_without_a_notice_has_its_kind_by_number_or_title(
    title: str, celex: str | None, kind: str, document: str
) -> None:
    words = "Die Aufgaben der Behörde und des Gerichts sind in den Artikeln festgelegt. " * 5
    found = page(
        text(kind="other", title=title, celex=celex, sections=(Section(path="article-1", text=words),)),
        f"{RESOURCE}/cellar/sample",
    )
    assert [(each.id, each.kind, each.published) for each in found.documents] == [(document, kind, "2001-04-05")]
    dated = [(each.fields["event"], each.fields["date"]) for each in found.statements if each.kind == "date"]
    assert dated == ([("proposed", "2001-04-05")] if kind == "bill" else [])
    assert found.versions[0].language == "de", "no page states that of its text"


def test_an_annex_alone_is_called_by_its_number_and_that_of_its_act() -> None:
    annex = (Section(path="annex-ii", number="ANNEX II", heading="Repealed Regulation", text="Sample."),)
    for url, title in (
        (f"{RESOURCE}/celex/32017R1001", "Annex II of Regulation (EU) 2017/1001: Repealed Regulation"),
        (f"{RESOURCE}/cellar/sample", "ANNEX II Repealed Regulation"),
    ):
        found = page(text(kind="annex", title="ANNEX II Repealed Regulation", sections=annex), url)
        assert (found.documents[0].title, found.documents[0].published) == (title, None)


def test_the_text_of_another_act_is_refused() -> None:
    with pytest.raises(ParseError, match="the text of celex:32001L9002 where that of celex:32001L9001 was promised"):
        page(text(celex="32001L9002"), facts=FACTS)
    amended = page(text(kind="corrigendum", celex="32001L9001"), facts={**FACTS, "document": "celex:32001L9001R(01)"})
    assert amended.versions[0].document == "celex:32001L9001R(01)", "a corrigendum names the act it corrects"


@pytest.mark.parametrize(
    ("url", "found", "document"),
    [
        (f"{RESOURCE}/celex/02001L9001-20240714.ENG.xhtml", text(kind="consolidated"), ACT),
        ("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32001L9001", text(), ACT),
        (f"{RESOURCE}/cellar/3e485e15-11bd-11e6-ba9a-01aa75ed71a1.0006.02/DOC_2", text(celex="32001L9001"), ACT),
        (f"{RESOURCE}/cellar/3e485e15-11bd.0006.02/DOC_2", text(eli="http://data.europa.eu/eli/dir/2001/9001/oj"), ACT),
        (f"{RESOURCE}/cellar/3e485e15-11bd.0006.02/DOC_2", text(), "cellar:3e485e15-11bd"),
        (f"{RESOURCE}/cellar/3e485e15-11bd.0006.02/DOC_2", text(title="COUNCIL REGULATION (EU) 2029/17 on"),
         "celex:32029R0017"),
        (f"{RESOURCE}/cellar/3e485e15-11bd.0006.02/DOC_2", text(kind="corrigendum", title="Directive 2001/9001/EU"),
         "cellar:3e485e15-11bd"),
        ("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=OJ:L_200109001", text(),
         "url:https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=OJ%3AL_200109001"),
    ],
)  # fmt: skip
def test_which_act_a_text_is_of(url: str, found: Text, document: str) -> None:
    assert page(found, url).documents[0].id == document


@pytest.mark.parametrize(
    ("url", "stated", "language"),
    [
        (f"{RESOURCE}/celex/32001L9001.FRA.xhtml", "en", "fr"),
        ("https://eur-lex.europa.eu/legal-content/ES/TXT/?uri=CELEX:32001L9001", "en", "es"),
        ("https://eur-lex.europa.eu/eli/dir/2001/9001/oj/deu", None, "de"),
        (f"{RESOURCE}/celex/32001L9001", "pl", "pl"),
        (f"{RESOURCE}/celex/32001L9001", None, "en"),
    ],
)
def test_the_language_is_that_of_the_address_first(url: str, stated: str | None, language: str) -> None:
    assert page(text(language=stated), url).versions[0].language == language


def test_what_a_consolidated_text_says_of_its_changes() -> None:
    changes = (Modification(path="article-2-1", act="32024L9712", action="replaced", place="AR:1;PT:2"),)
    found = text(kind="consolidated", valid_from="2024-07-14", amended_by=("32024L9712",), modifications=changes)
    alone = page(found, f"{RESOURCE}/celex/02001L9001-20240714.ENG.fmx4")
    assert [each.kind for each in alone.statements] == ["date", "relation", "effect"]
    effect = alone.statements[2].fields
    assert (effect["affecting"], effect["affected_provision"]) == ("celex:32024L9712", "article-2-1")
    assert (effect["affecting_provision"], effect["affecting_paths"]) == ("article-1-2", '["article-1-2"]')
    (mark,) = alone.versions[0].annotations
    assert (mark.id, mark.citations) == ("32024L9712 AR:1;PT:2", (("celex:32024L9712", "article-1-2"),))
    noticed = page(found, facts={**FACTS, "label": "02001L9001-20240714", "valid_from": "2024-07-14"})
    assert [each.kind for each in noticed.statements] == ["date", "relation"], (
        "the notice states effects with their dates"
    )


def test_where_one_file_came_instead_of_a_notice_all_are_asked_for() -> None:
    (link,) = page(text(), f"{RESOURCE}/celex/32001L9001", accept=addresses.NOTICE).links
    assert (link.url, link.accept) == (f"{RESOURCE}/celex/32001L9001", "application/zip")
    assert page(text(), link.url, accept=link.accept, facts=link.facts).links == ()
    gone = read(capture(b"Resource not found.", link.url, status=404, facts=link.facts), source())
    assert gone == Page(), "that there is no zip says nothing of the act"


def test_a_zip_of_formex_is_read_through_its_redirect() -> None:
    """Trap EU-1.1: redirects on the way to every text."""
    found = parsed("consolidated")
    assert [section.path for section in found.versions[0].sections] == ["article-1", "article-2"]
    assert found.versions[0].valid_from == "2024-07-14"


@pytest.mark.parametrize("status", [404, 406])
def test_that_a_text_is_not_there_leads_to_the_next_form_and_says_nothing_of_the_act(status: int) -> None:
    """Trap EU-0.8: 404 and 406 are answers; 202, 403 and 429 say nothing of an act."""
    base, of = fixture("text-not-there")
    found = read(capture(base.body, base.url, status=status, facts=base.link.facts, token="x"), of)
    assert (found.documents, found.statements, found.problems) == ((), (), ())
    (link,) = found.links
    assert (link.url, link.accept, link.token) == (
        f"{RESOURCE}/consolidation/2001L9001%2F20100101.ENG.fmx4", "application/zip", "x",
    )  # fmt: skip
    assert link.facts["valid_from"] == "2010-01-01"
    third = read(capture(b"Resource not found.", link.url, status=404, facts=link.facts), of).links[0]
    assert (third.accept, third.facts[addresses.ELSE]) == ("application/xhtml+xml", "")


def test_at_the_end_of_all_ways_there_is_no_text() -> None:
    assert [each.kind for each in parsed("text-nowhere").problems] == ["no text"]
    base, of = fixture("text-nowhere")
    facts = {name: told for name, told in base.link.facts.items() if name != addresses.ANNOUNCED}
    found = read(capture(base.body, base.url, status=404, facts=facts), of)
    assert found == Page(), "nothing was announced in this language"


@pytest.mark.parametrize("status", [202, 401, 403, 404, 405, 406, 410, 429, 500, 503])
def test_the_server_refusing_us_says_nothing_of_an_act(status: int) -> None:
    body = b"Resource [system 'celex' - id '32001L9001'] not found."
    with pytest.raises(RefusedError) as refused:
        read(capture(body, status=status, facts={"document": ACT}), source())
    assert refused.value.kind == "status"


@pytest.mark.recorded
def test_a_robot_check_is_none_of_these() -> None:
    with pytest.raises(RefusedError) as refused:
        read(recorded("aws_waf_challenge_202.html", facts={**FACTS}), source())
    assert refused.value.kind == "challenge"


@pytest.mark.recorded
def test_a_list_of_formex_files_is_asked_for_as_a_zip() -> None:
    """Trap EU-0.7: 300 with a list of files, of which the first is only a header."""
    found = read(recorded("celex_32016R0679_fmx4.300.html"), source())
    (link,) = found.links
    assert (link.url, link.accept) == (
        f"{RESOURCE}/cellar/3e485e15-11bd-11e6-ba9a-01aa75ed71a1.0006.02",
        "application/zip",
    )
    assert link.facts["document"] == "celex:32016R0679"
    body, told = recorded("celex_32016R0679_fmx4.300.html").body, {**link.facts, addresses.ANNOUNCED: "ENG"}
    again = capture(body, link.url, status=300, accept="application/zip", facts=told)
    found = read(again, source())
    assert (found.links, [each.kind for each in found.problems]) == ((), ["no text"]), "it does not go round in circles"


def test_of_other_texts_every_file_is_read_the_first_as_the_text() -> None:
    main, attached = parsed("choices-files").links
    assert (main.role, main.facts["document"], main.facts["valid_from"]) == (
        "document",
        "celex:52022PC9732",
        "2022-12-19",
    )
    assert (attached.role, attached.parent) == ("attachment", "celex:52022PC9732")
    assert attached.facts["document"] == "celex:52022PC9732/DOC_2"
    child = page(text(), attached.url, facts=attached.facts, role="attachment", parent=attached.parent)
    assert (child.documents[0].id, child.documents[0].url) == ("celex:52022PC9732/DOC_2", attached.url)


def test_a_list_without_files_is_refused() -> None:
    with pytest.raises(RefusedError, match="300 without choices"):
        read(capture(b"<html><body>List of URI's:<ul></ul></body></html>", status=300), source())


@pytest.mark.recorded
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("32022R2554_tree.rdf", "RDF"),
        ("webservice/result.xml", "search service"),
        ("error_response_authentication.xml", "FailedAuthentication"),
        ("error_response_invalid_query.xml", "WS_QUERY_SYNTAX_ERROR"),
        ("L_2019130EN.01009201.doc.xml", "only the header"),
        ("L_202401689EN.toc.fmx.xml", "table of contents"),
    ],
)
def test_what_is_not_read_is_refused_by_name(name: str, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        read(recorded(name), source())


@pytest.mark.parametrize(
    "url",
    [
        "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32001L9001",
        "https://eur-lex.europa.eu/legal-content/EN/TXT/HTML/?uri=CELEX%3A02001L9001-20240714&qid=1",
        "http://data.europa.eu/eli/dir/2001/9001/oj",
        "https://publications.europa.eu/resource/celex/32001L9001",
    ],
)
def test_links_of_feeds_and_lists_to_eu_law_are_handed_over(url: str) -> None:
    link = handed_over(Link(url=url, role="document", facts={"document": "x", "title": "As listed"}, token="t"))
    assert (link.url, link.accept, link.token) == (f"{RESOURCE}/celex/32001L9001", addresses.NOTICE, "t")
    assert link.facts == {"document": ACT, "title": "As listed", "protocol": "cellar"}


def test_what_is_handed_over_is_read_for_a_source_of_another_protocol() -> None:
    feed = source("https://feed.sample.invalid/rss.xml")
    object.__setattr__(feed, "protocol", "feed")
    base, _ = fixture("notice")
    asked = capture(base.body, base.url, facts={**base.link.facts, "protocol": "cellar"})
    found = read(asked, feed)
    assert [document.id for document in found.documents] == [ACT]
    assert {link.facts["protocol"] for link in found.links} == {"cellar"}
