"""Recordings that no protocol reads: what each is refused with, by name."""

_NO_ACT = "parse: a web page without the text of an act"
_SERVICE = "error: an answer of the search service of EUR-Lex, which is not asked"
_WORDS = "parse: a list of words that bills are described with, and no bill"
_HEADER = "parse: only the header of an act (DOC) without its text"
_MEETINGS = "parse: meetings of the European Parliament are not read"
_DEBATE = "parse: a debate in the XML of TheyWorkForYou: what members say is not read"
_ABSENT = "status: status 404 carries no document"

RAW = {
    "bills-api.parliament.uk/bill_stages.json": _WORDS,
    "bills-api.parliament.uk/bill_types.json": _WORDS,
    "data.europarl.europa.eu/meetings-by-year_2022.ttl": _MEETINGS,
    "data.europarl.europa.eu/meetings_MTG-PL-2024-07-16.rdf.xml": _MEETINGS,
    "eur-lex.europa.eu/aws_waf_challenge_202.html": (
        "challenge: a robot check instead of a document (AWS WAF, status 202)"
    ),
    "eur-lex.europa.eu/document_P9_A(2021)0270.html": _NO_ACT,
    "eur-lex.europa.eu/document_P9_A(2023)0369.html": _NO_ACT,
    "eur-lex.europa.eu/lexparency_stub_2.html": _NO_ACT,
    "eur-lex.europa.eu/procedure_2021_106.html": _NO_ACT,
    "eur-lex.europa.eu/procedure_2023_102.html": _NO_ACT,
    "eur-lex.europa.eu/webservice/error_response_authentication.xml": (
        f"{_SERVICE}: wsse:FailedAuthentication (Failed to assert identity with UsernameToken.)"
    ),
    "eur-lex.europa.eu/webservice/error_response_empty_body.xml": _SERVICE,
    "eur-lex.europa.eu/webservice/error_response_empty_fault.xml": _SERVICE,
    "eur-lex.europa.eu/webservice/error_response_invalid_query.xml": (
        f"{_SERVICE}: ns2:WS_QUERY_SYNTAX_ERROR (Error at line 1 character 8.)"
    ),
    "eur-lex.europa.eu/webservice/result.xml": _SERVICE,
    "eur-lex.europa.eu/webservice/result_empty_body.xml": _SERVICE,
    "eur-lex.europa.eu/webservice/result_empty_searchresult.xml": _SERVICE,
    "publications.europa.eu/celex_02024R1689-20240712.ENG.fmx4.404.txt": _ABSENT,
    "publications.europa.eu/celex_32016R0679_fmx4_DOC_1.xml": _HEADER,
    "publications.europa.eu/consolidation_2024R1689_20240712.ENG.fmx4.404.txt": _ABSENT,
    "publications.europa.eu/formex/CL2011L0083EN0020010.0001.doc.xml": _HEADER,
    "publications.europa.eu/formex/L_2019130EN.01009201.doc.xml": _HEADER,
    "publications.europa.eu/formex/L_202401689EN.doc.fmx.xml": _HEADER,
    "publications.europa.eu/formex/L_202401689EN.toc.fmx.xml": (
        "parse: a table of contents (PUBLICATION) without its text"
    ),
    "publications.europa.eu/notice/32022R2554_tree.rdf": "error: RDF, which is not read: notices are asked as XML",
    "www.europarl.europa.eu/meps_directory_term_9.xml": "parse: a list of members: no register of people is kept",
    "www.gov.uk/publishing-messages/external_content_message.json": (
        "parse: a page of type 'external_content' is no document"
    ),
    "www.legislation.gov.uk/clml-samples/task-update-step-wsi-2020-1149-act-2020-11-08-high-level-amends.xml": (
        "parse: root element Fragment is neither Legislation nor feed"
    ),
    "www.legislation.gov.uk/tycoach-2025/uksi-2024-1321-contents-made.html": (
        "error: a web page where XML was promised"
    ),
    "www.theyworkforyou.com/pwdata/debates/changedates.txt": (
        "parse: an address of Parliament that nothing is read from"
    ),
    "www.theyworkforyou.com/pwdata/debates/debates2009-10-27c.xml": _DEBATE,
    "www.theyworkforyou.com/pwdata/lordswms/lordswms2009-10-29a.xml": _DEBATE,
}
"""The raw recordings that are no document of their protocol, and what is said of them."""

CUT_DOWN = {
    "eur-lex.europa.eu/lexparency_metas_1": _NO_ACT,
    "eur-lex.europa.eu/lexparency_stub_1": _NO_ACT,
    "www.gov.uk/derived-nca/": "parse: $ is a list, not an object",
    "www.gov.uk/okf-2026-07-15/content-": "parse: $.details is missing",
    "www.legislation.gov.uk/cyanheads-2026-09/not-found-404": _ABSENT,
    "www.legislation.gov.uk/cyanheads-2026-09/redirect-307": "status: status 307 carries no document",
    "www.legislation.gov.uk/derived-text/": "parse: not well-formed XML",
    "www.legislation.gov.uk/doc-examples/": "parse: not well-formed XML",
    "www.legislation.gov.uk/lex-fragments/": "parse: root element P",
}
"""Recordings that are not as served, by the start of their name, and the start of what is said of them."""

EMPTY = {
    "publications.europa.eu/notification/ingestion_20260802T0000_20260802T0005_p1_empty.atom.xml": "an empty window",
    "www.eurojust.europa.eu/reconstructed/press-releases.1958.rss.xml": "an outage",
    "www.gov.uk/okf-2026-07-15/search-3baf982e9562.json": "asked with count=0",
    "www.legislation.gov.uk/cyanheads-2026-09/changes-empty.feed": "no effect is left to apply",
}
"""Answers that are read and hold nothing, and why that is right."""


def cut_down(file: str) -> str | None:
    """Return how the refusal of a recording that is not as served begins, None where it is to be read."""
    return next((said for start, said in CUT_DOWN.items() if file.startswith(start)), None)
