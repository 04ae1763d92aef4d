"""An export that is killed at any moment: readers of a running site get whole answers, and the next one tidies up."""

import random
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import pytest

from crawler.public.database import FILE
from tests.browser.served import served
from tests.sample.replayed import ROOT
from tests.tiers import pick

pytestmark = [pytest.mark.process, pytest.mark.scaled]

ADDRESSES = ("/", f"/{FILE}", "/search?q=exploitation", "/feeds/changes.json", "/roundup/documents.json?_size=5")
COMMAND = (sys.executable, "-m", "crawler", "export", "--data")


class Reader(threading.Thread):
    """Asks a site until told to stop, and keeps what was wrong with its answers."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._ended = threading.Event()
        self.answers = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        fetch = build_opener(ProxyHandler({}))
        while not self._ended.is_set():
            path = ADDRESSES[self.answers % len(ADDRESSES)]
            self.answers += 1
            try:
                with fetch.open(self._address + path, timeout=30) as answer:
                    body = answer.read()
                whole = is_whole(body) if path == f"/{FILE}" else body.rstrip().endswith((b"</html>", b"}"))
                if not whole:
                    self.wrong.append(f"{path}: ends with {body[-40:]!r}")
            except (HTTPError, URLError, sqlite3.Error, OSError) as error:
                self.wrong.append(f"{path}: {error}")
            self._ended.wait(0.02)

    def end(self) -> None:
        self._ended.set()
        self.join()


def is_whole(content: bytes) -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        return connection.execute("pragma quick_check").fetchall() == [("ok",)]


@contextmanager
def begun(data: Path) -> Iterator[Popen[str]]:
    """An export that has begun to write; it is waited for at the end."""
    with Popen([*COMMAND, str(data)], cwd=ROOT, text=True, stdout=PIPE, stderr=STDOUT) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("export: "), line + process.stdout.read()
        yield process
        process.communicate()


def test_readers_get_whole_answers_while_exports_are_killed(sample: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for name in (sample.name, FILE):
        shutil.copy(sample.with_name(name), data)
    content = (data / FILE).read_bytes()
    with begun(data) as process:
        start = time.monotonic()
        assert process.stdout is not None and any(line.endswith("written\n") for line in process.stdout)
        longest_s = time.monotonic() - start
    chance, half_written = random.Random(11), 0
    with served(data) as address:
        reader = Reader(address)
        reader.start()
        try:
            for _ in range(pick(all=5, soak=20)):
                with begun(data) as process:
                    time.sleep(chance.uniform(0, 0.8 * longest_s))
                    process.kill()
                half_written += (data / f"{FILE}.part").exists()
                assert (data / FILE).read_bytes() == content, "the old file, or a new one of the same database"
        finally:
            reader.end()
    assert reader.wrong == [] and reader.answers > len(ADDRESSES)
    with begun(data) as process:
        pass
    assert process.returncode == 0
    assert (data / FILE).read_bytes() == content and not list(data.glob("*.part*")), f"of {half_written} left"
