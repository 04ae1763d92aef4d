"""Recorded texts of laws at several moments, as they were served: pairs of an earlier and a later one."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from crawler.model import Capture, Link, Page, Version
from crawler.protocols import legislation
from crawler.sources import Expect, Source

SHARED = Path(__file__).parents[2] / "../shared"
VERSIONS = SHARED / "law/versions/uk"
SERIES = SHARED / "series/uk-act"
KEY = SHARED / "law/act_key.jsonl"
HOST = "www.legislation.gov.uk"
SITE = f"https://{HOST}"
ACT = "ukpga/2018/12"
_SOURCE = Source(
    id="law", name="Law", publisher="x", kind="legislation", protocol="legislation", url=SITE, expect=Expect()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of a law as it was served from an address."""

    url: str
    body: bytes

    def page(self) -> Page:
        """Return its page as read."""
        link = Link(url=self.url, role="document")
        time = datetime(2026, 11, 24, tzinfo=UTC)
        return legislation.parse(Capture(url=self.url, time=time, link=link, body=self.body), _SOURCE)

    def version(self) -> Version:
        """Return it as read."""
        return self.page().versions[0]


def is_there() -> bool:
    """Whether the recorded texts stand beside this checkout."""
    return VERSIONS.is_dir() and SERIES.is_dir()


@cache
def recorded(name: str) -> Text:
    """Return a text of ``law/versions/uk`` by the name of its file, without its endings."""
    year, number, when = name.split("-", 3)[1:]
    kind = name.partition("-")[0]
    moment = {"enacted": "/enacted", "latest": ""}.get(when, f"/{when}")
    files = (VERSIONS / f"{name}.xml.gz", VERSIONS / f"{name}.xml")
    file = next(file for file in files if file.exists())
    body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return Text(url=f"{SITE}/{kind}/{year}/{number}{moment}/data.xml", body=body)


def recordings() -> Iterator[Text]:
    """Yield all recorded documents of the site, whichever laws they are of."""
    for file in sorted((*(SHARED / "recordings" / HOST).rglob("*.xml"), *VERSIONS.glob("*.xml*"))):
        body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        if b"<Legislation" in body:
            yield Text(url=f"{SITE}/ukpga/2001/1/data.xml", body=body)


def served(file: str) -> Text:
    """Return the text that a recording of ``series/uk-act`` holds."""
    with (SERIES / file).open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                body = record.content_stream().read()
                if b"<Legislation" in body[:4096]:
                    return Text(url=record.rec_headers.get_header("WARC-Target-URI"), body=body)
    raise LookupError(f"{file} holds no text of a law")


def pairs() -> Iterator[tuple[str, Text, Text]]:
    """Yield the recorded pairs: a name, the earlier text, the later one."""
    enacted, first, last = (recorded(f"ukpga-2018-12-{when}") for when in ("enacted", "2023-01-01", "2026-04-07"))
    yield "enacted to 2022-12-05", enacted, first
    yield "2022-12-05 to 2026-04-07", first, last
    yield "enacted to 2026-04-07", enacted, last
    for name, before, after in (
        ("series, first revision", "first_revision-1.warc.gz", "first_revision-2.warc.gz"),
        ("series, whole Act", "whole-1-enacted.warc.gz", "whole-2-revised-2023.warc.gz"),
        ("series, omitted", "omitted-1.warc.gz", "omitted-2.warc.gz"),
    ):
        yield name, served(before), served(after)
