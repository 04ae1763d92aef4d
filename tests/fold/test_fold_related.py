"""A tracked Act by identity: the files beside it and the instruments that its effects name are read with it."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.store import Store
from tests.classify.toolkit.test_toolkit_fold import TRAINING, publish, world
from tests.fold.samples import sources
from tests.fold.test_fold_laws import live
from tests.fold.test_fold_redirects import told
from tests.fold.world import START, Site, crawl, same
from tests.protocols.legislation_samples import SITE, fixture
from tests.protocols.test_legislation_related import ACT, EFFECTS, NOTES, effect

LAW = """  - id: law
    publisher: sample
    kind: legislation
    protocol: legislation
    url: https://www.legislation.gov.uk/
    options:
      {feed: items, items: [ukpga/2001/9001], associated: true, related: [commencing, predecessors]}
    expect: {min: 1}
"""
FEED = "data.feed?results-count=500&sort=modified"


def site() -> Site:
    act = fixture("act-latest")[0].body.decode()
    pages = {
        f"/{ACT}/data.xml": act.replace("</ukm:Metadata>", NOTES),
        f"/changes/affected/{ACT}/{FEED}": EFFECTS.format(effect(1, ACT, "uksi/2001/9002", "coming into force")),
        f"/changes/affecting/{ACT}/{FEED}": EFFECTS.format(effect(2, "ukpga/1990/1", ACT, "repealed")),
        "/uksi/2001/9002/data.xml": fixture("order-made")[0].body.decode(),
    }
    served = Site()
    for path, body in pages.items():
        served.put(SITE + path, body, media="application/xml")
    for path in (f"{ACT}/pdfs/ukpgaen_20019001_en.pdf", "ukia/2001/7/pdfs/ukia_20010007_en.pdf"):
        served.put(f"{SITE}/{path}", "duty,what the sample says of it\n1,explained\n", media="text/csv")
    return served


def test_files_and_named_instruments_come_with_their_act_and_nothing_is_asked_twice(tmp_path: Path) -> None:
    asked = []
    for day in range(2):
        served = site()
        crawl(tmp_path, served, START + timedelta(days=day), text=sources(LAW))
        asked.append([url.removeprefix(f"{SITE}/") for url in served.asked])
    assert {"uksi/2001/9002/data.xml", "ukpga/1990/1/data.xml", f"{ACT}/pdfs/ukpgaen_20019001_en.pdf"} <= set(asked[0])
    assert not [path for path in asked[1] if "/pdfs/" in path or path.startswith(("uksi", "ukpga/1990"))]
    with live(tmp_path) as store:
        read = {row["document"] for row in store.all("select distinct document from versions")}
        assert {ACT, f"{ACT}/ukpgaen_20019001_en", "ukia/2001/7"} <= read
        parent = store.value("select parent from documents where id=?", f"{ACT}/ukpgaen_20019001_en")
        assert parent == ACT and told(store) == []
    same(tmp_path)


PAGE = (
    "<main><h1>Modern slavery training</h1><p>A free course on section 52 of the Modern Slavery Act 2015"
    " (“the 2015 Act”).</p><h2>Duties</h2><p>Section 54 of the 2015 Act, Directive 2011/36/EU and the"
    " Sample Unheld Act 2031 apply; section 5 of this course does not.</p></main>"
)


def _cited(store: Store) -> list[tuple[str, str]]:
    rows = store.all("select cited, provision from citations order by cited, provision")
    return [(row["cited"], row["provision"]) for row in rows]


@pytest.mark.slow
def test_citations_are_noted_and_what_no_longer_holds_goes(tmp_path: Path) -> None:
    site = world(course=PAGE)
    crawl(tmp_path, site, START, text=TRAINING)
    with live(tmp_path) as store:
        assert _cited(store) == [
            ("celex:32011L0036", ""),
            ("title:Sample Unheld Act 2031", ""),
            ("ukpga/2015/30", "section-52"),
            ("ukpga/2015/30", "section-54"),
        ]
    publish(site, course=PAGE.replace("Directive 2011/36/EU and", ""))
    crawl(tmp_path, site, START + timedelta(days=1), text=TRAINING)
    with live(tmp_path) as store:
        assert "celex:32011L0036" not in dict(_cited(store))
    same(tmp_path)
