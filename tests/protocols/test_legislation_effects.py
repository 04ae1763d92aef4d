"""Effects on legislation.gov.uk: what they are, which provisions they reach, from when, and what nobody knows."""

import json

import pytest
from lxml import etree

from crawler.identifiers.affected_provisions import affected, covers, order, relation, singly
from crawler.identifiers.effect_types import effect_type
from crawler.law.pieces import reference_end
from crawler.model import Statement
from crawler.protocols.legislation import reach
from crawler.protocols.legislation.effects import effect, unknown_types
from crawler.protocols.legislation.tree import UKM

SITE = "http://www.legislation.gov.uk/id"
ACT = "ukpga/2001/9001"


def stated(provisions: str, inside: str = "", starts: str = "", **attributes: str) -> Statement:
    """Return an effect on the sample Act, with elements inside AffectedProvisions and InForceDates."""
    more = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    element = etree.fromstring(
        f'<ukm:Effect xmlns:ukm="{UKM[1:-1]}" EffectId="key-1" AffectedURI="{SITE}/{ACT}" '
        f'AffectingURI="{SITE}/uksi/2002/9002" AffectedProvisions="{provisions}" {more}>'
        f"<ukm:AffectedProvisions>{inside}</ukm:AffectedProvisions>"
        "<ukm:AffectingTitle>Sample Order</ukm:AffectingTitle>"
        f"<ukm:InForceDates>{starts}</ukm:InForceDates></ukm:Effect>"
    )
    read = effect(element)
    assert isinstance(read, Statement)
    return read


def section(path: str, text: str, tail: str = "", **more: str) -> str:
    attributes = " ".join(f'{name}="{value}"' for name, value in more.items())
    url = f"{SITE}/{ACT}/{path.replace('-', '/', 3)}"
    return f'<ukm:Section Ref="{path}" URI="{url}" {attributes}>{text}</ukm:Section>{tail}'


def paths(provisions: str, inside: str = "") -> list[str]:
    return list(json.loads(stated(provisions, inside).fields["affected_paths"]))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("s. 4(1)-(4)(a)(i)(4)(b)-(7)", ["section-4-1..section-4-4-a-i", "section-4-4-b..section-4-7"]),
        ("s. 4(1)-(3)(9)", ["section-4-1..section-4-3", "section-4-9"]),
        ("s. 26(2)(g)-(i)", ["section-26-2-g..section-26-2-i"]),
        ("s. 85(3)(a)(aa)", ["section-85-3-a", "section-85-3-aa"]),
        ("Sch. 2 para. 23(8)(a)(ii)(bb)", ["schedule-2-paragraph-23-8-a-ii-bb"]),
        ("Sch. 16 para. 34(4)(a) para. 34(4)(b) (c)", [f"schedule-16-paragraph-34-4-{x}" for x in "abc"]),
        ("Sch. 4A para. 6A-6F and cross-heading",
         ["schedule-4A-paragraph-6A..schedule-4A-paragraph-6F", "crossheading:schedule-4A-paragraph-6A"]),
        ("s. 28ZA 28ZB and cross-heading", ["section-28ZA", "section-28ZB", "crossheading:section-28ZA"]),
        ("reg. 26(2)(b)(vii) and preceding word", ["regulation-26-2-b-vii"]),
        ("Sch. 2 Table 1", ["schedule-2"]),
        ("Sch. para. 3", ["schedule-paragraph-3"]),
        ("Sch. 1 Pt. 2 para. 3", ["schedule-1-paragraph-3"]),
        ("Sch. 14, Pt. 1 2 heading", ["schedule-14-part-1", "schedule-14-part-2-heading"]),
        ("paras. 1 and 2 of Schedule 3, s. 4", ["schedule-3-paragraph-1", "schedule-3-paragraph-2", "section-4"]),
        ("s. 5, Sch. 2 para. 3, s. 7", ["section-5", "schedule-2-paragraph-3", "section-7"]),
        ("specified amended provision(s)", []),
        ("Table of Contents", []),
        ("", []),
    ],
)  # fmt: skip
def test_provisions_are_read_as_they_are_printed(printed: str, expected: list[str]) -> None:
    assert affected(printed) == expected


def test_a_hostile_list_of_provisions_is_read_in_linear_time_and_bounded() -> None:
    assert len(affected("s. " + "1(a)(i)-(ii)(b) " * 100_000)) < 10_000
    assert affected("(" * 50_000 + "s. 1") == []


def test_letters_behind_a_number_are_read_in_one_way_however_many_there_are() -> None:
    """Read in every way, thirty of them took hours."""
    run = f"s. 1{'x' * 5_000}_"
    assert affected(run) == [] and reference_end(run) == 0


def test_the_last_provision_is_meant_and_headings_are_their_own() -> None:
    in_schedule = section("schedule-6", "Sch. 6 ") + section("schedule-6-paragraph-10-ba", "para. 10(ba)")
    assert paths("Sch. 6 para. 10(ba)", in_schedule) == ["schedule-6-paragraph-10-ba"]
    crossheading = section("part-5-crossheading-notices", "s. 140 cross-heading")
    assert paths("s. 140 cross-heading", crossheading) == ["crossheading:section-140"]
    assert paths("s. 131 heading", section("part-5-crossheading-notices", "s. 131 heading")) == ["section-131-heading"]
    both = section("section-28A", "s. 28A", " and cross-heading", Missing="true")
    assert paths("s. 28A and cross-heading", both) == ["section-28A", "crossheading:section-28A"]
    assert paths("s. 14 heading", section("section-14", "s. 14", " heading")) == ["section-14-heading"]
    yet_to_come = section("section-163-4A", "s. 163(4A)", FoundRef="section-163")
    assert paths("s. 163(4A)", yet_to_come) == ["section-163-4A"]
    assert paths("Act") == paths("the whole Act") == paths("Regulations") == ["whole"]
    assert paths("specified provision(s)") == []


def test_what_the_publisher_left_out_of_an_address_is_mended() -> None:
    inside = section("schedule-16-paragraph-34-4-a", "Sch. 16 para. 34(4)(a)") + section(
        "paragraph-34-4-b", "para. 34(4)(b)"
    )
    assert paths("x", inside) == ["schedule-16-paragraph-34-4-a", "schedule-16-paragraph-34-4-b"]
    assert paths("x", section("section-147-schedule-11", "Sch. 11", FoundRef="section-147")) == ["schedule-11"]
    assert paths("x", section("section", "s. 146(1)(defn.)(a)")) == ["section-146-1"]
    one = section("schedule-8-paragraph-5-a-c", "Sch. 8 para. 5(a)-(c)", " and words")
    assert paths("x", one) == ["schedule-8-paragraph-5-a..schedule-8-paragraph-5-c"]


def test_a_range_is_counted_as_the_law_counts() -> None:
    assert sorted(["28A", "29", "28ZA", "28", "A1", "1", "28AA", "28B"], key=order) == [
        "A1", "1", "28", "28ZA", "28A", "28AA", "28B", "29",
    ]  # fmt: skip
    named = ["section-40-4-b..section-40-7"]
    assert covers(named, "section-40-5-a") and covers(named, "section-40") and not covers(named, "section-40-8")
    assert relation("section-28ZA..section-30", "section-28A-2") == "inside"
    assert not covers(["section-2..section-4"], "schedule-3") and not covers(["section-2..section-4"], "section-5")
    assert singly(["section-1..section-900"]) == ["section-1", "section-900"]


DATED = '<ukm:InForce Date="2026-04-07" Applied="true" Qualification="{}"/>'
PROSPECT = '<ukm:InForce Applied="false" Prospective="true" Qualification=""/>'


def test_prospective_falls_where_a_day_says_that_nothing_is_left_to_come() -> None:
    def in_force(qualification: str, other: str = "") -> str:
        dated = DATED.format(qualification).replace("/>", f' OtherQualification="{other}"/>')
        return stated("s. 1", starts=PROSPECT + dated).fields["in_force"]

    for qualification in ("wholly in force", "in force in so far as not already in force", "Wholly in force"):
        assert in_force(qualification) == "2026-04-07"
    assert in_force("for specified purposes") == in_force("") == "2026-04-07, prospective"
    assert in_force("Other", "for E. in so far as not already in force") == "2026-04-07, prospective"
    assert stated("s. 1", starts=PROSPECT).fields["in_force"] == "prospective"
    assert stated("s. 1").fields["in_force"] == "" and stated("s. 1").fields["starts"] == "[]"


def test_each_day_has_its_qualification_and_what_commences_it() -> None:
    commencing = (
        '<ukm:InForce Date="2026-05-01" Qualification="Other" OtherQualification="at 5.40 p.m." Comments="Sample note" '
        f'CommencingURI="{SITE}/uksi/2026/323"><ukm:CommencingProvisions><ukm:Section>reg. 4(1)</ukm:Section>'
        "</ukm:CommencingProvisions></ukm:InForce>"
    )
    fields = stated("s. 1", starts=commencing + DATED.format("for specified purposes")).fields
    assert json.loads(fields["starts"]) == [
        {"date": "2026-04-07", "qualification": "for specified purposes", "applied": "true"},
        {
            "date": "2026-05-01", "qualification": "at 5.40 p.m.", "instrument": "uksi/2026/323",
            "provision": "reg. 4(1)", "note": "Sample note",
        },
    ]  # fmt: skip
    assert fields["in_force"] == "2026-04-07, 2026-05-01" and fields["affecting_title"] == "Sample Order"


@pytest.mark.parametrize(
    ("words", "head", "nature"),
    [
        ("Inserted", "inserted", "textual"),
        ("word omitted by virtue of S.I. 2019/93, Sch. 1 para. 9(1C)(a) (as inserted)", "words omitted", "textual"),
        ("repealed in part", "repealed", "textual"),
        ("entry inserted", "entries inserted", "textual"),
        ("s. 54 renumbered as s. 54(1)", "renumbered", "textual"),
        ("Commencement Order", "commencement order", "commencement"),
        ("applied in part (with modifications) by S.I. 2003/2426, reg. 31 (as substituted)", "applied", "modification"),
        ('definition of "sample" extended', "extended", "modification"),
        ("transfer of functions in relation to Scotland", "transfer of functions", "modification"),
        ("expiry of earlier affecting provision 2020 c. 7, Sch. 12", "earlier effect", "earlier"),
        ("substututed", "", ""),
        ("", "", ""),
    ],
)
def test_the_head_of_a_type_is_found_and_what_it_is(words: str, head: str, nature: str) -> None:
    known = effect_type(words)
    assert (known.head, known.nature) == (head, nature)


def test_a_type_that_nobody_knows_is_kept_and_told_once() -> None:
    read = [stated("s. 1", Type=words) for words in ("substututed", "", "substututed", "repealed")]
    assert [each.fields["type"] for each in read] == ["substututed", "", "substututed", "repealed"]
    (problem,) = unknown_types(read)
    assert (problem.kind, problem.detail) == ("unknown effect type", "'substututed'; not stated")
    (many,) = unknown_types(stated("s. 1", Type=f"sampled {number}") for number in range(40))
    assert many.detail.endswith("; 30 more") and len(many.detail) < 300


def test_an_entry_without_a_day_says_nothing() -> None:
    element = etree.fromstring(
        f'<ukm:Effect xmlns:ukm="{UKM[1:-1]}"><ukm:InForceDates><ukm:InForce Date="2026-02-30"/>'
        "</ukm:InForceDates></ukm:Effect>"
    )
    assert reach.in_force(element) == [] and reach.paths(element, "AffectedProvisions") == []
