"""A series of figures that two sources may publish, and what is told of its editions."""

from datetime import date, datetime, timedelta
from typing import Any

from crawler.store import Store
from tests.fold.world import SOURCES, START, Site

FEED = "https://a.sample.invalid/feed.xml"
OTHER = "https://b.sample.invalid/feed.xml"
SERIES = (
    SOURCES.replace("follow: true\n    ", "")
    + f"""
  - id: other
    publisher: sample
    kind: guidance
    protocol: feed
    url: {OTHER}
    topics: [offences_law]
    expect: {{min: 0, zero: true}}
series:
  - {{id: figures, name: "Sample figures, monthly", publisher: sample, sources: [news, other], title: sample figures,
      every: 30d, late: 10d, kind: statistics}}
"""
)
FIRST = START.date() - timedelta(days=20)
"""The day of the newest edition when we begin to watch; the next is late from START + 21 days on."""


def edition(day: date, *, title: str = "", number: int = 0) -> tuple[str, str, str, date]:
    name = title or f"Sample figures of {day}"
    return f"https://a.sample.invalid/p/{day}/{number}", name, "A sample.", day


def publish(site: Site, entries: list[tuple[str, str, str, date]], url: str = FEED) -> Site:
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><description>{text}</description>"
        f"<pubDate>{day:%a, %d %b %Y} 09:00:00 GMT</pubDate></item>"
        for link, title, text, day in entries
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title>{items}</channel></rss>'
    site.put(url, body, media="application/rss+xml")
    return site


def world() -> Site:
    return publish(publish(Site(), [edition(FIRST)]), [], OTHER)


def after(days: int) -> datetime:
    return START + timedelta(days=days)


def told(store: Store) -> list[dict[str, Any]]:
    return store.all("select * from entries where kind='late' order by seen, id")


def issues(store: Store) -> list[tuple[str, str, bool]]:
    rows = store.all("select kind, severity, resolved from issues where subject='figures' order by since, kind")
    return [(row["kind"], row["severity"], row["resolved"] is None) for row in rows]


def state(store: Store) -> dict[str, Any]:
    row = store.one("select * from series")
    assert row is not None
    return row
