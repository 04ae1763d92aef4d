"""Which sources keep all they have, what is kept by hand, and whether the libraries have enough to open with."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.protocols import OPTIONS
from crawler.protocols.reaching import rule
from crawler.protocols.wanted import Wanted
from crawler.sources import Source, load

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
