"""What the tests of the legislation protocol share: captures of our own making, and the recordings."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.model import Capture, Link, Page, Role
from crawler.protocols import legislation
from crawler.sources import Expect, Source
from crawler.text import moment

FIXTURES = Path(__file__).parents[1] / "fixtures/legislation"
RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SITE = "https://www.legislation.gov.uk"


def source(url: str = f"{SITE}/new/data.feed", **options: object) -> Source:
    return Source(
        id="law",
        name="Sample",
        publisher="sample",
        kind="legislation",
        protocol="legislation",
        url=url,
        expect=Expect(),
        options=options,
    )


def capture(
    body: bytes, url: str = f"{SITE}/ukpga/2001/9001/data.xml", role: Role = "document", **more: Any
) -> Capture:
    link = Link(url=url, role=role, facts=more.pop("facts", {}), token=more.pop("token", ""))
    return Capture(**{"url": url, "time": NOW, "link": link, "body": body, **more})


def fixture(name: str) -> tuple[Capture, Source]:
    about = json.loads((FIXTURES / name / "capture.json").read_text())
    read = Capture(
        url=about["url"],
        time=moment(about["time"]),
        status=about["status"],
        headers=tuple((key, value) for key, value in about["headers"]),
        hops=tuple(about.get("hops", ())),
        link=Link(**about["link"]),
        body=(FIXTURES / name / "body.xml").read_bytes(),
    )
    return read, Source(**about["source"], name="Sample", protocol="legislation", expect=Expect())


def parsed(name: str) -> Page:
    return legislation.parse(*fixture(name))


def changed(name: str, *pairs: tuple[str, str], url: str = "", role: Role | None = None) -> Page:
    """Return a fixture's page after replacing text in its body; every replacement must hit."""
    base, of = fixture(name)
    body = base.body.decode()
    for old, new in pairs:
        assert old in body, old
        body = body.replace(old, new)
    made = capture(body.encode(), url or base.url, role or base.link.role, facts=base.link.facts)
    return legislation.parse(made, of)


def recordings() -> list[dict[str, Any]]:
    """Return what the manifest says of every recording of the site, or skip the test."""
    manifest = RECORDINGS / "manifest.jsonl"
    if not manifest.exists():
        pytest.skip("no recordings beside this checkout (../shared/recordings)")
    found = [json.loads(line) for line in manifest.read_text().splitlines()]
    return [each for each in found if each["file"].startswith("www.legislation.gov.uk/")]


def recorded(name: str, role: Role = "listing", **more: Any) -> Capture:
    """Return the capture of one recording, by the end of its name, or skip the test."""
    about = next(each for each in recordings() if each["file"].endswith(name))
    url = about["url"].partition(" ")[0]
    return capture((RECORDINGS / about["file"]).read_bytes(), url, role, **more)
