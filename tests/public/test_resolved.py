"""What a text cites by a number is found under the id by which it is held."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from crawler.public.changed_since import resolved


def test_a_paper_is_held_under_another_number_than_it_is_cited_by() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        connection.executescript(
            "create table documents(n integer primary key, id, url, parent); create table aliases(alias, document);"
            "create table document_identifiers(document, kind, value);"
            "insert into documents(id) values ('celex:52022PC0732'), ('procedure:2022/0426'), ('ukpga/2015/30');"
            "insert into documents(id) values ('page');"
            "insert into document_identifiers values ('page', 'command', 'CP 100');"
            "insert into aliases values ('consil:ST_9465_2018_INIT', 'ukpga/2015/30')"
        )
        cited = ("com:2022/732", "procedure:2022/0426(COD)", "ukpga/2015/30", "st:9465/18", "com:2022/1")
        assert resolved(connection, (*cited, "command:CP 100", "paper:HC 12")) == {
            "com:2022/732": "celex:52022PC0732",
            "procedure:2022/0426(COD)": "procedure:2022/0426",
            "ukpga/2015/30": "ukpga/2015/30",
            "st:9465/18": "ukpga/2015/30",
            "command:CP 100": "page",
        }
