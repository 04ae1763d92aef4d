"""Every filter is a feed: the choices of the site, the page on which to subscribe, and what stands in the addresses."""

import csv
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest
from bs4 import BeautifulSoup
from sqlite_utils import Database

from crawler.export import export
from crawler.feeds import chosen
from crawler.feeds.facets import FACETS, LISTED, SHARED
from crawler.publish import SiteAddress
from crawler.publish import entries as pages_of_entries
from crawler.publish.subscribe import alone
from crawler.sources.vocabulary import JURISDICTIONS, STATES
from crawler.store import schema
from tests.feeds.feeds_entries import ENTRY
from tests.publish.publish_rows import ACT, CASE, GUIDANCE, NOW, SCRIPT, WHERE, copied, site


async def page(shown: Any, path: str, status: int = 200) -> BeautifulSoup:
    answer = await shown.client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[-300:])
    return BeautifulSoup(answer.text, "lxml")


async def entries(shown: Any, query: str) -> list[str]:
    """Return the ids of the entries of a feed, and check that both forms have the same."""
    answer = await shown.client.get(f"/feeds/changes.atom?{query}")
    assert answer.status_code == 200, query
    found = feedparser.parse(answer.content)
    assert not found.bozo, query
    ids = [entry.id for entry in found.entries]
    items = (await shown.client.get(f"/feeds/changes.json?{query}")).json()
    assert [item["id"] for item in items["items"]] == ids, query
    assert found.feed.title == items["title"] and items["_roundup"]["id"] == found.feed.id
    return [name.rpartition("/")[2] for name in ids]


def boxes(found: BeautifulSoup) -> list[tuple[str, str]]:
    return [(str(box["name"]), str(box["value"])) for box in found.select("form.choices input[type=checkbox]")]


async def test_states_that_entries_have_stand_in_a_group(database: Path, tmp_path: Path) -> None:
    """And no other state does; the places of the first list stand outside."""
    with copied(database, tmp_path / "roundup.db") as world:
        world.db.execute(
            "update entry_facets set value = 'Germany' where facet = 'jurisdiction' and value = 'Scotland'"
        )
    shown = site(tmp_path / "roundup.db", WHERE, now=NOW)
    for path in ("/", "/calendar"):
        (group,) = (await page(shown, path)).select("select[name=jurisdiction] optgroup")
        options = group.find_all("option")
        assert (group["label"], [option["value"] for option in options]) == ("States of Europe", ["Germany"])
        before = group.find_previous_sibling("option")
        assert before is not None and str(before["value"]) in JURISDICTIONS
    offered = [value for facet, value in boxes(await page(shown, "/subscribe")) if facet == "jurisdiction"]
    assert offered[-1] == "Germany" and "France" not in offered


@pytest.mark.slow
async def test_all_that_is_offered_has_a_feed(shown: Any) -> None:
    """Each choice alone, and many mixtures: of two in every pair of facets, and of many."""
    offered = boxes(await page(shown, "/subscribe"))
    facets = sorted({facet for facet, _ in offered})
    assert set(facets) == set(LISTED)
    states = set(STATES.values())
    for facet in SHARED:
        assert {value for name, value in offered if name == facet} >= set(FACETS[facet].values or ()) - states
    draw = Random(4)
    by_facet = {name: [pair for pair in offered if pair[0] == name] for name in facets}
    mixtures = [[pair] for pair in offered]
    mixtures += [[draw.choice(by_facet[a]), draw.choice(by_facet[b])] for a in facets for b in facets if a < b]
    mixtures += [draw.sample(offered, draw.randint(3, 12)) for _ in range(15)]
    titles = {}
    for pairs in mixtures:
        filter = chosen(pairs)
        answer = await shown.client.get(f"/feeds/changes.atom?{urlencode(draw.sample(pairs, len(pairs)))}")
        assert answer.status_code == 200, pairs
        found = feedparser.parse(answer.content)
        assert not found.bozo and found.feed.id.endswith(f"feed/changes?{filter.query}"), pairs
        titles[filter] = found.feed.title
    assert len(set(titles.values())) == len(titles), "each filter has a title of its own"


@pytest.mark.slow
async def test_home_offers_only_what_there_is(shown: Any) -> None:
    found = await page(shown, "/")
    selects = {select["name"]: select for select in found.select("form.pick select")}
    assert set(selects) == {"since", *LISTED}
    assert [one["name"] for one in found.select("form.pick > div > select")] == ["since", "role"], "at once"
    del selects["since"]
    topics = [option["value"] for option in selects["topic"].select("option")]
    assert topics == ["", "offences_law", "identification_nrm", "victim_support", "children", "labour_exploitation"]
    for name, select in selects.items():
        for option in select.select("option")[1:]:
            if option["value"] == "editorial":
                continue
            assert await entries(shown, urlencode({str(name): option["value"]})), (name, option["value"])
    for link in found.select("a[href], link[rel=alternate]"):
        assert not link["href"].startswith("/subscribe?"), "nothing is filtered here"


async def test_or_and_and(shown: Any) -> None:
    assert await entries(shown, "topic=offences_law") == ["aa02"]
    assert set(await entries(shown, "topic=offences_law&topic=children")) == {"aa02", "aa04"}
    assert await entries(shown, "topic=offences_law&topic=children&jurisdiction=International") == ["aa04"]
    assert await entries(shown, "topic=offences_law&jurisdiction=International") == []
    assert set(await entries(shown, "jurisdiction=Wales")) >= {"aa01", "aa02"}, "the United Kingdom holds Wales"
    assert await entries(shown, "jurisdiction=Scotland&kind=act") == []
    assert await entries(shown, "aimed_at=police&exploitation=labour&toolkit=resources&role=first_responder") == [
        "aa01"
    ]
    assert "aa01" in await entries(shown, "role=caseworker"), "it is for charities: a caseworker is its reader"


async def test_feeds_name_the_sources_of_their_filter_that_could_not_be_read(shown: Any, database: Path) -> None:
    public = Database(database.with_name("public.db"))
    names = {row["id"]: row["name"] for row in public.query("select id, name from sources where trouble = 'alarm'")}
    assert names
    for id, name in names.items():
        for form in ("atom", "rss", "json"):
            assert name in (await shown.client.get(f"/feeds/changes.{form}?source={id}")).text, (id, form)
        assert f"Not read as it should be: {name}" in (await page(shown, f"/subscribe?source={id}")).text
    whole = await shown.client.get("/feeds/changes.atom?topic=children")
    assert "Could not be read" not in whole.text, "their sources have nothing on children"


async def test_a_filtered_list_is_a_sheet(shown: Any) -> None:
    answer = await shown.client.get("/.csv?aimed_at=police&exploitation=labour")
    lines = list(csv.DictReader(answer.text.removeprefix("\ufeff").splitlines(keepends=True)))
    assert [line["id"] for line in lines] == ["aa01"] == await entries(shown, "aimed_at=police&exploitation=labour")
    assert lines[0]["our page"] == "https://roundup.example.org/entry/aa01" and "Police lead" in lines[0]["for"]
    assert (await page(shown, "/?role=police")).find("a", string="CSV")["href"] == "/.csv?role=police"
    assert (await shown.client.get("/.csv?role=nope")).status_code == 404


async def test_a_sheet_of_a_period_is_cut_in_the_period(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def sheet(query: str) -> list[list[str]]:
        body = (await shown.client.get(f"/.csv?{query}")).text.removeprefix("\ufeff")
        return [[line[1][:10], line[-1]] for line in csv.reader(body.splitlines(keepends=True)) if len(line) > 1][1:]

    whole = await sheet("")
    day = whole[-1][0]
    asked = [line for line in whole if line[0] >= day]
    assert whole[0][0] > day and asked == await sheet(f"since={day}")
    monkeypatch.setattr(pages_of_entries, "MAX_ENTRIES", 1)
    month, newest = day[:7], whole[0][0][:7]
    of_month = [line for line in whole if line[0][:7] == month]
    assert await sheet("") == whole[:1] and await sheet(f"since={month}") == of_month[:1], newest


async def test_editorial_changes_are_told_where_asked_for(shown: Any) -> None:
    assert "ed01" not in await entries(shown, "")
    assert "ed01" not in await entries(shown, "kind=act")
    assert await entries(shown, "significance=editorial&kind=act") == ["ed01"]
    assert set(await entries(shown, urlencode({"document": ACT}))) == {"aa02", "ed01"}
    assert await entries(shown, urlencode({"document": ACT, "section": "section-4"})) == ["ed01"]
    assert await entries(shown, urlencode({"document": ACT, "section": "section-45"})) == ["aa02"]
    assert "wording of section 4" not in (await page(shown, "/")).text
    assert "wording of section 4" in (await page(shown, f"/?{urlencode({'document': ACT})}")).text


async def test_one_document_and_one_section(shown: Any) -> None:
    assert await entries(shown, urlencode({"document": f"{GUIDANCE}/annex-a"})) == ["aa01"]
    query = urlencode({"document": ACT, "section": "section-45"})
    found = feedparser.parse((await shown.client.get(f"/feeds/changes.atom?{query}")).content)
    assert found.feed.title == "Counter-trafficking round-up: Sample Exploitation Act 2001; Section 45 and below"
    shown_page = await page(shown, f"/subscribe?{query}")
    assert [(field["name"], field["value"]) for field in shown_page.select("form.choices input[type=hidden]")] == [
        ("document", ACT), ("section", "section-45"),
    ]  # fmt: skip
    removal = {chip.text.split(":")[0].strip(): chip.a["href"] for chip in shown_page.select(".chips li")}
    assert removal == {"Document": "/subscribe", "Section": f"/subscribe?{urlencode({'document': ACT})}"}
    own = urlencode({"document": GUIDANCE, "section": "2"})
    title = feedparser.parse((await shown.client.get(f"/feeds/changes.atom?{own}")).content).feed.title
    assert title == "Counter-trafficking round-up: Sample guidance on identification; 2 Who acts and below"


@pytest.mark.parametrize(
    "query",
    ["topic=nope", "role=nope", "aimed_at=nope", "exploitation=nope", "toolkit=nope", "significance=nope",
     "section=section-45", f"document={ACT}&document={quote(GUIDANCE)}&section=section-45",
     f"document={ACT}&section=section-999", f"document={ACT}&section=section-4%25", f"document={ACT}&section=%00",
     f"document={quote(CASE)}/judgment&section=paragraph-3", "topic=children%00", "topic=children'--",
     "topic[]=children", "Topic=children", "page=1", "facet=topic", f"topic={quote(SCRIPT)}", "topic=" + "x" * 3000,
     "role=police&role=",
     "&".join(f"topic=children&publisher={n}" for n in range(60)), "topic=%ed%a0%80", "topic=children&topic=nope"],
)  # fmt: skip
async def test_what_there_is_not_is_not_found(shown: Any, query: str) -> None:
    is_right = query == "role=police&role="
    for path in ("/subscribe", "/feeds/changes.atom", "/feeds/changes.json", *(() if query == "page=1" else ("/",))):
        answer = await shown.client.get(f"{path}?{query}")
        assert answer.status_code == (200 if is_right else 404), (path, query)
        assert SCRIPT not in answer.text


def test_a_headline_that_stands_alone_names_its_document() -> None:
    gone = replace(ENTRY, title="Removed by the publisher on 16 March 2026", document_title="Sample guidance " * 9)
    assert alone(gone) == f"{' '.join(['Sample guidance'] * 3)} …: {gone.title}"
    hidden = replace(gone, removed="gone", document_kind="news", publisher_name="Home Office")
    assert alone(hidden) == f"News, Home Office: {gone.title}"
    named = replace(ENTRY, title="Sample Act: section 1 amended", document_title="Sample Act")
    assert alone(named) == named.title


async def test_the_subscribe_page_says_what_would_come(shown: Any) -> None:
    found = await page(shown, "/subscribe?topic=labour_exploitation&jurisdiction=United+Kingdom&kind=report")
    assert found.h2.text == "Your feed: labour exploitation; United Kingdom; report"
    counted = "2 entries in the last 30 days, 2 in the last 7, 2 in all; the newest of 24 November 2026."
    assert counted in " ".join(found.select_one(".yours").text.split())
    assert len(found.select(".roles > li")) == 8 and found.select(".role li"), "with headlines of the last month"
    assert found.select_one(".role a")["href"] == "/subscribe?jurisdiction=United+Kingdom&role=police#at-yours"
    query = "jurisdiction=United+Kingdom&kind=report&topic=labour_exploitation"
    addresses = [code.text for code in found.select(".yours code")]
    names = ("dates.ics", "changes.atom", "changes.rss", "changes.json")
    assert addresses == [f"https://roundup.example.org/feeds/{name}?{query}" for name in names]
    for link in found.select(".yours .ways h3 a"):
        assert (await shown.client.get(link["href"])).status_code == 200
    assert found.find("a", string="See these entries")["href"] == f"/?{query}"
    ticked = [(str(box["name"]), str(box["value"])) for box in found.select("input[type=checkbox][checked]")]
    assert sorted(ticked) == parse_qsl(query)
    alternates = [link["href"] for link in found.select("link[rel=alternate]")]
    assert f"/feeds/changes.atom?{query}" in alternates and f"/feeds/changes.json?{query}" in alternates
    assert not found.select(".notice")


async def test_old_hits_are_no_new_ones(shown: Any) -> None:
    old = " ".join((await page(shown, "/subscribe?change=watching")).select_one(".yours").text.split())
    assert "1 entry in the last 30 days, 0 in the last 7, 1 in all; the newest of 1 November 2026." in old
    everything = " ".join((await page(shown, "/subscribe")).select_one(".yours").text.split())
    assert "12 in the last 7, 13 in all" in everything


async def test_a_filter_that_never_hit_says_so_plainly(shown: Any) -> None:
    found = await page(shown, "/subscribe?exploitation=surrogacy&kind=bill")
    assert "This filter has never had a hit." in found.select_one(".notice").text
    assert "0 entries in the last 30 days, 0 in the last 7, 0 in all." in " ".join(found.text.split())


async def test_the_form_needs_no_script_and_every_box_its_label(shown: Any) -> None:
    found = await page(shown, "/subscribe?publisher=ngo")
    assert not found.select("script, [onclick], [onchange]")
    form = found.select_one("form.choices")
    assert (form["method"], form["action"]) == ("get", "/subscribe")
    ids = [box["id"] for box in form.select("input[type=checkbox]")]
    assert len(set(ids)) == len(ids) > 100
    assert all(form.find("label", attrs={"for": name}).text.strip() for name in ids)
    assert all(fieldset.legend.text.strip() for fieldset in form.select("fieldset"))
    opened = [one.summary.text for one in form.select("details[open]")]
    assert opened == ["Published by (1 chosen)"]


async def test_home_leads_everywhere(shown: Any) -> None:
    found = await page(shown, "/?topic=children&role=police")
    assert found.find("a", string="Subscribe to exactly this view")["href"] == "/subscribe?role=police&topic=children"
    alternates = {link["href"]: link["type"] for link in found.select("link[rel=alternate]")}
    assert alternates["/feeds/changes.atom?role=police&topic=children"] == "application/atom+xml"
    assert alternates["/feeds/changes.json?role=police&topic=children"] == "application/feed+json"
    links = {link["href"] for link in found.select("main a[href]")}
    parts = ["/library", "/governance", "/resources", "/training", "/checklist", "/check", "/recommendations"]
    assert {*parts, "/corrections", "/review"} <= links
    waiting = found.select_one(".trouble").text
    assert "1 document" in waiting and "4 days" in waiting
    narrow = found.select_one("main details.narrow")
    assert narrow.summary.text == "Change the filter" and not narrow.has_attr("open"), "entries come first"
    assert [one["name"] for one in narrow.select("select")] == [facet for facet in LISTED if facet != "role"]
    assert [link["href"] for link in found.select("main nav.parts a")] == parts


async def test_common_feeds_have_addresses_of_their_own(shown: Any) -> None:
    own = await shown.client.get("/feeds/topic/offences_law.atom")
    query = await shown.client.get("/feeds/changes.atom?topic=offences_law")
    first, second = feedparser.parse(own.content), feedparser.parse(query.content)
    assert first.feed.id == second.feed.id and first.feed.title == second.feed.title
    assert [entry.id for entry in first.entries] == [entry.id for entry in second.entries]
    selfs = [[link.href for link in one.feed.links if link.rel == "self"] for one in (first, second)]
    assert selfs == [
        ["https://roundup.example.org/feeds/topic/offences_law.atom"],
        ["https://roundup.example.org/feeds/changes.atom?topic=offences_law"],
    ]
    found = await page(shown, "/subscribe?topic=offences_law")
    assert "https://roundup.example.org/feeds/topic/offences_law.json" in found.text
    for path in ("topic/nope.atom", "source/guidance.atom", "topic/offences_law.xml",
                 "topic/offences_law.atom?kind=act", "jurisdiction/United-Kingdom.atom"):  # fmt: skip
        assert (await shown.client.get(f"/feeds/{path}")).status_code == 404, path


async def test_the_list_of_feeds_leads_to_feeds(shown: Any, database: Path) -> None:
    answer = await shown.client.get("/feeds/feeds.opml")
    assert answer.headers["content-type"] == "text/x-opml; charset=utf-8"
    tag = answer.headers["etag"]
    assert (await shown.client.get("/feeds/feeds.opml", headers={"If-None-Match": tag})).status_code == 304
    root = ET.fromstring(answer.content)
    addresses = [one.attrib["xmlUrl"] for one in root.iter("outline") if "xmlUrl" in one.attrib]
    assert len(addresses) > 60
    for address in addresses:
        found = await shown.client.get(urlsplit(address).path)
        assert found.status_code == 200 and f'href="{address}"'.encode() in found.content, address
    bare = site(database, SiteAddress(public_url="", authority="a.invalid"), now=NOW)
    local = ET.fromstring((await bare.client.get("/feeds/feeds.opml")).content)
    assert next(one.attrib["xmlUrl"] for one in local.iter("outline") if "xmlUrl" in one.attrib) == "changes.atom"
    found_page = await page(bare, "/subscribe?topic=children")
    codes = [code.text for code in found_page.select(".yours code")]
    assert codes[1] == "http://localhost/feeds/changes.atom?topic=children", "as the reader sees the site"
    for host, shown_as in (("round-up.test:8001", "http://round-up.test:8001"), ('x"><b>', "")):
        answer = await bare.client.get("/subscribe", headers={"Host": host})
        assert f">{shown_as}/feeds/changes.atom<" in answer.text


async def test_an_empty_database_can_be_subscribed_to(tmp_path: Path) -> None:
    schema.create(Database(tmp_path / "roundup.db").conn)
    export(tmp_path / "roundup.db")
    empty = site(tmp_path / "roundup.db", WHERE, now=NOW)
    found = await page(empty, "/subscribe?topic=children")
    assert "never had a hit" in found.text and "Counted back" not in found.text
    assert (await empty.client.get("/feeds/feeds.opml")).status_code == 200
    assert await entries(empty, "topic=children&jurisdiction=European+Union&kind=act") == []
    assert "Nothing has been read" in (await page(empty, "/")).select_one(".trouble").text


async def test_a_mounted_site_names_its_own_paths(database: Path) -> None:
    mounted = site(database, SiteAddress(public_url="https://x.example/x/", authority="a", base_url="/x/"), now=NOW)
    found = await page(mounted, "/subscribe?topic=children")
    inside = [one.get("href") or one.get("action") for one in found.select("a[href], form[action], link[href]")]
    assert not [one for one in inside if one.startswith("/") and not one.startswith("/x/")]
    address = found.select(".yours code")[1].text
    assert address == "https://x.example/x/feeds/changes.atom?topic=children"


async def test_a_wrong_filter_is_answered_in_words(shown: Any) -> None:
    for path, said in (
        ("/?aimed_at=housin", "(housing)?"), ("/?jurisdiction=Scotlnd", "Did you mean “Scotland”?"),
        ("/?publisher=home-ofice", "Did you mean “Sample Home Office” (home-office)?"),
        ("/?source=guidence", "Did you mean “Sample guidance” (guidance)?"),
        ("/?publisher=zzzz", "There is no “zzzz” under “Published by”."),
        ("/?document=nowhere", "There is no “nowhere” under “Document”."),
        ("/resources?us=children", "Did you mean “Use” (use)?"),
        ("/resources?use=zzzz", "There is no “zzzz” under “Use”."), ("/subscribe?topics=children", "“Topic” (topic)?"),
    ):  # fmt: skip
        found = await page(shown, path, 404)
        assert said in found.select_one("main .lead").text, path
        assert found.select_one("main a[href='/subscribe']"), path
    answer = await shown.client.get("/feeds/changes.json?aimed_at=housin")
    assert answer.status_code == 404 and "(housing)?" in answer.json()["error"]
    hostile = await page(shown, f"/?topic={quote(SCRIPT)}", 404)
    assert hostile.select_one("main script") is None and "alert" in hostile.select_one("main .lead").text


async def test_a_document_is_asked_for_by_an_id_that_it_had(shown: Any) -> None:
    old = urlencode({"document": "https://www.example.org/old-address"})
    assert await entries(shown, old) == await entries(shown, urlencode({"document": GUIDANCE})) != []
    title = (await shown.client.get(f"/feeds/changes.json?{old}")).json()["title"]
    assert "Sample guidance on identification" in title and "old-address" not in title
