"""What the tests of the govuk protocol share: its fixtures, and captures made from them."""

import json
from pathlib import Path
from typing import Any

from crawler.model import Capture, Link
from crawler.sources import Expect, Source
from crawler.text import moment

FIXTURES = Path(__file__).parents[1] / "fixtures" / "govuk"
CASES = sorted(path.name for path in FIXTURES.iterdir())


def source(url: str = "https://www.gov.uk/api/search.json", **options: object) -> Source:
    return Source(
        id="sample-govuk",
        name="Sample",
        publisher="sample-office",
        kind="guidance",
        protocol="govuk",
        url=url,
        expect=Expect(),
        options=options,
    )


def capture_of(
    body: object, url: str = "https://www.gov.uk/api/content/a", role: str = "document", **link: Any
) -> Capture:
    """A capture of JSON, or of bytes as they are."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    asked = Link(url=url, role=role, **link)  # type: ignore[arg-type]
    headers = (("Content-Type", "application/json; charset=utf-8"),)
    return Capture(url=url, time=moment("2026-03-06T06:00:00Z"), link=asked, headers=headers, body=raw)


def fixture(case: str) -> Capture:
    """The capture of a fixture."""
    folder = FIXTURES / case
    told = json.loads((folder / "capture.json").read_text("utf-8"))
    (body,) = folder.glob("body.*")
    return Capture(
        url=told["url"],
        time=moment(told["time"]),
        link=Link(**told["link"]),
        status=told["status"],
        headers=tuple((key, value) for key, value in told["headers"]),
        body=body.read_bytes(),
    )


def body_of(case: str) -> dict[str, Any]:
    """The JSON of a fixture, to change and capture again."""
    found: dict[str, Any] = json.loads(fixture(case).body)
    return found
