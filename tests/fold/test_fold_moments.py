"""An Act watched through its life: what is told of each moment, and what its page says on every day around it."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from crawler.export import export
from crawler.public.database import FILE, connect
from tests.fold.samples import LAW, LEGISLATION, act, sources
from tests.fold.test_fold_acts import WORDS
from tests.fold.test_fold_application_dates import effects
from tests.fold.test_fold_at_day import FEWER, FORM, around, said, scheduled
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Site, crawl, same
from tests.publish.publish_rows import WHERE, site

pytestmark = pytest.mark.slow

ACT = "ukpga/2015/9001"
ONE, TWO, THREE, FOUR = WORDS
AMENDED = (*ONE[:2], ONE[2].replace("each of its areas", "each district"))
PROSPECTIVE = (*THREE[:2], f"*{THREE[2]}")
LONGER = (*THREE[:2], f"{THREE[2]} The tribunal decides within 28 days.")
INSERTED = ("2A", "Service", "A sample notice under section 2 is served by post.")
RENUMBERED = ("5", *LONGER[1:])
DOTS = ". . . . . . . . . ."

COMMENCED = "S. 2 in force at 1.1.2026 for E.W. by S.I. 2025/9001, art. 2"
"""A note of the publisher on a provision that begins in England and Wales, two months before it does in Scotland."""
NOTES: dict[str, tuple[str, ...]] = {
    "1": ("Words in s. 1 substituted (3.3.2026) by The Sample Areas Order 2026 (S.I. 2026/7), art. 2",),
    "2": (f"{COMMENCED}; S. 2 in force at 9.3.2026 for S. by S.S.I. 2026/9001, art. 2",),
    "2A": ("S. 2A inserted (9.3.2026) by The Sample Areas Order 2026 (S.I. 2026/7), art. 3",),
    "3": ("Words in s. 3 inserted (20.3.2026) by The Sample Appeals Order 2026 (S.I. 2026/8), art. 2",),
    "4": ("S. 4 omitted (9.3.2026) by The Sample Areas Order 2026 (S.I. 2026/7), art. 4",),
    "para": ("Word in Sch. para. 1 substituted (24.3.2026) by The Sample Forms Order 2026 (S.I. 2026/10), art. 2",),
}
MOVED = "S. 3 renumbered as s. 5 (26.3.2026) by The Sample Appeals Order 2026 (S.I. 2026/8), art. 3"
REPEALED = {"1": ("Act repealed (30.3.2026) by The Sample Repeals Order 2026 (S.I. 2026/11), art. 2",)}


def text(
    *sections: tuple[str, str, str],
    valid: str,
    form: str = FORM,
    notes: Mapping[str, tuple[str, ...]],
    unapplied: str = "",
    name: str = "Sample Planning Act 2015",
) -> str:
    """The Act as its publisher gives it: its notes at the numbers of provisions, an effect that is not applied yet."""
    made = scheduled(act(*sections, valid=valid, extent="E+W+S", prelims=False), form)
    made = made.replace('paragraph-1"><Pnumber>1<', 'paragraph-1"><Pnumber>para<')
    commentaries = ""
    for number, words in notes.items():
        ids = [f"key-{number}-{n}" for n in range(len(words))]
        marks = "".join(f'<CommentaryRef Ref="{id}"/>' for id in ids)
        made = made.replace(f"<Pnumber>{number}<", f"<Pnumber>{marks}{number}<")
        for id, note in zip(ids, words, strict=True):
            kind = "I" if "in force" in note else "F"
            commentaries += f'<Commentary id="{id}" Type="{kind}"><Para><Text>{note}</Text></Para></Commentary>'
    made = made.replace(">para</Pnumber>", ">1</Pnumber>").replace(
        "</Legislation>", f"<Commentaries>{commentaries}</Commentaries></Legislation>"
    )
    made = effects(made, ("words inserted", "s. 3", unapplied)) if unapplied else made
    made = made.replace("<dc:title>Sample Planning Act 2015<", f"<dc:title>{name}<")
    return united(made)


def united(words: str) -> str:
    return words.replace("anaw/", "ukpga/").replace("WelshNationalAssemblyAct", "UnitedKingdomPublicGeneralAct")


def moments() -> Iterator[tuple[str, str]]:
    """The day of each crawl, and the Act on it."""
    first: dict[str, tuple[str, ...]] = {"2": (COMMENCED,)}
    later = {name: NOTES[name] for name in ("1", "2", "2A", "4")}
    kept = (AMENDED, TWO, INSERTED)
    gone = (*FOUR[:2], DOTS)
    yield "2026-03-02", text(ONE, TWO, PROSPECTIVE, FOUR, valid="2026-01-01", notes=first)
    yield "2026-03-03", text(AMENDED, TWO, PROSPECTIVE, FOUR, valid="2026-03-03", notes=first | {"1": NOTES["1"]})
    for day, begins in (("2026-03-09", "2026-03-18"), ("2026-03-11", "2026-03-20")):
        yield day, text(*kept, PROSPECTIVE, gone, valid="2026-03-09", notes=later, unapplied=begins)
    later |= {"3": NOTES["3"]}
    yield "2026-03-20", text(*kept, LONGER, gone, valid="2026-03-20", notes=later)
    later |= {"para": NOTES["para"]}
    yield "2026-03-24", text(*kept, LONGER, gone, valid="2026-03-24", form=FEWER, notes=later)
    later |= {"5": (*NOTES["3"], MOVED)}
    yield "2026-03-26", text(*kept, gone, RENUMBERED, valid="2026-03-26", form=FEWER, notes=later)
    ended = [(number, heading, DOTS) for number, heading, _ in (*kept, gone, RENUMBERED)]
    name = "Sample Planning Act 2015 (repealed)"
    yield "2026-03-31", text(*ended, valid="2026-03-30", form=DOTS, notes=REPEALED, name=name)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data, there = tmp_path_factory.mktemp("moments"), Site()
    registry = united(sources(LEGISLATION)).replace(
        "jurisdiction: United Kingdom}", "jurisdiction: United Kingdom, licence: OGL v3.0, copy: public}"
    )
    for day, words in moments():
        there.put(united(LAW), words, media="application/xml")
        crawl(data, there, START + (date.fromisoformat(day) - START.date()), text=registry)
    same(data)
    return data


BY = "by article {} of SI 2026/{}"
TOLD = [
    f"On 3 March 2026, {BY.format(2, 7)}: section 1 changed: “of its areas” became “district”.",
    f"Section 2A inserted on 9 March 2026 {BY.format(3, 7)}. Section 4 omitted on 9 March 2026 {BY.format(4, 7)}.",
    f"On 20 March 2026, {BY.format(2, 8)}: section 3 changed and is now shown as in force (before: not yet).",
    f"On 24 March 2026, {BY.format(2, 10)}: schedule paragraph 1 changed: “ten” became “eight”.",
    f"Section 3 renumbered as section 5 on 26 March 2026 {BY.format(3, 8)}.",
    f"Status: repealed. On 30 March 2026, {BY.format(2, 11)}: section 1 repealed; sections 2, 2A and 5 and schedule"
    " paragraph 1 omitted.",
]


def test_each_moment_is_told_once_with_its_day_and_instrument(watched: Path) -> None:
    with live(watched) as store:
        told = store.all("select summary, occurred from entries where document=? order by seen", ACT)
        assert [each["summary"] for each in told] == TOLD
        days = ["2026-03-03", "2026-03-09", "2026-03-20", "2026-03-24", "2026-03-26", "2026-03-30"]
        assert [each["occurred"] for each in told] == days


IN_PART = "In force in part since 1 January 2026, in England and Wales"
PLAIN = {"section-1": ONE[2], "section-2": TWO[2], "section-3": THREE[2], "section-4": FOUR[2]}
SAID: dict[str, dict[str, str]] = {
    "2025-12-31": {},
    "2026-01-01": {**PLAIN, "schedule-paragraph-1": FORM, "2": IN_PART, "3": "Not in force yet."},
    "2026-03-03": {"section-1": AMENDED[2]},
    "2026-03-09": {"section-2A": INSERTED[2], "section-4": "…", "2": "In force since 9 March 2026.",
                   "2A": "In force since 9 March 2026.", "4": "Omitted on 9 March 2026."},
    "2026-03-20": {"section-3": LONGER[2], "3": ""},
    "2026-03-24": {"schedule-paragraph-1": FEWER},
    "2026-03-26": {"section-3": "", "section-5": LONGER[2]},
    "2026-03-30": {**dict.fromkeys(("section-1", "section-2", "section-2A", "section-5", "schedule-paragraph-1"), "…"),
                   "2": "", "2A": "", "4": ""},
}  # fmt: skip
"""From each day on: what its text says by provision, and how sections stand by number; empty for what is no more."""


def expected(day: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for since, changed in SAID.items():
        found |= changed if since <= day else {}
    return {name: words for name, words in found.items() if words}


@pytest.fixture(scope="module")
def public(watched: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    private = tmp_path_factory.mktemp("public") / "roundup.db"
    with live(watched) as store:
        store.do("vacuum into ?", str(private))
    export(private)
    return private


async def test_the_page_and_the_question_are_right_on_every_day_around_each_boundary(public: Path) -> None:
    there = site(public, WHERE, now=datetime(2026, 4, 1, 12, tzinfo=UTC))
    with closing(connect(public.with_name(FILE))) as connection:
        for boundary in SAID:
            for day in around(boundary):
                wanted = expected(day)
                texts = {path: words for path, words in wanted.items() if "-" in path}
                assert said(connection, ACT, day) == texts, day
                found: Any = BeautifulSoup((await there.client.get(f"/doc/{ACT}?at={day}")).text, "lxml")
                shown = {one["id"]: one for one in found.select(".provision") if one["id"] != "schedule"}
                assert {path: one.select_one(".prov").text.strip() for path, one in shown.items()} == texts, day
                for number, words in wanted.items():
                    if "-" not in number:
                        state = shown[f"section-{number}"].select_one(".state").text
                        assert words.lower() in state.lower(), (day, number)
                assert ("Status in this text: repealed." in found.text) == (day >= "2026-03-30"), day


async def test_a_commencement_that_moved_counts_on_its_last_day_alone(public: Path) -> None:
    """The list read on 9 March had 18 March, that of 11 March 20 March, and the text has it from then."""
    there = site(public, WHERE, now=datetime(2026, 4, 1, 12, tzinfo=UTC))
    for day in ("2026-03-18", "2026-03-19", "2026-03-20"):
        found = (await there.client.get(f"/doc/{ACT}.json?at={day}")).json()
        assert found["at"]["unapplied"]["rows"] == [], day
