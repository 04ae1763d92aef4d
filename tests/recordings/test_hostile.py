"""Every recording, read by everybody for whom it was not meant: only ParseError may come out of it."""

import pickle
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import pytest

from crawler import protocols
from crawler.errors import ParseError
from crawler.model import Capture, Link, Page, Role
from crawler.sources import Expect, Source
from tests.recordings import world

pytestmark = pytest.mark.recorded

ROLES: tuple[Role, ...] = ("listing", "next", "document", "attachment", "statement")
TYPES = ("", "application/json", "application/xml", "text/html; charset=utf-16", "application/pdf", "text/html")
ADDRESSES = (
    "https://www.legislation.gov.uk/new/data.feed?page=2",
    "https://www.legislation.gov.uk/ukpga/2001/9001/data.xml",
    "https://www.gov.uk/api/content/sample",
    "https://www.gov.uk/api/search.json?count=2",
    "https://www.gov.uk/government/organisations/sample.atom",
    "https://assets.publishing.service.gov.uk/media/1/sample.pdf",
    "https://sample.invalid/page?a=b",
)
LARGE = 1_500_000
"""Bytes from which a body is read in fewer ways, so that the test ends."""


def source(protocol: str) -> Source:
    options = {"entry": "li"} if protocol == "listing" else {}
    return Source(
        id="sample", name="Sample", publisher="sample", kind="guidance", protocol=protocol,
        url="https://sample.invalid/list", expect=Expect(), options=options,
    )  # fmt: skip


def ways(number: int, size: int) -> Iterator[tuple[str, Role, str, str]]:
    """Yield protocol, role, media type and address: every second protocol and role, with types and addresses in turn.

    The other half reads the next recording, so that the test ends; of a kind there are several.
    """
    mixes = list(product(protocols.PROTOCOLS, ROLES))
    for place, (protocol, role) in enumerate(mixes[number % 2 :: 10 if size > LARGE else 2]):
        turn = number + place
        yield protocol, role, TYPES[turn % len(TYPES)], ADDRESSES[turn % len(ADDRESSES)]


def check(page: Page) -> None:
    """What a page holds must fit through the pipe of the worker and into the database."""
    pickle.dumps(page)
    for version in page.versions:
        assert version.document in {document.id for document in page.documents}
    for text in (each for document in page.documents for each in (document.title, document.url)):
        text.encode("utf-8")
        assert "\x00" not in text


@pytest.mark.parametrize("part", range(4))
def test_nothing_but_a_parse_error_comes_out(part: int) -> None:
    outcomes: Counter[str] = Counter()
    for number, row in enumerate(world.manifest()):
        if number % 4 != part:
            continue
        body = world.body(row)
        for protocol, role, media, url in ways(number, len(body)):
            capture = Capture(
                url=url,
                time=datetime(2026, 11, 24, 10, tzinfo=UTC),
                link=Link(url=url, role=role),
                headers=(("Content-Type", media or str(row["content_type"])),),
                body=body,
            )
            try:
                check(protocols.read(capture, source(protocol)))
                outcomes["read"] += 1
            except ParseError as error:
                assert error.reason and error.kind, row["file"]
                error.__cause__ = error.__context__ = None  # others here have causes pickled; lxml refuses
                assert str(pickle.loads(pickle.dumps(error))) == str(error)
                outcomes[error.kind] += 1
    print(f"\n{part}: {dict(outcomes)}")
    assert outcomes["read"] and outcomes["parse"]
