"""Where a document states that it is, of a wider place that its publisher has."""

import pytest

from crawler.sources.areas import stated

UK = "United Kingdom"


@pytest.mark.parametrize(
    ("title", "summary", "place"),
    [
        ("Deaths in homes, England and Wales", "", "England and Wales"),
        ("Sample agency", "We give legal advice in England and Wales to people.", "England and Wales"),
        ("Output by quarter", "Output within Wales and the nine English regions (North East …).", "England and Wales"),
        ("School tests in England: 2017", "", "England"),
        ("Advice (Northern Ireland)", "", "Northern Ireland"),
        ("Deaths in homes, England and Wales", "With figures for Scotland.", ""),
        ("Deaths in homes in England", "Compared with the UK.", ""),
        ("Advice", "A different scheme applies in Scotland.", ""),
        ("Advice", "It applies except in Northern Ireland.", ""),
        ("The Wales Office", "", ""),
        ("Advice of the University of New England", "", ""),
    ],
)
def test_a_document_says_of_which_part_it_is(title: str, summary: str, place: str) -> None:
    assert stated(UK, "guidance", title, summary) == place


def test_only_a_part_of_the_wider_place_is_stated_and_only_by_documents_of_a_place() -> None:
    assert stated("Scotland", "guidance", "Advice in Wales", "") == ""
    assert stated(UK, "news", "Gang jailed in Wales", "") == ""
