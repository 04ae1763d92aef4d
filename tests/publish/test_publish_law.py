"""What the page of a law says of when it applies: no more than what is known, and nothing that holds no more."""

from pathlib import Path
from typing import Any

from tests.publish.publish_asked import page
from tests.publish.publish_rows import ACT, CLOCK, NOW, WHERE, World, copied, site


async def of_the_act(path: Path) -> tuple[dict[str, str], str]:
    """Return what the page of the Act says of its newest changes, by their place, and its timeline."""
    found = await page(site(path, WHERE, now=NOW), f"/doc/{ACT}")
    latest = found.find(id="at-changed").find_parent("section")
    return {one.h3.text.split(" Changed")[0]: words(one) for one in latest.select(".sec")}, words(
        found.select_one(".timeline")
    )


def words(found: Any) -> str:
    return " ".join(found.text.split())


def begun(world: World, number: int, day: str) -> None:
    """Let a provision be in force from a day on which it was prospective before; its text stays."""
    path, text = f"section-{number}", "This sample is as it was."
    same = {"document": ACT, "path": path, "number": str(number), "heading": "Sample", "text": text, "parts": "[]"}
    for name, status in (("before", "prospective"), ("after", "")):
        world.add("sections", **same, status=status, digest=f"{number}-{name}".encode(), newest=0)
    ids = [row["id"] for row in world.db.query("select id from sections where path=? order by id", [path])]
    world.change(
        f"begun-{number}", ACT, "changed", path, before=text, after=text, occurred=day, version="a2", previous="a1",
        before_section=ids[0], after_section=ids[1], position=number, significance="legal effect",
    )  # fmt: skip


async def test_a_law_that_begins_in_parts_shows_the_day_of_each_part(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        begun(world, 901, "2026-11-10")
        begun(world, 902, "2026-11-13")
    latest, timeline = await of_the_act(path)
    assert latest == {
        "Section 901: Sample": "Section 901: Sample Changed"
        " Applies from 10 November 2026.Instrument not stated.[removed: not yet in force][added: in force]",
        "Section 902: Sample": "Section 902: Sample Changed"
        " Applies from 13 November 2026.Instrument not stated.[removed: not yet in force][added: in force]",
    }
    assert "Section 901: Sample (from 10 November 2026); Changed: Section 902: Sample (from 13 Nov" in timeline
    assert "Applies from" not in timeline, "there is no single day"


async def test_parts_that_begin_together_have_one_day(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        begun(world, 901, "2026-11-10")
        begun(world, 902, "2026-11-10")
    latest, timeline = await of_the_act(path)
    assert "Applies from 10 November 2026." in timeline and "(from" not in timeline
    assert not any("Applies from" in one for one in latest.values()), "it stands above them, once"


async def test_a_new_law_does_not_apply_from_its_publication(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        begun(world, 901, "2026-11-10")
        world.change("new", ACT, "new", after="Sample Act", occurred="2001-07-01", seen="2026-11-20T10:00:00Z")
    _, timeline = await of_the_act(path)
    assert "New." in timeline and "1 July 2001" in timeline and "Applies from 1 July 2001" not in timeline


async def test_two_versions_that_differ_in_status_alone_show_the_status(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        begun(world, 901, "2026-11-10")
        same = {"document": ACT, "representation": "structured", "source": "law", "fetch": 1}
        ids = [row["id"] for row in world.db.query("select id from sections where path = 'section-901' order by id")]
        for version, section, day in zip(("c1", "c2"), ids, ("2026-11-01", "2026-11-10"), strict=True):
            said = {"sections": f"[{section}]", "digest": version.encode()}
            world.add("versions", id=version, **same, **said, valid_from=day, captured=CLOCK)
    found = await page(site(path, WHERE, now=NOW), f"/doc/{ACT}?from=c1&to=c2")
    only = found.find(id="at-changed").find_parent("section").select_one(".sec")
    assert words(only.select_one(".prov")) == "[removed: not yet in force][added: in force]"
    assert "Take note: The legal status changed, of the whole or of a provision" in words(only)


async def test_a_provision_that_stands_elsewhere_now_is_no_link(database: Path, tmp_path: Path) -> None:
    """Its words are in another one; what came is there, what left is nowhere under its own name."""
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        for side, name in (("before", "left"), ("after", "came")):
            same = {"document": ACT, "path": f"section-{name}", "number": "", "heading": name.title(), "parts": "[]"}
            world.add(
                "sections", **same, text="Sample words.", status="", digest=name.encode(), newest=int(side == "after")
            )
            (row,) = world.db.query("select id from sections where digest=?", [name.encode()])
            world.change(
                name, ACT, "moved", f"section-{name}", version="a2", previous="a1", **{f"{side}_section": row["id"]},
                position=-1 if side == "before" else 9, significance="editorial",
            )  # fmt: skip
    found = await page(site(path, WHERE, now=NOW), f"/doc/{ACT}")
    shown = found.find(id="at-changed").find_parent("section").select(".sec")
    links = {one.h3.text.split(" Moved")[0]: [link["href"] for link in one.h3.select("a")] for one in shown}
    assert links["Left"] == [] and links["Came"][0].endswith("#section-came")


async def test_two_wordings_are_compared_in_the_verbs_of_their_notes(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        world.db.execute("update sections set text='. . . .', parts='[]' where path='section-45' and newest=1")
        fetch = world.db.execute("select fetch from versions where id='a2'").fetchone()[0]
        world.add(
            "annotations", document=ACT, note="key-1", kind="F", path="section-45", place="number",
            text="S. 45 repealed (1.11.2026) by 2026 c. 9001, s. 2", citations="[]", digest="n", seen=CLOCK,
            fetch=fetch,
        )  # fmt: skip
        world.db.execute("update versions set annotations=(select json_array(max(id)) from annotations) where id='a2'")
    found = await page(site(path, WHERE, now=NOW), f"/doc/{ACT}?from=a1&to=a2")
    assert found.find(id="section-45-omitted").select_one(".tag").text == "Repealed"


async def test_two_versions_far_apart_show_by_what_each_provision_came_about(database: Path, tmp_path: Path) -> None:
    """The reasons are those of the steps between; where no steps lead from one to the other, nothing is said."""
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        same = {"document": ACT, "representation": "structured", "source": "law", "fetch": 1}
        for n, text in enumerate(("Ask.", "Ask them.", "Ask them now."), start=1):
            section = {"path": "section-9", "number": "9", "heading": "Sample", "text": text, "parts": "[]"}
            world.add("sections", document=ACT, **section, status="", digest=f"nine-{n}".encode(), newest=0)
        ids = [row["id"] for row in world.db.query("select id from sections where path='section-9' order by id")]
        for n, section in enumerate(ids, start=1):
            day = f"2026-10-0{n}"
            world.add(
                "versions", id=f"c{n}", **same, sections=f"[{section}]", valid_from=day, captured=f"{day}T10:00:00Z",
                digest=b"%d" % n,
            )  # fmt: skip
        for n in (2, 3):
            world.change(
                f"step-{n}", ACT, "changed", "section-9", version=f"c{n}", previous=f"c{n - 1}", position=n,
                before_section=ids[n - 2], after_section=ids[n - 1], verb="words inserted",
                reasons=f'[["uksi/2026/{n}","regulation-{n}","2026-10-0{n}","annotation"]]',
            )  # fmt: skip
    there = site(path, WHERE, now=NOW)
    both = words((await page(there, f"/doc/{ACT}?from=c1&to=c3")).find(id="at-changed").find_parent("section"))
    assert "By SI 2026/2, Regulation 2; SI 2026/3, Regulation 3." in both
    last = words((await page(there, f"/doc/{ACT}?from=c2&to=c3")).find(id="at-changed").find_parent("section"))
    assert "By SI 2026/3, Regulation 3." in last and "uksi/2026/2" not in last
    apart = words((await page(there, f"/doc/{ACT}?from=a1&to=c3")).find(id="at-changed").find_parent("section"))
    assert "By " not in apart and "Instrument not stated" not in apart
