"""The list of lessons counts what it lists."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup

from tests.publish.publish_rows import CLOCK, NOW, WHERE, copied, site
from tests.publish.publish_toolkit import REPORT, noted, reports

COPY = "url:https://example.org/copy-of-the-report"


async def test_a_report_that_is_there_twice_is_counted_once(database: Path, tmp_path: Path) -> None:
    path, both = tmp_path / "one" / "roundup.db", tmp_path / "two" / "roundup.db"
    path.parent.mkdir()
    both.parent.mkdir()
    with copied(database, path) as world:
        reports(world)
    noted(path)
    with copied(path, both) as world:
        world.document(COPY, "The hidden crime of labour exploitation", kind="report", published="2026-09-02")
        names = [column.name for column in world.db["lessons"].columns if column.name != "document"]
        listed = ", ".join(f'"{name}"' for name in names)
        world.db.execute(
            f"insert into lessons (document, {listed}) select ?, {listed} from lessons where document = ?",
            [COPY, REPORT],
        )
        world.add("duplicates", document=COPY, original=REPORT, relation="copy", seen=CLOCK)
    shown = site(both, WHERE, now=NOW)
    found = BeautifulSoup((await shown.client.get("/recommendations")).text, "lxml")
    (told,) = re.findall(r"findings in (\d+) reports", found.text)
    assert int(told) == len(found.select("a[href*='report=']"))
    home_office = next(one for one in found.select("option") if one.text.startswith("The Home Office"))
    assert home_office.text == "The Home Office (2)", "and not four"
    alone = await shown.client.get("/recommendations", params={"report": COPY})
    assert alone.status_code == 200 and "4 recommendations or findings of what you chose" in alone.text, (
        "by its address it is there"
    )
