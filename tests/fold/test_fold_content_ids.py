"""A stronger identity that turns up late: one document, its history whole, one wording shown."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.model import Capture, Document, Link, Page, Section, Version, Walk
from crawler.protocols import feed, legislation
from crawler.sources import Source
from crawler.store import Store
from tests.fold.samples import ACT, CONTENT, GOVUK, GUIDANCE, LAW, LEGISLATION, WELSH, act, guidance, sources
from tests.fold.test_fold_laws import Publisher, address, live
from tests.fold.test_fold_redirects import AUDITED, told
from tests.fold.world import SOURCES, START, Site, crawl, same

STRONG = "ukpga/2001/9001"


@pytest.mark.parametrize("known", [False, True])
def test_a_document_that_turns_out_to_be_an_act(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool) -> None:
    """The page says from the third day on which Act it is; ``known``: another page told of that Act before."""
    parse = feed.parse

    def reading(capture: Capture, source: Source) -> Page:
        page = parse(capture, source)
        if known and capture.link.url == address(2):
            act = Document(id=STRONG, title="Sample Act", url="https://law.sample.invalid/9001")
            text = Version(document=STRONG, title="Sample Act", representation="html",
                           sections=(Section(path="part-one", heading="Part one", text="of the Act"),))  # fmt: skip
            return replace(page, documents=(*page.documents, act), versions=(*page.versions, text))
        if capture.time > START + timedelta(days=2) and capture.link.url == address(1):
            (own,) = page.documents
            act = replace(own, id=STRONG, aliases=(own.id,))
            return replace(page, documents=(act,), versions=tuple(replace(v, document=STRONG) for v in page.versions))
        return page

    monkeypatch.setattr(feed, "parse", reading)
    publisher = Publisher()
    for number in range(3):
        publisher.do(("publish", number))
    for day in range(2):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    for day in range(2, 5):
        publisher.do(("edit", 1))
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    with live(tmp_path) as store:
        assert store.value("select document from aliases where alias=?", f"url:{address(1)}") == STRONG
        assert [document for kind, document in told(store) if kind == "new"] == []
        assert store.value("select count(*) from documents where id=?", f"url:{address(1)}") == 0
        paths = store.all(
            "select path, count(*) as n from sections where newest=1 and document=? group by path", STRONG
        )
        assert paths and all(row["n"] == 1 for row in paths), "an older wording is still marked as shown"
        assert store.check() == []
    same(tmp_path)


@pytest.mark.parametrize("known", [False, True])
def test_what_was_read_is_shown_and_found_where_a_list_alone_tells_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    """The list says from the third day on that a page is an Act; ``known``: it told of that in a few words before."""
    parse = feed.parse

    def reading(capture: Capture, source: Source) -> Page:
        page = parse(capture, source)
        if capture.link.role != "listing":
            return page
        late = capture.time > START + timedelta(days=2)
        act = Document(id=STRONG, title="Sample Act", url=address(1) if late else "https://law.sample.invalid/9001")
        text = Version(document=STRONG, title="Sample Act", representation="summary",
                       sections=(Section(path="summary", text="In a few words."),))  # fmt: skip
        named = page.documents if not late else tuple(d for d in page.documents if d.url != address(1))
        told = {document.id for document in named}
        versions = tuple(version for version in page.versions if version.document in told)
        if known and not late:
            return replace(page, documents=(*named, act), versions=(*versions, text))
        return replace(page, documents=(*named, act) if late else named, versions=versions)

    monkeypatch.setattr(feed, "parse", reading)
    publisher = Publisher()
    for number in range(3):
        publisher.do(("publish", number))
    for day in range(4):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
        publisher.do(("publish", day + 3))
    with live(tmp_path) as store:
        assert store.value("select document from aliases where alias=?", f"url:{address(1)}") == STRONG
        shown = store.value("select v.representation from documents d join versions v on v.id=d.current where d.id=?",
                            STRONG)  # fmt: skip
        assert shown == "html"
        found = store.all("select path, text from sections where newest=1 and document=?", STRONG)
        assert [row["text"] for row in found] == ["A sample page.", "first words"]
    same(tmp_path)


ENGLISH = "Sample Planning Act 2015"
CYMRAEG = "Deddf Sampl Cynllunio 2015"
WORDS = [("1", "Plans", "A sample plan is made."), ("2", "Ends", "It ends.")]


def asking(monkeypatch: pytest.MonkeyPatch, urls: Sequence[str]) -> None:
    def start(source: Source, walk: Walk) -> Iterable[Link]:
        return [Link(url=url, role="document") for url in urls]

    monkeypatch.setattr(legislation, "start", start)


def title(store: Store, document: str = ACT) -> str:
    row = store.one("select title from documents where id=?", document)
    assert row is not None
    return str(row["title"])


@pytest.mark.parametrize("prelims", [True, False])
@pytest.mark.parametrize("urls", [(LAW, WELSH), (WELSH, LAW)])
def test_a_welsh_contents_page_does_not_rename_an_act(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, urls: tuple[str, str], prelims: bool
) -> None:
    asking(monkeypatch, urls)
    site = Site()
    site.put(LAW, act(*WORDS), media="application/xml")
    for day, words in enumerate(("", "", " Newydd")):
        welsh = act(title=CYMRAEG + words, language="cy", prelims=prelims)
        site.put(WELSH, welsh, media="application/xml")
        crawl(tmp_path, site, START + timedelta(days=day), text=sources(LEGISLATION))
        with live(tmp_path) as store:
            assert title(store) == ENGLISH
            shown = store.one("select v.language from documents d join versions v on v.id=d.current where d.id=?", ACT)
            assert shown == {"language": "en"}
    with live(tmp_path) as store:
        languages = {row["language"] for row in store.all("select language from versions where document=?", ACT)}
        assert languages == ({"en", "cy"} if prelims else {"en"})
    same(tmp_path)


def test_a_title_in_another_language_is_better_than_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the English page is read, the Welsh one tells; then it is the other way round, and no event."""
    asking(monkeypatch, [LAW, WELSH])
    site = Site()
    site.put(WELSH, act(title=CYMRAEG, language="cy"), media="application/xml")
    site.down = {LAW}
    crawl(tmp_path, site, START, text=sources(LEGISLATION))
    with live(tmp_path) as store:
        assert title(store) == CYMRAEG
    site.put(LAW, act(*WORDS), media="application/xml")
    site.down = set()
    for day in (1, 2):
        crawl(tmp_path, site, START + timedelta(days=day), text=sources(LEGISLATION))
    with live(tmp_path) as store:
        assert title(store) == ENGLISH
        assert told(store) == []
    same(tmp_path)


def test_a_translation_does_not_date_the_english_page_anew(tmp_path: Path) -> None:
    """Trap UK-4.9: feeds of Wales in two languages."""
    site = Site()
    welsh = f"{CONTENT}.cy"
    block = GOVUK.replace("sample-guidance]", "sample-guidance, /government/publications/sample-guidance.cy]")
    for day in range(3):
        moved = guidance(updated="2026-01-05T09:30:00Z", touched=f"2026-03-0{day + 1}T09:30:00Z",
                         locale="cy", title="Canllawiau sampl",
                         base_path="/government/publications/sample-guidance.cy")  # fmt: skip
        site.put(welsh, moved, media="application/json")
        site.put(CONTENT, guidance(touched=f"2026-03-0{day + 1}T09:30:00Z"), media="application/json")
        crawl(tmp_path, site, START + timedelta(days=day), text=sources(block))
        with live(tmp_path) as store:
            assert title(store, GUIDANCE) == "Sample guidance"
            assert store.value("select updated from documents where id=?", GUIDANCE) == "2026-02-01T09:30:00Z"
            assert told(store) == []
    same(tmp_path)


def test_a_page_that_is_its_own_document_keeps_its_title_in_any_language(tmp_path: Path) -> None:
    url = "https://a.sample.invalid/fr/1"
    site = Site()
    site.feed([(url, "As the feed calls it", "x")])
    site.put(
        url, '<html lang="fr"><head><title>T</title></head><body><main><h1>Rapport fictif</h1><p>Texte.</p></main>'
    )
    crawl(tmp_path, site, START, text=SOURCES)
    with live(tmp_path) as store:
        assert title(store, f"url:{url}") == "Rapport fictif"
