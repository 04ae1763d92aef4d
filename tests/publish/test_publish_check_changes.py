"""What a text cites, checked: whose change it is, when it is told, and what only lies ahead."""

from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from crawler.feeds.feed import Feed
from crawler.law import provision_state
from crawler.mcp.desk import Desk
from crawler.mcp.tools import Tools
from crawler.public import documents
from crawler.public.database import FILE, PublicDatabase, connect
from crawler.public.sent import process
from crawler.public.sent.process import Mention, Sent
from crawler.publish.check.answer import Cited, answer
from crawler.publish.check.law import LawOnDay
from tests.publish.publish_checklist import GUIDANCE, LATER, MSA
from tests.publish.publish_rows import CASE, CLOCK, SECRET, World, copied

pytestmark = pytest.mark.slow
TODAY = "2026-12-20"


def cited(database: Path, document: str, provision: str = "", *, day: str = "2026-12-06") -> tuple[Cited, str]:
    """Return one citation answered, with the name of its group."""
    mention = Mention(
        family="page", document=document, name="", provision=provision, words="it", before="", after="", place=""
    )
    with closing(connect(database.with_name(FILE))) as connection:
        found = answer(connection, Sent(mentions=(mention,)), day, TODAY)
    ((title, _, (one,)),) = [group for group in found.groups if group[2]]
    return one, title


def test_what_is_not_reached_in_time_is_counted(with_law: Path) -> None:
    mention = Mention(
        family="page", document=MSA, name="", provision="section-43", words="", before="", after="", place=""
    )
    with closing(connect(with_law.with_name(FILE))) as connection:
        found = answer(connection, Sent(mentions=(mention,), more=2), "2026-12-06", TODAY, seconds=0)
    assert (found.cited, found.more, found.summary) == ((), 3, "3 citations found: 3 not answered.")


def test_ranges_of_one_act_ask_for_each_provision_once(with_law: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.publish.check.law.provision_state", asked := Mock(wraps=provision_state))
    with closing(connect(with_law.with_name(FILE))) as connection:
        held = documents.document(connection, MSA)
        assert held is not None
        stood = LawOnDay(connection, held, "2026-12-06", TODAY)
        for path in ("section-43..section-52", "section-43..section-53", ""):
            stood.standing(path)
    assert sorted(call.args[1] for call in asked.call_args_list) == ["section-43", "section-52"]


def changed(world: World, id: str, document: str, kind: str, path: str = "", **told: Any) -> None:
    world.change(id, document, kind, path, **{"seen": "2026-12-08T10:00:00Z", **told})


def test_guidance_withdrawn_before_it_was_first_read_has_changed(with_law: Path, tmp_path: Path) -> None:
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        world.db.execute(
            "update documents set availability = 'withdrawn', availability_since = '2021-03-01' where id = ?",
            [GUIDANCE],
        )
        changed(world, "w1", GUIDANCE, "withdrawn", occurred="2021-03-01", silent="first walk")
    one, group = cited(path, GUIDANCE, day="2019-05-01")
    told = [(each.words, each.day) for each in one.changes]
    assert ("Withdrawn", "2021-03-01") in told and group == "To look at"
    one, group = cited(path, GUIDANCE, day="2022-05-01")
    assert one.standing.said == "Withdrawn by its publisher on 1 March 2021." and group == "To look at"


def test_what_hangs_on_an_act_is_no_change_of_it(with_law: Path, tmp_path: Path) -> None:
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        world.document(f"{MSA}/impacts", "Impact assessment", parent=MSA, source="law", publisher="parliament")
        changed(world, "w1", f"{MSA}/impacts", "withdrawn")
        changed(world, "w2", f"{MSA}/impacts", "changed", "section-99")
    before, after = cited(with_law, MSA), cited(path, MSA)
    assert after[0].changes == () and after[0].elsewhere == before[0].elsewhere and after[1] == before[1]


def test_what_lies_ahead_has_not_changed_yet(with_law: Path, tmp_path: Path) -> None:
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        changed(world, "f1", MSA, "changed", "section-43", occurred="2027-04-01")
        changed(world, "f2", MSA, "changed", "section-77", occurred="2027-04-01")
    one, group = cited(path, MSA, "section-43")
    assert one.changes == () and one.pending == ("Ahead, on 1 April 2027: Changed.",) and group == "To look at"
    assert cited(path, MSA)[0].elsewhere == cited(with_law, MSA)[0].elsewhere


def test_an_act_of_the_union_that_is_amended_since_its_text_is_to_be_looked_at(with_law: Path, tmp_path: Path) -> None:
    act, eu = "celex:32011L0036", {"kind": "legislation", "source": "law", "publisher": "parliament"}
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        world.document(act, "Directive 2011/36/EU", **eu)
        world.version("eu1", act, [("article-1", "1", "One", "Text.")], captured=CLOCK, valid_from="2011-04-15")
        for id, begins in (("celex:32024L1712", "2024-07-14"), ("celex:32026L0001", "2027-02-01")):
            world.document(id, f"Act of {begins[:4]}", in_force=begins, published="2024-06-24", **eu)
            world.add("relations", document=id, relation="amends", target=act)
        world.document(f"{act}R(01)", "Corrigendum A", published="2026-12-08", **eu)
        world.add("relations", document=f"{act}R(01)", relation="corrects", target=act)
    one, group = cited(path, act, "article-1")
    assert group == "To look at" and one.pending == (
        "Amended by “Act of 2024”, in force from 14 July 2024; no consolidated text held here has that yet.",
        "Amended by “Act of 2027”, not yet in force: from 1 February 2027;"
        " no consolidated text held here has that yet.",
    )
    assert cited(path, act)[0].pending[0] == "Corrected, as if from the beginning: Corrigendum A."
    assert cited(path, act, day="2026-12-09")[0].pending == one.pending
    desk = Desk(feed=Feed(authority="", public_url=""), now=lambda: LATER)
    told = Tools(PublicDatabase(path.with_name(FILE)), desk).at(act, "2026-12-06")
    assert [each.quoted for each in told.pending] == [one.pending[0]]


def test_each_note_of_one_day_is_told(with_law: Path, tmp_path: Path) -> None:
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        for number, note in enumerate(("Section 5 updated.", "Annex added.", "Annex added.")):
            world.add("document_history", document=GUIDANCE, number=number, date="2026-12-08", note=note)
    told = [each.words for each in cited(path, GUIDANCE)[0].changes if each.basis == "note"]
    assert sorted(told) == ["Its publisher notes: Annex added.", "Its publisher notes: Section 5 updated."]


def test_what_is_private_is_told_to_nobody(with_law: Path, tmp_path: Path) -> None:
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        changed(world, "p1", CASE, "changed", "1")
        changed(world, "p2", f"{CASE}/judgment", "changed", "1")
    for provision in ("", "1"):
        one, group = cited(path, CASE, provision)
        assert (one.resolved, group, bool(one.changes)) == ("held", "To look at", True)
        assert SECRET not in str(one)


def test_a_part_is_what_stands_in_it_and_a_provision_is_one_for_all_nations(with_law: Path, tmp_path: Path) -> None:
    path, act = tmp_path / "roundup.db", "ukpga/2031/1"
    told = [
        ("part-1", "Part 1", "First", ""), ("section-1", "1", "One", "Words."),
        ("section-2-for-england-and-wales", "2", "Two", "Words."), ("section-2-for-scotland", "2", "Two", ". . . . ."),
        ("part-2", "Part 2", "Second", ""), ("section-3", "3", "Three", "Words."),
    ]  # fmt: skip
    with copied(with_law, path) as world:
        world.document(act, "Sample Parts Act 2031", kind="act", source="law", publisher="parliament")
        text = {"representation": "structured", "source": "law", "captured": "2026-11-01T10:00:00Z"}
        world.version("parts", act, told, valid_from="2022-01-30", **text)
        changed(world, "p1", act, "changed", "section-2-for-scotland")
    one, _ = cited(path, act, "part-1")
    assert one.standing.said == "In force: 0 of 2 provisions; 1 in part; of 1 nothing is stated."
    assert [change.words for change in one.changes] == ["Section 2 for Scotland: changed, seen on this day"]
    assert cited(path, act, "part-2")[0].changes == ()
    assert cited(path, act)[0].elsewhere == "Since your day it changed in 1 place, the last on 8 December 2026."


def test_that_a_provision_began_for_one_more_nation_is_told(with_law: Path, tmp_path: Path) -> None:
    """By a note alone: not a word of the text changed."""
    step = {"document": MSA, "path": "section-43", "provision": "S. 43", "instrument": "",
            "authority": "S.I. 2026/9001, art. 2", "source": "annotation", "note": "", "is_rest": 0}  # fmt: skip
    nations = (("2016-02-01", "England"), ("2017-02-01", "Wales"), ("2026-12-10", "Scotland"))
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        for place, (day, nation) in enumerate(nations):
            where = {"places": f'["{nation}"]', "qualification": f"({nation[0]}.)"}
            world.add("commencements", **step, **where, position=place, state="in force", date=day)
    one, group = cited(path, MSA, "section-43")
    assert [(each.day, each.basis) for each in one.changes] == [("2026-12-10", "commencement")]
    assert one.changes[0].words == "In force from 10 December 2026 (S.)" and group == "To look at"


def test_an_act_is_not_there_before_its_date_nor_repealed_before_anybody_read_so(
    with_law: Path, tmp_path: Path
) -> None:
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        world.document("ukpga/2025/9", "Sample Act 2025", kind="act", source="law", published="2025-11-20")
        world.document("ukpga/1995/9", "Sample Act 1995", kind="act", source="law", status="repealed")
        changed(world, "r1", "ukpga/1995/9", "status", before="in force", after="repealed")
    assert cited(path, "ukpga/2025/9", "section-1", day="2025-09-01")[0].standing.said == (
        "Not there yet: it is dated 20 November 2025."
    )
    assert cited(path, "ukpga/1995/9", day="2026-12-06")[0].standing.said == (
        "Not known: now repealed, on which day is not stated. What was read before 8 December 2026 did not say so."
    )
    repealed = cited(path, "ukpga/1995/9", day="2026-12-08")[0].standing.said
    assert repealed == "Repealed; on which day is not stated."


def test_guidance_is_known_by_a_name_that_holds_an_act_or_its_author(with_law: Path, tmp_path: Path) -> None:
    statutory = {"kind": "statutory_guidance", "author": "Foxglove Office", "published": "2020-01-01"}
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        world.document("govuk:g", "Modern slavery: guidance under the Modern Slavery Act 2015", **statutory)
        world.version("named", "govuk:g", [("1", "1", "One", "Words.")], label="Version 2.10", captured=CLOCK)
    text = "The Modern Slavery Act 2015 Statutory Guidance v1.0; the Foxglove Office statutory guidance v2.10."
    sent = process.read(text.encode(), "text/plain", process.HeldLaw())
    with closing(connect(path.with_name(FILE))) as connection:
        found = answer(connection, sent, "2026-12-06", TODAY)
    assert [(each.resolved, each.document, bool(each.newer)) for each in found.cited] == [
        ("held", "govuk:g", True), ("held", "govuk:g", False),
    ]  # fmt: skip


OLD = "ssi/2031/9"


@pytest.mark.parametrize(
    ("kind", "state", "said"),
    [
        ("revoked", "repealed", "Revoked on 10 December 2026, by The Later Order, as its publisher lists."),
        ("revoked (except reg. 2)", "in part",
         "Revoked (except reg. 2) on 10 December 2026, by The Later Order, as its publisher lists."),
    ],
)  # fmt: skip
def test_what_the_list_of_effects_ends_is_not_in_force(
    with_law: Path, tmp_path: Path, kind: str, state: str, said: str
) -> None:
    """Also where the text, which is the original one and held in part alone, says nothing of it."""
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        world.document(OLD, "Sample Old Regulations 2031", kind="si", source="law", publisher="parliament")
        text = {"representation": "structured", "source": "law", "label": "made", "partial": 1}
        world.version("old", OLD, [("regulation-2", "2", "Two", "Words.")], captured=CLOCK, valid_from="2020-01-01",
                      **text)  # fmt: skip
        world.add("fetches", id=90, crawl="c3", exchange="y90", url="https://example.org/list", time=CLOCK, digest="y9")
        world.add(
            "effects", id="end", fetch=90, nature="textual", affected=OLD, affected_provision="Regulations", type=kind,
            affected_paths='["whole"]', required=1, applied=0, affecting="ssi/2031/10",
            affecting_title="The Later Order", in_force="2026-12-10", starts='[{"date": "2026-12-10"}]',
        )  # fmt: skip
    for provision in ("", "regulation-7"):
        before, group = cited(path, OLD, provision)
        assert [(each.day, each.basis) for each in before.changes] == [("2026-12-10", "effect")]
        assert group == "To look at" and "Only a part" in before.standing.said + str(before.notes)
        after, group = cited(path, OLD, provision, day="2026-12-11")
        assert (after.standing.state, after.standing.said, group) == (state, said, "To look at")


def test_a_law_of_which_only_the_title_is_held_was_not_checked(with_law: Path, tmp_path: Path) -> None:
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        world.document(OLD, "Sample Old Regulations 2031", kind="si", source="law", publisher="parliament")
        world.document("ssi/2031/11", "As Made", kind="si", source="law", publisher="parliament")
        text = {"representation": "structured", "source": "law", "label": "made", "valid_from": "2020-01-01"}
        world.version("as-made", "ssi/2031/11", [("regulation-1", "1", "One", "Words.")], captured=CLOCK, **text)
    one, group = cited(path, OLD, "regulation-2")
    assert (one.standing.said, group) == ("Its text is not held here.", "Not held here")
    one, group = cited(path, "ssi/2031/11", "regulation-1")
    assert one.notes[0] == "The only text held is the original one, of 1 January 2020."
    assert group == "Without a change seen"


def test_a_page_that_was_not_read_since_the_day_says_so(with_law: Path, tmp_path: Path) -> None:
    with copied(with_law, path := tmp_path / "roundup.db") as world:
        world.db.execute("update documents set checked = '2026-12-01T06:00:00Z' where id = ?", [GUIDANCE])
    said = "Its own page was last read on 1 December 2026, before your day."
    assert said in cited(path, GUIDANCE, day="2026-12-02")[0].notes
    assert said not in cited(path, GUIDANCE, day="2026-12-01")[0].notes
