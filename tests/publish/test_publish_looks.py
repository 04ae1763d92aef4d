"""What a reader of a document would stumble over: letters for words, empty facts, changes without words."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from crawler.publish.paths import encode
from tests.publish.publish_rows import ACT, GUIDANCE, NOW, WHERE, copied, site


async def look(database: Path, path: Path, id: str, **facts: object) -> BeautifulSoup:
    """The page of a document after some of its facts were changed."""
    with copied(database, path) as world:
        for name, value in facts.items():
            world.db.execute(f"update documents set {name} = ? where id = ?", [value, id])
    answer = await site(path, WHERE, now=NOW).client.get(f"/doc/{encode(id)}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def facts(page: BeautifulSoup) -> dict[str, str]:
    return {row.dt.text: " ".join(row.dd.get_text(" ").split()) for row in page.select("dl.facts > div")}


@pytest.mark.parametrize(
    ("extent", "place", "said"),
    [
        ("E+W", "England and Wales", "England and Wales"),
        ("E+W+S+N.I.", "United Kingdom", "United Kingdom Extent: England, Wales, Scotland and Northern Ireland"),
        ("", "United Kingdom", "United Kingdom its publisher\u2019s, where it states no other"),
    ],
)
async def test_an_extent_is_words_and_not_said_twice(
    database: Path, tmp_path: Path, extent: str, place: str, said: str
) -> None:
    page = await look(database, tmp_path / "roundup.db", ACT, extent=extent, jurisdiction=place)
    assert facts(page)["Applies in"] == said


@pytest.mark.parametrize(
    ("id", "in_force", "said"),
    [
        (ACT, "not stated", "not stated"),
        (GUIDANCE, "not stated", None),
        (GUIDANCE, "2026-03-01", "1 March 2026"),
        (ACT, "not applicable", None),
        (ACT, "not applicable: repealed on 2012-04-01", "not applicable: repealed on 1 April 2012"),
        (ACT, "2001-06-01/2003-04-01", "as a whole since 1 April 2003, in parts since 1 June 2001"),
    ],
)
async def test_in_force_is_a_fact_of_law(
    database: Path, tmp_path: Path, id: str, in_force: str, said: str | None
) -> None:
    assert facts(await look(database, tmp_path / "roundup.db", id, in_force=in_force)).get("In force") == said


async def test_other_addresses_are_links(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        world.add("aliases", alias="url:https://example.org/another", document=GUIDANCE)
    page = BeautifulSoup((await site(path, WHERE, now=NOW).client.get(f"/doc/{encode(GUIDANCE)}")).text, "lxml")
    link = page.find("a", href="https://example.org/another")
    assert link is not None and link.text == "https://example.org/another"


async def test_what_was_renumbered_says_where_it_stood(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        old, new = list(
            world.db.query("select id, path from sections where document = ? and newest = 1 limit 2", [ACT])
        )
        world.change(
            "renumbered", ACT, "renumbered", new["path"], before_section=old["id"], after_section=new["id"],
            seen="2099-01-01T00:00:00Z",
        )  # fmt: skip
    page = BeautifulSoup((await site(path, WHERE, now=NOW).client.get(f"/doc/{encode(ACT)}")).text, "lxml")
    told = " ".join(page.find("section", {"aria-labelledby": "at-changed"}).text.split())
    assert "Numbers or headings changed Before: " in told


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [("aa01", "guidance", "not applicable"), ("aa01", "act", "not stated"), ("aa09", "", None)],
)
async def test_an_entry_asks_since_when_only_law_is_in_force(
    database: Path, tmp_path: Path, name: str, kind: str, said: str | None
) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        world.db.execute("update entries set in_force = 'not stated', document_kind = ? where id = ?", [kind, name])
    page = BeautifulSoup((await site(path, WHERE, now=NOW).client.get(f"/entry/{name}")).text, "lxml")
    assert facts(page).get("In force") == said
    if name != "aa09":
        assert f"In force: {said}\n" in page.find("textarea").text, "in its plain forms, too"
    assert ("Licence of the publisher" in page.text) is (name != "aa09"), "what we say ourselves has no publisher"
