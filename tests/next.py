"""``make test-next``: whether Datasette's next version serves the folder of ``roundup export --to``.

It runs in an environment of its own, which holds nothing but that version.
"""

import asyncio
import sys
from pathlib import Path

import datasette
from datasette.app import Datasette

PATHS = (
    "/public/latest.json", "/public/by_facet.json?facet=kind&value=act", "/public/search.json?words=trafficking",
    "/public/sections_at.json?document=ukpga/2001/9001&provision=&date=2026-03-10",
    "/public/commencement_of.json?document=ukpga/2001/9001&provision=", "/public/names.json?document=ukpga/2001/9001",
    "/public/changes_of.json?document=ukpga/2001/9001&provision=", "/public/closing.json?day=2026-03-01",
    "/public/coming_into_force.json?day=2026-03-01&topic=", "/public/not_checked.json",
    "/public/entries_for.json?role=local_authority&jurisdiction=&since=2026-01-01",
    "/public/editions_due.json", "/public/documents.json?_size=1", "/public/document_search.json?_search=trafficking",
    "/public/documents.json?_search=trafficking", "/public/announced_entries.json?_size=1",
    "/public/recommendations.json?_size=1",
)  # fmt: skip
NOTHING = "/public/documents.json?_search=zzzz"
REFUSED = "/public/-/query.json?sql=select+1"


async def wrong(folder: Path) -> list[str]:
    """Return what is not answered as it should be."""
    plain = Datasette(config_dir=folder)
    await plain.invoke_startup()
    answers = {path: await plain.client.get(path) for path in PATHS}
    found = [f"{path}: {answer.status_code}" for path, answer in answers.items() if answer.status_code != 200]
    found += [f"{path}: no rows" for path, answer in answers.items() if not found and not answer.json()["rows"]]
    if (await plain.client.get(NOTHING)).json()["rows"]:
        found.append(f"{NOTHING}: rows, although nothing has that word")
    refused = await plain.client.get(REFUSED)
    return found if refused.status_code == 403 else [*found, f"{REFUSED}: {refused.status_code}, not refused"]


if __name__ == "__main__":
    faults = asyncio.run(wrong(Path(sys.argv[1])))
    print("\n".join(faults) or f"datasette {datasette.__version__} serves the folder: {len(PATHS)} questions answered")
    sys.exit(bool(faults))
