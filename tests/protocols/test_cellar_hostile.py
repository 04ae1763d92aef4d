"""Whatever bytes, types, statuses and roles: a page or a ParseError, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ParseError
from crawler.model import Page
from crawler.protocols import read
from crawler.protocols.cellar import addresses
from tests.protocols.cellar_samples import FIXTURES, capture, fixture, source

pytestmark = pytest.mark.slow

NAMES = sorted(path.name for path in FIXTURES.iterdir()) if FIXTURES.exists() else []
ROLES = st.sampled_from(["listing", "next", "document", "attachment", "statement"])
STATUSES = st.sampled_from([200, 203, 300, 404, 406, 410])
TYPES = st.sampled_from(["", "application/xml", "text/html", "application/zip", addresses.RESULTS, "application/pdf"])

COLUMNS = [
    "celex",
    "eli",
    "id",
    "work",
    "title",
    "type",
    "doc_date",
    "cons_celex",
    "relation",
    "framework_celex",
    "in_force",
    "modified",
]


def page(body: bytes, **more: Any) -> Page | None:
    try:
        return read(capture(body, **more), source())
    except ParseError:
        return None


@given(
    body=st.one_of(
        st.binary(max_size=300),
        st.sampled_from([b"PK\x03\x04", b"%PDF-1.7\n", b"<NOTICE>", b"{", b"<html>", b"Virtuoso"]).flatmap(
            lambda start: st.binary(max_size=200).map(lambda rest: start + rest)
        ),
    ),
    role=ROLES,
    status=STATUSES,
    kind=TYPES,
)
def test_any_bytes(body: bytes, role: Any, status: int, kind: str) -> None:
    page(body, role=role, status=status, headers=(("content-type", kind),), facts={addresses.ELSE: ""})


@pytest.mark.parametrize("name", NAMES)
def test_any_beginning_of_what_is_read(name: str) -> None:
    base, of = fixture(name)
    for end in range(0, len(base.body), max(1, len(base.body) // 60)):
        made = capture(base.body[:end], base.url, base.link.role, status=base.status, facts=base.link.facts)
        try:
            read(made, of)
        except ParseError:
            continue


@pytest.mark.parametrize("name", ["notice", "notifications", "notice-procedure"])
def test_any_change_of_letters(name: str) -> None:
    base, of = fixture(name)
    for place in range(0, len(base.body), 37):
        for sign in (b"<", b"&", b"\xff", b"0", b" "):
            body = base.body[:place] + sign + base.body[place + 1 :]
            try:
                read(capture(body, base.url, base.link.role, facts=base.link.facts), of)
            except ParseError:
                continue


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["head", "vars", "results", "bindings", "celex", "value", "title"]), inner, max_size=4
            )
        ),
        max_leaves=20,
    )
)
def test_any_json(told: object) -> None:
    page(json.dumps(told).encode(), url=addresses.SPARQL, role="listing", accept=addresses.RESULTS)


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=30), min_size=1))
def test_any_row(row: dict[str, str]) -> None:
    told = {
        "head": {"vars": ["celex", *row]},
        "results": {"bindings": [{name: {"type": "literal", "value": value} for name, value in row.items()}]},
    }
    page(json.dumps(told).encode(), url=addresses.SPARQL, role="listing", accept=addresses.RESULTS)
