"""Blocks series, collections, judgments and by_hand: every value read, every mistake told, old files read leniently."""

import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import SourcesError
from crawler.sources import (
    ByHand,
    Collection,
    Curated,
    Judgment,
    Judgments,
    KeptByHand,
    Series,
    is_edition,
    load,
    loads,
    neutral_citations,
)
from crawler.sources import registry_of_archive as read_leniently

FILE = """
publishers: {p: {name: P, jurisdiction: UK}}
sources:
  - {id: a, publisher: p, kind: report, protocol: feed, url: "https://example.org/a", expect: {}}
  - {id: b, publisher: p, kind: news, protocol: feed, url: "https://example.org/b", expect: {}}
"""
SERIES = "series:\n  - {id: s, name: Sample, publisher: p, sources: [a, b], title: sample report, every: 365d}\n"
COLLECTIONS = "collections:\n  - {id: c, name: Sample, about: A sample., documents: [ukpga/2020/29], sources: [a]}\n"
ENTRY = (
    'citation: "[2018] EWCA Crim 667", court: Court of Appeal, date: 2018-03-28,'
    " url: 'https://caselaw.nationalarchives.gov.uk/ewca/crim/2018/667', provisions: [\"Act, section 45\"]"
)
JUDGMENTS = f"judgments:\n  reviewed: 2026-11-24\n  list:\n    - {{{ENTRY}}}\n"
BY_HAND = """by_hand:
  reviewed: 2026-11-24
  list:
    - {title: Sample, publisher: p, date: 2019-05, url: "https://closed.example/a", reason: closed}
"""


def problems(text: str) -> list[str]:
    with pytest.raises(SourcesError) as caught:
        loads(FILE + text, "f")
    return caught.value.problems


def test_every_value_is_read() -> None:
    given = loads(
        FILE + SERIES.replace("365d", "365d, late: 2w, kind: statistics, note: n") + COLLECTIONS + JUDGMENTS + BY_HAND,
        "f",
    )
    assert given.curated == Curated(
        series=(
            Series(
                id="s", name="Sample", publisher="p", sources=("a", "b"), title="sample report",
                every=timedelta(days=365), late=timedelta(days=14), kind="statistics", note="n",
            ),
        ),
        collections=(
            Collection(id="c", name="Sample", about="A sample.", documents=("ukpga/2020/29",), sources=("a",)),
        ),
        judgments=Judgments(
            reviewed="2026-11-24",
            kept=(
                Judgment(
                    citation="[2018] EWCA Crim 667", court="Court of Appeal", date="2018-03-28",
                    url="https://caselaw.nationalarchives.gov.uk/ewca/crim/2018/667", provisions=("Act, section 45",),
                ),
            ),
        ),
        by_hand=ByHand(
            reviewed="2026-11-24",
            kept=(
                KeptByHand(
                    title="Sample", publisher="p", date="2019-05", url="https://closed.example/a", reason="closed"
                ),
            ),
        ),
    )  # fmt: skip
    assert loads(FILE, "f").curated == Curated()
    (series,) = loads(FILE + SERIES, "f").curated.series
    assert series.late == timedelta(days=30)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("id: s", "id: S!", "is no id; expected at most 64"),
        ("publisher: p", "publisher: q", "series.s.publisher: 'q'; expected an entry of the block publishers"),
        ("sources: [a, b]", "sources: [a, bb]", 'expected an entry of the block sources; did you mean "b"?'),
        ("sources: [a, b]", "sources: []", "series.s.sources: a list; expected a length of at least 1"),
        ("title: sample report", "title: '(a+)+'", "series.s.title: '(a+)+' repeats what repeats already"),
        ("title: sample report", "title: '('", "is no regular expression"),
        ("title: sample report", "title: 'x*'", "matches the empty text"),
        ("every: 365d", "every: 12h", "series.s.every: '12h'; expected at least 1d"),
        ("every: 365d", "every: yearly", "'yearly' is no duration"),
        ("every: 365d", "each: 365d", "series.s.each: unknown key; expected one of id, name, publisher, sources"),
        ("every: 365d", "every: 1d, kind: colour", "'colour' is no kind"),
        ("every: 365d", "every: 1d, late: soon", "'soon' is no duration"),
        ("documents: [ukpga/2020/29]", "documents: [Act]", "'Act' is no id of a document"),
        ("documents: [ukpga/2020/29]", "documents: ['a/b c']", "'a/b c' is no id of a document"),
        ("documents: [ukpga/2020/29], sources: [a]", "sources: []", "empty; expected documents, sources, or both"),
        ("reviewed: 2026-11-24", "reviewed: lately", "judgments.reviewed: 'lately' is no date"),
        ("reviewed: 2026-11-24\n  list", "list", "judgments.reviewed: missing"),
        ("EWCA Crim 667", "EWCA 667", "is no neutral citation of a UK court"),
        ("EWCA Crim 667", "EWHC 667", "is no neutral citation of a UK court"),
        ("EWCA Crim 667", "UKSC Crim 667", "is no neutral citation of a UK court"),
        ("EWCA Crim 667", "EWCA Crim 668", "expected https://caselaw.nationalarchives.gov.uk/ewca/crim/2018/668"),
        ("2018-03-28", "2018-02-30", "'2018-02-30' is no date"),
        ("2018-03-28", "2015-03-28", "expected a day of about the year of [2018] EWCA Crim 667"),
        ("2018-03-28", "2015", "2015; expected a day of about the year of [2018] EWCA Crim 667"),
        ("2018-03-28", '""', "'' is no date; expected one such as 2019, 2019-05 or 2019-05-23"),
        ("https://caselaw.nationalarchives.gov.uk", "https://www.bailii.org", "expected an https address"),
        ("https://caselaw.nationalarchives.gov.uk", "http://caselaw.nationalarchives.gov.uk", "expected an https"),
        ('provisions: ["Act, section 45"]', "provisions: []", "provisions: a list; expected a length of at least 1"),
        ('["Act, section 45"]', '["Act, section 45"], note: R v Somebody', "'R v Somebody' names parties"),
        ("publisher: p, date", "publisher: q, date", "publisher: 'q'; expected an entry of the block publishers"),
        ("date: 2019-05", "date: May 2019", "'May 2019' is no date; expected one such as 2019, 2019-05"),
        ("date: 2019-05", "date: 2019-13", "is no date"),
        ("reason: closed", "reason: shut", "reason: 'shut'"),
        ("reason: closed", "reasons: closed", 'did you mean "reason"?'),
        ("date: 2019-05", "date: 2019, copies: [{url: x, whose: ours}]", "copies[1].url: not an absolute"),
        ("court: Court of Appeal,", "", "judgments.list[1].court: missing; it is required"),
    ],
)  # fmt: skip
def test_every_mistake_is_told_with_its_place(old: str, new: str, wanted: str) -> None:
    text = SERIES + COLLECTIONS + JUDGMENTS + BY_HAND
    assert old in text
    found = problems(text.replace(old, new))
    assert any(wanted in line for line in found), found
    assert all(line.startswith("f:") for line in found)


def test_what_stands_twice_and_blocks_of_another_shape() -> None:
    twice = SERIES + SERIES.partition("\n")[2] + COLLECTIONS + COLLECTIONS.partition("\n")[2] + JUDGMENTS
    found = problems(twice + f"    - {{{ENTRY}}}\n")
    assert [line.partition(": ")[2] for line in found] == [
        "series.s.id: stands twice; expected one of its own",
        "collections.c.id: stands twice; expected one of its own",
        "judgments.list[2].citation: stands twice; expected one of its own",
    ]
    year = BY_HAND.replace("2019-05", "2019")
    for first, second in ((BY_HAND, BY_HAND), (year, year.replace("2019", '"2019"'))):
        (again,) = problems(first + second.splitlines()[-1])
        assert again.endswith("list[2].title: stands twice with this publisher and date; expected one of its own")
    assert problems("series: {a: b}\ncollections: 7\njudgments: []\n") == [
        "f:6: series: a mapping; expected a list",
        "f:7: collections: 7; expected a list",
        "f:8: judgments: a list; expected a mapping",
    ]


def test_a_mistake_in_one_block_does_not_hide_another() -> None:
    found = problems(SERIES.replace("365d", "never") + COLLECTIONS.replace("[a]", "[x]") + JUDGMENTS)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("citation", "path"),
    [
        ("[2021] UKSC 9", "/uksc/2021/9"),
        ("[2018] EWCA Civ 98", "/ewca/civ/2018/98"),
        ("[2018] EWCA Crim 667", "/ewca/crim/2018/667"),
        ("[2021] EWHC 2722 (Admin)", "/ewhc/admin/2021/2722"),
        ("[2019] UKUT 197 (IAC)", "/ukut/iac/2019/197"),
        ("[2022] EAT 4", "/eat/2022/4"),
    ],
)
def test_citations_lead_to_their_judgment(citation: str, path: str) -> None:
    assert neutral_citations.citation(citation) == citation and neutral_citations.path(citation) == path


@pytest.mark.parametrize(
    "wrong",
    ["2018 EWCA Crim 667", "[2018] EWCA Crim", "[2018] 1 WLR 667", "[2018] EWHC 12 (Nowhere)", "[1818] UKSC 1",
     "[2018] EWCA Crim 0", "[2018]  UKSC 1", "[2018] UKSC 1 (Admin)", "[2018] ECHR 132", 7, None],
)  # fmt: skip
def test_what_is_no_citation(wrong: object) -> None:
    with pytest.raises(ValueError, match="is no neutral citation"):
        neutral_citations.citation(wrong)


def test_a_title_is_that_of_an_edition() -> None:
    pattern = "(National Referral Mechanism|NRM).*statistics.*(quarter|January to March)"
    assert is_edition(pattern, "Modern Slavery: NRM and DtN statistics, January to March 2025")
    assert is_edition(pattern, "national referral mechanism statistics UK, Quarter 3 2020")
    assert not is_edition(pattern, "Modern Slavery: NRM statistics, end of year summary 2023")
    assert not is_edition("end$", "x" * 5000 + " end"), "a title of any length takes no longer than a page of it"


EDITIONS = {
    "nrm-statistics-quarterly": (
        "Modern Slavery: National Referral Mechanism and Duty to Notify statistics UK, Quarter 3 2020",
        "National Referral Mechanism statistics quarter 2 2019: April to June",
        "Modern Slavery: NRM and DtN statistics, January to March 2025",
    ),
    "nrm-statistics-annual": (
        "Modern Slavery: National Referral Mechanism and Duty to Notify statistics UK, end of year summary 2020",
        "Modern Slavery: NRM and DtN statistics, end of year summary 2024",
    ),
    "uk-annual-report-modern-slavery": ("2021 UK Annual Report on Modern Slavery (accessible version)",),
    "iasc-annual-report": ("Independent Anti-Slavery Commissioner's annual report 2021 to 2022",),
    "iasc-strategic-plan": ("Independent Anti-Slavery Commissioner: Strategic Plan 2024-2026",),
    "glaa-annual-report": ("GLAA annual report and accounts 2022 to 2023",),
    "fair-work-agency-annual-report": ("Fair Work Agency annual report 2026 to 2027",),
    "labour-market-enforcement-strategy": ("United Kingdom Labour Market Enforcement Strategy 2025 to 2026",),
    "empact-results": (
        "EMPACT 2023 results",
        "European Multidisciplinary Platform Against Criminal Threats: factsheet",
    ),
    "eu-socta": ("European Union serious and organised crime threat assessment 2021", "EU SOCTA 2025"),
    "europol-annual-report": ("Europol consolidated annual activity report 2024",),
    "eurojust-annual-report": ("Eurojust annual report 2024",),
    "commission-progress-report": (
        "Third report on the progress made in the fight against trafficking in human beings",
    ),
    "greta-united-kingdom": ("GRETA country report on United Kingdom, evaluation round 3 (2021)",),
    "greta-general-report": ("10th General report on GRETA's activities",),
    "us-tip-report": ("2025 Trafficking in Persons Report",),
    "eurostat-trafficking": ("Trafficking in human beings (crim_thb)",),
}
"""Titles of editions, most of them as they were published."""
OTHERS = {
    "nrm-statistics-quarterly": ("Modern Slavery: NRM and DtN statistics, end of year summary 2024",),
    "iasc-annual-report": ("2021 UK Annual Report on Modern Slavery",),
    "labour-market-enforcement-strategy": (
        "Labour Market Enforcement Strategy 2025 to 2026: call for evidence",
        "UK Labour Market Enforcement Strategy 2019 to 2020: government response (HTML version)",
    ),
    "europol-annual-report": ("Report on the annual accounts of Europol", "Eurojust annual report 2024"),
    "commission-progress-report": (
        "COMMISSION STAFF WORKING DOCUMENT Accompanying the document Third report on the progress made in the fight"
        " against trafficking in human beings (2020)",
    ),
    "greta-united-kingdom": ("Government comments, United Kingdom: Sample",),
}
REGISTRY = load(Path(__file__).parents[2] / "sources.yaml")


@pytest.mark.parametrize("series", REGISTRY.curated.series, ids=lambda series: series.id)
def test_patterns_of_the_registry_know_their_editions(series: Series) -> None:
    assert all(is_edition(series.title, title) for title in EDITIONS[series.id])
    # Where another series has a title that fits as well, their sources tell them apart.
    for name, titles in EDITIONS.items():
        shared = [title for title in titles if name != series.id and is_edition(series.title, title)]
        assert not shared or not set(series.sources) & set(_sources(name)), (name, shared)
    assert not any(is_edition(series.title, title) for title in OTHERS.get(series.id, ()))


def _sources(name: str) -> tuple[str, ...]:
    return next((each.sources for each in REGISTRY.curated.series if each.id == name), ())


def test_of_an_old_file_what_passes_is_read() -> None:
    text = FILE + SERIES + COLLECTIONS + JUDGMENTS
    assert read_leniently(text).curated == loads(text, "f").curated
    broken = (
        text.replace("every: 365d", "every: 365d, late: soon, colour: red, kind: colour")
        .replace("documents: [ukpga/2020/29]", "documents: [Act]")
        .replace("reviewed: 2026-11-24", "reviewed: lately")
    )
    found = read_leniently(broken).curated
    assert found.series == loads(FILE + SERIES, "f").curated.series
    assert found.collections[0].documents == () and found.collections[0].sources == ("a",)
    assert found.judgments.reviewed == "" and len(found.judgments.kept) == 1
    for gone in ("title: sample report", "every: 365d", "publisher: p, sources"):
        assert read_leniently(text.replace(gone, "nothing: 1", 1)).curated.series == ()
    strange = read_leniently(FILE + SERIES.replace("publisher: p", "publisher: nobody"))
    assert strange.publishers["nobody"].name == "nobody", "the table of series refers to it"
    assert read_leniently(FILE + SERIES + SERIES.partition("\n")[2]).curated.series[0].id == "s"


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["a", "p", "1d", "[2020] UKSC 9"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "name", "publisher", "sources", "title", "every", "documents", "list", "citation"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(block=VALUES, name=st.sampled_from(["series", "collections", "judgments"]))
def test_any_block_is_read_or_refused(block: object, name: str) -> None:
    import json

    text = FILE + f"{name}: {json.dumps(block)}\n"
    try:
        loads(text, "f")
    except SourcesError as error:
        assert error.problems
    assert isinstance(read_leniently(text).curated, Curated)


def test_our_instruments_of_co_operation_answer_by_function_and_no_two_titles_overlap() -> None:
    (found,) = (each.instruments for each in REGISTRY.curated.collections if each.id == "uk-eu-cooperation")
    functions = dict.fromkeys(each.function for each in found.kept)
    agreement = {each.function for each in found.kept if each.document == "celex:22021A0430(01)"}
    assert agreement == set(functions) and len(functions) >= 7, "the agreement has something on each"
    titles = sorted(
        tuple(map(int, re.findall(r"\d+", each.provisions)))
        for each in found.kept
        if each.document == "celex:22021A0430(01)" and " to " in each.provisions
    )
    assert titles[0][0] == 527 and titles[-1][1] == 693
    assert all(before[1] < after[0] for before, after in pairwise(titles))
    for each in found.kept:
        scheme, _, name = each.document.rpartition(":")
        assert name in each.url or (scheme == "celex" and "eur-lex.europa.eu/eli/" in each.url), each.title
