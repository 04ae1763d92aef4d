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
from tests.fold.test_fold_redirects import AUDITED, same, told
from tests.fold.world import START, crawl

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
