"""A registry whose sources reach every recording that feed, legislation, govuk and listing read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from crawler.identifiers import same_address
from crawler.model import Link, Role
from crawler.text import slug
from tests.recordings import world

INDEX = "https://index.sample.invalid/recordings.html"
"""A list of our own that names the pages no recorded list names."""
CONTENT = "https://www.gov.uk/api/content"

_PROTOCOLS = (
    (r"www\.legislation\.gov\.uk/(?!.*robots\.txt)", "legislation"),
    (r"www\.gov\.uk/", "govuk"),
    (r"www\.parliament\.uk/.*\.rss|services\.parliament\.uk/|hudoc\.|www\.eurojust\.europa\.eu/reconstructed/", "feed"),
    (r"www\.parliament\.uk/.*\.html|oeil\.europarl|www\.europarl\.europa\.eu/.*\.html|www\.modernslavery", "listing"),
)
_ADDRESS = re.compile(r"https?://\S+")
_STATED = re.compile(rb'<Legislation\b[^>]*?DocumentURI="http://www\.legislation\.gov\.uk/([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One recording: its file, whether it is as served, who reads it, and where and when a replay has it."""

    file: str
    raw: bool
    protocol: str
    url: str
    time: datetime
    row: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, datetime]:
        return same_address(self.url), self.time


def recordings() -> list[Recording]:
    """Give the recordings of the four protocols; two of one address with one time are a minute apart, as packed."""
    found: list[Recording] = []
    taken: set[tuple[str, datetime]] = set()
    for row in world.manifest():
        protocol = next((name for pattern, name in _PROTOCOLS if re.match(pattern, row["file"])), None)
        if protocol is None:
            continue
        url = _address(row)
        time = world.time_of(row["recorded"])
        while (url, time) in taken:
            time += timedelta(minutes=1)
        taken.add((url, time))
        # The tool takes "-404." in a name for a status; here it is the number of a statutory rule.
        told = {**row, "url": url} | ({"status": 200} if row["raw"] else {})
        found.append(Recording(file=row["file"], raw=row["raw"], protocol=protocol, url=url, time=time, row=told))
    return found


def _address(row: Mapping[str, Any]) -> str:
    """Give the address of a recording: as the manifest knows it, else as the body states it, else one of ours."""
    url = str(row["url"])
    stated = _STATED.search(world.body(dict(row))[:4000])
    if stated and not row["url_certain"]:
        return f"http://www.legislation.gov.uk/{stated[1].decode()}/data.xml"
    if _ADDRESS.fullmatch(url) and urlsplit(url).path not in ("", "/"):
        return url
    host, _, name = str(row["file"]).partition("/")
    return f"https://{host}/recording/{slug(name.rpartition('.')[0])}"


class Timed(Protocol):
    """Something with an address and a time."""

    @property
    def url(self) -> str:
        """Give its address."""

    @property
    def time(self) -> datetime:
        """Give when a replay has it."""


def moments(found: Iterable[Timed]) -> list[datetime]:
    """Give the fewest moments at which a replay has each recording once as the newest of its address."""
    times: dict[str, list[datetime]] = {}
    for each in found:
        times.setdefault(same_address(each.url), []).append(each.time)
    spans = []
    for of_one in times.values():
        ordered = sorted(of_one)
        spans += list(zip(ordered, [*ordered[1:], datetime.max.replace(tzinfo=ordered[0].tzinfo)], strict=True))
    chosen: list[datetime] = []
    for start, end in sorted(spans, key=lambda span: span[1]):
        if not any(start <= moment < end for moment in chosen):
            last = max(begin for begin, stop in spans if begin < end and stop >= end)
            chosen.append(last)
    return sorted(chosen)


def is_feed(each: Recording) -> bool:
    path = urlsplit(each.url).path
    return each.protocol == "feed" or path.endswith("/data.feed") or path == "/api/search.json"


def pack(folder: Path, found: Iterable[Recording]) -> Path:
    """Pack recordings, and the list of ours, into a WARC."""
    index = folder / "index.html"
    folder.mkdir(parents=True, exist_ok=True)
    pages = sorted({each.url for each in found if each.protocol == "listing" and "committees-az" not in each.file})
    lines = "".join(
        f'<li><a href="{url.replace("&", "&amp;")}">Sample entry {n}</a></li>' for n, url in enumerate(pages)
    )
    index.write_text(f"<!doctype html><title>Sample list</title><main><ul>{lines}</ul></main>", "utf-8")
    own = {"file": str(index), "url": INDEX, "content_type": "text/html", "recorded": "2000-01-01", "url_certain": True}
    return world.pack(folder, [*(each.row for each in found), own])


def sources(found: Iterable[Recording]) -> str:
    """Give a sources.yaml: one source for each recorded list, and those that read single pages."""
    lists = {same_address(each.url): each for each in found if is_feed(each) and "/changes/" not in each.url}
    paths = dict.fromkeys(
        urlsplit(each.url).path.removeprefix("/api/content") for each in found if each.url.startswith(f"{CONTENT}/")
    )
    items = [path for path in paths if path != "/"]
    listed = [
        _source(f"{each.protocol}-{number}", each.protocol, each.url) for number, each in enumerate(lists.values())
    ]
    committees = next(each.url for each in found if "committees-az" in each.file)
    single = [
        _source("law", "legislation", "https://www.legislation.gov.uk/title/construction/data.feed"),
        _source("pages", "govuk", CONTENT, items=items),
        # audit: a file that is replaced under its old address shows on no list.
        _source("index", "listing", INDEX, entry="main li") | {"audit": 1},
        _source("committees", "listing", committees, entry="#content ul li h3"),
    ]
    head = {
        "settings": {"contact": "watch@sample.invalid", "authority": "recordings.invalid"},
        "publishers": {"publisher": {"name": "A publisher", "jurisdiction": "United Kingdom"}},
    }
    return json.dumps({**head, "sources": [*listed, *single]}, indent=1)


def _source(name: str, protocol: str, url: str, **options: object) -> dict[str, object]:
    kind = "legislation" if protocol == "legislation" else "guidance"
    source = {"id": name, "publisher": "publisher", "kind": kind, "protocol": protocol, "url": url}
    return {**source, "expect": {"min": 1}, "options": options}


def also(found: Iterable[Recording], as_of: datetime) -> dict[str, list[Link]]:
    """Give the pages that no list leads to, where a moment has a recording of them, by the source that asks."""
    wanted: dict[str, list[Link]] = {"law": [], "pages": []}
    for each in found:
        if each.time > as_of:
            continue
        if each.protocol == "legislation" and ("/changes/" in each.url or not is_feed(each)):
            role: Role = "statement" if "/changes/" in each.url else "document"
            wanted["law"].append(Link(url=each.url, role=role))
        elif each.url == f"{CONTENT}/":
            wanted["pages"].append(Link(url=each.url, role="document"))
    return wanted
