"""Every known trap of the sources stands in the docstring of a test that holds it: ``Trap UK-0.1: …``.

The numbers are those of two sheets of facts that this project was built from, one on sources of the United Kingdom
(UK), one on those of the EU and others (EU). Traps found later continue a section.
"""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from crawler.protocols import OPTIONS
from crawler.protocols.reaching import rule
from crawler.protocols.wanted import Wanted
from crawler.sources import Source, load
from tests.docs.test_text import ROOT, TEXT, page

TESTS = Path(__file__).parents[1]
SECTIONS = {
    "UK-0": 22, "UK-1": 26, "UK-2": 15, "UK-3": 12, "UK-4": 11, "UK-5": 9,
    "EU-0": 10, "EU-1": 25, "EU-2": 9, "EU-3": 2, "EU-4": 9, "EU-7": 1,
}  # fmt: skip
"""How many traps each section has, by number."""
DO_NOT_APPLY = {
    "UK-1.9": "an effect that its list no longer has stays, with the day on which it was last read",
    "UK-1.10": "no points in time are asked for but those that the site names",
    "UK-2.7": "the map of GOV.UK is not read",
    "UK-3.3": "bills are read from the API, not from the feed",
    "UK-3.8": "Hansard is not read",
    "UK-3.12": "retired addresses of Parliament are not asked",
    "UK-4.8": "the guideline of the Sentencing Council is watched as a page",
    "UK-4.11": "Find Case Law is switched off",
    "EU-1.24": "feeds and search of EUR-Lex are not asked",
    "EU-3.2": "only the publisher's own pages are sources",
    "EU-4.3": "the treaties database is not read",
    "EU-4.6": "the workbook of the global report is not read",
    "EU-4.8": "the file of 360 MB a day is not read",
}


def held() -> list[tuple[str, str]]:
    """Return the traps in docstrings of tests, each with the name of the test."""
    traps: list[tuple[str, str]] = []
    for path in TESTS.rglob("test_*.py"):
        text = path.read_text("utf-8")
        if "Trap " not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                numbers = re.findall(r"^Trap ([A-Z]+-\d\.\d+b?): \S", ast.get_docstring(node) or "", re.MULTILINE)
                traps += [(number, node.name) for number in numbers]
    return traps


def test_every_trap_is_held_or_does_not_apply() -> None:
    numbers = Counter(number for number, _ in held())
    assert [number for number, times in numbers.items() if times > 1] == []
    known = {f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)}
    assert known - set(DO_NOT_APPLY) == {number for number in numbers if not number.endswith("b")}
    assert {number[:-1] for number in numbers if number.endswith("b")} <= known


def test_a_trap_is_found_with_its_test() -> None:
    assert ("UK-0.1", "test_the_next_page_of_the_log_is_made_and_not_followed") in held()


MAX_WORDS_PER_CHANGE = 15
MAX_WORDS_README = 900
MAX_WORDS_DOCS = 20_000
"""Without the list of all sources, which is as long as there are sources."""
LIST = re.compile(r"<!-- begin sources:.*?<!-- end sources -->", re.S)


def test_each_line_of_the_changelog_is_one_short_change() -> None:
    lines = page("CHANGELOG.md").partition("## ")[2].splitlines()[1:]
    changes = [line for line in lines if line and not line.startswith("#")]
    assert len(changes) > 50
    assert [line for line in changes if not line.startswith("- ")] == []
    assert [line for line in changes if len(line[2:].split()) > MAX_WORDS_PER_CHANGE] == []


def test_readme_is_read_in_five_minutes() -> None:
    assert len(page("README.md").split()) <= MAX_WORDS_README


def test_pages_are_short() -> None:
    words = {path.name: len(LIST.sub("", text).split()) for path, text in TEXT.items() if path.parent == ROOT / "docs"}
    assert sum(words.values()) <= MAX_WORDS_DOCS, words


REGISTRY = load(Path(__file__).parents[2] / "sources.yaml", OPTIONS)
UNLISTED = [each for each in REGISTRY.curated.by_hand.kept if each.reason in ("no-list", "licence")]
ENABLED = [source for source in REGISTRY.sources.values() if source.enabled]
WHOLE_LISTS = {
    "cellar-eurostat-publications": "its search asks for trafficking in human beings in the title",
    "cellar-specialised-committee": "the papers of one committee",
    "echr-article-4": "its search asks for Article 4",
    "echr-leading-judgments": "its search asks for items",
    "govuk-glaa": "the authority dealt with nothing else",
    "govuk-iasc": "the Commissioner deals with nothing else",
    "greta-reports": "GRETA deals with nothing else",
    "osce-trafficking": "its list is that of one subject",
    "sherloc-cases": "asked for trafficking in persons alone",
    "sherloc-laws": "asked for trafficking in persons alone",
    "statement-registry": "statements on slavery, counted",
}
"""Lists of which every document belongs in the round-up, and why."""


def watched(source: Source) -> int:
    """Return how many documents a source names one by one."""
    items = source.options.get("items", [])
    return (len(items) if isinstance(items, list | dict) else 0) + (source.protocol == "page")


@pytest.mark.parametrize("part", ["governance", "resources", "training"])
def test_a_library_opens_with_ten_documents_at_least(part: str) -> None:
    assert sum(watched(source) for source in ENABLED if part in source.toolkit) >= 10


def test_a_list_is_kept_whole_only_where_all_of_it_belongs() -> None:
    whole = {each.id for each in ENABLED if each.keep == "all" and each.topics and not watched(each)}
    assert whole == set(WHOLE_LISTS)


def test_bodies_and_manuals_that_must_be_covered_are() -> None:
    assert REGISTRY.sources["iasc-toolkit"].evidence == "documented"
    names = ("iasc-toolkit", "iasc-site", "govuk-iasc", "teamwork-manual")
    assert all(REGISTRY.sources[name].enabled for name in names)


@pytest.mark.parametrize("publisher, url", sorted({(each.publisher, each.url) for each in UNLISTED}))
def test_what_is_said_to_stand_in_no_list_is_taken_by_no_rule(publisher: str, url: str) -> None:
    name = REGISTRY.publishers[publisher].name if publisher in REGISTRY.publishers else publisher
    for each in UNLISTED:
        if (each.publisher, each.url) == (publisher, url):
            assert rule(REGISTRY, Wanted(title=each.title, publisher=name, url=url)) is None
