"""The recordings as a web to crawl: packed into a WARC, replayed through the whole fold in this process.

Where the folder of recordings is absent, whatever asks for it is skipped and says so.
"""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler import outbox
from crawler.archive import Answer, Replay
from crawler.derive import relevance
from crawler.derive.bands import Classification
from crawler.derive.toolkit import Given
from crawler.ingest import State
from crawler.model import Link
from crawler.run import fold
from crawler.run.crawl import Crawl
from crawler.run.options import Options
from crawler.sources import loads
from crawler.spiders import redirects
from crawler.store import Store
from crawler.store.frontier import QueuedRequest
from tests.fold import world as engine

ROOT = Path(__file__).parents[2]
SHARED = ROOT / "../shared"
RECORDINGS = SHARED / "recordings"
MANIFEST = RECORDINGS / "manifest.jsonl"
TOOL = SHARED / "tools" / "make_warc.py"
ABSENT = "no recordings beside this checkout (../shared/recordings, ../shared/tools/make_warc.py)"
DATABASE = "roundup.db"
Row = dict[str, Any]


def is_there() -> bool:
    """Return whether the recordings, and the tool that packs them, stand beside this checkout."""
    return MANIFEST.is_file() and TOOL.is_file()


def manifest() -> list[Row]:
    """Return what the manifest says of every recording, or skip the test."""
    if not is_there():
        pytest.skip(ABSENT)
    return [json.loads(line) for line in MANIFEST.read_text("utf-8").splitlines()]


def row(name: str) -> Row:
    """Return the one recording whose file ends so."""
    (found,) = [each for each in manifest() if each["file"].endswith(name)]
    return found


def body(about: Row) -> bytes:
    return (RECORDINGS / str(about["file"])).read_bytes()


def pack(folder: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Pack rows of a manifest into a WARC, with the tool that everybody uses for it."""
    folder.mkdir(parents=True, exist_ok=True)
    named = [{**each, "file": str(RECORDINGS / each["file"])} for each in rows]
    (folder / "manifest.jsonl").write_text("".join(json.dumps(each) + "\n" for each in named), "utf-8")
    out = folder / "recordings.warc.gz"
    done = subprocess.run(
        [sys.executable, str(TOOL), str(out), str(folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(f"{len(named)} records"), done.stdout
    return out


def time_of(recorded: str | None) -> datetime:
    """Return the time the tool gives a recording that is the first of its address."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?)?", recorded or "")
    if not found:
        return datetime(2026, 1, 1, tzinfo=UTC)
    year, month, day, hour, minute, second = (int(each or 0) for each in found.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one crawl asked, in order: each address, the answer that was handed over, or why there was none."""

    url: str
    answer: str
    time: datetime | None = None


def replay(
    data: Path,
    warc: Path,
    as_of: datetime,
    *,
    sources: str,
    also: Mapping[str, Collection[Link]] | None = None,
    read: fold.Reader = engine.read,
) -> list[Asked]:
    """Crawl a WARC as of a moment, without sockets; ``also`` are pages asked beside what the sources lead to."""
    registry = loads(sources, "sources.yaml")
    options = Options(data=data, registry=registry, sources_text=sources, replay=(warc,))
    web = Replay.open([warc], as_of)
    asked: list[Asked] = []
    with engine.opened(data) as state:
        one = Crawl(state, options, read)
        one.begin(as_of)
        for source, links in (also or {}).items():
            rows = [{**asdict(link), "facts": dict(link.facts)} for link in links]
            payload = {"source": source, "why": "audit", "links": rows}
            fold.apply(state, state.archive.journal("asked-again", payload, datetime.now(UTC)))
        asyncio.run(_drive(one, web, redirects.allowed_hosts(registry), asked))
        one.end()
    return asked


@contextmanager
def one_by_one() -> Iterator[None]:
    """Return each new document an entry of its own, however many there are, so that it can be read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "FLOOD", sys.maxsize)
        patch.setattr(outbox, "MAX_SINGLE_OLDER", sys.maxsize)
        yield


@contextmanager
def topics_of_words() -> Iterator[None]:
    """Give no document a topic of its source: what brings every recording in says nothing of what each is about."""
    put = relevance._put_found

    def of_words(state: State, family: relevance.Family, judged: Classification, *, is_new: bool) -> Given:
        sources = tuple(replace(source, topics=()) for source in family.sources)
        return put(state, replace(family, sources=sources), judged, is_new=is_new)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relevance, "_put_found", of_words)
        yield


async def _drive(one: Crawl, web: Replay, allowed: Collection[str], asked: list[Asked]) -> None:
    while (ask := next((found for host in one.hosts() if (found := one.take(host))), None)) is not None:
        await _ask(one, ask, web, allowed, asked)


async def _ask(one: Crawl, ask: QueuedRequest, web: Replay, allowed: Collection[str], asked: list[Asked]) -> None:
    """Make one request, as the engine does: hops are archived only when what they lead to is newer."""
    exchange = one.exchange_id()
    seen = [ask.url]
    hops: list[tuple[dict[str, Any], Answer]] = []
    while True:
        link = one.link(ask, exchange, len(seen) - 1)
        answer = web.answer("GET", seen[-1], ask.accept)
        if answer is None:
            asked.append(Asked(url=seen[-1], answer="not recorded"))
            await one.failed(ask, link, seen[-1], "not-recorded", "no capture")
            return
        stated = redirects.location(answer)
        if stated is not None and len(seen) <= redirects.HOPS:
            hops.append((link, answer))
            seen.append(redirects.target(seen[-1], stated))
            assert not redirects.refusal(seen[-1], seen[:-1], allowed, ())
            continue
        if not one.is_newer(seen[-1], ask.accept, answer.time):
            asked.append(Asked(url=seen[-1], answer="not newer", time=answer.time))
            await one.leave_alone(ask, link, seen[-1])
            return
        for each, hop in hops:
            await one.answered(ask, each, hop, final=False)
        asked.append(Asked(url=seen[-1], answer=str(answer.status), time=answer.time))
        await one.answered(ask, link, answer, final=True)
        return


def live(data: Path) -> Store:
    return Store.open(data / DATABASE)


def rebuilt(data: Path) -> Store:
    return engine.rebuilt(data)
