"""What the tests of the cellar protocol share: captures of our own making, and the recordings."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.model import Capture, Link, Page, Role
from crawler.protocols import cellar
from crawler.protocols.cellar import addresses
from crawler.sources import Expect, Source
from crawler.text import moment

FIXTURES = Path(__file__).parents[1] / "fixtures/cellar"
RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"
HOSTS = ("publications.europa.eu/", "eur-lex.europa.eu/")
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SITE = "https://publications.europa.eu"
RESOURCE = f"{SITE}/resource"


def source(url: str = addresses.SPARQL, **options: Any) -> Source:
    return Source(
        id="eu",
        name="Sample",
        publisher="sample",
        kind="legislation",
        protocol="cellar",
        url=url,
        expect=Expect(),
        options=options,
    )


def capture(body: bytes, url: str = f"{RESOURCE}/celex/32001L9001", role: Role = "document", **more: Any) -> Capture:
    asked = {name: more.pop(name) for name in ("facts", "token", "accept", "parent") if name in more}
    link = Link(url=more.pop("asked", url), role=role, **asked)
    return Capture(**{"url": url, "time": NOW, "link": link, "body": body, **more})


def fixture(name: str) -> tuple[Capture, Source]:
    about = json.loads((FIXTURES / name / "capture.json").read_text())
    (body,) = (FIXTURES / name).glob("body.*")
    read = Capture(
        url=about["url"],
        time=moment(about["time"]),
        status=about["status"],
        headers=tuple((key, value) for key, value in about["headers"]),
        hops=tuple(about.get("hops", ())),
        link=Link(**about["link"]),
        body=body.read_bytes(),
    )
    plain = {"id": "eu", "publisher": "sample", "kind": "legislation", "url": about["url"]}
    stated = plain | about.get("source", {})
    return read, Source(**stated, name="Sample", protocol="cellar", expect=Expect())


def parsed(name: str) -> Page:
    return cellar.parse(*fixture(name))


def changed(name: str, *pairs: tuple[str, str], **options: Any) -> Page:
    """Return a fixture's page after replacing text in its body; every replacement must hit."""
    base, of = fixture(name)
    body = base.body.decode()
    for old, new in pairs:
        assert old in body, old
        body = body.replace(old, new)
    made = Capture(url=base.url, time=base.time, link=base.link, headers=base.headers, body=body.encode())
    return cellar.parse(made, source(**options) if options else of)


def recordings() -> list[dict[str, Any]]:
    """Return what the manifest says of every recording of the two sites, or skip the test."""
    manifest = RECORDINGS / "manifest.jsonl"
    if not manifest.exists():
        pytest.skip("no recordings beside this checkout (../shared/recordings)")
    found = [json.loads(line) for line in manifest.read_text().splitlines()]
    return [each for each in found if each["file"].startswith(HOSTS)]


def status_of(name: str) -> int:
    """Return the status that a recording had, as its name says."""
    return next((code for code in (202, 300, 404) if f".{code}." in name or f"_{code}." in name), 200)


def recorded(name: str, role: Role = "document", **more: Any) -> Capture:
    """Return the capture of one recording, by the end of its name, or skip the test."""
    about = next(each for each in recordings() if each["file"].endswith(name))
    url = about["url"].rstrip("?").replace("CELEX:...", "CELEX:32011L0036") or f"{RESOURCE}/cellar/recording"
    kind = "" if about["content_type"] == "(none)" else about["content_type"]
    headers = (("content-type", kind),) if kind else ()
    body = (RECORDINGS / about["file"]).read_bytes()
    return capture(body, url, role, **{"headers": headers, "status": status_of(about["file"]), **more})
