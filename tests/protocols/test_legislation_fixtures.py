"""Every capture beside this test parses to the page beside it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from legislation_samples import FIXTURES, fixture

from crawler.protocols import legislation
from crawler.protocols.refusals import refuse

CASES = sorted(path.parent for path in FIXTURES.glob("*/capture.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(case: Path) -> None:
    read, source = fixture(case.name)
    assert legislation.problems(source) == []
    refuse(read)
    page = legislation.parse(read, source)
    assert json.loads(json.dumps(asdict(page), default=dict)) == json.loads((case / "page.json").read_text())


def test_fixtures_cover_every_kind_of_answer_and_say_that_they_are_samples() -> None:
    roles = {fixture(case.name)[0].link.role for case in CASES}
    assert roles == {"listing", "document", "statement"}
    assert all(b"sample" in (case / "body.xml").read_bytes().lower() for case in CASES)
