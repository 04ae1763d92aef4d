"""What readers see of the sources."""

from __future__ import annotations

import sqlite3

from crawler.export.registry import readable


def test_a_source_of_numbers_leads_to_its_first_document_and_before_it_has_one_to_its_site() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "create table documents (id, url, n); create table document_sources (document, source);"
        "insert into documents values ('un:B', 'https://un.example/B', 2), ('un:A', 'https://un.example/A', 1);"
        "insert into document_sources values ('un:B', 'symbols'), ('un:A', 'symbols')"
    )
    pattern = "https://api.un.example/symbol?s={number}"
    found = [readable(connection, source, pattern) for source in ("symbols", "others")]
    assert found == ["https://un.example/A", "https://api.un.example/"]
