"""Files that a watched page leads to are found there at each visit: one that has a new address is the same document."""

from datetime import timedelta
from pathlib import Path

from tests.fold.samples import sources
from tests.fold.test_fold_laws import live
from tests.fold.test_fold_redirects import told
from tests.fold.world import START, Site, crawl, same

PAGE = "https://a.sample.invalid/start"
FILES = "https://a.sample.invalid/assets/documents/"
FORM = f"url:{PAGE}#sample-form"
WATCHED = f"""  - id: forms
    publisher: sample
    kind: form
    protocol: page
    url: {PAGE}
    options: {{files: true}}
    topics: [offences_law]
    expect: {{min: 1}}
"""
FIRST, SECOND = "name,use\nSample form,on paper\n", "name,use\nSample form,on paper and online\n"


def page(*names: str) -> str:
    links = "".join(f'<li><a href="/assets/documents/{name}">Sample form (CSV, 2 KB)</a></li>' for name in names)
    return f"<html><body><main><h1>Start</h1><p>Fill in.</p><ul>{links}</ul></main></body></html>"


def crawled(data: Path, *visits: tuple[str, str]) -> Site:
    site = Site()
    for day, (name, text) in enumerate(visits):
        site.pages.clear()
        site.put(PAGE, page(name))
        site.put(f"{FILES}{name}", text, media="text/csv")
        crawl(data, site, START + timedelta(days=day), text=sources(WATCHED))
    return site


def test_a_file_that_was_renamed_and_changed_is_the_same_document(tmp_path: Path) -> None:
    second = ("sample-form-2026-v2.csv", SECOND)
    site = crawled(tmp_path, ("sample-form-2026-v1.csv", FIRST), second, second, second, second)
    assert f"{FILES}sample-form-2026-v1.csv" in site.asked and f"{FILES}sample-form-2026-v2.csv" in site.asked
    with live(tmp_path) as store:
        row = store.one("select * from documents where id=?", FORM)
        assert row is not None and (row["title"], row["parent"]) == ("Sample form", f"url:{PAGE}")
        assert (row["url"], row["availability"]) == (f"{FILES}sample-form-2026-v2.csv", "ok")
        assert store.value("select count(*) from versions where document=?", FORM) == 2
        changed = store.all("select kind from changes where document=? and version is not null", FORM)
        assert [each["kind"] for each in changed] == ["changed"]
        assert [kind for kind, _ in told(store)] == ["changed"]
    same(tmp_path)


def test_a_file_that_was_replaced_under_its_address_is_read_again(tmp_path: Path) -> None:
    crawled(tmp_path, ("sample-form.csv", FIRST), ("sample-form.csv", FIRST), ("sample-form.csv", SECOND))
    with live(tmp_path) as store:
        assert store.value("select count(*) from versions where document=?", FORM) == 2
        assert [kind for kind, _ in told(store)] == ["changed"]
    same(tmp_path)
