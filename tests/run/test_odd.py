"""What a person gives or takes away by mistake: a wrong argument, an output nobody reads, a file cut to nothing."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.errors import FaultError, StorageError
from crawler.model import Capture
from crawler.public.database import FILE
from crawler.run.crawl import Crawl
from crawler.run.options import DATABASE
from crawler.run.publish import export
from crawler.worker import Worker
from tests.fold.world import SOURCES
from tests.run.command import roundup
from tests.run.test_storage import two_days

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    two_days(folder)
    export(folder)
    (folder / "sources.yaml").write_text(SOURCES)
    (folder / "empty.txt").touch()
    (folder / "large.txt").write_bytes(b"a " * 1_500_000)
    shutil.copy(min((folder / "archive").iterdir()), folder / "replay.warc.gz")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "here"))


def crawl(folder: Path) -> list[str]:
    sources, replay = folder / "sources.yaml", folder / "replay.warc.gz"
    return [
        *("crawl", "--data", str(folder), "--sources", str(sources)),
        *("--replay", str(replay), "--as-of", "2026-03-09"),
    ]


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        ("digest SOURCES --since 0001-01-01", "0001-01-01 is no day of the web; expected one of 1990 to 2199"),
        ("digest SOURCES --until 9999-12-31", "9999-12-31 is no day of the web"),
        ("digest SOURCES --filter \udcff", "bad query field"),
        ("decide \udcff in --by AB --why x", "an argument holds bytes that are no text"),
        ("crawl --plan SOURCES --minutes nan", "'nan' is no number"),
        ("check-text empty.txt", "empty.txt: It could not be read: it is empty."),
        ("check-text /dev/zero", "/dev/zero: larger than 2 MB"),
        ("check-text large.txt", "large.txt: larger than 2 MB"),
    ],
)
def test_wrong_use_is_said_to_be_that(made: Path, arguments: str, cause: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)
    command, *given = arguments.replace("SOURCES", "--sources sources.yaml").split(" ")
    done = roundup(command, "--data", made, *given)
    assert done.code == 2 and cause in done.err.splitlines()[-1], done


def test_a_fault_of_ours_is_no_wrong_use(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(worker: Worker, capture: Capture, *given: object) -> None:
        raise FaultError(capture.url, "our code failed: ValueError")

    monkeypatch.setattr(Worker, "ask", fails)
    done = roundup("check-text", "--data", made, made / "sources.yaml")
    assert done.code == 70 and done.err == "roundup: /sources.yaml: our code failed: ValueError\n", done


def test_a_recording_that_could_not_be_kept_is_not_begun(made: Path, tmp_path: Path) -> None:
    done = roundup("record", "--sources", made / "sources.yaml", "--source", "news", tmp_path / "none" / "out.warc.gz")
    assert done.code == 4 and "out.warc.gz: its directory is missing" in done.err, done


def nobody_reads() -> int:
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def full_disk() -> int:
    return os.open("/dev/full", os.O_WRONLY)


@pytest.mark.parametrize(
    ("out", "err", "code"),
    [
        (nobody_reads, None, 141),
        (nobody_reads, nobody_reads, 141),
        (None, nobody_reads, 0),
        (None, full_disk, 0),
        (full_disk, None, 4),
        (full_disk, full_disk, 4),
    ],
    ids=lambda each: each.__name__ if callable(each) else str(each),
)
def test_a_crawl_ends_in_order_though_nobody_hears_of_it(
    folder: Path, out: Callable[[], int] | None, err: Callable[[], int] | None, code: int
) -> None:
    streams = [each() if each else subprocess.PIPE for each in (out, err)]
    command = [sys.executable, "-m", "crawler", *crawl(folder)]
    done = subprocess.run(command, stdout=streams[0], stderr=streams[1], cwd=ROOT, text=True, check=False, timeout=120)
    for stream in streams:
        if stream != subprocess.PIPE:
            os.close(stream)
    assert done.returncode == code and "Traceback" not in (done.stderr or ""), done
    assert roundup("status", "--data", folder).out.startswith("healthy")


def test_behind_a_replay_that_was_broken_off_nothing_is_counted_twice(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(*given: object) -> None:
        raise StorageError("the disk failed")

    def listed() -> list[tuple[str, int]]:
        found = json.loads(roundup("status", "--json", "--data", folder).out)
        return [(each["outcome"], each["documents"]) for each in found["sources"]]

    assert roundup(*crawl(folder)).code == 0
    before = listed()
    with monkeypatch.context() as failing:
        failing.setattr(Crawl, "leave_alone", refused)
        assert roundup(*crawl(folder)).code == 4
    assert roundup(*crawl(folder)).code == 0
    assert listed() == before and before[0][1]


def test_a_database_cut_to_nothing_is_not_published(folder: Path) -> None:
    before = (folder / FILE).read_bytes()
    (folder / DATABASE).write_bytes(b"")
    sources = ("--sources", folder / "sources.yaml")
    for command in (("status",), ("export",), ("feeds", *sources)):
        done = roundup(*command, "--data", folder)
        assert done.code == 2 and f"{DATABASE}: there is no database yet; crawl first" in done.err, done
    assert (folder / FILE).read_bytes() == before
    assert roundup(*crawl(folder)).code == 0
    assert roundup("check", "--data", folder, *sources).out.endswith(f"{DATABASE}: sound\n")


def test_what_is_wrong_with_a_database_names_it_and_the_way_out(folder: Path) -> None:
    with (folder / DATABASE).open("r+b") as file:
        file.truncate((folder / DATABASE).stat().st_size - 1)
    done = roundup("check", "--data", folder, "--sources", folder / "sources.yaml")
    assert done.code == 4 and f"{DATABASE}: damaged: " in done.err and "`roundup rebuild`" in done.err, done
