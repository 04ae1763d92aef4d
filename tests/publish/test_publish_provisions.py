"""Provisions on the pages: sub-provisions apart, each with an address, compared, and proved."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlite_utils import Database

from crawler.publish.paths import encode
from tests.publish.publish_asked import page
from tests.publish.publish_rows import ACT, ADDRESS, CLOCK, GUIDANCE, NOW, WHERE, copied, site


async def test_sub_provisions_stand_apart_with_an_address_each(shown: Any) -> None:
    found = await page(shown, f"/doc/{ACT}?provision=section-45-1-b")
    section = found.find(id="section-45")
    first = section.find(id="section-45-1")
    inside = {one["id"]: " ".join(one.text.split()) for one in first.select(".sub")}
    assert inside == {"section-45-1-a": "(a) compelled, and", "section-45-1-b": "(b) a sample victim."}
    assert [one["id"] for one in section.select(".prov > .sub")] == ["section-45-1", "section-45-2"]
    assert first.select_one("p").text == "(1) A person is not guilty if—"
    assert first.select_one("a.anchor")["href"] == "#section-45-1" and first.select_one("a.anchor").text == "(1)"
    official = section.find("a", string="Official text")
    assert official["href"] == "https://www.legislation.gov.uk/ukpga/2001/9001/section/45"


@pytest.mark.slow
async def test_an_address_of_a_provision_lasts(shown: Any) -> None:
    for path, part in (
        ("section-1", "section-1"),
        ("section-310-1", "section-301"),
        ("schedule-2-paragraph-3", "section-301"),
    ):
        found = await page(shown, f"/doc/{ACT}?provision={path}")
        assert found.select_one(".provision")["id"] == part and found.find(id=path)
        assert "This text has no" not in found.text
    gone = await page(shown, f"/doc/{ACT}?provision=section-310-9-z")
    assert "This text has no “Section 310(9)(z)”" in gone.text
    assert gone.find("a", string="What is nearest to it")["href"] == "#section-310" and gone.find(id="section-310")
    never = await page(shown, f"/doc/{ACT}?provision=nope")
    assert "This text has no “nope”" in never.text and never.select_one(".provision")["id"] == "section-1"


async def test_what_changed_leads_to_its_provision(shown: Any) -> None:
    def links(block: Any) -> dict[str, str]:
        return {link.text: link["href"] for link in block.select(".meta a")}

    changed, added = (await page(shown, "/entry/aa01")).select(".sec")
    assert links(changed) == {
        "This part of the official page": "https://www.gov.uk/guidance/sample#2",
        "As we read it": f"/doc/{encode(GUIDANCE)}?provision=2#2",
    }
    assert links(added) == {"Annex A: sample form": f"/doc/{encode(GUIDANCE)}/annex-a"}
    law = links((await page(shown, "/entry/aa02")).select_one(".sec"))
    assert law == {
        "Official text of this provision": "https://www.legislation.gov.uk/ukpga/2001/9001/section/45",
        "As we read it": f"/doc/{ACT}?provision=section-45#section-45",
    }
    assert links((await page(shown, "/entry/bb04")).select_one(".sec")) == {}, (
        "a text that we may not show is not linked"
    )
    document = f"/doc/{encode(GUIDANCE)}"
    latest = [one.a and one.a["href"] for one in (await page(shown, document)).select(".sec h3")]
    assert latest == [None, f"{document}?provision=2#2", f"{document}?provision=4#4"], "what was removed stands nowhere"


async def test_an_entry_names_each_capture_it_was_made_of(shown: Any, database: Path) -> None:
    found = await page(shown, "/entry/aa01")
    record = found.find(id="at-record").find_parent("details")
    assert [head.text for head in record.find_all("h3", recursive=False)] == [
        "Sample guidance on identification",
        "https://www.example.org/official/a",
    ], "a file of which no text was read gives what was read no title"
    shown_facts = [[one.text for one in facts.select("dd")] for facts in record.find_all("dl", recursive=False)]
    for number, facts in zip((1, 3), shown_facts, strict=True):
        row = Database(database)["fetches"].get(number)
        assert facts == [
            "24 November 2026 at 10:00 UTC",
            row["url"],
            row["digest"],
            f"File {number}.warc.gz, 9 bytes from byte {1000 + number}",
        ]
    before = [one.text for one in record.find("details").select("dd")]
    assert before[0] == "20 November 2026 at 10:00 UTC" and before[3].startswith("File 2.warc.gz")
    alone = (await page(shown, "/entry/aa02")).find(id="at-record").find_parent("section")
    assert len(alone.select("dl")) == 1 and not alone.select("h3, details details")
    assert "No single page" in (await page(shown, "/entry/aa09")).text
    assert not (await page(shown, "/entry/bb02")).select("#at-record ~ dl a"), "what was taken down is not linked"


async def test_sub_provisions_are_compared_line_by_line(shown: Any) -> None:
    found = await page(shown, f"/doc/{ACT}?from=a1&to=a2")
    block = found.find(id="section-45-changed")
    assert [line.strip() for line in block.select_one(".prov").text.split("\n")] == [
        "45 [removed: Offence 45][added: Defence]",
        "(1) A person [removed: commits offence 45.] [added: is not guilty if—",
        "(a) compelled, and",
        "(b) a sample victim.",
        "(2)] This is a sample.",
    ]
    assert [mark.text for mark in block.select("ins")][1:] == [
        "[added: is not guilty if—", "(a) compelled, and", "(b) a sample victim.", "(2)]",
    ], "line by line, without the indent"  # fmt: skip
    assert [one.text for one in found.select("#at-from option, #at-to option")] == [
        "Wording valid from 1 November 2026", "as enacted, wording valid from 1 July 2001",
    ] * 2  # fmt: skip


async def test_two_versions_are_compared_by_section(shown: Any) -> None:
    found = await page(shown, f"/doc/{encode(GUIDANCE)}?from=g1&to=g2")
    kinds = [tag.find_parent("h3").text for tag in found.select(".sec h3 .tag")]
    assert kinds == ["2 Who acts Changed", "3 Old part Removed", "4 New part Added"]
    assert [mark.text for mark in found.select(".sec del")][:2] == ["[removed: may]", "[removed: 45]"]
    assert "1 section unchanged" in found.text
    turned = await page(shown, f"/doc/{encode(GUIDANCE)}?from=g2&to=g1")
    assert turned.select(".sec") == found.select(".sec"), (
        "the earlier is before the later, whichever is asked for first"
    )
    for one in (found, turned):
        assert [chosen["value"] for chosen in one.select("form.compare option[selected]")] == ["g1", "g2"]
    other = await page(shown, f"/doc/{encode(GUIDANCE)}?from=g0&to=g2")
    assert "cannot be compared" in other.text
    for query in ("from=g1&to=nope", "from=a1&to=a2", "from=g1", "to=g2"):
        await page(shown, f"/doc/{encode(GUIDANCE)}?{query}", 404)


async def test_of_something_new_the_page_is_cited_and_not_the_list_that_named_it(
    database: Path, tmp_path: Path
) -> None:
    path, listed, read = tmp_path / "roundup.db", "d" * 64, "e" * 64
    with copied(database, path) as world:
        for number, role, digest in ((91, "listing", listed), (92, "document", read)):
            place = f"https://law.example/{role}"
            world.add(
                "fetches", id=number, crawl="c3", exchange=f"n{number}", url=place, time=CLOCK, digest=digest, role=role
            )
        world.entry("ff01", ACT, "New: Sample Act", kind="new", document_kind="act", fetch=92, capture_digest=read)
        world.change("ff", ACT, "new", after="Sample Act", fetch=91, entry="ff01", significance="legal effect")
    found = await page(site(path, WHERE, now=NOW), "/entry/ff01")
    digests = [one.text for one in found.select("dl.record code") if len(one.text) == 64]
    assert digests == [read, listed]
    assert f"SHA-256 {read}, and 1 more page read" in found.select_one(".cite").text


async def test_an_older_address_of_a_provision_leads_to_the_new_one(shown: Any) -> None:
    answer = await shown.client.get(f"/doc/{ACT}?at=section-45-1-b&part=2")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/doc/{ACT}?provision=section-45-1-b&part=2"
    odd = await shown.client.get(f"/doc/{encode(ADDRESS)}?at=2-13-01%26x%3D%C3%A9")
    assert odd.status_code == 308 and odd.headers["location"].endswith("?provision=2-13-01%26x%3D%C3%A9")
    for wrong in ("2026-13-01", "2023-02-29", "0000-00-00", "2026-1-1"):
        refused = await shown.client.get(f"/doc/{ACT}?at={wrong}")
        assert refused.status_code == 404 and "is no day: write it as 2026-01-31" in refused.text
    alias = await shown.client.get(f"/doc/{encode('https://www.example.org/old-address')}?provision=2")
    assert alias.status_code == 302 and alias.headers["location"] == f"/doc/{encode(GUIDANCE)}?provision=2"


async def test_a_version_has_an_address(shown: Any) -> None:
    found = await page(shown, f"/doc/{encode(GUIDANCE)}?version=g1")
    text = found.find(id="at-text").find_parent("section")
    assert "Another version than the one shown now: 3.7, read 20 November 2026." in text.text
    assert text.select_one(".notice a")["href"] == f"/doc/{encode(GUIDANCE)}#at-text"
    assert [section["id"] for section in text.select(".provision")] == ["1", "2", "3"]
    assert "may refer within 45 days" in text.text and "must refer" not in text.text
    timeline = [link["href"] for link in found.select(".timeline .version a")]
    assert timeline == [f"/doc/{encode(GUIDANCE)}?version={version}#at-text" for version in ("g2", "g1", "g0")]
    law = await page(shown, f"/doc/{ACT}?version=a1&provision=section-310")
    assert law.find(id="section-310")
    assert law.select_one("nav.pages a")["href"] == f"/doc/{ACT}?version=a1&part=2#at-text"
    assert law.select_one(f".contents a[href='/doc/{ACT}?version=a1&part=1#section-45']")
    enacted = await page(shown, f"/doc/{ACT}?version=a1&provision=section-45")
    assert "A person commits offence 45." in enacted.find(id="section-45").text
    now = await page(shown, f"/doc/{encode(GUIDANCE)}?version=g2")
    assert "Another version" not in now.text
    for id in ("nope", "a1"):
        await page(shown, f"/doc/{encode(GUIDANCE)}?version={id}", 404)


async def test_a_day_leads_to_the_version_of_that_day(shown: Any) -> None:
    async def text(document: str, day: str) -> str:
        found = await page(shown, f"/doc/{encode(document)}?at={day}")
        return " ".join(found.find(id="at-text").find_parent("section").text.split())

    assert "for 31 October 2026: as enacted, wording valid from 1 July 2001" in await text(ACT, "2026-10-31")
    assert "This wording holds from 1 July 2001 to the day before 1 November 2026" in await text(ACT, "2026-10-31")
    assert "for 1 November 2026: Wording valid from 1 November 2026" in await text(ACT, "2026-11-01")
    assert "It is the version shown now." in await text(ACT, "2026-11-01")
    before = await text(ACT, "2001-06-30")
    assert "We hold no version of this text from 30 June 2001: the first one is of 1 July 2001." in before
    assert "Offence 1" not in before
    assert "may refer within 45 days" in await text(GUIDANCE, "2026-11-23"), "what was read last by then"
    assert "must refer within 30 days" in await text(GUIDANCE, "2026-11-24")
    assert "No text of this document has been read" in await text(ADDRESS, "2026-11-24")


async def test_what_was_read_twice_from_one_capture_is_one_version(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        row = next(world.db.query("select * from versions where id = 'g2'"))
        world.add("versions", **{**row, "id": "a-g2", "options_digest": b"other"})
    there = site(path, WHERE, now=NOW)
    found = await page(there, f"/doc/{encode(GUIDANCE)}")
    links = [link["href"].rpartition("=")[2].removesuffix("#at-text") for link in found.select(".timeline .version a")]
    assert links == ["a-g2", "g1", "g0"]
    assert "Another version" not in (await page(there, f"/doc/{encode(GUIDANCE)}?version=a-g2")).text
    assert "It is the version shown now" in (await page(there, f"/doc/{encode(GUIDANCE)}?at=2026-11-24")).text
    compared = await page(there, f"/doc/{encode(GUIDANCE)}?from=g1&to=a-g2")
    assert compared.select_one(".sec h3 a")["href"] == f"/doc/{encode(GUIDANCE)}?provision=2#2"


async def test_since_a_day_or_a_label_of_the_publisher(shown: Any) -> None:
    for since in ("2026-11-23", "v3.7", "Version 3.7"):
        found = await page(shown, f"/doc/{encode(GUIDANCE)}?since={since}")
        told = found.find(id="at-changed").find_parent("section")
        assert told.h2.text.startswith("What changed since")
        assert "must" in told.select_one(".sec ins").text and "Duty word: may → must" in told.text
    late = await page(shown, f"/doc/{encode(GUIDANCE)}?since=2026-11-24")
    assert "The words are the same." in late.text and "We last looked" not in late.text
    early = await page(shown, f"/doc/{encode(GUIDANCE)}?since=2001-01-01")
    assert "the first one that we hold" in early.text
    await page(shown, f"/doc/{encode(GUIDANCE)}?since=9.9", 404)
    for asked in ("since", "at"):
        ahead = await page(shown, f"/doc/{encode(GUIDANCE)}?{asked}=2031-01-01")
        assert "We last looked on 24 November 2026: " in " ".join(ahead.text.split()), "of a later day nothing is known"


async def test_what_texts_and_effects_dispute_stands_above_the_text(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        for n in range(42):
            world.add(
                "effects", id=f"said-{n}", affected=ACT, affected_provision="s. 1", affecting="uksi/2026/1", applied=1,
                type="words omitted", affecting_title="Sample Order", nature="textual", in_force="2026-11-01",
                starts="[]", affected_paths='["section-1"]', seen="2026-11-20", fetch=1,
            )  # fmt: skip
    there = site(path, WHERE, now=NOW)
    found = await page(there, f"/doc/{ACT}?at=2026-11-01")
    assert "In force today" in found.text and "In force today" not in (await page(there, f"/doc/{ACT}")).text
    assert "s. 1: by the list words omitted, by Sample Order; by the text it is the same" in " ".join(
        found.text.split()
    )
    answer = (await there.client.get(f"/doc/{ACT}.json?at=2026-11-01")).json()
    assert {one["id"] for one in answer["at"]["disputed"]["unseen"]} == {f"said-{n}" for n in range(42)}
    assert "2 more are not named here" in found.text


async def test_a_question_with_a_day_leads_to_the_text_of_that_day(shown: Any) -> None:
    async def said(question: str) -> tuple[str, str]:
        found = await page(shown, f"/search?{urlencode({'q': question})}")
        told = next(one for one in found.select("main p") if "that day" in one.text)
        return " ".join(told.text.split()), str(told.a["href"])

    words, there = await said("section 45 sample exploitation act on 31 October 2026")
    assert words.startswith("31 October 2026: its words were other than now, as far as versions are held: from 1 July")
    assert there == f"/doc/{ACT}?at=2026-10-31&provision=section-45#section-45"
    assert "the same as now" in (await said("s. 45 sample exploitation act as at 2026-11-02"))[0]
    assert "the first is of 1 July 2001" in (await said("section 45 of the sample exploitation act on 1.6.2001"))[0]
    plain = await page(shown, "/search?q=section+45+sample+exploitation+act")
    assert "than now" not in plain.text and "same as now" not in plain.text
    answer = (await shown.client.get("/search.json?q=section+45+exploitation+on+31+October+2026")).json()
    assert answer["day"] == "2026-10-31" and answer["then"]["state"] == "other"
