"""A loopback site of pages as they are, with menus, nonces and times that change, and what crawls of it cost."""

import json
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.spiders.server import Asked, Reply, Server
from tests.spiders.world import text_of

PAGE_BYTES = 30_000
_MENU = "".join(f'<li><a href="/menu/{k}">Sample menu {k}</a></li>' for k in range(60))


def document(number: int, words: str = "first", visit: int = 0) -> str:
    """Return a page of about 30 KB; ``visit`` is in what changes with each answer and says nothing.

    Of another wording one word of each part is another; of that which is called "one" it is one word of the page.
    """
    head = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="csrf-token" content="{visit:032x}">'
        f"<title>Sample document {number}</title></head><body><header><nav><ul>{_MENU}</ul></nav></header><main>"
        f"<h1>Sample document {number}</h1>"
    )
    text, part = [head], 0
    while sum(map(len, text)) < PAGE_BYTES - 400:
        part += 1
        said = words if words != "one" else "first" if part > 1 else "second"
        text.append(f'<h2 id="part-{part}">Part {part}</h2>')
        text += [
            f"<p>Sample paragraph {part}.{k} of document {number}, in its <em>{said}</em> wording: a first responder "
            f'should write down what was said, and see <a href="/d/{k}">document {k}</a> before a referral.</p>'
            for k in range(6)
        ]
    made = f'<footer><p>Page generated in {visit % 97} ms</p><script nonce="{visit:x}">t({visit})</script></footer>'
    return "".join([*text, "</main>", made, "</body></html>"])


class Site:
    """A server of so many documents and of the feed that lists them, and the data directory of crawls of it."""

    def __init__(self, scratch: Path, count: int) -> None:
        self.count = count
        self.server = Server()
        self.data = scratch / str(count)
        self._sources = scratch / f"{count}.yaml"
        self._wordings: dict[int, str] = {}
        self._visits = 0
        for number in range(count):
            self.server.pages[f"/d/{number}"] = self._page
        self.publish({})
        self._sources.write_text(text_of(self.server), encoding="utf-8")

    def _page(self, asked: Asked) -> Reply:
        self._visits += 1
        number = int(asked.path.rpartition("/")[2])
        body = document(number, self._wordings.get(number, "first"), self._visits).encode()
        return Reply(body=body, headers={"Content-Type": "text/html; charset=utf-8"})

    def publish(self, wordings: dict[int, str], listed: Collection[int] = (), issue: str = "") -> None:
        """Serve other wordings of documents; the feed says of those ``listed`` that an issue is out."""
        self._wordings |= wordings
        self.server.feed(list(range(self.count)), state=dict.fromkeys(listed, issue))

    def first(self) -> dict[str, Any]:
        """Crawl everything for the first time."""
        shutil.rmtree(self.data, ignore_errors=True)
        return self.crawl()

    def crawl(self) -> dict[str, Any]:
        """Crawl in a process of its own, and return what it cost, and how many pages were asked."""
        self.server.clear()
        found = run("ours", str(self.data), str(self._sources))
        asked = self.server.pages_asked()
        return {**found, "asked": len(asked), "documents": len({path for path in asked if path.startswith("/d/")})}

    def nothing_due(self) -> float:
        """Return the processor seconds of a crawl of what is due, where nothing is."""
        given = (f"--data={self.data}", f"--sources={self._sources}")
        self.server.clear()
        command_seconds("crawl", *given)
        self.server.clear()
        seconds = min(command_seconds("crawl", "--due", *given) for _ in range(3))
        if self.server.pages_asked():
            raise AssertionError("something was due")
        return seconds

    def bare(self) -> dict[str, Any]:
        """Ask for the same documents with a bare Scrapy spider."""
        return run("bare", self.server.url, str(self.count))

    def changed(self) -> set[int]:
        """Return the documents of which the last crawl says that they changed."""
        sql = (
            "select distinct d.url from changes c join documents d on d.id=c.document"
            " where c.crawl=(select max(id) from crawls) and c.cause='source'"
        )
        with closing(sqlite3.connect(self.data / "roundup.db")) as store:
            return {int(url.rpartition("/")[2]) for (url,) in store.execute(sql)}

    def database_bytes(self, *tables: str) -> int:
        """Return the bytes of the database, or of some tables with their indexes."""
        sql = "select sum(s.pgsize) from dbstat s left join sqlite_master m on m.name=s.name"
        with closing(sqlite3.connect(self.data / "roundup.db")) as store:
            where = f" where m.tbl_name in {(*tables, '')!r}" if tables else ""
            return int(store.execute(sql + where).fetchone()[0])

    def archive_bytes(self) -> int:
        """Return the size of the archive."""
        return sum(file.stat().st_size for file in (self.data / "archive").rglob("*") if file.is_file())

    def raw_bytes(self) -> int:
        """Return the bytes of all bodies of documents."""
        return sum(len(document(number)) for number in range(self.count))


def command_seconds(*arguments: str) -> float:
    """Run a command of ours, and return its processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "crawler", *arguments], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def run(*arguments: str) -> dict[str, Any]:
    """Run a crawl in a process of its own; return what it cost."""
    command: Sequence[str] = [sys.executable, "-m", "tests.bench.child", *arguments]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found
