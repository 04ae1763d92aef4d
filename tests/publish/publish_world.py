"""A small world in the database, with everything a page may meet: all of it invented."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawler.publish import Where
from crawler.store.schema import migrations

NOW = datetime(2026, 11, 24, 11, tzinfo=UTC)
CLOCK = "2026-11-24T10:00:00Z"
EARLIER = "2026-11-20T10:00:00Z"
FIRST = "2026-11-01T10:00:00Z"
WHERE = Where(public_url="https://roundup.example.org", authority="roundup.example.org")

SECRET = "Marigoldbody"
"""A word that stands only in bodies, summaries and notes of private documents: no page may show it."""
REMOVED = "Tuberosetitle"
"""A word that stands only in titles of private documents that their publisher took down."""
SHUT = "Larkspurtext"
"""A word that stands only in unchanged texts whose licence does not let us show our copy."""

SCRIPT = '<script>alert("x")</script> & <b>bold</b>'
RTL = "قانون مكافحة الاتجار بالبشر"
LONG = "Annex on identification " * 21
ACT = "ukpga/2001/9001"
ADDRESS = "url:https://example.org/report?id=1&part=b//c#d e"
NEWS = "govuk:11111111-aaaa-bbbb-cccc-000000000001"
TAKEN = "govuk:11111111-aaaa-bbbb-cccc-000000000002"
CASE = "url:https://courts.example/case/7"
SHUT_REPORT = "url:https://ngo.example/reports/9"
GUIDANCE = "govuk:22222222-aaaa-bbbb-cccc-000000000001"

_DEFAULTS: dict[str, dict[str, Any]] = {
    "publishers": {"jurisdiction": "United Kingdom", "licence": "", "attribution": "", "copy": "public"},
    "sources": {
        "protocol": "feed", "jurisdiction": "United Kingdom", "schedule": 86400, "evidence": "recorded", "enabled": 1,
        "reason": "", "toolkit": "[]", "topics": "[]", "expect": "{}", "reading": "r", "baseline_reading": "r",
        "last_success": CLOCK, "last_walk": CLOCK, "last_entries": 12, "kind": "guidance",
    },
    "crawls": {
        "state": "ended", "live": 0, "sample": 0, "software": "0.1.0", "parsers": "{}", "registry": "", "file": "a.warc.gz",
        "offset": 0, "length": 10,
    },
    "runs": {
        "outcome": "healthy", "walk": "complete", "requests": 3, "not_modified": 0, "not_recorded": 0, "failed": 0,
        "bytes": 100, "documents": 12, "new": 0, "changed": 1, "known": 11,
    },
    "fetches": {
        "hop": 0, "accept": "", "role": "document", "status": 200, "outcome": "accepted", "reason": "", "etag": "",
        "last_modified": "", "media_type": "text/html", "bytes": 10, "reading": "r", "file": "a.warc.gz", "offset": 1,
        "length": 9,
    },
    "documents": {
        "kind": "guidance", "publisher": "home-office", "author": "", "jurisdiction": "United Kingdom", "extent": "",
        "summary": "", "status": "", "availability": "ok", "suspect_answers": 0, "in_force": "not applicable",
        "first_seen": FIRST, "checked": CLOCK, "source": "guidance", "silent": "", "published": "2026-10-05",
    },
    "versions": {
        "title": "Sample", "representation": "html", "language": "en", "label": "", "status": "", "note": "", "partial": 0, "parser": "1",
        "source": "guidance", "fetch": 1,
    },
    "changes": {
        "path": "", "before": "", "after": "", "words": "[]", "position": -1, "cause": "source",
        "significance": "substantive", "flags": "[]", "note": "", "seen": CLOCK, "crawl": "c3", "fetch": 1, "silent": "",
    },
    "entries": {
        "crawl": "c3", "kind": "changed", "summary": "One section changed.", "details": "[]",
        "url": "https://www.example.org/official", "jurisdiction": "United Kingdom", "publisher": "home-office",
        "source": "guidance", "document_kind": "guidance", "published": "2026-10-05", "in_force": "not applicable",
        "note": "", "significance": "substantive", "late": "", "seen": CLOCK, "announced": CLOCK, "updated": CLOCK,
        "state": "announced", "capture_time": CLOCK, "capture_digest": sha256(b"x").hexdigest(), "fetch": 1,
    },
    "issues": {"severity": "alarm", "subject": "", "crawl": "c3", "last_seen": CLOCK},
}  # fmt: skip


class World:
    """A database that is filled row by row."""

    def __init__(self, path: Path) -> None:
        self.db = Database(path)
        self.db.enable_wal()
        migrations.apply(self.db)

    def add(self, table: str, **values: Any) -> None:
        row = {**_DEFAULTS.get(table, {}), **values}
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        self.db.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))

    def document(self, id: str, title: str, **values: Any) -> None:
        values.setdefault("root", values.get("parent") or id)
        values.setdefault("url", "https://www.example.org/" + sha256(id.encode()).hexdigest()[:8])
        self.add("documents", id=id, title=title, **values)
        place = self.db.execute("select count(*) from documents").fetchone()[0]
        self.add(
            "document_search", id=place, document=id, title=title, summary=values.get("summary", ""), identifiers=id
        )
        source = values.get("source", "guidance")
        self.add(
            "document_sources", document=id, source=source, first_seen=FIRST, last_seen=CLOCK,
            listed=json.dumps({"title": title, "summary": values.get("summary", "")}), stated="{}",
        )  # fmt: skip

    def version(self, id: str, document: str, sections: Iterable[tuple[str, str, str, str]], **values: Any) -> None:
        """Add a version; sections are path, number, heading and text. The last one added is the one shown."""
        ids = []
        self.db.execute("update sections set newest = 0 where document = ?", [document])
        for path, number, heading, text in sections:
            digest = sha256(f"{path}|{number}|{heading}|{text}".encode()).hexdigest()
            self.db.execute(
                "insert or ignore into sections (document, path, number, heading, text, status, parts, digest, newest)"
                " values (?, ?, ?, ?, ?, '', '[]', ?, 0)",
                [document, path, number, heading, text, digest],
            )
            found = self.db.execute("select id from sections where document = ? and digest = ?", [document, digest])
            ids.append(found.fetchone()[0])
        self.db.execute(
            f"update sections set newest = 1 where id in ({', '.join(map(str, ids))})" if ids else "select 1"
        )
        self.add(
            "versions", id=id, document=document, sections=json.dumps(ids), characters=sum(len(s[3]) for s in sections),
            digest=sha256(json.dumps(ids).encode()).hexdigest(), **values,
        )  # fmt: skip
        self.db.execute("update documents set current = ? where id = ?", [id, document])


def build(path: Path, *, sample: bool = False) -> Path:
    """Fill a new database with the world, and give its path."""
    world = World(path)
    _registry(world, sample)
    _documents(world)
    _law(world)
    _entries(world)
    _issues(world)
    for facet, column in (("jurisdiction", "jurisdiction"), ("kind", "document_kind"), ("source", "source")):
        world.db.execute(
            f"insert into entry_counts select ?, {column}, count(*) from entries where announced is not null and"
            f" {column} is not null and {column} <> '' group by 2",
            [facet],
        )
    world.db.conn.commit()
    world.db.execute("analyze")
    world.db.conn.commit()
    world.db.close()
    return path


def _registry(world: World, sample: bool) -> None:
    add = world.add
    add("publishers", id="home-office", name="Sample Home Office", licence="OGL v3.0", attribution="Contains samples.")
    add("publishers", id="parliament", name="Sample Parliament", licence="OGL v3.0")
    add("publishers", id="ngo", name="Sample Charity", copy="hash-only", jurisdiction="International")
    add(
        "sources",
        id="guidance",
        name="Sample guidance",
        publisher="home-office",
        url="https://www.example.org/feed",
        position=0,
    )
    add(
        "sources",
        id="law",
        name="Sample statute book",
        publisher="parliament",
        url="https://law.example/feed",
        position=1,
        kind="legislation",
    )
    add(
        "sources",
        id="news",
        name="Sample newsroom",
        publisher="home-office",
        url="https://news.example/feed",
        position=2,
        kind="news",
    )
    add(
        "sources",
        id="ngo",
        name="Sample charity reports",
        publisher="ngo",
        url="https://ngo.example/feed",
        position=3,
        kind="report",
    )
    add(
        "sources",
        id="never",
        name="Sample never read",
        publisher="ngo",
        url="https://never.example/",
        position=4,
        last_success=None,
        last_walk=None,
        last_entries=None,
        evidence="assumed",
    )
    add(
        "sources",
        id="off",
        name="Sample switched off",
        publisher="ngo",
        url="https://off.example/",
        position=5,
        enabled=0,
        reason="forbids robots",
        last_success=None,
    )
    for number, clock in enumerate((FIRST, EARLIER, CLOCK), 1):
        add("crawls", id=f"c{number}", clock=clock, started=clock, ended=clock, sample=int(sample))
        for source in ("guidance", "law", "news", "ngo"):
            outcome = "unhealthy" if (source, number) == ("ngo", 3) else "healthy"
            add("runs", crawl=f"c{number}", source=source, outcome=outcome)
    add("topics", id="identification_nrm", label="Identification")
    for number, clock in ((1, CLOCK), (2, EARLIER)):
        add(
            "fetches", id=number, crawl="c3", exchange=f"x{number}", url="https://www.example.org/official", time=clock, source="guidance",
            digest=sha256(b"x").hexdigest(), asked=json.dumps([{"source": "guidance", "facts": {"summary": SECRET}}]),
        )  # fmt: skip
    add(
        "frontier",
        id=1,
        key="GET https://www.example.org/official",
        url="https://www.example.org/official",
        host="www.example.org",
        accept="",
        rank=0,
        state="done",
        tries=0,
        crawl="c3",
        walk="",
    )
    add(
        "frontier_askers",
        frontier=1,
        source="guidance",
        role="document",
        parent="",
        facts=json.dumps({"summary": SECRET}),
        token="t",
        wanted=0,
    )


def _documents(world: World) -> None:
    doc = world.document
    doc(
        GUIDANCE,
        "Sample guidance on identification",
        summary="How to identify potential victims (sample).",
        updated="2026-11-23T09:00:00Z",
        announced=EARLIER,
        changed=CLOCK,
    )
    doc(f"{GUIDANCE}/annex-a", "Annex A: sample form", parent=GUIDANCE, kind="form")
    doc(ADDRESS, "Report with an awkward address", kind="report", published="2026-09-30", silent="first walk")
    doc("url:https://example.org/script", SCRIPT, kind="report", published="2026-11-02", summary=SCRIPT)
    doc("url:https://example.org/rtl", RTL, kind="report", jurisdiction="International", published="2026-11")
    doc("url:https://example.org/long", LONG.strip(), kind="report", published="2026-11-10")
    doc("url:https://example.org/odd", "Odd \x0b\ufffe title", url="javascript:alert(1)", published="sometime", kind="")
    doc("url:https://example.org/suspect", "Suspect page", availability="suspect", availability_since=EARLIER)
    doc("url:https://example.org/gone", "Gone page", availability="gone", availability_since=EARLIER)
    doc("url:https://example.org/withdrawn", "Withdrawn guidance", availability="withdrawn", availability_since=EARLIER)
    doc(
        NEWS,
        "Two charged in sample case",
        kind="news",
        source="news",
        summary=f"{SECRET} of Sampletown",
        published="2026-11-22",
    )
    doc(
        TAKEN,
        f"Release about {REMOVED}",
        kind="news",
        source="news",
        summary=SECRET,
        availability="gone",
        availability_since=EARLIER,
        url=f"https://news.example/{REMOVED}",
    )
    doc(CASE, "R v Sample", kind="case_law", source="news", summary=SECRET)
    doc(f"{CASE}/judgment", "Judgment", parent=CASE, kind="resource", source="news", summary=SECRET)
    doc(SHUT_REPORT, "Charity report", kind="report", source="ngo", publisher="ngo", summary=f"{SHUT} summary")
    world.add("aliases", alias="https://www.example.org/old-address", document=GUIDANCE)
    world.add("aliases", alias=f"https://news.example/{REMOVED}-old", document=TAKEN)
    world.add("document_topics", document=GUIDANCE, topic="identification_nrm", band="in", score=9.5, why="[]")
    old = [
        ("1", "1", "Purpose", "This sample says how to identify people."),
        ("2", "2", "Who acts", "First responders may refer within 45 days of a person's consent."),
        ("3", "3", "Old part", "This part goes away."),
    ]
    new = [
        ("1", "1", "Purpose", "This sample says how to identify people."),
        ("2", "2", "Who acts", "First responders must refer within 30 days of a person's consent."),
        ("4", "4", "New part", "l'esclavage and anti-slavery work under 2024/1712, section 54(2)."),
    ]
    world.version("g1", GUIDANCE, old, captured=EARLIER, label="3.7", fetch=2)
    world.version("g2", GUIDANCE, new, captured=CLOCK, label="3.8", note="Duty to refer")
    world.version("g0", GUIDANCE, new, captured=FIRST, representation="pdf")
    world.db.execute("update documents set current = 'g2' where id = ?", [GUIDANCE])
    world.version(
        "n1", NEWS, [("body", "", SECRET, f"{SECRET} was arrested.")], captured=EARLIER, note=SECRET, source="news"
    )
    world.version(
        "n2", NEWS, [("body", "", SECRET, f"{SECRET} was arrested and charged.")], captured=CLOCK, source="news"
    )
    world.version(
        "t1", TAKEN, [("body", "", SECRET, SECRET)], captured=EARLIER, title=f"Release about {REMOVED}", source="news"
    )
    world.version("k1", f"{CASE}/judgment", [("body", "", "", SECRET)], captured=EARLIER, source="news")
    kept = f"{SHUT} is how it goes on for long. " * 40
    world.version(
        "s1",
        SHUT_REPORT,
        [("1", "1", "Findings", f"{kept}There were 12 cases. {kept}")],
        captured=EARLIER,
        source="ngo",
    )
    world.version(
        "s2", SHUT_REPORT, [("1", "1", "Findings", f"{kept}There were 15 cases. {kept}")], captured=CLOCK, source="ngo"
    )
    change = world.add
    change(
        "changes",
        id="ch1",
        document=GUIDANCE,
        version="g2",
        previous="g1",
        kind="changed",
        path="2",
        words=json.dumps(
            [
                ["=", "First responders "],
                ["-", "may "],
                ["+", "must "],
                ["=", "refer within "],
                ["-", "45"],
                ["+", "30"],
                ["=", " days."],
            ]
        ),
        before="may",
        after="must",
        position=1,
        flags='["duty"]',
        entry=None,
    )
    change(
        "changes",
        id="ch2",
        document=GUIDANCE,
        version="g2",
        previous="g1",
        kind="added",
        path="4",
        after="New part",
        position=2,
    )
    change(
        "changes",
        id="ch3",
        document=GUIDANCE,
        version="g2",
        previous="g1",
        kind="removed",
        path="3",
        before="This part goes away.",
    )
    change("changes", id="ch4", document=GUIDANCE, version="g1", kind="changed", path="1", cause="parser", seen=EARLIER)
    change(
        "changes",
        id="ch5",
        document=NEWS,
        version="n2",
        previous="n1",
        kind="changed",
        path="body",
        before=SECRET,
        after=SECRET,
        words=json.dumps([["=", SECRET], ["+", " and charged"]]),
        note=SECRET,
    )
    change(
        "changes",
        id="ch6",
        document=TAKEN,
        kind="retitled",
        before=f"About {REMOVED}",
        after=f"Release about {REMOVED}",
    )
    change(
        "changes",
        id="ch7",
        document=SHUT_REPORT,
        version="s2",
        previous="s1",
        kind="changed",
        path="1",
        before=kept,
        after=kept,
        words=json.dumps([["=", kept], ["-", "12"], ["+", "15"], ["=", kept]]),
    )
    for number, kind in enumerate(
        ("renumbered", "moved", "new", "status", "withdrawn", "gone", "returned", "relocated", "note", "unheard-of")
    ):
        change(
            "changes",
            id=f"k{number}",
            document="url:https://example.org/withdrawn",
            kind=kind,
            before="old",
            after="new",
            silent="first walk" if kind == "new" else "",
        )


def _law(world: World) -> None:
    world.document(
        ACT,
        "Sample Exploitation Act 2001",
        kind="act",
        source="law",
        publisher="parliament",
        status="in force",
        extent="E+W",
        in_force="in parts",
        published="2001-07-01",
        jurisdiction="England and Wales",
    )
    world.document(
        "uksi/2002/9002",
        "Sample Exploitation (Commencement) Order 2002",
        kind="si",
        source="law",
        publisher="parliament",
        in_force="2002-04-06",
        published="2002-03-01",
    )
    many = [
        (f"section-{n}", str(n), f"Offence {n}", f"(1) A person commits offence {n}. This is a sample.")
        for n in range(1, 320)
    ]
    world.version(
        "a1",
        ACT,
        many,
        captured=EARLIER,
        valid_from="2001-07-01",
        representation="structured",
        source="law",
        label="enacted",
    )
    amended = [
        *many[:44],
        ("section-45", "45", "Defence", "(1) A person is not guilty of an offence if compelled. This is a sample."),
        *many[45:],
    ]
    world.version(
        "a2", ACT, amended, captured=CLOCK, valid_from="2026-11-01", representation="structured", source="law"
    )
    world.add(
        "dates",
        document=ACT,
        event="in force",
        provision="section 1",
        date="2001-09-01",
        qualification="for certain purposes",
        seen=FIRST,
        fetch=1,
    )
    world.add("relations", document=ACT, relation="commenced by", target="uksi/2002/9002", seen=FIRST, fetch=1)
    world.add("relations", document=ACT, relation="cites", target="javascript:alert(1)", seen=FIRST, fetch=1)
    world.add(
        "effects",
        id="e1",
        affected=ACT,
        affected_provision="s. 45",
        affecting="uksi/2002/9002",
        affecting_provision="art. 2",
        type="words substituted",
        applied=0,
        in_force="2027-01-01",
        seen=FIRST,
        fetch=1,
    )


def _entries(world: World) -> None:
    entry = world.add
    told = [
        {
            "kind": "changed",
            "document": GUIDANCE,
            "path": "2",
            "heading": "2 Who acts",
            "words": [["=", "First responders "], ["-", "may "], ["+", "must "], ["=", "refer."]],
        },
        {
            "kind": "added",
            "document": f"{GUIDANCE}/annex-a",
            "path": "b",
            "heading": "",
            "words": [["+", "A new box."]],
        },
    ]
    entry(
        "entries",
        id="aa01",
        document=GUIDANCE,
        title="Sample guidance: duty to refer",
        details=json.dumps(told),
        note="Duty to refer added",
        updated_by_publisher="2026-11-23T09:00:00Z",
    )
    world.db.execute("update changes set entry = 'aa01' where document = ? and cause = 'source'", [GUIDANCE])
    entry(
        "entries",
        id="aa02",
        document=ACT,
        title="Sample Exploitation Act 2001: section 45 amended",
        document_kind="act",
        publisher="parliament",
        source="law",
        jurisdiction="England and Wales",
        significance="legal effect",
        occurred="2026-11-01",
        in_force="in parts",
        details=json.dumps(
            [
                {
                    "kind": "changed",
                    "document": ACT,
                    "path": "section-45",
                    "heading": "45 Defence",
                    "words": [["=", "long " * 200], ["+", "new "], ["=", "long " * 200]],
                }
            ]
        ),
    )
    entry(
        "entries",
        id="aa03",
        document="url:https://example.org/script",
        title=SCRIPT,
        kind="new",
        document_kind="report",
        summary=SCRIPT,
        url="javascript:alert(1)",
        note=SCRIPT,
        announced=EARLIER,
        updated=EARLIER,
        seen=EARLIER,
    )
    entry(
        "entries",
        id="aa04",
        document="url:https://example.org/rtl",
        title=RTL,
        kind="new",
        document_kind="report",
        jurisdiction="International",
        publisher=None,
        announced=EARLIER,
        updated=EARLIER,
        seen=EARLIER,
    )
    entry(
        "entries",
        id="aa05",
        document="url:https://example.org/long",
        title=LONG.strip(),
        kind="new",
        document_kind="report",
        announced=EARLIER,
        updated=EARLIER,
        seen=EARLIER,
        late="Its source could not be read from 2 to 19 November.",
    )
    entry(
        "entries",
        id="aa06",
        document="url:https://example.org/odd",
        title="Odd \x0b\ufffe title",
        kind="returned",
        document_kind="",
        announced=EARLIER,
        updated=EARLIER,
        seen=EARLIER,
    )
    entry(
        "entries",
        id="aa07",
        document="url:https://example.org/gone",
        title="Gone page is no longer found",
        kind="gone",
        announced=EARLIER,
        updated=CLOCK,
        state="corrected",
    )
    entry(
        "entries",
        id="aa08",
        document="url:https://example.org/withdrawn",
        title="Withdrawn guidance withdrawn",
        kind="withdrawn",
        announced=EARLIER,
        updated=CLOCK,
        state="withdrawn",
    )
    entry(
        "entries",
        id="aa09",
        document=None,
        title="Started watching 4 sources, 1 could not be read",
        kind="watching",
        document_kind="",
        url="",
        publisher=None,
        source=None,
        jurisdiction="",
        announced=FIRST,
        updated=FIRST,
        seen=FIRST,
        capture_time=None,
        capture_digest="",
        fetch=None,
    )
    entry(
        "entries",
        id="aa10",
        document=ADDRESS,
        title="Silent entry",
        kind="relocated",
        announced=None,
        updated=None,
        state="silent",
        document_kind="report",
    )
    private = [{"kind": "changed", "document": NEWS, "path": "body", "heading": SECRET, "words": [["+", SECRET]]}]
    entry(
        "entries",
        id="bb01",
        document=NEWS,
        title="Two charged in sample case",
        kind="new",
        document_kind="news",
        source="news",
        summary=SECRET,
        details=json.dumps(private),
        note=SECRET,
    )
    entry(
        "entries",
        id="bb02",
        document=TAKEN,
        title=f"Release about {REMOVED}",
        kind="gone",
        document_kind="news",
        source="news",
        summary=SECRET,
        details=json.dumps(private),
        url=f"https://news.example/{REMOVED}",
    )
    entry(
        "entries",
        id="bb03",
        document=CASE,
        title="R v Sample",
        kind="new",
        document_kind="case_law",
        source="news",
        summary=SECRET,
        details=json.dumps(private),
    )
    entry(
        "entries",
        id="bb04",
        document=SHUT_REPORT,
        title="Charity report: findings changed",
        document_kind="report",
        source="ngo",
        publisher="ngo",
        details=json.dumps(
            [
                {
                    "kind": "changed",
                    "document": SHUT_REPORT,
                    "path": "1",
                    "heading": "Findings",
                    "words": [["=", f"{SHUT} " * 300], ["+", "15"], ["=", f" {SHUT}" * 300]],
                }
            ]
        ),
    )


def _issues(world: World) -> None:
    issue = world.add
    issue("issues", id="i1", source="ngo", kind="challenge", detail="a robot check instead of the feed", since=EARLIER)
    issue(
        "issues", id="i2", source="guidance", kind="gap", severity="note", detail="page cap of 5 reached", since=EARLIER
    )
    issue("issues", id="i3", source="law", kind="zero", detail="no documents", since=FIRST, resolved=EARLIER)
    issue("issues", id="i4", source=None, kind="unheard-of", detail="something <b>odd</b>", since=EARLIER)
