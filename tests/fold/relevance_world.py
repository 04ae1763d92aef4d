"""A source that is kept in part or as a whole, what it publishes, and what became of that."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.classify import relevance
from crawler.classify.relevance import Classified, Texts
from crawler.run.options import DATABASE, Options
from crawler.sources import loads, loads_decisions
from crawler.store import Store
from tests.fold import world
from tests.fold.world import START, Site

HOST = "https://a.sample.invalid"
PART = world.SOURCES.replace("topics: [offences_law]", "keep: relevant")
ALL = PART.replace("keep: relevant", "keep: all\n    audit: 1")
TITLES = {
    "known": "Sample: modern slavery statutory guidance",
    "signs": "Sample: traffic signs for special events",
    "report": "Sample: human trafficking annual report",
    "fees": "Sample: fees for passports",
}


def address(name: str) -> str:
    return f"{HOST}/doc/{name}"


def document(name: str) -> str:
    return f"url:{address(name)}"


def publish(site: Site, *names: str) -> None:
    site.feed([(address(name), TITLES[name], f"A sample about {name}.") for name in names])
    for name in names:
        body = (
            f"<html><body><main><h1>{TITLES[name]}</h1><h2>Part</h2><p>Sample words on {name}.</p></main></body></html>"
        )
        site.put(address(name), body)


def crawl(data: Path, site: Site, day: float, *, text: str = PART, decisions: str = "", **ends: Any) -> None:
    clock = START + timedelta(days=day)
    found = loads_decisions(decisions, "decisions.yaml")
    made = Options(
        data=data, registry=loads(text, "sources.yaml"), sources_text=text, decisions=found, decisions_text=decisions
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "options", lambda data, text: made)
        world.crawl(data, site, clock, text=text, **ends)


def bands(data: Path) -> dict[str, tuple[str, str]]:
    with Store.open(data / DATABASE) as store:
        rows = store.all("select document, band, decided_by from relevance order by document")
    return {row["document"].rpartition("/")[2]: (row["band"], row["decided_by"]) for row in rows}


def entries(data: Path) -> list[tuple[str, str, int]]:
    with Store.open(data / DATABASE) as store:
        rows = store.all(
            "select document, state, confirmed from entries where document is not null order by seen, title"
        )
    return [(row["document"].rpartition("/")[2], row["state"], row["confirmed"]) for row in rows]


def corrections(data: Path) -> list[tuple[str, str, str, str]]:
    with Store.open(data / DATABASE) as store:
        rows = store.all("select * from announcements where kind='band' order by seen, document")
    assert all(row["entry"] is None for row in rows)
    return [(row["document"].rpartition("/")[2], row["before"], row["after"], row["cause"]) for row in rows]


def doubtful(texts: Texts, band: str = "review", *, sure: bool = True, named: str = "fees", **more: Any) -> Classified:
    """Return what the rules find, but that they cannot tell what to make of fees, or what else is ``named``."""
    found = relevance.classify(texts, **more)
    return replace(found, band=band, unconfirmed=sure) if named in texts.title else found  # type: ignore[arg-type]


class Rules:
    """The rules as the fold sees them, with one function in their place."""

    def __init__(self, classify: Any) -> None:
        self.classify = classify
