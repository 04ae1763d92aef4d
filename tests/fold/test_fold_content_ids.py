"""A stronger identity that turns up late: one document, its history whole, one wording shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.model import Capture, Document, Page, Section, Version
from crawler.protocols import feed
from crawler.sources import Source
from tests.fold.test_fold_laws import Publisher, address, live
from tests.fold.test_fold_redirects import AUDITED, told
from tests.fold.world import START, crawl, same

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
