"""``python -m tests.bench [--docs]``: prints what crawls cost, and fails where they cost more than they may.

Times are ratios of one run: our crawls and those of a bare Scrapy spider take turns. ``--docs`` writes the table of
CONTRIBUTING.md anew. Some ten minutes, on a machine that does nothing else; Linux only.
"""

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import relevance
from tests.bench.crawls import Site, command_seconds
from tests.bench.table import Figure, write

FEW, MANY, MOST, PAIRS = 200, 1_000, 10_000, 5
CHANGED = MANY // 50
MIB = 2**20
TEXT = ("sections", "versions")


@dataclass(slots=True)
class Bench:
    """The figures of a run, and what was wrong in it."""

    figures: list[Figure] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def must(self, good: bool, else_: str) -> None:
        """Note what has to hold."""
        if not good:
            self.wrong.append(else_)

    def show(self, what: str, value: float, unit: str = "", most: float | None = None) -> None:
        """Print one figure, and what it may be."""
        figure = Figure(what=what, value=value, unit=unit, most=most)
        self.figures.append(figure)
        print(figure.line(), flush=True)
        self.must(most is None or value <= most, f"{what}: {value:.3g} {unit}, more than {most}")

    def end(self) -> int:
        """Say what was wrong; return the exit code."""
        print("\n".join(f"WRONG: {each}" for each in self.wrong) or "all within their limits")
        return 1 if self.wrong else 0


def slope(what: str, few: dict[str, Any], many: dict[str, Any]) -> float:
    """Return what one more document costs, in thousandths: what a process costs by itself falls out."""
    return float((many[what] - few[what]) / (MANY - FEW) * 1000)


def pairs(bench: Bench, few: Site, many: Site) -> dict[str, Any]:
    """Crawl for the first time, ours and the bare spider in turn; return the last crawl of many."""
    costs: list[dict[str, float]] = []
    for _ in range(PAIRS):
        ours, bare = (few.first(), many.first()), (few.bare(), many.bare())
        bench.must(ours[1]["outcomes"] == {"news": "healthy"}, f"outcome {ours[1]['outcomes']}")
        bench.must((ours[1]["documents"], bare[1]["got"]) == (MANY, MANY), "not every document was asked")
        costs.append({
            "crawl": slope("cpu", *ours), "worker": slope("cpu_worker", *ours), "export": slope("export", *ours),
            "bare": slope("cpu", *bare),
        })  # fmt: skip
    bench.show("a document, first crawl", median(each["crawl"] for each in costs), "ms")
    bench.show("of that the parse worker", median(each["worker"] for each in costs), "ms")
    bench.show("a document, export", median(each["export"] for each in costs), "ms")
    bench.show("a document, bare Scrapy", median(each["bare"] for each in costs), "ms")
    bench.show("first crawl to bare Scrapy", median(each["crawl"] / each["bare"] for each in costs), "times", 3)
    with_export = median((each["crawl"] + each["export"]) / each["bare"] for each in costs)
    bench.show("first crawl with export to bare Scrapy", with_export, "times")
    return ours[1]


def again(bench: Bench, many: Site, first: dict[str, Any]) -> None:
    """Crawl what did not change, what changed little, and what changed in nothing but nonces and times."""
    size, archived = many.database_bytes(), many.archive_bytes()
    bench.show("database and archive to raw bytes", (size + archived) / many.raw_bytes(), "times", 1.2)
    bench.show("peak memory, parse worker", first["worker"] / MIB, "MiB", 300)
    bench.show("unchanged, requests a source", many.crawl()["asked"], "", 2)

    edited = range(0, MANY, MANY // CHANGED)
    many.publish(dict.fromkeys(edited, "second"), edited, "Second issue.")
    asked, told = many.crawl()["asked"], many.changed()
    bench.show("2 % changed, requests a changed document", asked / CHANGED, "", 1.2)
    bench.show("2 % changed, changes not told", len(set(edited) - told), "", 0)
    bench.show("2 % changed, false changes", len(told - set(edited)), "", 0)

    # Of many pages: the file grows by whole pages of its own, each index too.
    many.publish({}, range(MANY), "Third issue.")
    bench.must(many.crawl()["documents"] == MANY, "not every page with another nonce was asked")
    bench.show("other nonces and times, false changes", len(many.changed()), "", 0)
    raw, text = many.raw_bytes(), many.database_bytes(*TEXT)
    size, archived = many.database_bytes(), many.archive_bytes()
    many.publish(dict.fromkeys(range(MANY), "one"), range(MANY), "Fourth issue.")
    many.crawl()
    bench.must(len(many.changed()) == MANY, "not every changed word was told")
    bench.show("a further version, its text to raw bytes", (many.database_bytes(*TEXT) - text) / raw, "times", 0.05)
    bench.show("    with change, entry and fetch", (many.database_bytes() - size) / raw, "times")
    bench.show("    its answer in the archive", (many.archive_bytes() - archived) / raw, "times")


def largest(bench: Bench, site: Site, first: dict[str, Any]) -> None:
    """Crawl many times as many documents, and once more."""
    whole = site.first()
    unchanged = site.crawl()
    bench.must(whole["documents"] == MOST, f"{whole['documents']} of {MOST:,} documents were asked")
    bench.show(f"{MOST:,}: unchanged to first crawl", unchanged["cpu"] / whole["cpu"], "times", 0.05)
    bench.show(f"{MOST:,}: unchanged, requests a source", unchanged["asked"], "", 2)
    bench.show(f"{MOST:,}: peak memory", whole["memory"] / MIB, "MiB", 250)
    bench.show(f"{MOST:,}: memory to that at {MANY:,}", whole["memory"] / first["memory"], "times", 1.3)


def main() -> int:
    """Measure, print, and return the exit code."""
    bench = Bench()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        few, many = Site(Path(scratch), FEW), Site(Path(scratch), MANY)
        first = pairs(bench, few, many)
        again(bench, many, first)
        bench.show("roundup --version, processor", min(command_seconds("--version") for _ in range(3)), "s", 0.1)
        bench.show("nothing due, processor", few.nothing_due(), "s", 0.7)
        largest(bench, Site(Path(scratch), MOST), first)
    bench.show("classifying 100,000 titles", relevance.titles_seconds(), "s", relevance.MOST_SECONDS)
    bench.show("classifying 1 MB of text", relevance.text_milliseconds(), "ms", relevance.MOST_MILLISECONDS)
    if "--docs" in sys.argv:
        write(bench.figures)
    return bench.end()


if __name__ == "__main__":
    sys.exit(main())
