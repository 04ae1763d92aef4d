"""``python -m tests.bench``: prints what a crawl costs, and fails where it costs more than it may."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench import relevance
from tests.spiders.server import Server
from tests.spiders.world import text_of

FEW, MANY, ROUNDS = 200, 1000, 3
SIZE = 30_000
CHANGED = MANY // 50
MOST_RATIO, MOST_MEMORY, MOST_WORKER, MOST_UNCHANGED, MOST_PER_CHANGED = 4.0, 250, 512, 2, 1.2
MIB = 2**20


def document(number: int, words: str = "first") -> str:
    """Return a page of about 30 KB with the furniture that pages have."""
    menu = "".join(f'<li><a href="/menu/{k}">Sample menu {k}</a></li>' for k in range(60))
    head = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Sample document {number}</title></head>'
        f"<body><header><nav><ul>{menu}</ul></nav></header><main><h1>Sample document {number}</h1>"
    )
    text, part = [head], 0
    while sum(map(len, text)) < SIZE - 200:
        part += 1
        text.append(f'<h2 id="part-{part}">Part {part}</h2>')
        text += [
            f"<p>Sample paragraph {part}.{k} of document {number}, in its <em>{words}</em> wording: a first responder "
            f'should write down what was said, and see <a href="/d/{k}">document {k}</a> before a referral.</p>'
            for k in range(6)
        ]
    return "".join([*text, "</main><footer><p>Sample footer</p></footer></body></html>"])


def run(*arguments: str) -> dict[str, Any]:
    """Run a crawl in a process of its own; return what it cost."""
    command = [sys.executable, "-m", "tests.bench.child", *arguments]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


class Bench:
    """Crawls of loopback documents, and what they came to."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._wrong: list[str] = []

    def serve(self, count: int) -> Server:
        """Serve so many documents, and the feed that lists them."""
        server = Server()
        server.feed(list(range(count)))
        for number in range(count):
            server.put(f"/d/{number}", document(number))
        self._sources(count).write_text(text_of(server), encoding="utf-8")
        return server

    def ours(self, server: Server, count: int) -> dict[str, Any]:
        """Crawl so many documents for the first time."""
        shutil.rmtree(self._scratch / str(count), ignore_errors=True)
        server.clear()
        found = self.again(count)
        self._must(len(server.paths("/d/")) == count, f"{count} documents were not asked once each")
        return found

    def _sources(self, count: int) -> Path:
        return self._scratch / f"{count}.yaml"

    def again(self, count: int) -> dict[str, Any]:
        """Crawl the same documents once more."""
        found = run("ours", str(self._scratch / str(count)), str(self._sources(count)))
        self._must(found["outcomes"] == {"news": "healthy"}, f"outcome {found['outcomes']}")
        return found

    def bare(self, server: Server, count: int) -> dict[str, Any]:
        """Ask for the same documents with a bare Scrapy spider."""
        found = run("bare", server.url, str(count))
        self._must(found["got"] == count, f"the bare spider got {found['got']} of {count}")
        return found

    def _must(self, good: bool, else_: str) -> None:
        if not good:
            self._wrong.append(else_)

    def show(self, what: str, value: float, unit: str, most: float | None = None) -> None:
        """Print one figure, and what it may be."""
        limit = "" if most is None else f"   at most {most:g}"
        print(f"{what:<58}{value:>9.2f} {unit:<10}{limit}", flush=True)
        self._must(most is None or value <= most, f"{what}: {value:.2f} {unit}, more than {most}")

    def end(self) -> int:
        """Say what was wrong; return the exit code."""
        print("\n".join(f"WRONG: {each}" for each in self._wrong) or "all within their limits")
        return 1 if self._wrong else 0


def slope(what: str, few: dict[str, Any], many: dict[str, Any]) -> float:
    """Return what one more document costs, in thousandths: what a process costs by itself falls out."""
    return float((many[what] - few[what]) / (MANY - FEW) * 1000)


def least(what: str, rounds: list[tuple[dict[str, Any], dict[str, Any]]]) -> float:
    """Return the least that one more document cost in any round: whatever else the machine does only adds to it."""
    return min(slope(what, few, many) for few, many in rounds)


def main() -> int:
    """Measure, print, and return the exit code. Ours and the bare spider take turns, as machines have their moods."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        bench = Bench(Path(scratch))
        few_server, server = bench.serve(FEW), bench.serve(MANY)
        made: list[tuple[dict[str, Any], dict[str, Any]]] = []
        bare: list[tuple[dict[str, Any], dict[str, Any]]] = []
        for _ in range(ROUNDS):
            made.append((bench.ours(few_server, FEW), bench.ours(server, MANY)))
            bare.append((bench.bare(few_server, FEW), bench.bare(server, MANY)))
        many = made[-1][1]
        ours, parsing, base = least("cpu", made), least("cpu_worker", made), least("cpu", bare)
        size = f"{len(document(0)) / 1000:.0f} KB"
        print(f"{FEW} and {MANY} loopback documents of {size}, delay 0, the least of {ROUNDS} rounds")
        bench.show("CPU of the first crawl, per document, worker included", ours, "ms")
        bench.show("    of that in the parse worker", parsing, "ms")
        bench.show("CPU of a bare Scrapy spider that stores nothing", base, "ms")
        bench.show("ratio", ours / base, "times", MOST_RATIO)
        bench.show("peak memory of the crawl process", many["memory"] / MIB, "MiB", MOST_MEMORY)
        bench.show("peak memory of the parse worker", many["worker"] / MIB, "MiB", MOST_WORKER)
        server.clear()
        again = bench.again(MANY)
        bench.show("CPU of an unchanged re-crawl, in all", again["cpu"], "s")
        bench.show(
            "requests of an unchanged re-crawl, without robots.txt", len(server.pages_asked()), "", MOST_UNCHANGED
        )
        server.clear()
        changed = range(0, MANY, MANY // CHANGED)
        for number in changed:
            server.put(f"/d/{number}", document(number, "second"))
        server.feed(list(range(MANY)), state=dict.fromkeys(changed, "Second issue."))
        bench.again(MANY)
        asked = len(server.pages_asked()) / CHANGED
        bench.show(f"requests per changed document, {CHANGED} of {MANY} changed", asked, "", MOST_PER_CHANGED)
        bench.show("CPU of classifying 100,000 titles", relevance.titles_seconds(), "s", relevance.MOST_SECONDS)
        bench.show("CPU of classifying 1 MB of text", relevance.text_milliseconds(), "ms", relevance.MOST_MILLISECONDS)
        return bench.end()


if __name__ == "__main__":
    sys.exit(main())
