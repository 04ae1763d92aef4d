"""A release that names an invented suspect in places where nobody looks: gone from all of them, then and later."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

import pytest

from crawler.archive import Answer
from crawler.run.publish import feeds, settings
from crawler.run.rebuild import rebuild
from tests.bodies import pdf_making
from tests.fold.europe import prose
from tests.fold.tables import differences
from tests.fold.test_fold_laws import live
from tests.fold.world import Site, rebuilt
from tests.run.redacted_world import NAME, RELEASE, TITLE, A, World, page, shown, traces

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("in_this_process")]

SLUG = RELEASE.rpartition("/")[2]


class Server(Site):
    """Servers that say more in their headers, and pack their bodies as they like."""

    def __init__(self) -> None:
        super().__init__()
        self.headers: dict[str, list[tuple[str, str]]] = {}
        self.reasons: dict[str, str] = {}

    def answer(self, url: str, time: datetime, validators: Mapping[str, str] = MappingProxyType({})) -> Answer | None:
        found = super().answer(url, time, validators)
        if found is None:
            return None
        more = tuple(self.headers.get(url, ()))
        return replace(found, headers=(*found.headers, *more), reason=self.reasons.get(url, ""))


OTHER = [f"{A}/guidance/{name}" for name in (
    "utf-16", "packed", "broken-off", "comment", "base", "app", "shared", "file", "moved", "header", "quoted.pdf",
)]  # fmt: skip


class Hostile(World):
    """The release stands in headers, codings, scripts, comments and files of other pages, too."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.site: Server = Server()

    def publish(self) -> None:
        super().publish()
        listed = [(url, f"Sample guidance {url.rpartition('/')[2]}", "Words.") for url in OTHER]
        for number, (url, title, _) in enumerate(listed):
            self.site.put(url, page(title, prose(300 + number)))
        if self.published:
            self._name_it(listed)
        self._listed(listed)

    def _listed(self, listed: list[tuple[str, str, str]]) -> None:
        site = self.site
        release = (
            f"<item><title>Case 7 of Monday</title><link>{RELEASE}</link><guid>{SLUG}</guid>"
            f"<content:encoded><![CDATA[<p>On {TITLE.replace('charged', '<b>charged</b>')}.</p>]]></content:encoded>"
            f"<enclosure url='{A}/media/{SLUG}.mp3'/></item>"
        ) if self.published else ""  # fmt: skip
        items = "".join(
            f"<item><title>{title}</title><link>{link}</link><description>{text}</description></item>"
            for link, title, text in listed
        )
        head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>S</title>'
        old = site.pages[f"{A}/feed.xml"][2].decode().partition("<title>Sample</title>")[2]
        body = f'<?xml version="1.0"?>{head}{release}{items}{old}'
        site.put(f"{A}/feed.xml", body, media="application/rss+xml")

    def _name_it(self, listed: list[tuple[str, str, str]]) -> None:
        site, pages = self.site, dict(zip((url.rpartition("/")[2] for url in OTHER), OTHER, strict=True))
        text = {name: page(f"Sample guidance {name}", prose(300 + n) + " ") for n, name in enumerate(pages)}

        def said(name: str, more: str) -> str:
            return text[name].replace("</main>", f"<p>Before.</p><p>{more}</p><p>Behind.</p></main>")

        link = f'<a href="/news/{SLUG}">Read</a>'
        site.pages[pages["utf-16"]] = (200, "text/html; charset=utf-16le", said("utf-16", TITLE).encode("utf-16-le"))
        packed = gzip.compress(said("packed", TITLE).encode())
        site.pages[pages["packed"]] = (200, "text/html", packed)
        site.pages[pages["broken-off"]] = (200, "text/html", gzip.compress(said("broken-off", TITLE).encode())[:-20])
        for name in ("packed", "broken-off"):
            site.headers[pages[name]] = [("Content-Encoding", "gzip")]
        site.put(pages["comment"], said("comment", f"<!-- {TITLE.replace('charged', '<i>charged</i>')} -->"))
        base = said("base", f'<a href="{SLUG}">Read</a>').replace("<head>", f'<head><base href="{A}/news/">')
        site.put(pages["base"], base)
        state = json.dumps(json.dumps({"x": [{"t": "Before"}, {"t": TITLE, "u": RELEASE}, {"t": "Behind"}]}))
        site.put(pages["app"], said("app", "").replace("</body>", f"<script>load({state})</script></body>"))
        share = f"https://share.sample.invalid/?u={quote(quote(RELEASE, safe=''), safe='')}"
        site.put(pages["shared"], said("shared", f'<a href="{share}">Share</a>'))
        site.put(pages["file"], said("file", f'<a href="/media/{SLUG}.pdf">Sheet</a>'))
        site.put(pages["header"], said("header", link))
        site.headers[pages["header"]] = [
            ("Content-Disposition", f"inline; filename*=UTF-8''{quote(TITLE)}.html"),
            ("Link", f"<{RELEASE}>; rel=prev"), ("Set-Cookie", f"last={quote(quote(TITLE))}"),
        ]  # fmt: skip
        site.moves[pages["moved"]] = (302, f"{A}/login?next={quote(f'/news/{SLUG}', safe='')}")
        site.put(f"{A}/login?next={quote(f'/news/{SLUG}', safe='')}", page("Log in", f"Then {TITLE}. {prose(341)}"))
        site.pages[pages["quoted.pdf"]] = (200, "application/pdf", pdf_making.pdf(
            [pdf_making.Page(runs=tuple(pdf_making.text(prose(340))))], title=f"\xfe\xff{TITLE}",
        ))  # fmt: skip
        own = page(TITLE, f"Zzyzx, 34, of Sampleton, was charged today. {prose(7, 300)}")
        files = "".join(f'<li><a href="/media/{SLUG}{end}">Zzyzx</a></li>' for end in (".pdf", "-lost.pdf", "-far.pdf"))
        site.put(RELEASE, own.replace("</main>", f"<ul>{files}</ul></main>"), media=f'text/html; name="{NAME}.html"')
        site.headers[RELEASE] = [("ETag", f'"{NAME}-7"'), ("Server", "sample"), ("X-File", f"{NAME}.html")]
        site.reasons[RELEASE] = "OK Zzyzx"
        sheet = pdf_making.pdf([pdf_making.Page(runs=tuple(pdf_making.text("Zzyzx " + prose(77))))], title="Zzyzx")
        site.pages[f"{A}/media/{SLUG}.pdf"] = (200, "application/pdf", sheet)
        site.moves[f"{A}/media/{SLUG}-far.pdf"] = (302, f"{A}/media/{NAME}-far.pdf")
        site.down.add(f"{A}/media/{SLUG}-lost.pdf")


@pytest.fixture
def told(tmp_path: Path) -> Hostile:
    world = Hostile(tmp_path / "data")
    world.crawl()
    world.published = True
    world.crawl()
    world.crawl()
    assert len(traces(world.data)) > 20
    world.redact(url=RELEASE)
    world.crawl()
    return world


async def test_it_is_gone_from_where_nobody_looks(told: Hostile) -> None:
    feeds(told.data, settings(told.data))
    assert traces(told.data) == []
    with live(told.data) as one, rebuilt(told.data) as other:
        assert differences(one, other) == []
    found = await shown(told.data, told.clock)
    assert [path for path, text in found.items() if NAME in text.lower() and NAME not in path.lower()] == []


def test_it_is_gone_after_a_rebuild_and_another_crawl(told: Hostile) -> None:
    rebuild(told.data)
    assert traces(told.data) == []
    told.crawl()
    assert traces(told.data) == []


def test_it_is_never_kept_where_it_was_redacted_before(tmp_path: Path) -> None:
    world = Hostile(tmp_path / "data")
    world.redact(url=RELEASE)
    world.crawl()
    world.published = True
    for _ in range(3):
        world.crawl()
    assert traces(world.data) == []
