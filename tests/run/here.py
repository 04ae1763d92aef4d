"""What the tests of a data directory share: captures parsed in this process, other versions, and how it is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from crawler.errors import StorageError
from crawler.run import session
from crawler.run.options import ARCHIVE, DATABASE, Options
from tests.fold import world
from tests.fold.test_fold_laws import Publisher, live
from tests.run.command import roundup


class Here:
    """A worker that is none."""

    def __init__(self, pool: object = None) -> None:
        self.pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


def crawl_with(data: Path, publisher: Publisher, clock: datetime, text: str, **given: Any) -> None:
    """Crawl with a registry of today, of which the journal says that it was another text; ``given`` are options."""
    plain = world.options

    def options(data: Path, text: str) -> Options:
        return replace(plain(data), sources_text=text, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "options", options)
        world.crawl(data, publisher.site, clock, text=text)


def archived(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((data / ARCHIVE).glob("*.warc.gz"))}


def file_of(data: Path, number: int) -> Path:
    return sorted((data / ARCHIVE).glob("*.warc.gz"))[number]


def opened(data: Path) -> None:
    """What every crawl does first."""
    with session.lock(data), session.open_state(data, Here()):  # type: ignore[arg-type]
        pass


def commands(data: Path) -> Iterator[tuple[str, str]]:
    """Yield the words with which crawl, rebuild and check refuse an archive."""
    with pytest.raises(StorageError) as caught:
        opened(data)
    yield "crawl", str(caught.value)
    for done in (
        roundup("rebuild", "--data", data),
        roundup("check", "--data", data, "--sources", data.parent / "sources.yaml"),
    ):
        assert done.code == 4, done
        yield "command", done.err.removeprefix("roundup: ").removesuffix("\n")


def is_refused(data: Path, *words: str) -> None:
    """All three refuse it in the same words, on one line; nothing is written, and the old database can be read."""
    before, database = archived(data), (data / DATABASE).read_bytes()
    found = [text for _, text in commands(data)]
    assert len(found) == 3 and set(found) == {found[0]}, found
    assert "\n" not in found[0] and "put the archive back" in found[0] and "rebuild --accept-loss" in found[0]
    for word in words:
        assert word in found[0], (word, found[0])
    assert archived(data) == before and (data / DATABASE).read_bytes() == database
    assert not list(data.glob("*.new*")) and not (data / ARCHIVE / "lost").exists()
    with live(data) as store:
        assert store.check() == [] and store.value("select count(*) from documents") > 3
    assert roundup("status", "--data", data).code == 0
