"""What search engines and other crawlers are told: which pages they may ask for, and which there are.

A sample world is for nobody but who looks at it. What may name people is in no list, and pages about it ask not to be
indexed; so does what is kept but is not in the round-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import private
from crawler.feeds.feed import EPOCH
from crawler.feeds.private import taken_down
from crawler.publish.live import answer
from crawler.publish.paths import encode
from crawler.publish.reach import IN, band
from crawler.publish.settings import DATABASE, own
from crawler.publish.standing import standing
from crawler.publish.web import MissingError, database, page
from crawler.text import moment

ROWS = 5_000
"""Most documents, or entries, behind one file of the sitemap; https://www.sitemaps.org allows ten times as many."""

_PAGES = (
    "", "about", "checklist", "collections", "corrections", "governance", "judgments", "lessons", "resources", "series",
    "sources", "training",
)  # fmt: skip
"""Pages that are there whatever was read."""

_NOT_FOR_ROBOTS = (DATABASE, "search", "subscribe", "review")
"""Pages that are questions, or have one address for each row, column and filter; and what nobody has decided about."""

_DOCUMENTS = f"""select d.id, coalesce(d.changed, d.first_seen) as changed
  from (select id from documents order by id limit :rows offset :skip) x join documents d on d.id = x.id
  where not {private("d.id")} and {taken_down("d.id")} is null and {band("d.id")} = '{IN}' order by d.id"""
_ENTRIES = f"""select e.id, coalesce(e.updated, e.announced) as changed
  from (select id from entries order by id limit :rows offset :skip) x join entries e on e.id = x.id
  where e.announced is not null
  and (e.document is null or (not {private("e.document")} and {taken_down("e.document")} is null)) order by e.id"""
_FILES = {"documents": ("doc", _DOCUMENTS), "entries": ("entry", _ENTRIES)}

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@page
async def robots(datasette: Datasette, request: Request) -> Response:
    """Give robots.txt (RFC 9309): a sample is closed; else every page is open but questions to the data."""
    stand, base = await standing(datasette), datasette.setting("base_url")
    if stand.sample:
        lines = ["# Sample: invented text, not law.", "User-agent: *", "Disallow: /"]
    else:
        closed = (f"Disallow: {base}{path}" for path in (*_NOT_FOR_ROBOTS, "*?"))
        lines = ["User-agent: *", f"Allow: {base}feeds/", *closed]
        if public := own(datasette).public_url.rstrip("/"):
            lines += ["", f"Sitemap: {quote(public, safe=':/[]%')}/sitemap.xml"]
    return Response.text("\n".join(lines) + "\n", headers={"Cache-Control": "public, max-age=3600"})


@page
async def sitemap(datasette: Datasette, request: Request) -> Response:
    """Give the files of the sitemap (https://www.sitemaps.org/protocol.html#index)."""
    public = await _public(datasette)
    counts = await database(datasette).raw(
        "select (select count(*) from documents) as documents, (select count(*) from entries) as entries"
    )
    names = ["pages-1"]
    for name, count in counts[0].items():
        names += [f"{name}-{number}" for number in range(1, -(-count // ROWS) + 1)]
    listed = "".join(f"<sitemap><loc>{escape(f'{public}/sitemap/{name}.xml')}</loc></sitemap>\n" for name in names)
    return await _xml(datasette, request, f'<sitemapindex xmlns="{_SPACE}">\n{listed}</sitemapindex>\n')


@page
async def listed(datasette: Datasette, request: Request) -> Response:
    """Give one file of the sitemap: our own pages, or some of the documents or entries that anybody may find."""
    public = await _public(datasette)
    part, number = request.url_vars["part"], int(request.url_vars["number"])
    if part == "pages":
        rows: list[tuple[str, str]] = [(path, "") for path in _PAGES] if number == 1 else []
    else:
        path, sql = _FILES[part]
        found = await database(datasette).raw(sql, {"rows": ROWS, "skip": (number - 1) * ROWS}) if number else []
        rows = [(f"{path}/{encode(row['id'])}", row["changed"]) for row in found]
    return await _xml(datasette, request, f'<urlset xmlns="{_SPACE}">\n{"".join(_urls(public, rows))}</urlset>\n')


def _urls(public: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for path, changed in rows:
        when = f"<lastmod>{escape(changed)}</lastmod>" if changed else ""
        yield f"<url><loc>{escape(f'{public}/{path}')}</loc>{when}</url>\n"


async def _public(datasette: Datasette) -> str:
    """Give the public address of the site, without a slash at its end.

    Raises:
        MissingError: it has none, or shows a sample: then there is nothing for others to find.
    """
    public = own(datasette).public_url.rstrip("/")
    if not public or (await standing(datasette)).sample:
        raise MissingError("There is no sitemap: this site has no public address, or shows a sample.")
    return public


async def _xml(datasette: Datasette, request: Request, words: str) -> Any:
    stand = await standing(datasette)
    return answer(request, f"{_HEAD}{words}".encode(), "application/xml; charset=utf-8", moment(stand.clock or EPOCH))
