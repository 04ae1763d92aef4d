"""Small worlds whose entries are kept as golden files: a few days of a publisher's life each."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from crawler.store import Store
from tests.fold.samples import ACT, CONTENT, GOVUK, LAW, LEGISLATION, act, guidance, sources
from tests.fold.test_fold_laws import HOST, Publisher
from tests.fold.world import SOURCES, START, Site, crawl

AUDITED = SOURCES.replace("follow: true", "follow: true\n    audit: 1")
COLUMNS = (
    "kind", "title", "summary", "details", "url", "jurisdiction", "publisher", "document", "document_kind", "published",
    "updated_by_publisher", "occurred", "in_force", "note", "significance", "late", "seen", "state", "capture_digest",
    "why", "aimed_at", "look_for", "flags", "sure", "confirmed", "copies",
)  # fmt: skip
"""What readers see of an entry."""

LONG = "Sample annual report on human trafficking and modern slavery in all of its many forms and places {year}"
WORDS = (
    ("1", "Plans", "A sample plan is made by the sample office for each of its areas."),
    ("2", "Notices", "A sample notice is given to whoever the sample plan concerns before it is made."),
    ("3", "Appeals", "A person who has been given a sample notice can appeal to the sample tribunal."),
)


def law(data: Path) -> None:
    """An Act: prospective at first, in force, a provision put in, taken out again within three months."""
    first = [(number, heading, f"*{text}" if number == "3" else text) for number, heading, text in WORDS]
    more = [*WORDS[:2], ("2A", "Maps", "Every sample plan must have a map within 28 days."), WORDS[2]]
    days = (
        act(*first),
        act(*WORDS, valid="2026-02-20"),
        act(*more, valid="2026-03-01"),
        act(*WORDS, valid="2026-03-03"),
    )
    site = Site()
    for day, text in enumerate(days):
        site.put(LAW, text, media="application/xml")
        crawl(data, site, START + timedelta(days=day), text=sources(LEGISLATION))


def advice(data: Path) -> None:
    """Guidance: a noted update, a changed helpline, back to what it said, only its form, and withdrawn."""
    site = Site()
    call = "<h2>Referral</h2><p>Call 0800 0121 {n} within 5 days.</p>"
    noted = [("2026-02-01T09:30:00Z", "First published."), ("2026-03-03T09:30:00Z", "Replaced the attached form.")]
    gone: dict[str, Any] = {"withdrawn_notice": {"explanation": "<p>Old.</p>", "withdrawn_at": "2026-03-07T08:00:00Z"}}
    pages = (
        guidance(call.format(n=700)),
        guidance(call.format(n=700), updated=noted[1][0], notes=noted),
        guidance(call.format(n=701), updated=noted[1][0], notes=noted),
        guidance(call.format(n=700), updated=noted[1][0], notes=noted),
        guidance(call.format(n=700).replace("days.", "days;"), updated=noted[1][0], notes=noted),
        guidance(call.format(n=700).replace("days.", "days;"), updated=noted[1][0], notes=noted, **gone),
    )
    for day, text in enumerate(pages):
        site.put(CONTENT, text, media="application/json")
        crawl(data, site, START + timedelta(days=day), text=sources(GOVUK))


def reports(data: Path) -> None:
    """Reports: two editions with long titles, one renamed, one gone and back again."""
    publisher = Publisher()
    for number in range(3):
        publisher.do(("publish", number))
    crawl(data, publisher.site, START, text=AUDITED)
    for day, acts in enumerate(
        (
            [("publish", 3)], [("publish", 4), ("edit", 0)], [("rename", 1)], [("take down", 2)], [], [("put back", 2)],
        ),
        1,
    ):  # fmt: skip
        publisher.names |= {3: LONG.format(year=2024), 4: LONG.format(year=2025)}
        for act_ in acts:
            publisher.do(act_)
        crawl(data, publisher.site, START + timedelta(days=day), text=AUDITED)


WORLDS: Mapping[str, Callable[[Path], None]] = {"law": law, "advice": advice, "reports": reports}


def told(data: Path) -> list[dict[str, Any]]:
    """Return every entry of a world as readers see it, with where it is found."""
    with Store.open(data / "roundup.db") as store:
        rows = store.all(f"select id, {', '.join(COLUMNS)} from entries order by seen, title, id")
        for row in rows:
            for name in ("details", "why", "aimed_at", "look_for", "flags", "sure", "copies"):
                row[name] = json.loads(row[name])
            for table, columns in (("entry_facets", "facet, value"), ("entry_sections", "document, path")):
                found = store.all(f"select {columns} from {table} where entry=? order by {columns}", row["id"])
                row[table] = [list(each.values()) for each in found]
            del row["id"]
    return rows


__all__ = ["ACT", "COLUMNS", "HOST", "WORLDS", "told"]


def publish(data: Path, titles: dict[int, str], *, day: int = 1) -> Publisher:
    """Watch three pages, then publish others; return the publisher."""
    publisher = Publisher()
    for number in range(3):
        publisher.do(("publish", number))
    crawl(data, publisher.site, START, text=AUDITED)
    publisher.names |= titles
    for number in titles:
        publisher.do(("publish", number))
    crawl(data, publisher.site, START + timedelta(days=day), text=AUDITED)
    return publisher


def page(number: int) -> str:
    return f"url:{HOST}/p/{number}"
