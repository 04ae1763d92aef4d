"""What a source that is kept in part leaves aside is read once somebody lets it in, or the source is kept as a whole.

Every protocol is asked the same: letting everything in must give what keeping everything would have given.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from crawler import protocols
from crawler.archive import Answer
from crawler.derive import relevance
from crawler.identifiers import address_of, request_at
from crawler.model import Capture, Walk
from crawler.reconcile import selection
from crawler.run.options import DATABASE, Options
from crawler.sources import loads, loads_decisions
from crawler.store import Store
from tests.fold import world
from tests.fold.relevance_world import Rules, doubtful
from tests.fold.world import same
from tests.protocols import test_fixtures as fixtures

CLOCK = datetime.fromisoformat("2026-11-24T10:00:00+00:00")


def lists() -> Iterator[Path]:
    """Yield the fixtures that a walk may begin with: lists that lead to something, and pages that are watched."""
    for case in fixtures.CASES:
        link = fixtures.capture(case).link
        page = json.loads((case / "page.json").read_text("utf-8"))
        leads = any(each["role"] != "next" for each in page.get("links", ()))
        if (link.role in ("listing", "next") and leads) or link.facts.get("tracked"):
            yield case


LISTS = list(lists())


class Served(world.Site):
    """A server of all fixtures of a protocol; where a walk begins, the given one answers."""

    def __init__(self, first: Path) -> None:
        super().__init__()
        cases = [each for each in fixtures.CASES if each.parent == first.parent]
        self.captures = {address_of(fixtures.capture(each).link): fixtures.capture(each) for each in reversed(cases)}
        source = fixtures.source(first)
        for link in protocols.protocol_of(source).start(source, Walk(clock=CLOCK, cursor="")):
            self.captures[address_of(link)] = fixtures.capture(first)
        self.lists = {url for url, each in self.captures.items() if each.link.role in ("listing", "next")}

    def answer(self, url: str, time: datetime, validators: Mapping[str, str] = MappingProxyType({})) -> Answer | None:
        self.asked.append(url)
        request, found = request_at(url), self.captures.get(url)
        if found is None:
            found = Capture(url=url, time=time, link=next(iter(self.captures.values())).link, status=404)
        return Answer(
            url=request.url, method=request.method, time=time, status=found.status, reason="", headers=found.headers,
            body=found.body, request_headers=(("User-Agent", "sample"),),
        )  # fmt: skip

    @property
    def pages_asked(self) -> set[str]:
        """Return the pages that were asked, lists left out."""
        return set(self.asked) - self.lists


def sources(case: Path, keep: str) -> str:
    source = fixtures.source(case)
    block = {
        "id": "sample", "publisher": "sample", "kind": source.kind, "protocol": source.protocol, "url": source.url,
        "options": dict(source.options), "scrub": list(source.scrub), "follow": source.follow, "keep": keep,
        "expect": {"min": 1, "zero": True},
    }  # fmt: skip
    return json.dumps(
        {
            "settings": {"contact": "watch@sample.invalid", "authority": "sample.invalid"},
            "publishers": {"sample": {"name": "Sample Office", "jurisdiction": "United Kingdom"}},
            "sources": [block],
        }
    )


class World:
    """One data directory whose sources are those of a fixture."""

    def __init__(self, data: Path, case: Path, clock: datetime = CLOCK) -> None:
        self.data, self.case, self.clock, self.site = data, case, clock, Served(case)

    def crawl(self, keep: str, *let_in: str) -> None:
        text, decided = sources(self.case, keep), json.dumps({"relevance": dict.fromkeys(let_in, "in")})
        made = Options(
            data=self.data, registry=loads(text, "sources.yaml"), sources_text=text,
            decisions=loads_decisions(decided, "decisions.yaml"), decisions_text=decided,
        )  # fmt: skip
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(world, "options", lambda data, text: made)
            world.crawl(self.data, self.site, self.clock, text=text)
        self.clock += timedelta(minutes=1)

    def rows(self, sql: str) -> list[Any]:
        with Store.open(self.data / DATABASE) as store:
            return [tuple(row.values()) for row in store.all(sql)]

    @property
    def documents(self) -> list[str]:
        return [row[0] for row in self.rows("select id from documents order by id")]

    @property
    def held(self) -> list[Any]:
        """Return everything that is known of documents, whatever our rules make of it."""
        return [
            self.rows("select document, representation, language, valid_from, digest from versions order by 1, 2, 5"),
            self.rows("select id, title, summary, kind, url, parent, availability from documents order by 1"),
            self.rows("select document, source, stated, listed from document_sources order by 1"),
        ]

    @property
    def told(self) -> list[Any]:
        return self.rows("select document, kind from entries where document is not null")


@pytest.fixture(autouse=True)
def everything_is_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = Rules(lambda texts, **more: doubtful(texts, "out", **more, named=""))
    for module in (selection, relevance):
        monkeypatch.setattr(module, "words", rules)


@pytest.fixture
def whole(tmp_path: Path, case: Path) -> World:
    """Return a world in which everything was kept from the beginning."""
    made = World(tmp_path / "whole", case)
    for _ in range(4):
        made.crawl("all")
    return made


@pytest.mark.slow
@pytest.mark.parametrize("case", LISTS, ids=fixtures.name_of)
def test_what_people_let_in_is_read_at_the_next_crawl(tmp_path: Path, case: Path, whole: World) -> None:
    part = World(tmp_path / "part", case)
    part.crawl("relevant")
    assert part.rows("select id from versions") == [], "nothing is kept of what is out"
    for _ in range(3):
        part.crawl("relevant", *part.documents)
    assert part.site.pages_asked == whole.site.pages_asked
    assert part.held == whole.held and part.told == []
    same(part.data)


@pytest.mark.slow
@pytest.mark.parametrize("case", LISTS, ids=fixtures.name_of)
def test_a_source_that_is_kept_as_a_whole_reads_what_it_left_aside(tmp_path: Path, case: Path, whole: World) -> None:
    part = World(tmp_path / "part", case)
    for keep in ("relevant", "all", "all", "all"):
        part.crawl(keep)
    assert part.site.pages_asked == whole.site.pages_asked
    assert part.held == whole.held and part.told == []
    same(part.data)


@pytest.mark.parametrize("name", protocols.PROTOCOLS)
def test_no_protocol_is_left_out(name: str) -> None:
    """Of judgments only lists are read, which lead to nothing."""
    assert (name in {case.parent.name for case in LISTS}) == (name != "caselaw")
