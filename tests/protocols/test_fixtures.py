"""A fixture is a directory: capture.json and body.* give exactly page.json, in every protocol; each is of our making.

``capture.json`` holds url, time, status, headers and link of a capture, and where it matters the ``source`` it is read
for, its ``method`` and ``hops``. ``page.json`` holds the page, or ``{"error": kind, "reason": words}`` where the
capture is refused; method, media and body of its links stand there only where they are no plain GET, and what a
document is within, what a version leaves out, when its provisions start and its annotations, and what stands where on
a page whose links are followed, only where there is such a thing.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from crawler import protocols
from crawler.errors import ParseError
from crawler.model import Capture, Link
from crawler.sources import Expect, Source
from crawler.text import moment

FIXTURES = Path(__file__).parents[1] / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("*/*/capture.json"))


def name_of(case: Path) -> str:
    return f"{case.parent.name}/{case.name}"


def told(case: Path) -> dict[str, Any]:
    return dict(json.loads((case / "capture.json").read_text("utf-8")))


def body(case: Path) -> bytes:
    (file,) = case.glob("body.*")
    return file.read_bytes()


def capture(case: Path) -> Capture:
    about = told(case)
    return Capture(
        url=about["url"],
        time=moment(about["time"]),
        link=Link(**about["link"]),
        status=about["status"],
        headers=tuple((key, value) for key, value in about["headers"]),
        body=body(case),
        method=about.get("method", "GET"),
        hops=tuple(about.get("hops", ())),
    )


def source(case: Path) -> Source:
    plain = {"id": "sample", "publisher": "sample", "kind": "guidance", "url": told(case)["url"]}
    stated = plain | told(case).get("source", {})
    stated["scrub"] = tuple(stated.get("scrub", ()))
    return Source(**stated, name="Sample", protocol=case.parent.name, expect=Expect())


def read(case: Path) -> Any:
    try:
        page = protocols.read(capture(case), source(case))
    except ParseError as error:
        return {"error": error.kind, "reason": error.reason}
    found = json.loads(json.dumps(asdict(page), default=dict))
    found = {name: value for name, value in found.items() if value or name not in ("placements", "listed")}
    for link in found["links"]:
        if link["method"] == "GET":
            del link["method"], link["media"], link["body"]
    for document in found["documents"]:
        if not document["within"]:
            del document["within"]
    for version in found["versions"]:
        for name in ("leaves_out", "starts", "annotations"):
            if not version[name]:
                del version[name]
    return found


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_capture_gives_page(case: Path) -> None:
    assert protocols.problems(source(case)) == []
    assert read(case) == json.loads((case / "page.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_text_says_that_it_is_a_sample(case: Path) -> None:
    """Trap EU-7.1: copies of official bodies under licences that were not stated."""
    assert b"sample" in body(case).lower() or b"enghreifftiol" in body(case).lower()


@pytest.mark.parametrize("name", protocols.PROTOCOLS)
def test_every_protocol_has_a_listing_and_a_document(name: str) -> None:
    roles = {told(case)["link"]["role"] for case in CASES if case.parent.name == name}
    alone = {"page": "document", "numbered": "document", "caselaw": "listing", "wordpress": "listing"}
    wanted = {alone[name]} if name in alone else {"listing", "document"}
    assert wanted <= roles, f"tests/fixtures/{name} lacks a fixture"


def test_no_fixture_is_without_a_protocol() -> None:
    assert {path.name for path in FIXTURES.iterdir()} <= set(protocols.PROTOCOLS)
    assert len(CASES) == sum(len(list(path.iterdir())) for path in FIXTURES.iterdir()), "a directory is no fixture"
