"""``python -m tests.bench.statements [--each]``: SQL statements that one more document costs the writer, by kind.

Statements are counted, as times are noise: of the fold's records alone, as the slope between two sizes of a world.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from crawler.archive import Exchange
from crawler.ingest import State
from crawler.run import fold
from crawler.store import Store
from tests.fold import world
from tests.fold.samples import guidance
from tests.fold.world import SOURCES, START, Site
from tests.spiders.server import spelled

FEW, MANY = 10, 40
GOVUK = "https://www.gov.uk"


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """Count the statements that the fold runs for answers, by their text without values."""
    counted: Counter[str] = Counter()
    execute, insert_all, apply, is_open = Store._execute, Store.insert_all, fold.apply, [False]

    def counted_execute(store: Store, sql: str, values: Any) -> Any:
        counted[re.sub(r"\(\?(,\?)*\)", "(…)", sql)] += is_open[0]
        return execute(store, sql, values)

    def counted_insert(store: Store, table: str, rows: Any) -> None:
        counted[f"insert into {table}, many"] += is_open[0]
        insert_all(store, table, rows)

    def counted_apply(state: State, record: Any, *reads: Any) -> None:
        is_open[0] = isinstance(record, Exchange)
        try:
            apply(state, record, *reads)
        finally:
            is_open[0] = False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "_execute", counted_execute)
        patch.setattr(Store, "insert_all", counted_insert)
        patch.setattr(fold, "apply", counted_apply)
        yield counted


def pages(count: int, words: str) -> tuple[Site, str]:
    """Return a feed, and the pages it names."""
    site = Site()
    for number in range(count):
        parts = "".join(f"<h2>Part {part}</h2><p>Sample {spelled(number)}.{part}: {words}.</p>" for part in range(8))
        title = f"Sample report {number} on human trafficking"
        site.put(f"https://a.sample.invalid/{number}", f"<html><main><h1>{title}</h1>{parts}</main></html>")
    told = [(f"https://a.sample.invalid/{n}", f"Sample report {n} on human trafficking", words) for n in range(count)]
    site.feed(told)
    return site, SOURCES


def listed(count: int, words: str) -> tuple[Site, str]:
    """Return a feed that is read alone."""
    site, text = pages(count, words)
    return site, text.replace("    follow: true\n", "")


def govuk(count: int, words: str) -> tuple[Site, str]:
    """Return documents of GOV.UK with two notes of change."""
    site, names = Site(), []
    for number in range(count):
        path = f"/government/publications/sample-{number}"
        names.append(path)
        body = "".join(f"<h2>Part {part}</h2><p>Sample {spelled(number)}.{part}: {words}.</p>" for part in range(8))
        notes = [("2026-02-01T09:30:00Z", "First published."), ("2026-02-02T09:30:00Z", f"Now {words}.")]
        made = guidance(
            body, notes=notes, updated="2026-02-02T09:30:00Z", base_path=path, title=f"Sample {number}",
            content_id=f"00000000-0000-4000-8000-{number:012}",
        )  # fmt: skip
        site.put(f"{GOVUK}/api/content{path}", made, media="application/json")
    source = (
        "  - {id: govuk, publisher: sample, kind: guidance, protocol: govuk, url: https://www.gov.uk/, topics:"
        f" [offences_law], expect: {{min: 1}}, options: {{items: [{', '.join(names)}]}}}}\n"
    )
    return site, SOURCES[: SOURCES.index("  - id: news")] + source


KINDS: Mapping[str, Callable[[int, str], tuple[Site, str]]] = {
    "page of a feed": pages, "entry of a feed": listed, "page of GOV.UK": govuk,
}  # fmt: skip


def crawls(make: Callable[[int, str], tuple[Site, str]], count: int) -> list[Counter[str]]:
    """Return the statements of a first crawl, one that finds nothing new, and one that finds all changed."""
    found = []
    with TemporaryDirectory() as folder:
        for day, words in enumerate(("first words", "first words", "other words")):
            site, text = make(count, words)
            with counting() as counted:
                world.crawl(Path(folder), site, START + timedelta(days=day), text=text)
            found.append(counted)
    return found


def cost(make: Callable[[int, str], tuple[Site, str]], few: int = FEW, many: int = MANY) -> list[dict[str, float]]:
    """Return how often one more document has each statement run, in each of the three crawls."""
    both = zip(crawls(make, few), crawls(make, many), strict=True)
    return [{sql: (more[sql] - less[sql]) / (many - few) for sql in more} for less, more in both]


def main() -> int:
    """Print what one more document costs."""
    print(f"statements for one more document, between {FEW} and {MANY}: first crawl, unchanged, all changed")
    for name, make in KINDS.items():
        costs = cost(make)
        print(f"{name:<20}" + "".join(f"{sum(each.values()):>10.1f}" for each in costs), flush=True)
        for day in (0, 2) if "--each" in sys.argv else ():
            for sql, number in sorted(costs[day].items(), key=lambda one: -one[1]):
                print(f"  {day} {number:>6.1f}  {sql[:150]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
