"""Tracked acts over several days, as a crawl reads them: texts in whatever form there is, no change that is none."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import protocols
from crawler.entries import law
from crawler.identifiers import address_of
from crawler.model import Walk
from crawler.sources import loads
from crawler.store import Store
from crawler.store import families as stored
from tests.fold.tables import differences
from tests.fold.world import SOURCES, START, Site, crawl, opened, rebuilt
from tests.protocols.cellar_samples import RESOURCE, fixture

ACT = "celex:32001L9001"
TEXT = SOURCES[: SOURCES.index("  - id: news")] + (
    "  - id: eu\n    publisher: sample\n    kind: legislation\n    protocol: cellar\n"
    "    url: https://publications.europa.eu/webapi/rdf/sparql\n"
    "    options: {feed: items, items: [32001L9001]}\n    expect: {min: 1}\n"
)
XHTML = "application/xhtml+xml"
CONSOLIDATED = f"{RESOURCE}/consolidation/2001L9001%2F20240714.ENG"
_CONSOLIDATIONS = re.compile(r"  <RESOURCE_LEGAL_(?:CONSOLIDATED_BY|BASIS_FOR)_ACT_CONSOLIDATED.*?\n")


class Office:
    """The Publications Office with one act: first as published, later with a consolidated text."""

    def __init__(self) -> None:
        self.site = Site()
        source = loads(TEXT, "sources.yaml").sources["eu"]
        self.acts, self.around = map(address_of, protocols.start(source, Walk(clock=START, cursor="2026-03-01")))
        found = json.loads(fixture("acts")[0].body)
        rows = found["results"]["bindings"]
        found["results"]["bindings"] = [row for row in rows if row["celex"]["value"] == "32001L9001"]
        self.results(found)
        found["results"]["bindings"] = []
        self.site.pages[self.around] = (200, "application/sparql-results+json", json.dumps(found).encode())
        self.notice(consolidated=False)
        self.site.pages[f"{RESOURCE}/celex/32001L9001.ENG.fmx4"] = (404, "", b"Resource not found.")
        self.text(f"{RESOURCE}/celex/32001L9001.ENG.xhtml", fixture("text")[0].body)

    def results(self, found: object) -> None:
        self.site.pages[self.acts] = (200, "application/sparql-results+json", json.dumps(found).encode())

    def notice(self, *, consolidated: bool) -> None:
        body = fixture("notice")[0].body.decode()
        told = body if consolidated else _CONSOLIDATIONS.sub("", body)
        self.site.pages[f"{RESOURCE}/celex/32001L9001"] = (200, "application/xml;notice=tree", told.encode())

    def text(self, url: str, body: bytes, media: str = XHTML) -> None:
        """Put a text behind the redirect that CELLAR answers with."""
        target = f"{RESOURCE}/cellar/{len(self.site.moves)}.0006.03/DOC_1"
        self.site.moves[url] = (303, target)
        self.site.pages[target] = (200, media, body)

    def amend(self) -> None:
        """Publish a consolidated text, as XHTML only, in which Article 1 is another."""
        found = json.loads(self.site.pages[self.acts][2])
        for row in found["results"]["bindings"]:
            if "modified" in row:
                row["modified"]["value"] = "2026-03-03T08:00:00.000+01:00"
        self.results(found)
        self.notice(consolidated=True)
        body = fixture("text")[0].body.replace(b"establishes nothing.", b"establishes something, as amended.")
        assert body != fixture("text")[0].body
        self.site.pages[f"{CONSOLIDATED}.fmx4"] = (404, "", b"Resource not found.")
        self.text(f"{CONSOLIDATED}.xhtml", body)


def crawled(data: Path, office: Office, day: int) -> list[str]:
    office.site.asked.clear()
    crawl(data, office.site, START + timedelta(days=day), text=TEXT)
    return list(office.site.asked)


def told(store: Store) -> list[tuple[str, str, str]]:
    rows = store.all(
        "select document, kind, path, occurred from announcements where kind<>'new' and silent='' order by seq"
    )
    return [(row["document"], row["path"] or row["kind"], row["occurred"] or "") for row in rows]


def test_an_act_is_read_in_the_form_there_is_and_then_left_alone(tmp_path: Path) -> None:
    """Trap EU-1.3: the first consolidation often has no Formex; its "not found" has no type and 72 bytes."""
    office = Office()
    asked = crawled(tmp_path, office, 0)
    assert asked[:2] == [office.acts, office.around], "the questions first"
    assert crawled(tmp_path, office, 1) == [office.acts, office.around], "nothing has changed"
    with opened(tmp_path) as state:
        document = state.store.one("select * from documents where id=?", ACT) or {}
        assert (document["availability"], document["status"], document["kind"]) == ("ok", "in force", "directive")
        assert document["url"] == "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32001L9001"
        version = state.store.one("select * from versions") or {}
        assert (version["label"], version["valid_from"]) == ("as published", "2001-04-05")
        assert told(state.store) == []


def test_a_consolidated_text_is_a_change_of_law_on_its_date(tmp_path: Path) -> None:
    office = Office()
    crawled(tmp_path, office, 0)
    office.amend()
    asked = crawled(tmp_path, office, 1)
    assert f"{CONSOLIDATED}.fmx4" in asked and f"{CONSOLIDATED}.xhtml" in asked
    with opened(tmp_path) as state:
        assert [each for each in told(state.store) if each[1] == "article-1"] == [(ACT, "article-1", "2024-07-14")]
        versions = state.store.all("select label, valid_from from versions order by valid_from")
        assert [(each["label"], each["valid_from"]) for each in versions] == [
            ("as published", "2001-04-05"),
            ("02001L9001-20240714", "2024-07-14"),
        ]
        document = state.store.one("select * from documents where id=?", ACT) or {}
        assert (document["availability"], document["title"][:9]) == ("ok", "Directive")
        with rebuilt(tmp_path) as other:
            assert differences(state.store, other) == []
    assert crawled(tmp_path, office, 2) == [office.acts, office.around]


def test_a_new_act_is_said_to_be_in_force_from_one_day_and_to_apply_from_others(tmp_path: Path) -> None:
    office = Office()
    url = f"{RESOURCE}/celex/32001L9001"
    date = re.compile(
        r"<RESOURCE_LEGAL_DATE_ENTRY-INTO-FORCE[^>]*><VALUE>2003-01-01<.*?</RESOURCE_LEGAL_DATE_ENTRY-INTO-FORCE>",
        re.DOTALL,
    )
    body = office.site.pages[url][2].decode()
    (stated,) = date.findall(body)
    for more, said in (
        ("", "It applies from 1 January 2003."),
        (stated.replace("2003", "2004"), "It applies in parts, from 1 January 2003 and 1 January 2004."),
    ):
        office.site.pages[url] = (*office.site.pages[url][:2], body.replace(stated, stated + more).encode())
        crawled(tmp_path / str(len(more)), office, 0)
        with opened(tmp_path / str(len(more))) as state:
            (top, *_) = stored.family(state.store, ACT)
            found = [str(each) for each in law.of_new(state.store, top)]
            assert ["In force from 15 April 2001.", said] == found[1:3], found


RENAMED = fixture("acts")[0].body.replace(b'"celex"', b'"number"')
"""What the endpoint may answer when it changes, head and rows alike."""


@pytest.mark.parametrize("body", [b"Virtuoso 42000 Error SP031: it would take too long (sample)", b"{}", RENAMED])
def test_a_failed_endpoint_is_no_change_and_an_issue(tmp_path: Path, body: bytes) -> None:
    office = Office()
    crawled(tmp_path, office, 0)
    office.site.pages[office.acts] = (200, "text/plain", body)
    crawled(tmp_path, office, 1)
    with opened(tmp_path) as state:
        assert told(state.store) == []
        assert state.store.value("select count(*) from documents where availability<>'ok'") == 0
        run = state.store.one("select * from runs order by rowid desc limit 1") or {}
        assert (run["outcome"], run["walk"]) != ("healthy", "complete")


def test_a_text_that_is_missing_for_a_day_says_nothing_of_the_act(tmp_path: Path) -> None:
    office = Office()
    office.site.moves.clear()
    for day in range(3):
        crawled(tmp_path, office, day)
    with opened(tmp_path) as state:
        document = state.store.one("select * from documents where id=?", ACT) or {}
        assert (document["availability"], document["current"]) == ("ok", None)
        assert told(state.store) == []


def test_acts_are_read_though_the_endpoint_never_answers(tmp_path: Path) -> None:
    office = Office()
    office.site.down = {office.acts, office.around}
    crawled(tmp_path, office, 0)
    with opened(tmp_path) as state:
        assert state.store.value("select label from versions where document=?", ACT) == "as published"
