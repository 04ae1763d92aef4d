"""All recordings in one data folder: ``python -m tests.recordings build DIR``.

Database, archive and feeds are those that a replay leaves. Pages are asked in a fixed order by an engine without
sockets and parsed in this process, so that two builds give the same tables.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from crawler.identifiers import same_address
from crawler.ingest import Read, Reading
from crawler.run.publish import feeds
from crawler.sources import loads
from tests import shared
from tests.fold import world as engine
from tests.recordings import library, whole, world
from tests.recordings.library import Recording, Unread

OUTCOMES = "outcomes.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A folder with all recordings, what each was read into, by its name, and what was not replayed."""

    data: Path
    crawls: int
    recordings: tuple[Recording, ...]
    outcomes: Mapping[str, str]
    unread: tuple[Unread, ...]

    @property
    def read(self) -> list[Recording]:
        """Return the recordings that were read."""
        return [each for each in self.recordings if self.outcomes[each.name] == "read"]

    @property
    def refused(self) -> list[Unread]:
        """Return the recordings that their protocol refuses, and with what words."""
        said = self.outcomes.items()
        return [Unread(name=name, why=why) for name, why in said if why != "read"]


def build(folder: Path, pattern: str = "") -> Built:
    """Replay all recordings, or those whose address or name a pattern fits, into an empty folder; write the feeds.

    Raises:
        FileExistsError: the folder holds something already.
        FileNotFoundError: the recordings do not stand beside this checkout.
    """
    if not library.is_there():
        raise FileNotFoundError(f"{world.SHARED}: not all folders of recordings are there")
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    everything, unread = library.everything()
    recordings = tuple(each for each in everything if re.search(pattern, f"{each.url} {each.name}"))
    clocks, text = whole.moments(recordings), whole.sources(recordings)
    reads: dict[tuple[str, datetime], list[Read]] = {}

    def read(reading: Reading) -> Read:
        done = engine.read(reading)
        reads.setdefault((same_address(reading.capture.url), reading.capture.time), []).append(done)
        return done

    with TemporaryDirectory() as packed, world.one_by_one(), world.topics_of_words():
        warc = whole.pack(Path(packed), recordings, whole.own(text, clocks))
        before = whole.BEGIN
        for clock in clocks:
            also = whole.asked(recordings, before, clock)
            world.replay(folder, warc, clock, sources=text, also=also, read=read)
            before = clock
    feeds(folder, loads(text, "sources.yaml").settings)
    fetched = _fetched(folder)
    outcomes = {each.name: _outcome(each, reads.get(each.key, []), fetched) for each in recordings}
    return Built(data=folder, crawls=len(clocks), recordings=recordings, outcomes=outcomes, unread=unread)


def once(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds all recordings as ``data``, and what became of each; made once for a test run."""

    def make(folder: Path) -> None:
        built = build(folder / "data")
        (folder / OUTCOMES).write_text(json.dumps(dict(built.outcomes)), "utf-8")

    return shared.once(factory, "recordings", make)


def _fetched(folder: Path) -> dict[tuple[str, datetime], str]:
    with world.live(folder) as store:
        rows = store.all("select url, time, outcome from fetches where status is not null")
    return {(same_address(row["url"]), datetime.fromisoformat(row["time"])): str(row["outcome"]) for row in rows}


def _outcome(recording: Recording, reads: list[Read], fetched: Mapping[tuple[str, datetime], str]) -> str:
    """Return ``read``, or why a recording was not."""
    if not reads:
        return "read" if fetched.get(recording.key) == "unchanged" else "not reached"
    errors = [read.error for read in reads if read.error is not None]
    return f"{errors[0].kind}: {errors[0].reason}" if len(errors) == len(reads) else "read"


_COUNTED = ("documents", "versions", "sections", "changes", "entries", "fetches", "effects", "issues")


def numbers(built: Built) -> list[str]:
    """Return what was replayed, by folder, protocol and kind, and what became of it; then what was not, and why."""
    with world.live(built.data) as store:
        counts = {name: store.value(f"select count(*) from {name}") for name in _COUNTED}
        records = store.value("select count(*) from fetches where status is not null")
        kinds = store.all("select kind, count(*) as n from documents group by kind order by n desc, kind")
        bands = store.all("select band, count(*) as n from relevance group by band order by band")
    lines = [f"{built.crawls} crawls, {len(built.recordings)} recordings, {len(built.read)} of them read"]
    lines += [f"{count:7} {name}" for name, count in counts.items()] + [f"{records:7} answers"]
    lines += ["documents by kind: " + ", ".join(f"{row['kind']} {row['n']}" for row in kinds)]
    lines += ["documents by band: " + ", ".join(f"{row['band']} {row['n']}" for row in bands)]
    rows = Counter((each.name.partition("/")[0], each.reader.protocol, each.reader.kind) for each in built.read)
    lines += [f"{count:5} read  {folder:15} {name:11} {kind}" for (folder, name, kind), count in sorted(rows.items())]
    for title, some in (("refused", built.refused), ("not replayed", built.unread)):
        lines += [f"{len(some)} {title}:", *(f"  {each.name}: {each.why}" for each in some)]
    return lines
