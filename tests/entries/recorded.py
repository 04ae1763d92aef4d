"""Crawls of the recordings: real answers of real sources, replayed moment by moment through the whole fold.

Where no recorded list names what was recorded, a list of ours does (tests/entries/lists.py). Sources are those of
sources.yaml where one of them was recorded, and else ones that read everything for the subject, so that each recorded
document has an entry.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from crawler.model import Link
from tests.entries import lists
from tests.recordings import table, test_eurojust, world
from tests.recordings.moments import FIRST, HEAD, SECOND, dated, source
from tests.recordings.test_moments_govuk import PAIRS

Row = Mapping[str, Any]
THIRD = datetime(2026, 3, 10, tzinfo=UTC)
CONTENT = "https://www.gov.uk/api/content"
JSON, ATOM, HTML = "application/json", "application/atom+xml", "text/html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What is crawled: a registry, the answers, the moments, and pages asked beside what the lists name."""

    sources: str
    rows: Sequence[Row]
    moments: Sequence[datetime]
    also: Mapping[datetime, Mapping[str, Sequence[Link]]] = field(default_factory=dict)

    def crawl(self, data: Path) -> None:
        """Replay every moment in its order."""
        warc = world.pack(data / "packed", self.rows)
        with world.one_by_one():
            for as_of in self.moments:
                world.replay(data, warc, as_of, sources=self.sources, also=self.also.get(as_of))


def shipped(*names: str) -> str:
    """Return these sources of the registry that is shipped, as they stand there."""
    registry = yaml.safe_load((world.ROOT / "sources.yaml").read_text("utf-8"))
    registry["settings"] |= {"contact": "watch@sample.invalid", "authority": "recordings.invalid"}
    registry["sources"] = [each for each in registry["sources"] if each["id"] in names]
    kept = {name: value for name, value in registry.items() if name not in ("series", "collections")}
    return json.dumps(kept, default=str)


def own(name: str, protocol: str, url: str, kind: str = "guidance", more: str = "") -> str:
    """Return a registry with a source of ours that reads everything for the subject."""
    return HEAD + source(name, protocol, url, more, kind)


def stamped(time: datetime) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"


def releases(folder: Path) -> Recorded:
    """Moments of Eurojust's press releases: edits, an outage, translations; judged by the rules."""
    numbers = ("0000", "0515", "0863", "0864", "1957", "1958", "1995", "2196", "2398", "3974")
    moments = {number: told for number, told in test_eurojust.dumps().items() if number in numbers}
    for number in set(numbers) - moments.keys():
        row = world.row(f"reconstructed/press-releases.{number}.rss.xml")
        moments[number] = (world.time_of(row["recorded"]), [])
    rows = test_eurojust.packed(folder / "rss", dict(sorted(moments.items())))
    return Recorded(sources=shipped("eurojust-press"), rows=rows, moments=[time for time, _ in moments.values()])


def evaluations(folder: Path) -> Recorded:
    """The list of GRETA's reports as recorded, after the same list without what is younger than its first moment."""
    first, later = datetime(2023, 11, 1, tzinfo=UTC), datetime(2025, 5, 29, 15, tzinfo=UTC)
    row = world.row("/hudocgreta.rss")
    text = world.body(row).decode("utf-8", "replace")
    young = re.compile(r"<item>(?:(?!</item>).)*<pubDate>[^<]*(?:Nov|Dec) 2023 (?:(?!</item>).)*</item>"
                       r"|<item>(?:(?!</item>).)*<pubDate>[^<]* 202[4-9] (?:(?!</item>).)*</item>", re.S)  # fmt: skip
    rows = [
        lists.packed(folder / "before.rss", young.sub("", text), row["url"], row["content_type"], stamped(first)),
        *dated([row], later),
    ]
    return Recorded(sources=shipped("greta-reports"), rows=rows, moments=[first, later])


def violence(folder: Path) -> Recorded:
    """The list of GREVIO's reports at two moments: three new ones, and five with another title."""
    times = (datetime(2025, 5, 25, 15, tzinfo=UTC), datetime(2025, 7, 13, 14, tzinfo=UTC))
    rows = [world.row(name) for name in ("grevio.rss", "grev.rss")]
    return Recorded(sources=own("grevio", "hudoc", rows[0]["url"], "report"), rows=dated(rows, *times), moments=times)


def forms(folder: Path) -> Recorded:
    """Forms and guides for first responders, replaced in place and renamed from 2019 to 2026."""
    about = [row for row in world.manifest() if row["file"].startswith("www.modernslavery.gov.uk/")]
    rows: list[Row] = []
    moments: list[datetime] = []
    served: dict[str, str] = {}
    for time in sorted({row["recorded"] for row in about}):
        now = [row for row in about if row["recorded"] == time]
        for row in now:
            name = row["url"].rpartition("/")[2].removesuffix(".pdf")
            served[re.sub(r"-(v\d|2026-v\d|v\d-2026).*", "", name)] = row["url"]
        listed = {url: url.rpartition("/")[2].removesuffix(".pdf").replace("-", " ") for url in served.values()}
        rows += now
        rows.append(lists.packed(folder / f"{time}.html", lists.index(listed), lists.INDEX, HTML, time))
        moments.append(world.time_of(time) + timedelta(hours=12))
    more = ", audit: 1, options: {entry: main li}"
    return Recorded(sources=own("forms", "listing", lists.INDEX, "form", more), rows=rows, moments=moments)


def pages(folder: Path) -> Recorded:
    """Pages of GOV.UK in two states."""
    rows: list[Row] = []
    for pair in PAIRS.values():
        both = [world.row(f"content-api/{each}.json") for each in (pair.before, pair.after)]
        rows += dated(both, FIRST, SECOND, url=both[0]["url"])
    items = [row["url"].removeprefix(CONTENT) for row in rows[::2]]
    more = f", options: {{items: {json.dumps(items)}}}"
    return Recorded(sources=own("pages", "govuk", CONTENT, more=more), rows=rows, moments=[FIRST, SECOND])


def guidance(folder: Path) -> Recorded:
    """Every page of GOV.UK that was recorded as served, new on the day on which a list names it."""
    paired = {f"www.gov.uk/content-api/{each}.json" for pair in PAIRS.values() for each in (pair.before, pair.after)}
    found: dict[str, tuple[Row, dict[str, Any]]] = {}
    for row in world.manifest():
        if row["raw"] and row["file"].startswith("www.gov.uk/") and row["file"] not in paired:
            body = json.loads(world.body(dict(row)))
            if {"content_id", "base_path", "document_type", "details"} <= body.keys():
                found.setdefault(body["content_id"], (row, body))
    rows: list[Row] = []
    bodies = [body for _, body in found.values()]
    for time, named in ((FIRST, bodies[:1]), (SECOND, bodies)):
        rows.append(lists.packed(folder / f"{time:%m}.json", lists.govuk(named), lists.GOVUK, JSON, stamped(time)))
    for about, body in found.values():
        rows += dated([about], FIRST if body is bodies[0] else SECOND, url=f"{CONTENT}{body['base_path']}")
    return Recorded(sources=own("search", "govuk", lists.GOVUK), rows=rows, moments=[FIRST, SECOND])


_ACT = re.compile(rb'<Legislation\b[^>]*?DocumentURI="http://www\.legislation\.gov\.uk/(?:id/)?([a-z]+/\d{4}/\d+)')


def acts(folder: Path) -> Recorded:
    """Acts and instruments as served, new on the day on which a list names them, and one at two points in time."""
    found: dict[str, list[Row]] = {}
    for row in world.manifest():
        if row["raw"] and re.match(r"www\.legislation\.gov\.uk/.*\.xml$", row["file"]):
            stated = _ACT.search(world.body(dict(row))[:4000])
            if stated:
                found.setdefault(stated[1].decode(), []).append(row)
    first = "ukpga/2000/38"
    rows: list[Row] = []
    for time, named in ((FIRST, {first: "2014-04-01"}), (SECOND, dict.fromkeys(found, "made"))):
        rows.append(lists.packed(folder / f"{time:%m}.feed", lists.law(named), lists.LAW, ATOM, stamped(time)))
    for name, recorded in found.items():
        url = f"https://www.legislation.gov.uk/{name}/data.xml"
        rows += dated(recorded, FIRST, SECOND, url=url) if name == first else dated(recorded[:1], SECOND, url=url)
    return Recorded(sources=own("law", "legislation", lists.LAW, "legislation"), rows=rows, moments=[FIRST, SECOND])


def listed(folder: Path) -> Recorded:
    """Four moments of new legislation, judged by the rules: nothing of it is on the subject."""
    address = "http://legislation.data.gov.uk/all/data.feed?sort=published"
    rows = [{**row, "url": lists.LAW} for row in world.manifest() if row["url"] == address]
    moments = [world.time_of(row["recorded"]) for row in rows]
    return Recorded(sources=shipped("legislation-new"), rows=rows, moments=moments)


UNION = {
    "formex/L_2022333EN.01008001.xml": ("32022L2555", FIRST),
    "notice/52018PC0340_branch_ORIGINAL.xml": ("52018PC0340", FIRST),
    "formex/32022L2555.fmx4.zip": ("32022L2555", SECOND),
    "formex/32016R0679.fmx4.xml": ("32016R0679", SECOND),
    "formex/L_2022277EN.01000101.xml": ("32022R2065", SECOND),
    "formex/02014R0910-20241018.fmx4.zip": ("32014R0910", SECOND),
    "notice/32022R2554_tree.xml": ("32022R2554", SECOND),
    "notice/EN-CELEX-02009R1223-20191218.xml": ("32009R1223", SECOND),
    "CELEX-32017R2403-EN-TXT.html": ("32017R2403", SECOND),
    "CELEX-32017R2403-ES-TXT.html": ("32017R2403", THIRD),
    "lexparency_EUHb_de_raw.html": ("32002F0584", THIRD),
    "notice/52018PC0340_branch_new.xml": ("52018PC0340", THIRD),
}
"""Recorded acts of the Union: what they are of, and when they are first answered."""


def union(folder: Path) -> Recorded:
    """Acts of the Union as Formex, as web pages and as notices, in several languages and forms."""
    rows: list[Row] = []
    links: dict[datetime, list[Link]] = {}
    for name, (number, time) in UNION.items():
        row = world.row(name)
        url = table.address(row)
        rows += dated([row], time, url=url)
        for moment in (each for each in (FIRST, SECOND, THIRD) if each >= time):
            links.setdefault(moment, []).append(Link(url=url, role="document", facts={"document": f"celex:{number}"}))
    for time in links:
        named = {number: f"Sample act {number}" for number, first in UNION.values() if first <= time}
        answer = lists.union(named)
        rows.append(lists.packed(folder / f"{time:%m}.json", answer, lists.UNION, lists.RESULTS, stamped(time)))
    also = {time: {"acts": each} for time, each in links.items()}
    text = own("acts", "cellar", lists.UNION, "legislation")
    return Recorded(sources=text, rows=rows, moments=list(links), also=also)


def procedures(folder: Path) -> Recorded:
    """Procedures of the European Parliament on three layouts of one page, and texts as data and as pages."""
    site = "https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference"
    rows: list[Row] = []
    links: dict[str, Link] = {}
    for row in world.manifest():
        found = re.search(r"procedure-file_(\d{4})-(\d{4})-([A-Z]{3})(\.older\d)?", row["file"])
        if found:
            url = f"{site}={found[1]}/{found[2]}({found[3]})"
            rows += dated([row], {".older1": FIRST, ".older2": SECOND}.get(found[4] or "", THIRD), url=url)
            links[url] = Link(url=url, role="document")
        elif re.match(r"(data|www)\.europarl\.europa\.eu/(plenary|procedures_|doceo)", row["file"]):
            url = row["url"].replace("/ld+json", "%2Fld%2Bjson")
            rows += dated([row], FIRST if "procedures_2016" in row["file"] else SECOND, url=url)
            links[url] = Link(url=url, role="document")
    more = ", options: {items: [2016-0132]}"
    text = own("procedures", "europarl", "https://data.europarl.europa.eu/api/v2/procedures", "parliament", more)
    later = {"procedures": list(links.values())}
    return Recorded(sources=text, rows=rows, moments=[FIRST, SECOND, THIRD], also={SECOND: later, THIRD: later})


CRAWLS: Mapping[str, Callable[[Path], Recorded]] = {
    "releases": releases, "evaluations": evaluations, "violence": violence, "forms": forms, "pages": pages,
    "guidance": guidance, "acts": acts, "listed": listed, "union": union, "procedures": procedures,
}  # fmt: skip
