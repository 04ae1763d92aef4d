"""Answers of the SPARQL endpoint: works from rows that multiply, what stands around them, failures that look well."""

import json
from collections.abc import Mapping, Sequence

import pytest

from crawler.errors import ParseError, RefusedError
from crawler.model import Capture, Page
from crawler.protocols import cellar
from crawler.protocols.cellar import addresses, queries
from crawler.protocols.cellar.queries import Search
from tests.protocols.cellar_samples import capture, changed, fixture, parsed, source

RESULTS = (("Content-Type", addresses.RESULTS),)


def answer(columns: Sequence[str], *rows: Mapping[str, str], **more: object) -> Capture:
    bindings = [{name: {"type": "literal", "value": told} for name, told in row.items()} for row in rows]
    told = {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}
    return capture(json.dumps(told).encode(), addresses.SPARQL, "listing", headers=RESULTS, **more)


def page(columns: Sequence[str], *rows: Mapping[str, str], **more: object) -> Page:
    return cellar.parse(answer(columns, *rows, **more), source())


def relations(found: Page) -> set[tuple[str, str, str]]:
    told = [each for each in found.statements if each.kind == "relation"]
    return {(each.document, each.fields["relation"], each.fields["target"]) for each in told}


@pytest.mark.parametrize(
    "body",
    [
        b"Virtuoso 42000 Error SP031: SPARQL compiler: Internal error: sample",
        b"\n  Virtuoso S1T00 Error SR171: Transaction timed out\n\nSPARQL query:\nSELECT",
        b"Virtuoso 37000 Error SP030: SPARQL compiler, line 3: syntax error",
    ],
)
def test_a_failure_with_status_200_is_never_an_empty_result(body: bytes) -> None:
    """Trap EU-1.10: SPARQL errors come with status 200."""
    failed = capture(
        body, addresses.SPARQL, "listing", accept=addresses.RESULTS, headers=(("Content-Type", "text/plain"),)
    )
    with pytest.raises(RefusedError, match="Virtuoso") as refused:
        cellar.parse(failed, source())
    assert refused.value.kind == "error"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"head": {}, "results": {"bindings": []}}', "which columns"),
        (b'{"head": {"vars": []}, "results": {"bindings": []}}', "about nothing"),
        (b'{"head": {"vars": ["count"]}, "results": {"bindings": []}}', "about nothing: columns count"),
        (b'{"head": {"vars": ["celex"]}}', "without rows"),
        (b'{"head": {"vars": ["celex"]}, "boolean": true}', "without rows"),
        (b'{"head": {"vars": ["celex"]}, "results": {"bindings": [7]}}', "no object"),
        (
            b'{"head": {"vars": ["celex"]}, "results": {"bindings": [{"celex": {"type": "literal"}}]}}',
            "celex has no value",
        ),
        (b'{"head": {"vars": ["celex"]}, "results": {"bindings": [', "not JSON"),
        (b"<html><body>Service is being maintained</body></html>", "not JSON"),
        (b"[1]", "which columns"),
    ],
)
def test_what_is_no_result_is_an_error(body: bytes, reason: str) -> None:
    wrong = capture(body, addresses.SPARQL, "listing", accept=addresses.RESULTS, headers=RESULTS)
    with pytest.raises(ParseError, match=reason):
        cellar.parse(wrong, source())


def test_rows_that_multiply_are_one_work() -> None:
    """Trap EU-1.13: rows multiply; numbers are typed literals."""
    found = parsed("acts")
    assert [each.id for each in found.documents] == ["celex:32001L9001", "celex:32001R9002"]
    assert found.entries == 2


def test_an_act_that_was_asked_for_and_not_found_is_told() -> None:
    assert ("not found", "no act under 32001D9009") in [(each.kind, each.detail) for each in parsed("acts").problems]


def test_no_end_is_no_date_and_an_impossible_one_is_told() -> None:
    found = parsed("acts")
    assert "end of validity" not in {each.fields.get("event") for each in found.statements}
    assert [each.detail for each in found.problems if each.kind == "impossible date"] == [
        "celex:32001R9002: 2026-02-30"
    ]


def test_of_several_dates_only_the_notice_tells_which_is_entry_into_force() -> None:
    dated = [each for each in parsed("acts").statements if each.fields.get("event") == "in force"]
    assert [(each.document, each.fields["date"]) for each in dated] == [("celex:32001L9001", "2001-04-15")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-11-20T08:00:00.000+01:00", "2026-11-23T08:00:00.000+01:00"),
        ("02001L9001-20100101", "02001L9001-20261201"),
    ],
)
def test_a_notice_is_asked_again_when_the_act_or_its_consolidated_texts_have_changed(old: str, new: str) -> None:
    """Trap EU-1.12: `MAX` of texts is not the greatest: the latest consolidation is chosen by us."""
    tokens = {link.url: link.token for link in parsed("acts").links}
    again = {link.url: link.token for link in changed("acts", (old, new)).links}
    assert {url for url in tokens if tokens[url] != again[url]} == {addresses.resource("celex", "32001L9001")}


def test_the_order_of_rows_changes_nothing() -> None:
    base, of = fixture("acts")
    told = json.loads(base.body)
    told["results"]["bindings"].reverse()
    turned = cellar.parse(capture(json.dumps(told).encode(), base.url, "listing", headers=RESULTS), of)
    plain = parsed("acts")
    assert {each.id: each for each in turned.documents} == {each.id: each for each in plain.documents}
    assert {link.url: link.token for link in turned.links} == {link.url: link.token for link in plain.links}


def test_what_stands_around_an_act_is_told_from_the_right_side() -> None:
    assert relations(parsed("related")) == {
        ("celex:32024L9712", "amends", "celex:32001L9001"),
        ("celex:32026L9800", "amends", "celex:32001L9001"),
        ("celex:52022PC9732", "proposes to amend", "celex:32001L9001"),
        ("celex:32001L9001", "adopts", "celex:52000PC9095"),
        ("celex:62015CJ9001", "interprets", "celex:32001L9001"),
        ("celex:32003D9006", "based on", "celex:32001L9001"),
        ("consil:ST_9536_2026_INIT", "proposes to amend", "celex:32001R9002"),
    }


def test_what_stands_around_acts_is_no_list_and_may_be_nothing() -> None:
    assert parsed("related").entries is None
    base, of = fixture("related")
    told = json.loads(base.body)
    told["results"]["bindings"] = []
    empty = Capture(url=base.url, time=base.time, link=base.link, headers=base.headers, body=json.dumps(told).encode())
    found = cellar.parse(empty, of)
    assert found == Page(), "an act that nothing amends is no outage"


def test_a_list_of_acts_without_any_is_an_empty_list() -> None:
    assert page(["celex", "title"]).entries == 0


def test_a_span_of_days_without_works_is_no_outage() -> None:
    found = page(["celex", "title"], facts={"cursor": "2026-11-24", "span": "days"})
    assert (found.entries, found.cursor) == (None, "2026-11-24")


def test_amendments_in_no_consolidated_text_are_pending() -> None:
    pending = [each.detail for each in parsed("related").problems if each.kind == "consolidation pending"]
    assert pending == ["celex:32001L9001: amended, consolidation pending (celex:32026L9800)"]
    unasked = page(
        ["celex", "framework_celex", "relation"],
        {"celex": "32026L9800", "framework_celex": "32001L9001", "relation": "amends"},
    )
    assert not unasked.problems, "who did not ask for consolidated texts knows nothing of them"


def test_an_amendment_of_no_act_is_none() -> None:
    columns = ["celex", "framework_celex", "relation", "cons_celex"]
    assert page(columns, {"celex": "32026L9800", "relation": "amends"}).problems == ()


def test_a_consolidated_text_of_the_amending_act_is_not_one_of_the_act() -> None:
    row = {
        "celex": "32026L9800",
        "framework_celex": "32001L9001",
        "relation": "amends",
        "cons_celex": "02026L9800-20261201",
    }
    found = page(["celex", "framework_celex", "relation", "cons_celex"], row)
    assert [each.kind for each in found.problems] == ["consolidation pending"]


def test_of_a_case_there_is_title_and_date_and_nobody_is_named() -> None:
    found = parsed("related")
    case = next(each for each in found.documents if each.kind == "case_law")
    assert case.title == "Judgment of the Court (First Chamber) of 1 October 2016. Case C-9001/15."
    assert case.published == "2016-10-01"
    assert not [link for link in found.links if "62015CJ9001" in link.url]


def test_a_council_document_has_its_own_name() -> None:
    found = parsed("related")
    document = next(each for each in found.documents if each.id.startswith("consil:"))
    assert (document.id, document.kind) == ("consil:ST_9536_2026_INIT", "parliament")
    assert document.url == "https://data.consilium.europa.eu/doc/document/ST-9536-2026-INIT/en/pdf"


def test_a_work_without_a_title_is_known_by_its_notice() -> None:
    found = parsed("related")
    assert "celex:32003D9006" not in {each.id for each in found.documents}
    assert "celex:32003D9006" in {link.facts["document"] for link in found.links}
    untitled = page(["celex", "type"], {"celex": "62015CJ9001"})
    assert [each.kind for each in untitled.problems] == ["untitled"]


def test_an_unknown_type_relation_or_column_is_told() -> None:
    found = page(
        ["celex", "title", "type", "relation", "framework_celex", "weather"],
        {
            "celex": "32001L9001",
            "title": "T",
            "type": "http://x/SONG",
            "relation": "sings",
            "framework_celex": "32001L9002",
        },
    )
    assert {each.kind for each in found.problems} == {"unknown type", "unknown relation", "unknown column"}
    assert not relations(found)


def test_a_cut_answer_is_a_gap() -> None:
    rows = [{"celex": f"3{2000 + n // 9000}L{1000 + n % 9000}", "title": "T"} for n in range(queries.LIMIT)]
    found = page(["celex", "title"], *rows)
    assert [each.kind for each in found.problems] == ["gap"]


def test_an_answer_with_fewer_works_than_the_endpoint_counts_is_a_gap() -> None:
    rows = [
        {"work": f"http://publications.europa.eu/resource/cellar/a-{n}", "title": title, "total": "3"}
        for n in (1, 2)
        for title in ("T", "U")
    ]
    columns = ["work", "title", "total"]
    assert [each.detail for each in page(columns, *rows).problems] == ["2 works of the 3 that the endpoint counts"]
    assert not page(columns, *rows, {**rows[0], "work": rows[0]["work"] + "3"}).problems


def test_bodies_that_nobody_is_called_by_and_authors_of_nothing_are_told() -> None:
    rows = [
        {"name": "Europol", "agent": "http://x/EUROPOL", "total": "120"},
        {"name": "Eurosport", "total": "0"},
        {"name": "CEPOL", "agent": "http://x/CEPOL", "total": "0"},
    ]
    found = page(
        ["name", "agent", "total"], *rows, facts={"bodies": "European Police Office|Europol\nEurosport\nCEPOL"}
    )
    assert [each.detail for each in found.problems] == [
        "Eurosport: no body of that name in the table of corporate bodies", "CEPOL: author of no work",
    ]  # fmt: skip
    assert found.entries is None


def test_a_consolidated_text_is_a_version_and_no_document() -> None:
    found = page(["celex", "title"], {"celex": "02001L9001-20240714", "title": "T"})
    assert not found.documents
    found = page(
        ["framework_celex", "cons_celex"], {"framework_celex": "32001L9001", "cons_celex": "02001L9001-20240714"}
    )
    assert [link.facts["document"] for link in found.links] == ["celex:32001L9001"]


def test_texts_are_not_read_where_they_are_not_wanted() -> None:
    base, _ = fixture("acts")
    assert cellar.parse(base, source(texts=False)).links == ()


def test_an_act_may_be_named_by_its_eli_alone() -> None:
    found = page(["eli", "title"], {"eli": "http://data.europa.eu/eli/reg_impl/2001/9005/oj", "title": "T"})
    assert [each.id for each in found.documents] == ["celex:32001R9005"]


def test_questions_are_the_same_text_every_time() -> None:
    assert queries.acts(["32001L9001", "32000L9000"], "ENG") == queries.acts(["32000L9000", "32001L9001"], "ENG")
    one, other = Search(concepts=("857", "5933")), Search(concepts=("5933", "857"))
    assert queries.dated(one, "2026-01-01", "2026-02-01") == queries.dated(other, "2026-01-01", "2026-02-01")


def test_relations_are_asked_from_the_side_that_has_triples() -> None:
    """Trap EU-1.17: relations have triples on one side only."""
    question = queries.related(["32001L9001"], queries.RELATED, "ENG")
    assert "?work cdm:resource_legal_amends_resource_legal ?framework" in question
    assert "?work cdm:resource_legal_proposes_to_amend_resource_legal ?framework" in question
    assert "?framework cdm:resource_legal_adopts_resource_legal ?work" in question
    assert "amended_by_resource_legal" not in question and "GRAPH" not in question
    assert "CORRIGENDUM" not in question, "asked for, they are not left out"
    assert "CORRIGENDUM" in queries.related(["32001L9001"], ["amendments"], "ENG")
    assert 'cdm:do_not_index "true"^^xsd:boolean' in question


def test_titles_are_searched_with_the_full_text_index() -> None:
    """Trap EU-1.14: titles are to be searched with the index, not by pattern."""
    question = queries.dated(Search(titles=("forced labour",)), "2026-01-01", "2026-02-01")
    assert "?title bif:contains \"'forced labour'\"" in question and "regex" not in question.lower()
    assert "OPTIONAL { ?expression" not in question, "a title that is searched is there"
    assert 'FILTER(?doc_date >= "2026-01-01"^^xsd:date && ?doc_date <= "2026-02-01"^^xsd:date)' in question


def test_a_question_is_posted_or_put_into_the_address() -> None:
    posted = queries.link("SELECT ?celex", "post")
    assert (posted.method, posted.url) == ("POST", addresses.SPARQL)
    assert posted.body == "query=SELECT%20%3Fcelex&format=application%2Fsparql-results%2Bjson"
    asked = queries.link("SELECT ?celex", "get")
    assert (asked.method, asked.url) == ("GET", f"{addresses.SPARQL}?{posted.body}")
