"""Every page beside this test parses to the expectation beside it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from crawler.model import Capture, Link, Page
from crawler.protocols import listing
from crawler.protocols.refusals import refuse
from crawler.sources import Expect, Source
from crawler.text import moment

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "fixtures/listing").glob("*/capture.json"))


def load(case: Path) -> tuple[Capture, Source]:
    about: dict[str, Any] = json.loads((case / "capture.json").read_text())
    capture = Capture(
        url=about["url"],
        time=moment(about["time"]),
        status=about["status"],
        headers=tuple((name, value) for name, value in about["headers"]),
        link=Link(**about["link"]),
        body=next(case.glob("body.*")).read_bytes(),
    )
    stated = about["source"]
    source = Source(
        **{**stated, "scrub": tuple(stated.get("scrub", ()))}, name="Sample", protocol="listing", expect=Expect()
    )
    return capture, source


def written(page: Page) -> Any:
    return json.loads(json.dumps(asdict(page), default=dict))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(case: Path) -> None:
    capture, source = load(case)
    assert listing.problems(source) == []
    refuse(capture)
    assert written(listing.parse(capture, source)) == json.loads((case / "page.json").read_text())


def test_there_is_a_case_of_each_kind_of_page() -> None:
    assert {json.loads((case / "capture.json").read_text())["link"]["role"] for case in CASES} == {
        "listing",
        "next",
        "document",
    }
