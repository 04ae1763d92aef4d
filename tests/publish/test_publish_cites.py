"""A document shows what it cites and what cites it, by provision; what is private cites nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler.public.database import Row
from crawler.publish.paths import encode
from crawler.publish.stale import told
from tests.publish.publish_asked import page
from tests.publish.publish_rows import ACT, GUIDANCE, NEWS, NOW, WHERE, copied, site


@pytest.mark.slow
async def test_cites_and_cited_by(database: Path, tmp_path: Path) -> None:
    private = tmp_path / "roundup.db"
    with copied(database, private) as world:
        (path,) = world.db.execute("select path from sections where document = ? and newest", [GUIDANCE]).fetchone()
        for document, cited, provision in (
            (GUIDANCE, ACT, "section-45-1"),
            (GUIDANCE, ACT, "section-1..section-4ZA"),
            (GUIDANCE, "celex:32011L0036", "article-8"),
            (GUIDANCE, "title:Sample Unheld Act 2031", ""),
            (NEWS, ACT, "section-1"),
            (GUIDANCE, "com:2022/732", ""),
        ):
            at = path if document == GUIDANCE else "body"
            world.add("citations", document=document, path=at, cited=cited, provision=provision)
        world.add("aliases", alias="celex:52022PC0732", document=ACT)
    shown = site(private, WHERE, now=NOW)
    citing = (await page(shown, f"/doc/{GUIDANCE}")).find(id="at-cites").find_parent("section").text
    assert "Cites 4" in citing and "section 45(1)" in citing
    assert "732" not in citing  # What is held is named by its title, not by the number it is cited by.
    assert "Directive 2011/36 (CELEX 32011L0036): article 8" in citing and "Sample Unheld Act 2031" in citing
    cited = (await page(shown, f"/doc/{ACT}")).find(id="at-cites").find_parent("section").text
    assert "Cited by 1" in cited and "Section 45(1)" in cited and "Section 1:" not in cited
    assert "Section 1 to section 4ZA" in cited
    asked = (await page(shown, "/search?q=guidance+citing+section+45+of+2001+c.+9001")).find(id="at-cited-by")
    assert "section 45 of Sample Exploitation Act 2001" in asked.text
    assert [link["href"].partition("?")[0] for link in asked.find_parent("section").select("li a")] == [
        f"/doc/{encode(GUIDANCE)}"
    ]
    unheld = (await page(shown, "/search?q=directive+2011/36/EU")).main
    assert "Not held here" in unheld.text and unheld.find("a", href=re.compile("eur-lex.*CELEX:32011L0036$"))
    assert "Sample guidance" in unheld.find(id="at-cited-by").find_parent("section").text


def test_a_passage_to_check_names_the_whole_range_that_it_cites() -> None:
    row: Row = dict.fromkeys(("changed_heading", "changed_number", "verb", "heading", "number", "words"), "")
    row |= {"path": "regulation-2", "changed": "section-9-1", "kind": "modified", "state": "changed"}
    assert told(row | {"provision": "section-1..section-13"})["cites"] == "section 1 to section 13"
    assert told(row | {"provision": ""})["cites"] == ""
