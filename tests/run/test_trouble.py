"""Files and directories that are not what they should be: the right exit code, and one line that names them."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.public.database import FILE
from crawler.run import integrity, session
from crawler.run.options import ARCHIVE, DATABASE
from tests.fold.tables import differences
from tests.fold.test_fold_laws import live
from tests.fold.world import SOURCES, rebuilt
from tests.run.command import Done, roundup
from tests.run.test_storage import two_days

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    two_days(folder / "data")
    (folder / "sources.yaml").write_text(SOURCES)
    shutil.copy(min((folder / "data" / ARCHIVE).iterdir()), folder / "replay.warc.gz")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "here")
    return tmp_path / "here"


def arguments(folder: Path, command: str) -> list[str]:
    data, sources = ["--data", str(folder / "data")], ["--sources", str(folder / "sources.yaml")]
    return {
        "crawl": ["crawl", *data, *sources, "--replay", str(folder / "replay.warc.gz"), "--as-of", "2026-03-09"],
        "rebuild": ["rebuild", *data],
        "check": ["check", *data, *sources],
        "feeds": ["feeds", *data, *sources],
    }[command]


def is_refused(done: Done, code: int, *words: str) -> None:
    """One line of ours behind what was shown of the progress, and no trace."""
    assert done.code == code, done
    assert "Traceback" not in done.err
    last = done.err.splitlines()[-1]
    assert last.startswith(("roundup: ", "Error: ")) and done.err.count("roundup: ") <= 1, done
    for word in words:
        assert word in last, (word, last)


# What is to be replayed


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"Some text, of a page that was saved.", "no WARC file: offset 0: not a WARC record"),
        (gzip.compress(b"Some text, of a page that was saved.", mtime=0), "no WARC file: offset 0: not a WARC record"),
        (gzip.compress(b"WARC/1.0\r\n" + b"X: a\r\n" * 100_000, mtime=0), "no WARC file: offset 0: not a WARC record"),
        (b"PK\x03\x04" + bytes(60), "no WARC file: offset 0: not a WARC record"),
        (b"\x1f\x8b\x08\x00damaged", "no WARC file: offset 0: "),
        (b"", "no WARC file: it is empty"),
    ],
)
def test_what_is_no_warc_is_wrong_use(folder: Path, content: bytes, cause: str) -> None:
    (folder / "replay.warc.gz").write_bytes(content)
    is_refused(roundup(*arguments(folder, "crawl")), 2, f"{folder / 'replay.warc.gz'}: {cause}")
    integrity.require(folder / "data")


@pytest.mark.parametrize("wrong", ["0001-01-01", "1989-12-31", "9999-12-31", "2200-01-01T00:00:00Z"])
def test_a_clock_at_the_ends_of_the_calendar_is_wrong_use(folder: Path, wrong: str) -> None:
    done = roundup(*arguments(folder, "crawl")[:-1], wrong)
    is_refused(done, 2, f"'{wrong}' is no time to read the web; expected one of 1990 to 2199")
    assert roundup(*arguments(folder, "crawl")).code in (0, 1), "nothing of it was kept"


@pytest.mark.parametrize("command", ["crawl", "rebuild", "check", "feeds"])
def test_a_data_directory_without_a_name_is_wrong_use(
    folder: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir(folder / "elsewhere")
    named = str(folder / "data")
    done = roundup(*("" if each == named else each for each in arguments(folder, command)))
    is_refused(done, 2, "--data", "it is empty; expected a directory")
    assert list((folder / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("host", ["300.1.1.1", "\u202e", "a b", "x" * 300])
def test_a_host_that_is_none_is_wrong_use(folder: Path, host: str) -> None:
    assert roundup("export", "--data", folder / "data").code == 0
    become = ("site", folder / "data" / FILE, "--authority=sample.invalid", "--port=8001", "--host", host)
    is_refused(roundup(*become), 2, f"cannot serve on {host}:8001: ")


def test_a_directory_or_nothing_in_the_place_of_a_warc_is_wrong_use(folder: Path) -> None:
    (folder / "replay.warc.gz").unlink()
    is_refused(roundup(*arguments(folder, "crawl")), 2, "replay.warc.gz")
    (folder / "replay.warc.gz").mkdir()
    is_refused(roundup(*arguments(folder, "crawl")), 2, "replay.warc.gz")


def test_damage_within_a_warc_is_a_failure_of_storage(folder: Path) -> None:
    content = bytearray((folder / "replay.warc.gz").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (folder / "replay.warc.gz").write_bytes(content)
    is_refused(roundup(*arguments(folder, "crawl")), 4, "replay.warc.gz: offset ")


# What stands where something else should


def plain_archive(data: Path) -> None:
    shutil.rmtree(data / ARCHIVE)
    (data / ARCHIVE).write_text("")


def plain_archive_alone(data: Path) -> None:
    plain_archive(data)
    (data / DATABASE).unlink()


def plain_feeds(data: Path) -> None:
    (data / "feeds").write_text("")


def folder_for_database(data: Path) -> None:
    (data / DATABASE).unlink()
    (data / DATABASE).mkdir()


def folder_for_lock(data: Path) -> None:
    (data / "roundup.lock").unlink(missing_ok=True)
    (data / "roundup.lock").mkdir()


def folder_for_file(data: Path) -> None:
    path = min((data / ARCHIVE).iterdir())
    path.unlink()
    path.mkdir()


def pipe_for_file(data: Path) -> None:
    path = min((data / ARCHIVE).iterdir())
    path.unlink()
    os.mkfifo(path)


def leads_nowhere(data: Path) -> None:
    shutil.rmtree(data)
    data.symlink_to(data.with_name("nowhere"))


@pytest.mark.process
@pytest.mark.parametrize(
    ("trouble", "commands", "named"),
    [
        (plain_archive, "check rebuild crawl", "data/archive: Not a directory"),
        (plain_archive_alone, "check rebuild crawl", "data/archive: Not a directory"),
        (plain_feeds, "feeds rebuild", "data/feeds: "),
        (folder_for_database, "check feeds rebuild crawl", f"data/{DATABASE}: "),
        (folder_for_lock, "rebuild crawl", "data/roundup.lock: Is a directory"),
        (folder_for_file, "check rebuild crawl", "Z.warc.gz: not a regular file"),
        (pipe_for_file, "check rebuild crawl", "Z.warc.gz: not a regular file"),
        (leads_nowhere, "crawl", "data: File exists"),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_something_else_in_its_place_is_a_failure_of_storage(
    folder: Path, trouble: Callable[[Path], None], commands: str, named: str
) -> None:
    trouble(folder / "data")
    for command in commands.split():
        is_refused(roundup(*arguments(folder, command)), 4, named)


@pytest.mark.process
def test_a_linked_data_directory_is_one(folder: Path) -> None:
    (folder / "data").rename(folder / "elsewhere")
    (folder / "data").symlink_to(folder / "elsewhere")
    for command in ("check", "rebuild", "feeds"):
        assert roundup(*arguments(folder, command)).code == 0
    assert (folder / "data").is_symlink() and (folder / "elsewhere" / DATABASE).is_file()


# What may not be read or written


def as_anybody(*given: str) -> Done:
    """Run a command without the right of root to read and write everything."""
    command = [sys.executable, "-m", "crawler", *given]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may read and write everything, and there is no setpriv here to do without")
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    return Done(code=done.returncode, out=done.stdout, err=done.stderr)


@pytest.mark.process
@pytest.mark.parametrize(
    ("forbidden", "mode", "command", "named"),
    [
        (".", 0o555, "rebuild", "data/"),
        (".", 0o555, "crawl", "data/"),
        ("archive", 0o555, "crawl", "data/archive/run-20260309T235959Z.warc.gz: Permission denied"),
        ("archive", 0o000, "check", "data/archive: Permission denied"),
        ("archive", 0o000, "rebuild", "data/archive: Permission denied"),
        ("archive/run-20260302T060000Z.warc.gz", 0o000, "check", "run-20260302T060000Z.warc.gz: Permission denied"),
        ("archive/run-20260302T060000Z.warc.gz", 0o000, "rebuild", "run-20260302T060000Z.warc.gz: Permission denied"),
    ],
)
def test_permission_denied_is_a_failure_of_storage(
    folder: Path, forbidden: str, mode: int, command: str, named: str
) -> None:
    path = folder / "data" / forbidden
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        is_refused(as_anybody(*arguments(folder, command)), 4, named)
    finally:
        path.chmod(before)
    integrity.require(folder / "data")
    assert roundup(*arguments(folder, "check")).code == 0


@pytest.mark.process
def test_older_files_may_be_write_protected(folder: Path) -> None:
    for path in (folder / "data" / ARCHIVE).iterdir():
        path.chmod(0o444)
    done = as_anybody(*arguments(folder, "crawl"))
    assert done.code == 0, done
    integrity.require(folder / "data")


# Two at once, and kills


@pytest.mark.process
def test_a_second_one_is_told_that_another_is_running(folder: Path) -> None:
    with session.lock(folder / "data"):
        for command in ("rebuild", "crawl"):
            is_refused(roundup(*arguments(folder, command)), 3, "data: another crawl or rebuild is running")
    assert roundup(*arguments(folder, "rebuild")).code == 0


@pytest.mark.process
def test_a_crawl_that_is_killed_while_a_rebuild_is_tried(folder: Path) -> None:
    """The lock goes with the process. What the crawl left half done is cut away, and all that it archived is read."""
    script = f"""
        import sys, time
        sys.path.insert(0, {str(ROOT)!r})
        from datetime import UTC, datetime
        from pathlib import Path
        from crawler.archive import Archive
        from crawler.run import session
        data = Path({str(folder / "data")!r})
        with session.lock(data), Archive.open(data / "archive") as archive:
            archive.start("20260303T060000Z", {{}})
            archive.journal("run-resumed", {{"time": "2026-03-03T06:00:00Z"}}, datetime.now(UTC))
            path = data / "archive" / archive.files[-1]
            archive._out.append(path.read_bytes()[:40])
            print("crawling", flush=True)
            time.sleep(60)
    """
    child = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None and child.stdout.readline() == "crawling\n"
    assert roundup(*arguments(folder, "rebuild")).code == 3
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    done = roundup(*arguments(folder, "rebuild"))
    assert done.code == 0 and "cut" in done.err
    with live(folder / "data") as one, rebuilt(folder / "data") as other:
        assert differences(one, other) == []
        assert one.value("select state from crawls order by id desc limit 1") == "open"


@pytest.mark.process
def test_a_rebuild_that_is_killed_leaves_the_old_database(folder: Path) -> None:
    beside = folder / "data" / f"{DATABASE}.new"
    command = [sys.executable, "-m", "crawler", *arguments(folder, "rebuild")]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not beside.exists() and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert roundup(*arguments(folder, "check")).code == 0
    with live(folder / "data") as store:
        assert store.value("select count(*) from crawls") == 2
    assert roundup(*arguments(folder, "rebuild")).code == 0
    assert not beside.exists()
