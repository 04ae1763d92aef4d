"""A world in which one release that names an invented suspect stands wherever one can stand."""

import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from datasette.app import Datasette

from crawler.export import export
from crawler.public import database
from crawler.publish import SiteAddress, site
from crawler.publish.paths import encode
from crawler.run.options import ARCHIVE, DATABASE, Options
from crawler.run.redact import planning
from crawler.sources import Decisions, Redaction
from tests.fold import samples, world
from tests.fold.europe import prose
from tests.fold.office import pdf
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Site
from tests.public.in_process import InProcess
from tests.run.here import Here

NAME = "zzyzx"
FORMS = ("", ".txt", ".md")
WHERE = SiteAddress(public_url="https://roundup.sample.invalid", authority="sample.invalid")
TITLE = "Sample Person Zzyzx charged with sample trafficking"
A, MIRROR, COUNCIL = (f"https://{host}.sample.invalid" for host in ("a", "mirror", "council"))
RELEASE = f"{A}/news/sample-person-zzyzx-charged-with-sample-trafficking"
OLD = f"{A}/n/2041"
COPY = f"{MIRROR}/releases/zzyzx-charged"
GUIDE = f"{A}/guidance/how-to-report"
WORDS = f"Zzyzx, 34, of Sampleton, was charged today. {prose(7, 300)}"
SEARCH = (
    "https://www.gov.uk/api/search.json?filter_organisations=sample&fields=title,link,description,content_id&count=20"
)
GOVUK = "govuk:00000000-0000-4000-8000-00000000f00d"
GOVUK_PATH = "/government/news/sample-person-zzyzx-charged-with-sample-trafficking"
FILE = "https://assets.publishing.service.gov.uk/media/aa/Zzyzx_charge_sheet.pdf"

SOURCES = f"""
settings: {{contact: watch@sample.invalid, authority: sample.invalid}}
publishers:
  sample: {{name: Sample Office, jurisdiction: United Kingdom, licence: OGL v3.0, copy: public}}
  mirror: {{name: Sample Mirror, jurisdiction: International, licence: OGL v3.0, copy: public}}
sources:
  - {{id: news, publisher: sample, kind: news, protocol: feed, url: '{A}/feed.xml', follow: true, audit: 1,
      topics: [offences_law], expect: {{min: 1}}}}
  - {{id: brief, publisher: sample, kind: news, protocol: feed, url: '{A}/brief.json', topics: [offences_law],
      expect: {{min: 1}}}}
  - {{id: list, publisher: sample, kind: guidance, protocol: listing, url: '{A}/latest', topics: [offences_law],
      options: {{entry: 'div.card', summary: p.teaser}}, expect: {{min: 1}}}}
  - {{id: map, publisher: sample, kind: guidance, protocol: sitemap, url: '{A}/sitemap.xml', topics: [offences_law],
      expect: {{min: 1}}}}
  - {{id: mirror, publisher: mirror, kind: news, protocol: feed, url: '{MIRROR}/feed.xml', follow: true, audit: 1,
      topics: [offences_law], expect: {{min: 1}}}}
  - {{id: search, publisher: sample, kind: guidance, protocol: govuk, url: '{SEARCH}', topics: [offences_law],
      expect: {{min: 1}}}}
"""


PEOPLE = "  - {id:".join(
    each for each in SOURCES.split("  - {id:") if not each.startswith((" list", " map", " search"))
)
"""The same with sources of news alone, so that the release is private whoever lists it."""


def page(title: str, words: str, more: str = "") -> str:
    half = len(words) // 2
    return (
        f'<!doctype html><html lang="en"><head><title>{title} | Sample</title><meta name="description" '
        f'content="{words[:60]}"></head><body><nav><a href="/">Home</a></nav><main><h1>{title}</h1><h2>One</h2>'
        f"<p>{words[:half]}</p><h2>Two</h2><p>{words[half:]}</p></main>{more}</body></html>"
    )


class World:
    """Publishers who list the release everywhere, day by day, and the data directory that reads them."""

    def __init__(self, data: Path, text: str = SOURCES) -> None:
        self.data, self.site, self.day, self.text = data, Site(), 0, text
        self.decisions = Decisions()
        self.decisions_text = ""
        self.teaser = "Zzyxz and Zzyzx were seen in Sampleton on Monday, police say."
        self.published = False
        self.more: list[tuple[str, str]] = []
        self.copied = WORDS

    def publish(self) -> None:
        """Put everything in place as it is today."""
        site, out = self.site, self.published
        aside = f'<aside><h3>Latest</h3><ul><li><a href="{RELEASE.removeprefix(A)}">{TITLE}</a></li></ul></aside>'
        quoting = f' Read of a case: <a href="{RELEASE}?utm_source=guide">Sample Person <b>Zzyzx</b> charged</a>.'
        guide = page("How to report", prose(1) + (quoting if out else ""), aside if out else "")
        site.put(GUIDE, guide)
        other = [(f"{A}/news/other-{n}", f"Other sample release number {n}") for n in range(3)]
        for number, (url, title) in enumerate(other):
            site.put(url, page(title, prose(100 + number)))
        listed = [*other, (GUIDE, "How to report")]
        if out:
            site.put(RELEASE, page(TITLE, WORDS))
            site.moves[OLD] = (301, RELEASE)
            listed = [listed[0], (RELEASE, TITLE), (OLD, f"{TITLE} today"), *listed[1:]]
        for url, words in self.more:
            site.put(url, page(words, self.copied))
        self._feeds(listed)
        self._list(listed)
        self._govuk()

    def _feeds(self, listed: list[tuple[str, str]]) -> None:
        site = self.site
        site.feed([(url, title, self.teaser if NAME in url else "Words.") for url, title in listed], f"{A}/feed.xml")
        items = [
            {"id": url, "url": url, "title": title, "content_text": f"{title}. {self.teaser if NAME in url else ''}"}
            for url, title in listed[:3]
        ]
        brief = {"version": "https://jsonfeed.org/version/1.1", "title": "Brief", "items": items}
        site.put(f"{A}/brief.json", json.dumps(brief, indent=1), media="application/feed+json")
        mine = [(f"{MIRROR}/releases/about", "About the mirror", "Words.")]
        site.put(mine[0][0], page("About the mirror", prose(55)))
        if self.published:
            mine.append((COPY, f"Charge: {TITLE}", f"<p>{self.teaser}</p>".replace("<", "&lt;")))
            site.put(COPY, page(f"Charge: {TITLE}", WORDS, "<footer>A mirror.</footer>"))
        mine += [(url, title, title) for url, title in self.more]
        site.feed(mine, f"{MIRROR}/feed.xml")
        locs = "".join(f"<url><loc>{url}</loc><lastmod>2026-03-0{self.day + 1}</lastmod></url>" for url, _ in listed)
        head = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        site.put(f"{A}/sitemap.xml", f"{head}{locs}</urlset>", media="application/xml")

    def _list(self, listed: list[tuple[str, str]]) -> None:
        cards = "".join(
            f'<div class="card"><p><a href="{url.removeprefix(A)}">{title}</a></p><p class="teaser">'
            f"{self.teaser if NAME in url else 'Words.'}</p></div>"
            for url, title in listed
        )
        self.site.put(f"{A}/latest", f"<html><body><h1>Latest</h1><section>{cards}</section></body></html>")

    def _govuk(self) -> None:
        guide = {"title": "Sample guidance", "link": samples.PATH, "description": "Sample.",
                 "content_id": samples.GUIDANCE[6:], "content_store_document_type": "guidance"}  # fmt: skip
        updated = "2026-03-02T09:30:00Z" if self.published else "2026-02-01T09:30:00Z"
        guide["public_timestamp"] = updated
        release = {"title": TITLE, "link": GOVUK_PATH, "description": self.teaser, "content_id": GOVUK[6:],
                   "content_store_document_type": "press_release"}  # fmt: skip
        results = [release, guide] if self.published else [guide]
        found = json.dumps({"results": results, "total": len(results), "start": 0})
        self.site.put(SEARCH, found, media="application/json")
        item = json.loads(samples.guidance(updated=updated))
        if self.published:
            item["details"]["attachments"] = [
                {"attachment_type": "file", "title": TITLE, "url": FILE, "filename": "Zzyzx_charge_sheet.pdf",
                 "content_type": "application/pdf"}
            ]  # fmt: skip
            item["details"]["body"] += f'<p>See <a href="{FILE}">{TITLE}</a>.</p><h2>After</h2><p>More words.</p>'
            self.site.pages[FILE] = (200, "application/pdf", pdf(WORDS))
            body = samples.guidance(
                f"<p>{WORDS}</p>", base_path=GOVUK_PATH, content_id=GOVUK[6:], title=TITLE,
                document_type="press_release", schema_name="news_article", description=self.teaser,
            )  # fmt: skip
            self.site.put(f"https://www.gov.uk/api/content{GOVUK_PATH}", body, media="application/json")
        self.site.put(samples.CONTENT, json.dumps(item), media="application/json")

    def redact(self, **named: str) -> None:
        """Decide to redact something; it is carried out at the next crawl."""
        decided = Redaction(reason="asked for by a person", date="2026-03-05", **named)
        self.decisions = replace(self.decisions, redact=(*self.decisions.redact, decided))
        (key, value) = next(iter(named.items()))
        self.decisions_text += f"redact:\n  - {{{key}: '{value}', reason: asked for by a person, date: 2026-03-05}}\n"

    @property
    def clock(self) -> datetime:
        return START + timedelta(days=self.day)

    def crawl(self) -> None:
        """Crawl once, as the command does, with the redactions before and behind it."""
        self.publish()
        with self._decided():
            planning.apply(self.data, self.decisions, Here())  # type: ignore[arg-type]
            world.crawl(self.data, self.site, self.clock, text=self.text)
            planning.apply(self.data, self.decisions, Here())  # type: ignore[arg-type]
        self.day += 1

    @contextmanager
    def _decided(self) -> Iterator[None]:
        plain = world.options

        def options(data: Path, text: str) -> Options:
            return replace(plain(data, text), decisions=self.decisions, decisions_text=self.decisions_text)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(world, "options", options)
            yield


def served(data: Path, clock: datetime) -> Datasette:
    """Return the site over a data directory, without processes of its own."""
    return site(data / database.FILE, WHERE, now=clock, runner=InProcess(data / database.FILE))


async def shown(data: Path, clock: datetime) -> dict[str, str]:
    """Return every page, feed and table of the site, and all that SQL reads of whatever there is, by path."""
    export(data / DATABASE)
    app = served(data, clock)
    with closing(sqlite3.connect(data / database.FILE)) as public:
        named = "select name from sqlite_master where type in ('table', 'view')"
        tables = [str(name) for (name,) in public.execute(named).fetchall()]
    with live(data) as store:
        entries = [f"/entry/{row['id']}{form}" for row in store.all("select id from entries") for form in FORMS]
        pages = [f"/doc/{encode(row['id'])}" for row in store.all("select id from documents")]
        rows = [f"/roundup/documents/{encode(row['id'])}.json" for row in store.all("select id from documents")]
    paths = [
        "/",
        "/sources",
        "/about",
        "/review",
        "/subscribe",
        "/recommendations",
        "/checklist",
        "/series",
        "/collections",
    ]
    paths += ["/health.json", "/feeds/feeds.opml", "/feeds/index.opml", *entries, *pages, *rows]
    paths += [f"/search?q={words}" for words in ("Sample+Person", TITLE.replace(" ", "+"), "charged", "prose")]
    paths += [f"/feeds/changes.{form}{query}" for form in ("atom", "json") for query in ("", "?kind=news")]
    paths += [f"/roundup/{table}{form}" for table in tables for form in ("", ".json?_shape=array&_size=max", ".csv")]
    for table in tables:
        for of in (f"[{table}]", f"main.[{table}]", f'"main" . "{table}"'):
            paths.append(f"/roundup.json?_shape=array&sql=select+*+from+{quote(of)}")
        if table.endswith("_data"):
            paths.append(f"/roundup.json?_shape=array&sql=select+group_concat(quote(block))+from+[{table}]")
    paths.append("/roundup.json?_shape=array&sql=select+hex(data)+from+sqlite_dbpage")
    found = {path: (await app.client.get(path)).text for path in paths}
    return {path: f"{text} {_unquoted(text)}" for path, text in found.items()}


def _unquoted(text: str) -> str:
    """Return the text of blobs that SQL quotes as X'…', and of bytes in hexadecimal."""
    found = re.findall(r"(?:[0-9A-Fa-f]{2}){8,}", text)
    return " ".join(bytes.fromhex(each).decode("latin-1") for each in found)


def traces(data: Path, name: str = NAME) -> list[str]:
    """Return every place below a directory in which a name stands, packed or not, escaped or not."""
    found = []
    for path in sorted(data.rglob("*")):
        if path.is_file():
            for where, raw in _unpacked(path):
                text = re.sub(rb"[\x00-\x1f]", b"", raw).lower()
                if name.encode() in text or name[::-1].encode() in text:
                    at = text.find(name.encode())
                    found.append(f"{path.relative_to(data)} {where}: {text[max(0, at - 200) : at + 80]!r}")
    return found


def _unpacked(path: Path) -> Iterator[tuple[str, bytes]]:
    raw = path.read_bytes()
    yield "as it is", raw
    position = 0
    while path.name.endswith(".gz") and position < len(raw):
        unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        member = unpacker.decompress(raw[position:])
        yield f"at {position}", member
        _, packed, body = member.partition(b"\r\n\r\n\x1f\x8b")
        if packed:
            yield f"at {position}, unpacked", zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(b"\x1f\x8b" + body)
        position = len(raw) - len(unpacker.unused_data)


def warcs(data: Path) -> list[Path]:
    return sorted((data / ARCHIVE).glob("*.warc.gz"))
