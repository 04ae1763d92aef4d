"""A redaction that is killed at any step is finished by whatever command comes next, before anything is shown."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import check
from crawler.cli import serve
from crawler.run import session
from crawler.run.options import ARCHIVE, DATABASE, FEEDS
from crawler.run.publish import feeds, settings
from crawler.run.rebuild import rebuild
from crawler.run.redact import planning, removal
from crawler.store import Store
from tests.fold import world
from tests.fold.tables import differences
from tests.fold.test_fold_laws import live
from tests.fold.world import rebuilt
from tests.run.command import roundup
from tests.run.here import Here
from tests.run.redacted_world import NAME, RELEASE, World, traces

pytestmark = [pytest.mark.process, pytest.mark.usefixtures("in_this_process")]

KILLED = 9
LOCK = "roundup.lock"
STEPS: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (Path, "replace"),
    (Path, "unlink"),
    (shutil, "rmtree"),
    (session, "rebuild_into"),
    (Store, "settle"),
    (removal, "_take_out"),
    (removal, "feeds"),
)
"""What is done of which nothing is left to do after a step, and everything before: a kill falls between two of them."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world in which the release was read and told, with its feeds as files, one of them half written."""
    one = World(tmp_path_factory.mktemp("told") / "data")
    one.published = True
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "reader", lambda worker: world.read)
        one.crawl()
        one.crawl()
    one.redact(url=RELEASE)
    return one


def prepared(told: World, data: Path) -> Path:
    shutil.copytree(told.data, data)
    feeds(data, settings(data))
    changes = data / FEEDS / "changes.atom"
    shutil.copy(changes, data / FEEDS / ".changes.atom.k1ll3d")
    (data / ARCHIVE / "lost").mkdir()
    (data / ARCHIVE / "lost" / "run.warc.gz").write_bytes(changes.read_bytes())
    shutil.copy(data / DATABASE, data / f"{DATABASE}.new")
    return data


def redact(data: Path, told: World, die_at: int = 0) -> int:
    """Carry the redaction out in a process of its own, killed at a step; return its exit code, or how many steps."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            count = _counted(die_at)
            planning.apply(data, told.decisions, Here())  # type: ignore[arg-type]
            code = count()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _counted(die_at: int) -> Callable[[], int]:
    """Let this process end at a step as a kill would end it: nothing is closed, and nothing tidied up."""
    done = 0

    def counting(plain: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **rest: Any) -> Any:
            nonlocal done
            done += 1
            if done == die_at:
                os._exit(KILLED)
            return plain(*args, **rest)

        return step

    for owner, name in STEPS:
        setattr(owner, name, counting(getattr(owner, name)))
    return lambda: done


def run(data: Path, command: str) -> None:
    """Run a command; none of them is told what was decided, so that all it can know was written down."""
    sources = data.parent / "sources.yaml"
    more: dict[str, list[str | Path]] = {
        "evidence": ["--out", data.parent / "case.zip", "https://a.sample.invalid/feed.xml"],
        **{each: ["--sources", sources] for each in ("feeds", "serve", "check")},
    }
    done = roundup(command, "--data", data, *more.get(command, []))
    assert done.code == 0, done


COMMANDS = ("crawl", "rebuild", "status", "feeds", "serve", "evidence", "check")
LAST = 41
"""How many steps there are."""


@pytest.mark.parametrize("at", range(1, LAST + 1, 6))
def test_killed_it_is_finished_by_what_comes_next(
    told: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    data = prepared(told, tmp_path / "data")
    (tmp_path / "sources.yaml").write_text(told.text)
    assert redact(data, told, die_at=at) == KILLED
    begun = data / removal.BEGUN
    assert not begun.exists() or NAME not in begun.read_text().lower()
    served: list[list[str]] = []
    monkeypatch.setattr(serve, "become", lambda command, path, *options: served.append(traces(Path(path).parent)))
    command = COMMANDS[at % len(COMMANDS)] if begun.exists() else "crawl"
    if command == "crawl":
        planning.apply(data, told.decisions, Here())  # type: ignore[arg-type]
    else:
        run(data, command)
    assert traces(data) == [] and served == [[]] * (command == "serve")
    names = {each.name for each in data.iterdir()} - {LOCK, "export.lock", "roundup.db-shm", "roundup.db-wal"}
    assert names == {"archive", "feeds", "public.db", "roundup.db"}
    assert check(data / ARCHIVE) == []
    with live(data) as one, rebuilt(data) as other:
        assert differences(one, other) == []
        assert one.value("select count(*) from redactions") == 1
    rebuild(data)
    assert traces(data) == []
    assert planning.apply(data, told.decisions, Here()) == 0  # type: ignore[arg-type]


def test_there_are_as_many_steps_as_are_tried(told: World, tmp_path: Path) -> None:
    data = prepared(told, tmp_path / "data")
    assert LAST - 6 < redact(data, told) <= LAST + 6
    assert traces(data) == []
    assert not (data / removal.BEGUN).exists()


def test_a_rebuild_finishes_it_where_the_database_is_damaged(told: World, tmp_path: Path) -> None:
    data = prepared(told, tmp_path / "data")
    assert redact(data, told, die_at=12) == KILLED
    (data / DATABASE).write_bytes(b"no database")
    assert roundup("status", "--data", data).code == 4
    run(data, "rebuild")
    assert traces(data) == []


def test_what_is_being_taken_out_is_shown_to_nobody(told: World, tmp_path: Path) -> None:
    """Another process is at it."""
    data = prepared(told, tmp_path / "data")
    assert redact(data, told, die_at=12) == KILLED
    with session.lock(data):
        done = roundup("status", "--data", data)
    assert done.code == 3 and NAME not in f"{done.out}{done.err}".lower()


def test_what_cannot_be_read_of_it_is_refused(told: World, tmp_path: Path) -> None:
    data = prepared(told, tmp_path / "data")
    (data / removal.BEGUN).write_text("{")
    done = roundup("status", "--data", data)
    assert done.code == 4 and removal.BEGUN in done.err
