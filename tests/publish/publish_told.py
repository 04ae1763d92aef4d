"""What the world tells: entries of every state, and issues open and mended."""

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


def entries(world: World) -> None:
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


def issues(world: World) -> None:
    issue = world.add
    issue("issues", id="i1", source="ngo", kind="challenge", detail="a robot check instead of the feed", since=EARLIER)
    issue(
        "issues", id="i2", source="guidance", kind="gap", severity="note", detail="page cap of 5 reached", since=EARLIER
    )
    issue("issues", id="i3", source="law", kind="zero", detail="no documents", since=FIRST, resolved=EARLIER)
    issue("issues", id="i4", source=None, kind="unheard-of", detail="something <b>odd</b>", since=EARLIER)
