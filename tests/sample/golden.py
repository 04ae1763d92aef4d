"""The golden copies of all entries of the sample world, as readers get them: ``python -m tests.sample.golden`` writes.

Whoever changes how entries read sees in the difference of ``golden/entries.json`` what readers would see. Digests of
captures are left out: they say only that a file of the sample world was edited.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crawler.store import Store
from tests.sample import world
from tests.sample.replayed import packed, replay

FILE = Path(__file__).parent / "golden" / "entries.json"
TEXTS = (
    "id", "kind", "title", "summary", "document", "document_kind", "url", "jurisdiction", "publisher", "source",
    "published", "updated_by_publisher", "occurred", "in_force", "note", "significance", "late", "seen", "state",
    "capture_time", "confirmed",
)  # fmt: skip
LISTS = ("details", "why", "aimed_at", "look_for", "flags", "sure", "copies")


def entries(data: Path) -> list[dict[str, Any]]:
    """Return every entry of a database by what readers get of it: in the order of crawls, then of documents."""
    with Store.open(data / "roundup.db") as store:
        rows = store.all("select * from entries order by crawl, document, kind, id")
        facets = store.all("select entry, facet, value from entry_facets order by entry, facet, value")
    found = []
    for row in rows:
        told: dict[str, Any] = {name: row[name] for name in TEXTS}
        told |= {name: json.loads(row[name]) for name in LISTS}
        told["facets"] = [f"{each['facet']}: {each['value']}" for each in facets if each["entry"] == row["id"]]
        found.append(told)
    return found


def written(found: list[dict[str, Any]]) -> str:
    """Return entries as the text of the file, one fact a line."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Crawl the sample world, and write its entries as the golden copies; 0, or 2 where a crawl failed."""
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        warc = packed(Path(folder))
        for name in world.MOMENTS:
            done = replay(data, warc, name)
            if done.returncode not in (0, 1):
                print(done.stderr, file=sys.stderr)
                return 2
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(written(entries(data)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
