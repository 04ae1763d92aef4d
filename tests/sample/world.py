"""The sample world in memory, walked without archive and database: what each source says at each moment."""

import json
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from crawler import protocols
from crawler.changes import compare
from crawler.errors import ParseError
from crawler.identifiers import same_address
from crawler.model import Capture, Difference, Document, Link, Page, Statement, Version, Walk
from crawler.sources import Registry, Source
from crawler.sources.load import load
from crawler.text import moment

ROOT = Path(__file__).parents[2] / "data" / "sample"
MOMENTS = ("moment-1", "moment-2", "moment-3")
DAYS = {"moment-1": "2026-03-02", "moment-2": "2026-03-09", "moment-3": "2026-03-16"}
FILES = sorted(ROOT.rglob("*.capture.json"))


@cache
def told(file: Path) -> dict[str, Any]:
    """Return what a capture file says."""
    return dict(json.loads(file.read_text("utf-8")))


def body(file: Path) -> bytes:
    """Return the body beside a capture file."""
    return (file.parent / str(told(file)["body"])).read_bytes()


def words(file: Path) -> str:
    """Return the body beside a capture file as text; of a DOCX its main part."""
    found = body(file)
    if str(told(file)["body"]).endswith(".docx"):
        with ZipFile(BytesIO(found)) as parts:
            found = parts.read("word/document.xml")
    return found.decode("utf-8")


@cache
def registry() -> Registry:
    """Return the registry of the sample world, its options checked."""
    return load(ROOT / "sources.yaml", protocols.OPTIONS)


def expected() -> dict[str, Any]:
    """Return what shall come of it, by moment."""
    return dict(json.loads((ROOT / "expected.json").read_text("utf-8")))


def aside(name: str) -> dict[str, str]:
    """Return the documents that are out of the round-up, or wait for a decision, up to a moment, by their band."""
    said = expected()
    return {
        each["document"]: each["band"]
        for earlier in MOMENTS
        if earlier <= name
        for each in said[earlier].get("aside", ())
    }


def copies(name: str) -> list[dict[str, str]]:
    """Return the copies that are found at a moment, in the order of their ids."""
    return sorted(expected()[name].get("copies", []), key=lambda each: str(each["document"]))


@cache
def captured(name: str) -> dict[str, Capture]:
    """Return the newest capture of each address at a moment, by the key under which a replay finds it."""
    found: dict[str, Capture] = {}
    for file in FILES:
        if file.relative_to(ROOT).parts[0] > name:
            continue
        said = told(file)
        capture = Capture(
            url=said["url"],
            time=moment(said["time"]),
            link=Link(url=said["url"], role="document"),
            status=said["status"],
            headers=tuple((key, value) for key, value in said["headers"]),
            body=body(file),
        )
        before = found.get(same_address(capture.url))
        if before is None or before.time < capture.time:
            found[same_address(capture.url)] = capture
    return found


@cache
def clock(name: str) -> datetime:
    """Return the clock of a crawl at a moment: the time of its newest capture."""
    return max(moment(told(file)["time"]) for file in FILES if file.relative_to(ROOT).parts[0] == name)


@dataclass(slots=True)
class Heard:
    """What a source said at one moment: pages and refusals by address, addresses that nothing was recorded for."""

    pages: list[tuple[Capture, Page]] = field(default_factory=list)
    refused: dict[str, ParseError] = field(default_factory=dict)
    unrecorded: list[Link] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def documents(self) -> dict[str, Document]:
        """Return the documents that were named."""
        return {document.id: document for _, page in self.pages for document in page.documents}

    def versions(self) -> dict[tuple[str, str], Version]:
        """Return the versions by document and representation; the last one read wins."""
        return {
            (version.document, version.representation): version for _, page in self.pages for version in page.versions
        }

    def statements(self, kind: str) -> list[Statement]:
        """Return the statements of one kind."""
        return [each for _, page in self.pages for each in page.statements if each.kind == kind]


def walk(source: Source, name: str, *, cursor: str = "", known: tuple[Link, ...] = ()) -> Heard:
    """Follow every link of a source, and ask again for what is known, over the captures of a moment and before."""
    web = captured(name)
    heard = Heard()
    queue = deque([*protocols.protocol_of(source).start(source, Walk(clock=clock(name), cursor=cursor)), *known])
    while queue:
        link = queue.popleft()
        key = same_address(link.url)
        if key in heard.asked:
            continue
        heard.asked.add(key)
        answer = _answer(web, link)
        if answer is None:
            heard.unrecorded.append(link)
            continue
        try:
            page = protocols.read(answer, source)
        except ParseError as error:
            heard.refused[link.url] = error
            continue
        heard.pages.append((answer, page))
        queue.extend(page.links)
    return heard


def _answer(web: dict[str, Capture], link: Link) -> Capture | None:
    hops: list[str] = []
    url = link.url
    while True:
        found = web.get(same_address(url))
        if found is None or found.status not in (301, 302, 307, 308):
            return None if found is None else replace(found, link=link, hops=tuple(hops))
        hops.append(url)
        url = found.header("location")


def differences(old: Heard, new: Heard, aliases: dict[str, str]) -> dict[str, list[Difference]]:
    """Return what changed in the texts between two moments, by document."""
    found: dict[str, list[Difference]] = {}
    before = old.versions()
    for (document, representation), version in new.versions().items():
        name = aliases.get(document, document)
        known = before.get((name, representation))
        if known is not None and (each := compare(known, replace(version, document=name))):
            found.setdefault(name, []).extend(each)
    return found
