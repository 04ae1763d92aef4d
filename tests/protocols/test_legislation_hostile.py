"""On any bytes the parser gives a page or a ParseError, in time that grows with the size."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ParseError
from crawler.model import Page, Role
from crawler.protocols import legislation
from crawler.protocols.legislation.names import TYPES, jurisdiction
from tests.protocols.legislation_samples import FIXTURES, SITE, capture, fixture, recorded, source
from tests.tiers import examples

NAMES = sorted(path.name for path in FIXTURES.iterdir())
BODIES = [fixture(name)[0].body for name in NAMES]
ROLES: list[Role] = ["listing", "next", "document", "statement", "attachment"]


def read(body: bytes, role: Role, status: int = 200) -> Page | None:
    try:
        return legislation.parse(capture(body, f"{SITE}/update/data.feed", role, status=status), source(effects=True))
    except ParseError as error:
        assert str(error)
        return None


@given(st.binary(max_size=300), st.sampled_from(ROLES), st.integers(100, 599))
def test_random_bytes(body: bytes, role: Role, status: int) -> None:
    read(body, role, status)


@examples(300)
@given(st.sampled_from(BODIES), st.data(), st.sampled_from(ROLES))
def test_documents_with_other_values(body: bytes, data: st.DataObject, role: Role) -> None:
    """Well-formed documents in which attributes and texts say something else."""
    pieces = body.decode().split('"')
    where = data.draw(st.integers(0, len(pieces) // 2 - 1)) * 2 + 1
    pieces[where] = data.draw(
        st.sampled_from(["", "x", "-1", "9" * 30, "2026-02-30", "//[", "ukpga/1/1", "é" * 9, "\u0301"])
    )
    read('"'.join(pieces).encode(), role)


@pytest.mark.parametrize("depth", [100, 250, 5_000])
def test_deep_nesting_is_read_or_refused(depth: int) -> None:
    base = fixture("act-enacted")[0].body
    for name in (b"Part", b"P", b"BlockAmendment", b"Strong"):
        deep = b"<%s>" % name * depth + b"x" + b"</%s>" % name * depth
        page = read(base.replace(b"</Body>", deep + b"</Body>"), "document")
        assert page is None if depth > 255 else page is not None and page.versions


def test_entities_are_neither_expanded_nor_dropped() -> None:
    base = fixture("act-enacted")[0].body
    dtd = b'<!DOCTYPE Legislation [<!ENTITY a "words"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    head, rest = base.split(b"\n", 1)
    for name in (b"&a;", b"&f;"):
        spoiled = head + dtd + rest.replace(b"carries no penalty", name)
        with pytest.raises(ParseError, match="entity"):
            legislation.parse(capture(spoiled), source())


def test_one_part_of_an_unknown_kind_spoils_nothing() -> None:
    base = fixture("act-enacted")[0].body
    page = read(base.replace(b"<Body>", b"<Body><Novelty><Text>Something new</Text></Novelty>"), "document")
    assert page is not None
    assert "Something new" in [section.text for section in page.versions[0].sections]


@pytest.mark.recorded
@pytest.mark.parametrize("same", [True, False])
def test_time_grows_with_size(same: bool) -> None:
    base = recorded("ukpga_20000032_en.xml", "document").body
    start, end = base.index(b"<Body"), base.index(b"</Body>")
    start = base.index(b">", start) + 1
    inner = base[start:end]

    def seconds(copies: int) -> float:
        bodies = [inner if same else inner.replace(b'id="', b'id="n%d-' % count) for count in range(copies)]
        big = capture(base[:start] + b"".join(bodies) + base[end:])
        begin = time.process_time()
        page = legislation.parse(big, source())
        assert len(page.versions[0].sections) > 100 * copies
        return time.process_time() - begin

    seconds(1)
    small, large = seconds(3), seconds(12)
    assert large < small * 4 * 2.5 + 0.5


def test_time_for_a_title_grows_with_it() -> None:
    def seconds(copies: int) -> float:
        begin = time.process_time()
        assert jurisdiction(TYPES["uksi"], "Sample words " * copies) == "United Kingdom"
        return time.process_time() - begin

    assert seconds(8_000) < seconds(2_000) * 4 * 2.5 + 0.5
