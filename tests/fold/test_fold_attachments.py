"""Files attached to a page of GOV.UK: whatever they are called and wherever they stand, their key tells them apart."""

import json
from datetime import timedelta
from pathlib import Path

from tests.fold.office import WORDS, pdf
from tests.fold.samples import CONTENT, GOVUK, GUIDANCE, guidance, sources
from tests.fold.test_fold_laws import live
from tests.fold.test_fold_redirects import told
from tests.fold.world import START, Site, crawl, same

MEDIA = "https://assets.publishing.service.gov.uk/media"
OTHER = f"{MEDIA}/cccc/other.pdf"
CHILD = f"{GUIDANCE}/sample-form"
TEXT = sources(GOVUK.replace("    expect", "    audit: 1\n    expect"))


class Attached:
    """A page with a file that comes and goes, and another one that shows that their host is there."""

    def __init__(self) -> None:
        self.site, self.day = Site(), 0
        self.site.pages[OTHER] = (200, "application/pdf", pdf("Another sample file of ours, on the same host."))

    def attach(self, name: str, body: bytes, *, size: int = 1, title: str = "Sample form") -> None:
        url = f"{MEDIA}/{name}"
        self.site.pages[url] = (200, "application/pdf", body)
        file = {"attachment_type": "file", "title": title, "url": url, "file_size": size, "filename": name}
        other = {"attachment_type": "file", "title": "Other", "url": OTHER}
        item = json.loads(guidance())
        item["details"]["attachments"] = [file, other]
        self.site.put(CONTENT, json.dumps(item), media="application/json")

    def crawl(self, data: Path, days: int = 1) -> None:
        for _ in range(days):
            crawl(data, self.site, START + timedelta(days=self.day), text=TEXT)
            self.day += 1


def test_renamed_file_with_another_text_is_a_change_of_the_same_document(tmp_path: Path) -> None:
    page = Attached()
    page.attach("aaaa/form-v1.pdf", pdf())
    page.crawl(tmp_path, 2)
    page.attach("bbbb/form-v2.pdf", pdf(f"{WORDS} It was amended."))
    page.crawl(tmp_path)
    # The new file has an outage on the day on which the old one is found to be gone.
    del page.site.pages[f"{MEDIA}/aaaa/form-v1.pdf"]
    page.site.down = {f"{MEDIA}/bbbb/form-v2.pdf"}
    page.crawl(tmp_path)
    page.site.down = set()
    page.crawl(tmp_path, 4)
    with live(tmp_path) as store:
        rows = store.all("select id, url, availability from documents where parent is not null and url<>?", OTHER)
        assert [tuple(row.values()) for row in rows] == [(CHILD, f"{MEDIA}/bbbb/form-v2.pdf", "ok")]
        assert told(store) == [("changed", GUIDANCE)]
        changed = store.all("select document, kind, silent from announcements where version is not null")
        assert [tuple(row.values()) for row in changed] == [(CHILD, "changed", "")]
    same(tmp_path)


def test_renamed_file_with_the_same_bytes_is_no_event(tmp_path: Path) -> None:
    page = Attached()
    page.attach("aaaa/form-v1.pdf", pdf())
    page.crawl(tmp_path, 2)
    del page.site.pages[f"{MEDIA}/aaaa/form-v1.pdf"]
    page.attach("bbbb/form-v2.pdf", pdf())
    page.crawl(tmp_path, 5)
    with live(tmp_path) as store:
        assert told(store) == []
        assert store.value("select count(*) from changes where version is not null") == 0
        assert store.value("select availability from documents where id=?", CHILD) == "ok"
    same(tmp_path)


def test_file_that_is_gone_is_gone(tmp_path: Path) -> None:
    page = Attached()
    page.attach("aaaa/form-v1.pdf", pdf())
    page.crawl(tmp_path, 2)
    del page.site.pages[f"{MEDIA}/aaaa/form-v1.pdf"]
    page.crawl(tmp_path, 4)
    with live(tmp_path) as store:
        assert store.value("select availability from documents where id=?", CHILD) == "gone"
        gone = store.all("select silent from announcements where document=? and kind='gone'", CHILD)
        assert gone == [{"silent": ""}]
    same(tmp_path)
