"""An office that serves files at addresses of its own, and lists some of them: its world, and what is known of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from crawler.store import Store
from tests.bodies import pdf_making
from tests.fold.test_fold_laws import HOST
from tests.fold.world import SOURCES, START, Site, crawl

AUDITED = SOURCES.replace("follow: true", "follow: true\n    audit: 1")
OLD, NEW, THIRD = (f"{HOST}/files/form-{name}.pdf" for name in ("v1", "v2", "v3"))
WORDS = (
    "A sample form of ours for first responders who look at it in a test. It asks for a name, for a place and for a "
    "day, and it says what happens to an answer: nothing. Whoever fills it in has filled in a sample. It is as long "
    "as a form must be to be told from another one, and so it goes on for a few more lines about nobody and nothing. "
    "It ends when it has said that it ends, which takes it yet another sentence, and here is that sentence."
)


def pdf(words: str = WORDS, producer: str = "Sample writer") -> bytes:
    return pdf_making.pdf([pdf_making.Page(runs=tuple(pdf_making.text(words)))], title="Form", producer=producer)


class Office:
    """An office that serves files and lists some of them in a feed."""

    def __init__(self, *files: str, text: str = AUDITED) -> None:
        self.site, self.text, self.day = Site(), text, 0
        for url in files:
            self.serve(url)
        self.list(*files)

    def serve(self, url: str, body: bytes | None = None, media: str = "application/pdf") -> None:
        self.site.pages[url] = (200, media, pdf() if body is None else body)

    def stop(self, url: str) -> None:
        del self.site.pages[url]

    def list(self, *files: str, title: str = "Form") -> None:
        self.site.feed([(url, title, "") for url in (f"{HOST}/files/other.pdf", *files)])
        self.serve(f"{HOST}/files/other.pdf", pdf(f"{WORDS} This is another file."))

    def crawl(self, data: Path, days: int = 1) -> None:
        for _ in range(days):
            crawl(data, self.site, START + timedelta(days=self.day), text=self.text)
            self.day += 1


def watched(data: Path, *files: str, text: str = AUDITED) -> Office:
    office = Office(*files, text=text)
    office.crawl(data, 2)
    return office


def forms(store: Store) -> list[dict[str, Any]]:
    return store.all("select * from documents where url like '%form%' order by id")


def changes(store: Store) -> list[tuple[str, str]]:
    """Return what changed in the texts of documents after they were first read, announced or not."""
    rows = store.all("select kind, path, document from changes where version is not null order by rowid")
    return [(row["kind"], row["path"]) for row in rows]


def addresses(store: Store, document: str) -> dict[str, int]:
    return {r["alias"]: r["alternate"] for r in store.all("select * from aliases where document=?", document)}
