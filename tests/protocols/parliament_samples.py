"""What the tests of Parliament share: sources, captures, fixtures, and a server that pages through results."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler import protocols
from crawler.errors import ParseError
from crawler.model import Capture, Link, Page, Walk
from crawler.protocols import parliament
from crawler.sources import Expect, Source
from crawler.text import moment

FIXTURES = Path(__file__).parents[1] / "fixtures"
CASES = sorted(path.name for path in (FIXTURES / "parliament").iterdir())
NOW = "2026-11-24T06:00:00Z"
HOSTS = {
    "bills": "https://bills-api.parliament.uk/api/v1/Bills",
    "committees": "https://committees-api.parliament.uk/api/Publications",
    "inquiries": "https://committees-api.parliament.uk/api/CommitteeBusiness",
    "questions": "https://questions-statements-api.parliament.uk/api/writtenquestions/questions",
    "statements": "https://questions-statements-api.parliament.uk/api/writtenstatements/statements",
    "instruments": "https://statutoryinstruments-api.parliament.uk/api/v2/StatutoryInstrument",
    "treaties": "https://treaties-api.parliament.uk/api/Treaty",
}


def source(name: str, url: str = "", protocol: str = "parliament", /, **options: object) -> Source:
    return Source(
        id="sample",
        name="Sample",
        publisher="sample",
        kind="parliament",
        protocol=protocol,
        url=url or HOSTS[name],
        expect=Expect(zero=True),
        options=options,
    )


def walk(clock: str = NOW, cursor: str = "") -> Walk:
    return Walk(clock=moment(clock), cursor=cursor)


def links(name: str, /, cursor: str = "", clock: str = NOW, url: str = "", **options: object) -> list[Link]:
    return list(protocols.start(source(name, url, **options), walk(clock, cursor)))


def query(url: str) -> dict[str, str]:
    return {name: value for name, (value,) in parse_qs(urlsplit(url).query, keep_blank_values=True).items()}


def capture(body: object, link: Link, media: str = "application/json", time: str = NOW) -> Capture:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Capture(url=link.url, time=moment(time), link=link, headers=(("Content-Type", media),), body=raw)


def told(protocol: str, case: str) -> dict[str, Any]:
    return dict(json.loads((FIXTURES / protocol / case / "capture.json").read_text("utf-8")))


def fixture(protocol: str, case: str) -> Capture:
    """The capture of a fixture."""
    about = told(protocol, case)
    (body,) = (FIXTURES / protocol / case).glob("body.*")
    return Capture(
        url=about["url"],
        time=moment(about["time"]),
        link=Link(**about["link"]),
        status=about["status"],
        headers=tuple((key, value) for key, value in about["headers"]),
        body=body.read_bytes(),
    )


def body_of(case: str, protocol: str = "parliament") -> dict[str, Any]:
    """The JSON of a fixture, to change and capture again."""
    found: dict[str, Any] = json.loads(fixture(protocol, case).body)
    return found


def source_of(protocol: str, case: str) -> Source:
    about = told(protocol, case)["source"]
    return source("", about["url"], protocol, **about["options"])


def read(case: str, change: Mapping[str, object] | None = None, /, **options: object) -> Page:
    """Read a fixture; ``change`` puts other values into its JSON."""
    original = fixture("parliament", case)
    of = source_of("parliament", case)
    if options:
        of = source("", of.url, "parliament", **{**of.options, **options})
    if change is None:
        return parliament.parse(original, of)
    body = {**body_of(case), **change}
    return parliament.parse(capture(body, original.link, time=told("parliament", case)["time"]), of)


class Server:
    """Answers as the APIs do: the results from ``Skip`` on, ``Take`` of them but never more than ``most``."""

    def __init__(self, field: str, results: Sequence[object], most: int = 1000) -> None:
        self.field, self.results, self.most = field, results, most
        self.asked: list[str] = []

    def answer(self, link: Link, api: str, **options: object) -> Page:
        self.asked.append(link.url)
        asked = {name.lower(): value for name, value in query(link.url).items()}
        start = int(asked.get("skip", "0"))
        found = self.results[start : start + min(int(asked.get("take", "20")), self.most)]
        body = {self.field: found, "totalResults": len(self.results)}
        return parliament.parse(capture(body, link), source(api, **options))

    def walked(self, first: Link, api: str) -> list[Page]:
        """Follow the next pages, as the engine does."""
        pages = [self.answer(first, api)]
        while further := [link for link in pages[-1].links if link.role in ("next", first.role)]:
            pages.append(self.answer(further[0], api))
            assert len(pages) < 100, "an endless walk"
        return pages


def refused(taken: Capture, of: Source) -> str:
    """Return why a capture is refused."""
    try:
        parliament.parse(taken, of)
    except ParseError as error:
        return error.reason
    raise AssertionError("it was read")


def day(text: str) -> datetime:
    return moment(f"{text}T06:00:00Z")
