"""Documents of the world: guidance, news, a court case, a shut report, awkward ones, an Act."""

from __future__ import annotations

import json

from publish_rows import (
    ACT,
    ADDRESS,
    CASE,
    CLOCK,
    EARLIER,
    FIRST,
    GUIDANCE,
    LONG,
    NEWS,
    REMOVED,
    RTL,
    SCRIPT,
    SECRET,
    SHUT,
    SHUT_REPORT,
    TAKEN,
    World,
)


def documents(world: World) -> None:
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


def law(world: World) -> None:
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
