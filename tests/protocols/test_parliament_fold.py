"""Parliament through the whole fold: what is held after crawls, what is announced; a rebuild gives the same."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.store import Store
from tests.fold.tables import interpreted
from tests.fold.world import START, Site, crawl, rebuilt
from tests.protocols.parliament_samples import HOSTS, body_of, links

SOURCES = """
settings: {contact: watch@sample.invalid, authority: sample.invalid}
publishers:
  parliament: {name: UK Parliament, jurisdiction: United Kingdom}
sources:
  - {id: parliament, publisher: parliament, kind: KIND, protocol: parliament, url: "URL", expect: {min: 1, zero: true},
     options: {terms: [modern slavery]}}
"""


def sources(api: str, kind: str) -> str:
    return SOURCES.replace("KIND", kind).replace("URL", HOSTS[api])


def put(site: Site, url: str, body: object) -> None:
    site.put(url, json.dumps(body), media="application/json")


def told(data: Path) -> list[tuple[str, str, str, str]]:
    with Store.open(data / "roundup.db") as store:
        rows = store.all("select document, kind, before, after from announcements where silent='' order by seq")
        return [(row["document"], row["kind"], row["before"], row["after"]) for row in rows]


def values(data: Path, sql: str, *of: object) -> list[Any]:
    with Store.open(data / "roundup.db") as store:
        return [tuple(row.values()) for row in store.all(sql, *of)]


def same(data: Path) -> None:
    with Store.open(data / "roundup.db") as one, rebuilt(data) as other:
        live, again = interpreted(one), interpreted(other)
    assert {table for table in live if live[table] != again[table]} == set()


class Bills:
    """One bill on its way."""

    def __init__(self) -> None:
        self.site = Site()
        self.bill = {
            **body_of("bill"),
            "currentStage": {**body_of("bill")["currentStage"], "description": "1st reading"},
        }
        self.stages = body_of("bill-stages")["items"][:1]
        self.papers = body_of("bill-publications")["publications"][:1]

    def put(self, update: str, **change: object) -> None:
        self.bill |= {"lastUpdate": update, **change}
        (first,) = links("bills", terms=["modern slavery"])
        put(self.site, first.url, {"items": [self.bill], "totalResults": 1, "itemsPerPage": 20})
        base = f"{HOSTS['bills']}/9001"
        put(self.site, base, self.bill)
        put(self.site, f"{base}/Stages", {"items": self.stages, "totalResults": len(self.stages), "itemsPerPage": 20})
        put(self.site, f"{base}/Publications", {"billId": 9001, "publications": self.papers})


def test_a_bill_on_its_way(tmp_path: Path) -> None:
    world, text = Bills(), sources("bills", "bill")
    world.put("2026-03-01T10:00:00.0000001")
    crawl(tmp_path, world.site, START, text=text)
    asked = len(world.site.asked)
    crawl(tmp_path, world.site, START + timedelta(days=1), text=text)
    assert len(world.site.asked) == asked + 1, "nothing but the list is asked while nothing changed"
    assert told(tmp_path) == []
    # It goes to second reading, with another paper.
    world.stages = body_of("bill-stages")["items"][:2]
    paper = {**body_of("bill-publications")["publications"][1], "displayDate": "2026-03-03T00:00:00"}
    world.papers = [*world.papers, paper]
    stage = {**body_of("bill")["currentStage"], "description": "2nd reading"}
    world.put("2026-03-04T10:00:00.0000002", currentStage=stage)
    crawl(tmp_path, world.site, START + timedelta(days=2), text=text)
    assert told(tmp_path) == [
        ("bill:9001", "status", "1st reading (Lords)", "2nd reading (Lords)"),
        ("bill:9001/publication-502", "new", "", "HL Bill 36 Explanatory Notes"),
    ]
    # The second reading is put off: that is a date that moved, of no new document.
    world.stages[1]["stageSittings"][0]["date"] = "2026-09-25T00:00:00"
    world.put("2026-03-05T10:00:00.0000003")
    crawl(tmp_path, world.site, START + timedelta(days=3), text=text)
    assert told(tmp_path)[2:] == [("bill:9001", "date", "2026-09-11", "2026-09-25")]
    assert values(tmp_path, "select count(*) from documents") == [(3,)]
    assert values(tmp_path, "select alias from aliases where document='bill:9001' and alias like '%Victims%'") == [
        ("Victims of Slavery (Sample) Bill [HL]",)
    ]
    same(tmp_path)


@pytest.mark.parametrize("status", [403, 429, 500])
def test_an_outage_is_no_withdrawal(tmp_path: Path, status: int) -> None:
    """Trap UK-3.11: an outage is no withdrawal."""
    world, text = Bills(), sources("bills", "bill")
    world.put("2026-03-01T10:00:00.0000001")
    crawl(tmp_path, world.site, START, text=text)
    world.put("2026-03-02T10:00:00.0000002")
    for url in list(world.site.pages):
        if "SearchTerm" not in url:
            world.site.put(url, "{}", status=status, media="application/json")
    for day in range(1, 5):
        crawl(tmp_path, world.site, START + timedelta(days=day), text=text)
    assert told(tmp_path) == []
    assert values(tmp_path, "select distinct availability from documents") == [("ok",)]
    same(tmp_path)


def test_a_draft_that_gets_its_number_is_one_instrument(tmp_path: Path) -> None:
    """Trap UK-3.9: a draft instrument gets its number later."""
    site, text = Site(), sources("instruments", "legislation")
    (first,) = links("instruments", terms=["modern slavery"])
    draft = body_of("instruments")["items"][1]
    base = f"{HOSTS['instruments']}/Samp0002"
    put(site, first.url, {"items": [draft], "totalResults": 1})
    put(site, base, {**body_of("instrument")})
    put(site, f"{base}/BusinessItems", body_of("instrument-business"))
    crawl(tmp_path, site, START, text=text)
    made = {**draft["value"], "paperPrefix": "SI", "paperNumber": 1999, "paperYear": "2026"}
    put(site, first.url, {"items": [{"value": made}], "totalResults": 1})
    crawl(tmp_path, site, START + timedelta(days=1), text=text)
    assert values(tmp_path, "select id from documents") == [("uksi/2026/1999",)]
    dates = dict(values(tmp_path, "select event, date from dates where document='uksi/2026/1999' and qualification=''"))
    assert dates["laid (Commons)"] == "2026-11-02" and dates["Instrument laid (sample) (Lords)"] == "2026-10-30"
    relations = values(tmp_path, "select relation, target from relations where document='uksi/2026/1999'")
    assert ("made under", "Modern Slavery Act 2015") in relations
    assert told(tmp_path) == []
    same(tmp_path)


def test_a_question_is_answered_later(tmp_path: Path) -> None:
    site, text = Site(), sources("questions", "parliament")
    question = body_of("questions")["results"][0]
    unanswered = {**question["value"], "dateAnswered": None, "answerText": None}
    empty: dict[str, object] = {"results": [], "totalResults": 0}

    def day(number: int, cursor: str, found: object) -> None:
        clock = START + timedelta(days=number)
        for link in links("questions", cursor=cursor, clock=clock.isoformat(), terms=["modern slavery"]):
            put(site, link.url, found if "answeredWhenFrom" in link.url else empty)
        crawl(tmp_path, site, clock, text=text)

    clock = START.isoformat()
    for link in links("questions", clock=clock, terms=["modern slavery"]):
        tabled = {"results": [{"value": unanswered}], "totalResults": 1}
        put(site, link.url, tabled if "tabledWhenFrom=2026-02" in link.url else empty)
    crawl(tmp_path, site, START, text=text)
    assert values(tmp_path, "select status from documents") == [("not answered",)]
    whole = {**question["value"], "answerText": "<p>The whole sample answer.</p>"}
    put(site, f"{HOSTS['questions']}/1800001", {"value": whole, "links": []})
    day(1, "2026-03-02", {"results": [question], "totalResults": 1})
    assert [row[1:] for row in told(tmp_path)] == [
        ("status", "not answered", "answered"),
        ("added", "", "The whole sample answer."),
    ]
    day(2, "2026-03-03", {"results": [question], "totalResults": 1})
    assert len(told(tmp_path)) == 2
    assert site.asked.count(f"{HOSTS['questions']}/1800001") == 1
    assert values(tmp_path, "select cursor from cursors") == [("2026-03-04",)]
    same(tmp_path)
