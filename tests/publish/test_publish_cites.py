"""A document shows what it cites and what cites it; what changed in a reading list since a day or a version."""

import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from crawler.public.database import Row
from crawler.publish import since
from crawler.publish.paths import encode
from crawler.publish.stale import told
from tests.publish.publish_asked import page
from tests.publish.publish_checklist import LATER, MSA
from tests.publish.publish_rows import ACT, CASE, GUIDANCE, NEWS, NOW, SECRET, WHERE, copied, site


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


async def listed(shown: Any, since: str, *ids: str) -> dict[str, str]:
    """What is said of each document of a list, by its heading."""
    found = await page(shown, f"/since?{urlencode([*(('doc', id) for id in ids), ('since', since)])}")
    return {one.h2.text: " ".join(one.text.split()) for one in found.select("main section:has(> h2)")}


async def test_each_document_of_a_list_has_what_changed_since_a_day(shown: Any) -> None:
    found = await listed(shown, "2026-11-20", GUIDANCE, ACT, "ukpga/1999/1")
    guidance, act, other = found.values()
    assert "must" in guidance and "Duty word: may → must" in guidance
    assert "This part goes away." in guidance and "New part Added" in guidance
    assert "We saw no change; last checked 24 November 2026" in act
    assert "We hold no document of this id" in other
    assert list(found)[2] == "ukpga/1999/1"
    by_address = await listed(
        shown, "2026-11-20", f"https://roundup.example.org/doc/{encode(GUIDANCE)}?at=2026-11-24#a"
    )
    assert "Duty word: may → must" in next(iter(by_address.values())), "the address of a page names its document"
    later = await listed(shown, "2026-11-25", GUIDANCE)
    assert "We last looked on 24 November 2026: of what changed since 25 November 2026" in next(iter(later.values()))
    (early,) = (await listed(shown, "2001-01-01", GUIDANCE)).values()
    assert "We read it first on 1 November 2026: of what changed before" in early


async def test_a_version_is_that_of_each_document(shown: Any) -> None:
    found = list((await listed(shown, "v3.7", GUIDANCE, ACT)).values())
    assert "must" in found[0]
    assert "No version that we hold is called “v3.7”" in found[1]
    answer = (await shown.client.get(f"/since.json?{urlencode({'doc': GUIDANCE, 'since': '3.7'})}")).json()
    assert [one["id"] for one in answer["documents"]] == [GUIDANCE]
    assert {change["path"] for change in answer["documents"][0]["changes"]} >= {"2"}


async def test_since_a_wording_that_was_read_after_those_that_followed_it(with_law: Path, tmp_path: Path) -> None:
    with copied(with_law, tmp_path / "roundup.db") as world:
        world.db.execute("update versions set captured = '2026-12-10', label = 'enacted' where id = 'l1'")
    there = site(tmp_path / "roundup.db", WHERE, now=LATER)
    (told,) = (await listed(there, "enacted", MSA)).values()
    assert "section 52" in told.lower() and "We saw no change" not in told
    with copied(tmp_path / "roundup.db", tmp_path / "coverage.db") as world:
        world.db.execute("update changes set cause = 'coverage' where document = ?", [MSA])
    there = site(tmp_path / "coverage.db", WHERE, now=LATER)
    for day in ("enacted", "2022-02-01"):
        (told,) = (await listed(there, day, MSA)).values()
        assert "We hold a text from 1 December 2026 on that differs" in told and "We saw no change" not in told


async def test_a_long_list_has_the_words_of_some_changes_alone(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(since, "MAX_WITH_WORDS", 0)
    (told,) = (await listed(shown, "2026-11-20", GUIDANCE)).values()
    assert "New part Added" in told and "This part goes away." not in told and "only the place is told" in told


async def test_the_form_stands_alone_and_what_is_private_stays_so(shown: Any) -> None:
    assert (await page(shown, "/since")).select_one("form textarea[name=doc]")
    found = await page(shown, f"/since?{urlencode({'doc': f'{CASE} {ACT}', 'since': '2020-01-01'})}")
    assert SECRET not in found.text and len(found.select("main section > h2")) == 2
    await page(shown, f"/since?since=2026-01-01&{'&'.join(f'doc=a{n}' for n in range(51))}", 404)
    assert (await shown.client.get("/since.json")).status_code == 404
    (told,) = (await listed(shown, "2023-02-30", GUIDANCE)).values()
    assert "No version that we hold" in told, "a day that is none is no day before which all is known"
    assert (await shown.client.get(f"/doc/{ACT}?since=2023-02-30")).status_code == 404


async def test_a_list_answers_at_once(shown: Any) -> None:
    address = f"/since?{urlencode([('doc', ACT), ('doc', GUIDANCE), ('since', '2026-01-01')])}"
    await page(shown, address)
    before = time.process_time()
    await page(shown, address)
    assert time.process_time() - before < 1.0  # 0.1 on a core by itself, parsing by the test apart
