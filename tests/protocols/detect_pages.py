"""Pages, lists and feeds that might be watched, as they would be captured."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.model import Capture, Link

RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"
URL = "https://www.office.example/news/"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def capture(body: str | bytes, media: str = "text/html; charset=utf-8", url: str = URL, **more: object) -> Capture:
    raw = body.encode() if isinstance(body, str) else body
    made = Capture(url=url, time=NOW, link=Link(url=url, role="document"), headers=(("Content-Type", media),), body=raw)
    return replace(made, **more)  # type: ignore[arg-type]


TITLES = [f"Sample news of the office, number {number}" for number in range(12)]
DAYS = [f"{28 - 2 * number} October 2026" for number in range(12)]
MENU = "<nav><ul>" + "<li><a href='/s'>Section of the office</a> 1 May 2026</li>" * 9 + "</ul></nav>"
FOOT = MENU.replace("nav>", "footer>")


def site(main: str, head: str = "", language: str = "en") -> str:
    title = "<title>Newsroom | Sample Office</title><meta property='og:site_name' content='Sample Office'>"
    page = f"<main><h1>Newsroom</h1><p>All our sample news.</p>{main}</main>"
    return f"<!doctype html><html lang={language}><head>{title}{head}</head><body>{MENU}{page}{FOOT}</body></html>"


def repeated(entry: str, count: int = 12) -> str:
    rows = enumerate(zip(TITLES, DAYS, strict=True))
    return "".join(
        entry.format(n=n, title=title, day=day, odd="odd" if n % 2 else "even", iso=f"2026-10-{28 - 2 * n:02}")
        for n, (title, day) in list(rows)[:count]
    )


LISTS = {
    "cards": ("<div class='card'><a class=card__link href=/n/{n}>{title}</a><p class=card__date>{day}</p></div>",
              {"entry": "div.card", "date": ".card__date"}),
    "picture first": ("<div class='row row-{n} {odd}'><a href=/n/{n}><img src=x alt=''></a>"
                      "<h3><a href=/n/{n}>{title}</a></h3>"
                      "<time datetime='{iso}T10:00:00Z'>{day}</time></div>", {"entry": "div.row", "link": "h3 a"}),
    "category first": ("<article class=item><a href=/c/{odd}>Sample</a><h2><a href=/n/{n}>{title}</a></h2>"
                       "<time>{day}</time></article>", {"entry": "article.item", "link": "h2 a"}),
    "plain list": ("<li><a href=/n/{n}>{title}</a> <span>{day}</span></li>", {"entry": "main ul > li", "date": "span"}),
    "table": ("<tr><td>{day}</td><td><a href=/n/{n}.pdf>{title}</a></td></tr>", {"entry": "table > tr", "date": "td"}),
    "link around": ("<a class=teaser href=/n/{n}><h3>{title}</h3><time>{day}</time><p>Sample words</p></a>",
                    {"entry": "a.teaser", "title": "h3"}),
    "read more": ("<div class=item><h3>{title}</h3><p class=when>{day}</p><a href=/n/{n}>Read more</a></div>",
                  {"entry": "div.item", "title": "h3", "date": ".when"}),
}  # fmt: skip
AROUND = {"plain list": "<ul>{}</ul>", "table": "<table>{}</table>"}


PROSE = "<p>Sample words on how victims are found, and what is done for them then. </p>" * 40


def rss(*days: str, title: str = "Sample publications") -> str:
    entries = "".join(
        f"<item><title>Sample {n}</title><link>https://www.office.example/n/{n}</link><pubDate>{day}</pubDate></item>"
        for n, day in enumerate(days)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{entries}</channel></rss>'


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:office.example,2026:x</id><title>Sample Atom</title>'
    "<updated>2026-11-20T08:00:00Z</updated><entry><id>tag:office.example,2026:x/1</id><title>Sample</title>"
    '<updated>2026-11-20T08:00:00Z</updated><link href="https://www.office.example/n/1"/></entry></feed>'
)
JSON_FEED = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Sample JSON",
    "items": [{"id": "1", "url": "https://www.office.example/n/1", "title": "Sample", "content_text": "Sample"}],
})  # fmt: skip
