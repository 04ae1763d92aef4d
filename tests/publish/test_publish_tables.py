"""The data as tables: described, in an order for people, and nothing that is not meant to be read."""

import csv
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from crawler.public.database import FILE
from crawler.public.schema import tables as described
from crawler.public.schema import views
from crawler.publish.paths import encode
from tests.publish.publish_asked import page
from tests.publish.publish_rows import GUIDANCE

pytestmark = pytest.mark.slow


async def test_every_table_is_shown_and_described(shown: Any) -> None:
    for table in (*described(), *views()):
        found = await page(shown, f"/roundup/{table.name}")
        assert table.one_row in found.text
        names = {term.text: term.find_next("dd").text for term in found.select("details.columns dt")}
        assert names == table.columns
    listed = (await page(shown, "/roundup")).text
    assert all(table.one_row in listed for table in described())


async def test_a_sheet_of_a_table_has_all_its_rows(shown: Any, database: Path) -> None:
    counted = {table.name: table.count for table in Database(database.with_name(FILE)).tables if "_" not in table.name}
    name, number = max(counted.items(), key=lambda pair: pair[1])
    assert number > shown.setting("default_page_size"), name
    for asked, lines in (("", number), ("?_size=max", number), ("?_size=2", 2)):
        answer = await shown.client.get(f"/roundup/{name}.csv{asked}")
        assert len(list(csv.reader(answer.text.splitlines(keepends=True)))) == lines + 1, asked


async def test_search_indexes_are_no_tables_to_read(shown: Any, database: Path) -> None:
    names = Database(database.with_name(FILE)).table_names()
    hidden = [name for name in names if "_fts" in name]
    assert len(hidden) == 15, "five of each index"
    for name in hidden:
        await page(shown, f"/roundup/{name}", 403)
        assert (await shown.client.get(f"/roundup/{name}.json")).status_code == 403


async def test_tables_show_first_what_people_look_for(shown: Any) -> None:
    async def heads(table: str) -> list[str]:
        return [head.text.partition("\xa0")[0] for head in (await page(shown, f"/roundup/{table}")).select("thead th")]

    assert (await heads("changes"))[:4] == ["seen", "kind", "document", "path"]
    assert (await heads("entries"))[:3] == ["announced", "title", "summary"]
    assert (await heads("documents"))[:2] == ["title", "kind"]
    rows = (await page(shown, "/roundup/changes?id=ch1")).select("tbody tr")
    assert [cell.text for cell in rows[0].select("td")][1:4] == ["changed", "Sample guidance on identification", "2"]
    assert rows[0].select("td")[2].a["href"] == f"/doc/{encode(GUIDANCE)}"
    columns = (await shown.client.get("/roundup/changes.json?_size=1")).json()["columns"]
    assert columns == list({table.name: table for table in described()}["changes"].columns), (
        "machines get them as described"
    )
    row = await page(shown, "/roundup/changes/ch1")
    assert [term.text for term in row.select("dl.row dt")][:3] == ["seen", "kind", "document"]


async def test_only_what_is_described_is_listed(shown: Any) -> None:
    listed = (await page(shown, "/roundup")).select("#at-world ~ dl > div, #at-reading ~ dl > div")
    assert len(listed) == len(described()) + len(views()), "every table, and the views"
    for one in listed:
        assert one.dd.text.startswith("One row is"), one.dt.text


async def test_a_sheet_that_is_cut_says_so(shown: Any) -> None:
    many = "with recursive n(x) as (select 1 union all select x + 1 from n where x < 2000) select x, x from n"
    cut = (await shown.client.get("/roundup.csv", params={"sql": many})).text.splitlines()
    assert len(cut) == 1002 and cut[1000] == "1000,1000" and "an answer ends after 1,000 rows" in cut[1001]
