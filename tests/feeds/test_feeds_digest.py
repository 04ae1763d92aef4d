"""Digests: each entry stands in one group, by facts; ours are no duties; nothing of a publisher's is markup."""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import crawler.feeds.digest as package
from crawler.feeds import Entry, Filter, chosen
from crawler.feeds.digest import FORMS, Digest, Gap, Period, Recommendation, grouped, groups
from crawler.feeds.digest.groups import ORDER
from tests.feeds.feeds_entries import ENTRY, FEED, entries
from tests.tiers import examples

PERIOD = Period(since="2026-11-22T23:59:59Z", until="2026-11-29T10:00:00Z")
PLAIN = replace(ENTRY, title="Sample", summary="In short.", url="", look_for=(), told=(), why=(), occurred="")
GAP = Gap(
    name="Sample list", publisher="Sample Office", url="https://s.example/list", since="", last_success="2026-11-20"
)
REPORT = replace(PLAIN, document_kind="report", kind="new")
ALL = Filter()
ROLE = chosen([("role", "local_authority")])


def digest(
    *found: Entry, told: Sequence[Entry] = (), filter: Filter = ALL, closes: Mapping[str, str] | None = None,
    recommended: Sequence[Recommendation] = (), starts: Sequence[str] = (), gaps: tuple[Gap, ...] = (),
    sources: int = 3,
) -> Digest:  # fmt: skip
    listed = grouped(found, told, PERIOD, filter, closes or {}, {ENTRY.document: recommended}, {ENTRY.id: starts})
    return Digest(
        feed=replace(FEED, filter=filter), period=PERIOD, groups=listed, gaps=gaps, sources=sources, clock=PERIOD.until
    )


@pytest.mark.parametrize(
    ("values", "closes", "group"),
    [
        ({"occurred": "2026-11-23"}, "", groups.IN_FORCE),
        ({"occurred": "2026-11-29"}, "", groups.IN_FORCE),
        ({"document_kind": "policy_paper", "kind": "new"}, "", groups.POLICY),
        ({"document_kind": "consultation", "status": "outcome published"}, "", groups.POLICY),
        ({"document_kind": "news", "document_title": "Sample review: government response"}, "", groups.POLICY),
        ({"document_kind": "report", "document_title": "Government response to the sample review"}, "", groups.POLICY),
        ({"occurred": "2026-11-30"}, "", groups.LATER),
        ({"occurred": "2026-11-22"}, "", groups.LAW_OTHERWISE),
        ({"occurred": "9999-12-31"}, "", groups.LAW_OTHERWISE),
        ({"in_force": "2026-11-25"}, "", groups.LAW_OTHERWISE),
        ({"kind": "new", "in_force": "2026-11-25"}, "", groups.IN_FORCE),
        ({"kind": "new", "in_force": "not yet"}, "", groups.LATER),
        ({"kind": "new", "in_force": "not applicable: repealed on 2026-11-25"}, "", groups.LAW_OTHERWISE),
        ({"document_kind": "consultation"}, "2026-11-29", groups.OPEN),
        ({"document_kind": "consultation"}, "2026-11-28", groups.ALSO),
        ({"document_kind": "consultation"}, "2206-11-28", groups.ALSO),
        ({"document_kind": "consultation", "status": "open"}, "", groups.OPEN),
        ({"document_kind": "guidance"}, "", groups.GUIDANCE),
        ({"document_kind": "guidance", "kind": "new"}, "", groups.GUIDANCE_NEW),
        ({"document_kind": "guidance", "kind": "relocated"}, "", groups.ALSO),
        ({"document_kind": "report", "kind": "new"}, "", groups.REPORTS),
        ({"document_kind": "training"}, "", groups.TOOLS),
        ({"document_kind": "page", "facets": {"toolkit": ("training",)}}, "", groups.TOOLS),
        ({"document_kind": "guidance", "kind": "withdrawn"}, "2026-12-24", groups.WITHDRAWN),
        ({"kind": "gone"}, "", groups.GONE),
        ({"document_kind": "news", "kind": "new", "removed": "2026-11-24"}, "", groups.WITHDRAWN),
        ({"state": "withdrawn"}, "", groups.TAKEN_BACK),
        ({"kind": "list"}, "", groups.ALSO),
        ({"document_kind": "news"}, "", groups.ALSO),
    ],
)
def test_each_entry_stands_where_its_facts_put_it(values: dict[str, object], closes: str, group: str) -> None:
    entry = replace(PLAIN, **values)  # type: ignore[arg-type]
    assert [name for name, _ in digest(entry, closes={ENTRY.document: closes}).groups] == [group]


@pytest.mark.parametrize(
    ("starts", "group", "lead"),
    [
        (["2026-11-25", "2026-11-23"], groups.IN_FORCE, "From 23 November 2026 and 25 November 2026"),
        (["2026-11-23", "2026-11-25", "2026-11-26"], groups.IN_FORCE, "From days between 23 November 2026 and"),
        (["2026-10-01", "2026-11-25"], groups.IN_FORCE, "From 25 November 2026"),
        (["2026-10-01", "2027-11-25", "9999-01-01"], groups.LATER, "From 25 November 2027"),
        (["2026-10-01"], groups.LAW_OTHERWISE, "Updated 1 November 2026"),
    ],
)
def test_the_days_of_single_provisions_count(starts: list[str], group: str, lead: str) -> None:
    ((name, (item,)),) = digest(PLAIN, starts=starts).groups
    assert name == group and item.lead.startswith(lead)


@examples(40)
@given(st.lists(entries(), max_size=5))
def test_every_form_has_every_entry_once_and_no_markup_of_others(found: list[Entry]) -> None:
    found = [replace(entry, id=f"{number:040x}", url="") for number, entry in enumerate(found)]
    made = digest(*found, gaps=(GAP,))
    assert made.number == len(found)
    for name, form in FORMS.items():
        shown = form(made)
        assert shown == form(made)
        for entry in found:
            assert shown.count(f"entry/{entry.id}") == 1, name
    seen: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: seen.append(tag)  # type: ignore[method-assign]
    parser.feed(FORMS["html"](made))
    assert not {"script", "img", "iframe", "link"} & set(seen) and seen.count("h1") == 1
    written = MarkdownIt().render(FORMS["markdown"](made))
    assert "<script" not in written and written.count("<h1>") == 1


def test_law_told_before_is_listed_again_on_its_day_and_not_counted() -> None:
    before = replace(PLAIN, id="before", occurred="2026-11-25")
    made = digest(told=[before, replace(PLAIN, id="other", occurred="2027-01-01")])
    assert [(name, [item.entry.id for item in items]) for name, items in made.groups] == [(groups.IN_FORCE, ["before"])]
    assert made.number == 0 and "Told before" in FORMS["text"](made)


def test_a_report_says_what_is_recommended_to_whom_the_filter_is_for() -> None:
    told = (
        Recommendation(number="3", addressee="Local authorities", text="name one “officer” for housing."),
        Recommendation(number="4", addressee="Home Office", text="publish figures."),
    )
    shown = FORMS["text"](digest(REPORT, filter=ROLE, recommended=told)).replace("\n   ", " ")
    assert "REPORTS, WITH WHAT IS RECOMMENDED TO YOU (1)" in shown
    assert "Recommendation 3 is addressed to “Local authorities”: “name one \u2018officer\u2019 for housing.”" in shown
    assert "It has 2 recommendations; 1 other is to others." in shown and "figures" not in shown
    unnamed = (replace(told[0], addressee="", text="Councils name one officer."), told[1])
    assert "Recommendation 3: “Councils name one officer.”" in FORMS["text"](
        digest(REPORT, filter=ROLE, recommended=unnamed)
    )
    assert "in none of them did we find" in FORMS["text"](digest(REPORT, filter=ROLE, recommended=told[1:]))
    unfiltered = FORMS["text"](digest(REPORT, recommended=told))
    assert "WITH WHAT THEY RECOMMEND (1)" in unfiltered and "It has 2 recommendations." in unfiltered


@pytest.mark.parametrize("name", FORMS)
def test_of_many_sources_that_could_not_be_checked_some_are_named(name: str) -> None:
    def told(*gaps: Gap) -> str:
        said = FORMS[name](digest(ENTRY, gaps=gaps, sources=30))
        return " ".join(said[said.lower().index(f"could not be checked ({len(gaps)})") :].split())

    known = tuple(replace(GAP, name=f"List {number}") for number in range(25))
    broken = replace(GAP, name="Broken list", since="2026-11-21")
    many = told(*known, broken)
    assert many.index("Broken list") < many.index("List 0 (") and many.count("last read completely") == 20
    assert "6 more sources: see the page of sources" in many
    assert "List 20 (Sample Office): last read" in told(*known[:21])
    never = [replace(GAP, name=f"New {number}", last_success="") for number in range(3)]
    waiting = "sources not read completely yet: see the page of sources"
    assert f"3 more {waiting}" in told(broken, *never) and f"3 {waiting}" in told(*never)
    assert "New 0 (Sample Office): never read completely" in told(broken, never[0])


@pytest.mark.parametrize(
    ("gaps", "sources", "words"),
    [
        ((), 3, "Nothing new or changed was found (23 to 29 November 2026) in 3 sources, read completely"),
        ((GAP,), 3, "in 2 of 3 sources, read completely as often as planned; 1 could not be checked and may have news"),
        ((GAP,), 1, "None of 1 source could be checked, so nothing is known of this period"),
    ],
)
def test_an_empty_period_says_what_was_checked_in_one_sentence(gaps: tuple[Gap, ...], sources: int, words: str) -> None:
    for name, form in FORMS.items():
        shown = " ".join(form(digest(gaps=gaps, sources=sources)).split())
        assert words in shown and ("Sample list" in shown) == bool(gaps), name


def test_a_period_that_is_over_says_of_which_day_its_sources_are_told() -> None:
    later = replace(digest(gaps=(GAP,)), clock="2026-12-06T10:00:00Z", began="2026-11-01T06:00:00Z")
    assert "So they stood at the newest reading, on 6 December 2026; not in this period." in FORMS["text"](
        later
    ).replace("\n", " ")
    before = FORMS["text"](replace(later, began="2026-12-01T06:00:00Z")).replace("\n", " ")
    assert "Nothing was watched yet in this period" in before and "the first reading was on 1 December 2026." in before


DUTY = re.compile(r"\b(?:must|should|act|acts|acting)\b")
"""Small letters: an Act of Parliament is none."""


def test_nothing_of_ours_tells_anyone_what_to_do() -> None:
    rows: tuple[tuple[str, str, str, Literal["announced", "corrected", "withdrawn"]], ...] = (
            ("a", "act", "changed", "announced"), ("b", "guidance", "new", "announced"),
            ("c", "report", "new", "corrected"), ("d", "training", "withdrawn", "announced"),
            ("e", "news", "gone", "announced"), ("f", "si", "new", "withdrawn"),
    )  # fmt: skip
    everything = [replace(PLAIN, id=name, document_kind=kind, kind=happened, state=state, confirmed=False, late="Late.")
        for name, kind, happened, state in rows]  # fmt: skip
    recommended = (Recommendation(number="1", addressee="Local authorities", text="act: they must, they should"),)
    for filter in (ALL, ROLE):
        for form in FORMS.values():
            shown = form(digest(*everything, filter=filter, recommended=recommended, gaps=(GAP,)))
            assert DUTY.findall(re.sub("“[^”]*”", "", shown)) == []
    for file in Path(package.__file__).parent.glob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)}  # fmt: skip
        said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        assert [words for words in said - docs if DUTY.search(words)] == [], file.name
    assert [name for name in ORDER if DUTY.search(name)] == []
