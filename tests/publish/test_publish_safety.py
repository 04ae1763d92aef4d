"""Safety first: whom to call stands on every page, before all results, and large where a search asks for help."""

from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup

from crawler.sources.helplines import load_helplines
from tests.publish.publish_asked import page

LINE = "This site cannot take reports or give help. In danger: 999 (UK), 112 (EU). Helplines: 08000 121 700 (UK), all"
HELP = "/search?q=I+am+being+trafficked"


def words(found: Any) -> str:
    return " ".join(found.get_text(" ", strip=True).replace(" ,", ",").replace(" .", ".").split())


@pytest.mark.parametrize("path", ["/", "/search", "/about", "/help", HELP, "/roundup", "/roundup/documents"])
async def test_every_page_says_in_its_foot_whom_to_call(shown: Any, path: str) -> None:
    foot = (await page(shown, path)).select_one("footer")
    assert words(foot).startswith(LINE)
    assert [link["href"] for link in foot.select("a[href^='tel:']")] == ["tel:999", "tel:112", "tel:08000121700"]


async def test_a_page_that_is_not_there_says_it_too(shown: Any) -> None:
    assert words((await page(shown, "/nothing", 404)).select_one("footer")).startswith(LINE)


async def test_a_search_says_it_before_its_results(shown: Any) -> None:
    main = (await page(shown, "/search?q=sample")).select_one("main")
    text = words(main)
    assert text.index(LINE) < text.index(words(main.select_one(".answer h3, .result h3")))
    assert not main.select(".urgent")


@pytest.mark.parametrize(
    "q", ["I am being trafficked", "help", "am nevoie de ajutor", "救命", "my boss has my passport"]
)
async def test_a_search_that_asks_for_help_shows_it_first_and_large(shown: Any, q: str) -> None:
    answer = await shown.client.get("/search", params={"q": q})
    main = BeautifulSoup(answer.text, "lxml").select_one("main")
    first = main.find(True)
    assert first.name == "section" and "urgent" in first["class"]
    assert words(main.select_one("h1")) == "Are you in danger? Call now"
    assert [link["href"] for link in first.select(".call")] == ["tel:999", "tel:112"]
    assert main.select_one(".lines").find_next("h2", id="at-looking") is not None
    assert first.select_one("a[href='#at-looking']") is not None
    assert main.select_one("input[name=q]")["value"] == q


async def test_help_comes_first_where_the_search_cannot_be_made(shown: Any) -> None:
    main = (await page(shown, "/search?q=i+am+locked+in&period=zzz", 404)).select_one("main")
    assert "urgent" in main.find(True)["class"] and "zzz" in words(main.select_one("#at-looking").find_next("p"))
    assert not (await page(shown, "/search?q=sample&period=zzz", 404)).select("main .urgent")


async def test_each_number_has_its_page_and_its_day(shown: Any) -> None:
    main = (await page(shown, "/help")).select_one("main")
    rows = main.select(".lines li")
    for row, helpline in zip(rows, load_helplines().helplines, strict=True):
        assert row.select_one("b a")["href"] == f"tel:{helpline.tel}"
        assert row.select_one(".small a")["href"] == helpline.source.url
        assert (row.select_one("time") is not None) == bool(helpline.checked)
    for advice in load_helplines().advice:
        assert main.select_one(f".urgent a[href='{advice.source.url}']") is not None and advice.words in words(main)


async def test_headings_of_help_go_down_by_one(shown: Any) -> None:
    levels = [
        int(heading.name[1]) for heading in (await page(shown, HELP)).select("main h1, main h2, main h3, main h4")
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
