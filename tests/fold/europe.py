"""Publishers that publish the same reports, and what is known of their copies."""

import random
from datetime import timedelta
from pathlib import Path

from crawler.store import Store
from tests.bodies import pdf_making
from tests.fold.tables import differences
from tests.fold.world import START, Site, crawl, opened, rebuilt

HOSTS = {name: f"https://{name}.sample.invalid" for name in ("council", "office", "mirror", "bureau")}
SOURCES = "settings: {contact: watch@sample.invalid, authority: sample.invalid}\npublishers:\n" + "".join(
    f"  {name}: {{name: Sample {name}, jurisdiction: International}}\n" for name in HOSTS
) + "sources:\n" + "".join(
    f"  - {{id: {name}, publisher: {name}, kind: {'news' if name == 'bureau' else 'report'}, protocol: feed,"
    f" url: '{host}/feed.xml', follow: true, expect: {{min: 1}}}}\n"
    for name, host in HOSTS.items()
)  # fmt: skip
LETTERS = "abcdefghijklmnoprstuvwy"


def prose(seed: int, words: int = 400, **named: str) -> str:
    """Return invented prose, the same for the same seed; every thirtieth word is one of those given by name."""
    chance = random.Random(seed)
    lexicon = ["".join(chance.choices(LETTERS, k=chance.randint(3, 9))) for _ in range(600)]
    found = [chance.choice(lexicon) for _ in range(words)]
    for place, name in enumerate(named.values()):
        found[10 + place :: 30] = [name] * len(found[10 + place :: 30])
    return " ".join(found)


def html(title: str, text: str, *, front: str = "", language: str = "en") -> str:
    cut = len(text) // 2
    return (
        f'<html lang="{language}"><head><title>{title}</title></head><body><main><h1>{title}</h1>'
        + "".join(f"<p>{line}</p>" for line in front.splitlines())
        + f"<h2>Findings</h2><p>{text[:cut]}</p><h2>Methods</h2><p>{text[cut:]}</p></main></body></html>"
    )


def pdf(text: str) -> bytes:
    return pdf_making.pdf([pdf_making.Page(runs=tuple(pdf_making.text(text)))], title="Report")


class Europe:
    """Publishers with a feed each, and what they publish."""

    def __init__(self, data: Path) -> None:
        self.data, self.site, self.day = data, Site(), 0
        self.listed: dict[str, list[tuple[str, str, str]]] = {name: [] for name in HOSTS}
        for name, host in HOSTS.items():
            self.publish(name, "about", "About us", html("About us", prose(sum(map(ord, name)))))
            self.site.feed([], f"{host}/feed.xml")

    def publish(self, name: str, path: str, title: str, body: str | bytes, summary: str = "") -> str:
        url = f"{HOSTS[name]}/{path}"
        media = "text/html" if isinstance(body, str) else "application/pdf"
        body = f"{body}<!-- {name} -->" if isinstance(body, str) else body
        self.site.pages[url] = (200, media, body.encode() if isinstance(body, str) else body)
        self.listed[name] = [each for each in self.listed[name] if each[0] != url] + [(url, title, summary)]
        return f"url:{url}"

    def crawl(self) -> None:
        for name, host in HOSTS.items():
            self.site.feed(self.listed[name], f"{host}/feed.xml")
        crawl(self.data, self.site, START + timedelta(days=self.day), text=SOURCES)
        self.day += 1

    def copies(self) -> dict[str, tuple[str, str, str]]:
        with opened(self.data) as state:
            return of(state.store)

    def same_again(self) -> None:
        """Check that a rebuild, and a crawl that finds nothing new, say the same."""
        before = self.copies()
        with opened(self.data) as state, rebuilt(self.data) as other:
            assert differences(state.store, other) == []
        self.crawl()
        assert self.copies() == before


def of(store: Store) -> dict[str, tuple[str, str, str]]:
    rows = store.all("select * from duplicates order by document")
    return {row["document"]: (row["original"], row["relation"], row["found_by"]) for row in rows}
