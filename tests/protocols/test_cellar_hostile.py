"""Whatever bytes, types, statuses and roles: a page or a ParseError, and nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ParseError
from crawler.model import Page
from crawler.protocols import read
from crawler.protocols.cellar import addresses
from tests.protocols.cellar_samples import capture, source

pytestmark = pytest.mark.slow

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


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=30), min_size=1))
def test_any_row(row: dict[str, str]) -> None:
    told = {
        "head": {"vars": ["celex", *row]},
        "results": {"bindings": [{name: {"type": "literal", "value": value} for name, value in row.items()}]},
    }
    page(json.dumps(told).encode(), url=addresses.SPARQL, role="listing", accept=addresses.RESULTS)
