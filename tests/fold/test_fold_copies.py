"""Files and pages that are there at more than one address: which are one document, and what is told of it."""

from pathlib import Path

import pytest

from tests.fold.office import AUDITED, NEW, OLD, THIRD, WORDS, Office, addresses, changes, forms, pdf, watched
from tests.fold.test_fold_laws import HOST, live
from tests.fold.test_fold_redirects import told
from tests.fold.world import SOURCES, same


@pytest.mark.slow
@pytest.mark.parametrize("gone", [404, 410])
def test_copy_beside_the_old_address_is_an_alias_and_later_nothing(tmp_path: Path, gone: int) -> None:
    """The new address is seen while the old one answers; when that is gone, the document is where it was all along."""
    office = watched(tmp_path, OLD)
    office.serve(NEW)
    office.list(OLD, NEW)
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        (form,) = forms(store)
        assert (form["url"], addresses(store, form["id"])) == (OLD, {f"url:{NEW}": 1})
        assert told(store) == []
    office.site.put(OLD, "<h1>Not here</h1>", status=gone)
    office.crawl(tmp_path, 4)
    with live(tmp_path) as store:
        (form,) = forms(store)
        assert (form["id"], form["url"], form["availability"]) == (f"url:{OLD}", NEW, "ok")
        assert told(store) == [] and changes(store) == []
        assert addresses(store, form["id"])[f"url:{NEW}"] == 0
    office.serve(NEW, pdf(f"{WORDS} It has a second page now."))
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert told(store) == [("changed", f"url:{OLD}")]
    same(tmp_path)


def test_document_is_gone_when_all_its_addresses_are(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD, text=SOURCES)
    office.serve(NEW)
    office.list(OLD, NEW)
    office.crawl(tmp_path, 2)
    office.stop(OLD)
    office.stop(NEW)
    office.list(OLD, NEW, title="Form once more")
    office.crawl(tmp_path, 4)
    with live(tmp_path) as store:
        assert [row["availability"] for row in forms(store)] == ["gone"]
        assert told(store) == [("gone", f"url:{OLD}")]
    same(tmp_path)


def test_copy_that_nobody_audits_is_asked_when_the_other_address_is_gone(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD, text=SOURCES)
    office.serve(NEW)
    office.list(OLD, NEW)
    office.crawl(tmp_path, 2)
    office.stop(OLD)
    office.stop(NEW)
    office.site.feed([(f"{HOST}/files/other.pdf", "Form", ""), (OLD, "Form, asked again", ""), (NEW, "Form", "")])
    office.crawl(tmp_path)
    office.site.asked.clear()
    office.crawl(tmp_path)
    assert NEW in office.site.asked
    office.crawl(tmp_path, 3)
    with live(tmp_path) as store:
        assert told(store) == [("gone", f"url:{OLD}")]
    same(tmp_path)


def test_copy_that_says_something_of_its_own_is_a_document_of_its_own(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD)
    office.serve(NEW)
    office.list(OLD, NEW)
    office.crawl(tmp_path, 2)
    office.serve(NEW, pdf(f"{WORDS} This one is for children."))
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert [(row["id"], row["url"]) for row in forms(store)] == [(f"url:{OLD}", OLD), (f"url:{NEW}", NEW)]
        assert told(store) == [("new", f"url:{NEW}")] and changes(store) == []
    office.serve(OLD, pdf(f"{WORDS} This one is for adults."))
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert told(store) == [("new", f"url:{NEW}"), ("changed", f"url:{OLD}")]
    same(tmp_path)


def test_copy_that_stays_behind_says_nothing(tmp_path: Path) -> None:
    """The old text is still there under the new address, saved anew: no change back, and no new document."""
    office = watched(tmp_path, OLD)
    office.serve(NEW)
    office.list(OLD, NEW)
    office.crawl(tmp_path, 2)
    office.serve(OLD, pdf(f"{WORDS} It was amended."))
    office.crawl(tmp_path)
    office.serve(NEW, pdf(producer="Another writer"))
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert told(store) == [("changed", f"url:{OLD}")]
        assert len(changes(store)) == 1 and len(forms(store)) == 1
    same(tmp_path)


@pytest.mark.slow
def test_copy_that_the_list_names_alone_is_the_document(tmp_path: Path) -> None:
    """First both are listed, then the new one alone; the old one answers still. What the new one says counts."""
    office = watched(tmp_path, OLD)
    office.serve(NEW)
    office.list(OLD, NEW)
    office.crawl(tmp_path, 2)
    office.list(NEW)
    office.crawl(tmp_path)
    office.serve(NEW, pdf(f"{WORDS} It was amended."))
    office.serve(OLD, pdf(producer="Another writer"))
    office.crawl(tmp_path, 3)
    with live(tmp_path) as store:
        (form,) = forms(store)
        assert (form["id"], form["url"]) == (f"url:{OLD}", NEW)
        assert told(store) == [("changed", f"url:{OLD}")] and len(changes(store)) == 1
    same(tmp_path)


def test_old_address_that_says_something_else_is_held_and_an_issue(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD)
    office.serve(NEW)
    office.list(NEW)
    office.crawl(tmp_path, 2)
    office.serve(OLD, pdf(f"{WORDS} Nobody knows why it is still here."))
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert told(store) == [("relocated", f"url:{OLD}")] and changes(store) == []
        (issue,) = store.all("select * from issues where kind='two texts'")
        assert (issue["subject"], issue["severity"]) == (OLD, "note") and NEW in issue["detail"]
    office.serve(OLD)
    office.crawl(tmp_path)
    with live(tmp_path) as store:
        assert store.value("select resolved from issues where kind='two texts'") is not None
    same(tmp_path)


@pytest.mark.slow
def test_old_address_that_leads_to_the_new_one_is_one_document(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD)
    office.serve(NEW)
    office.list(OLD, NEW)
    office.crawl(tmp_path, 2)
    office.site.moves[OLD] = (301, NEW)
    office.crawl(tmp_path, 2)
    office.serve(NEW, pdf(f"{WORDS} It was amended."))
    office.crawl(tmp_path, 3)
    with live(tmp_path) as store:
        assert len(forms(store)) == 1
        assert told(store) == [("changed", f"url:{OLD}")] and len(changes(store)) == 1
    same(tmp_path)


def test_small_bodies_tell_nothing(tmp_path: Path) -> None:
    office = Office()
    for url in (OLD, NEW):
        office.serve(url, pdf("A sample form. Name: Place: Day:"))
    office.list(OLD)
    office.crawl(tmp_path, 2)
    office.list(OLD, NEW)
    office.crawl(tmp_path)
    with live(tmp_path) as store:
        assert len(forms(store)) == 2 and told(store) == [("new", f"url:{NEW}")]


def notice(*, title: str = "Sample Office") -> bytes:
    main = f"<main><h1>{title}</h1><p>{WORDS}</p></main>"
    return f"<html><head><title>{title}</title></head><body>{main}</body></html>".encode()


def test_one_page_in_the_place_of_many_makes_no_copies(tmp_path: Path) -> None:
    """A log-in wall of 400 characters: what the list calls by two names is not one document."""
    office = watched(tmp_path)
    pages = [f"{HOST}/form/{n}" for n in range(4)]
    for url in pages:
        office.serve(url, notice(), "text/html")
    office.site.feed([(f"{HOST}/files/other.pdf", "Form", ""), *((url, f"Form {url[-1]}", "") for url in pages)])
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert len(forms(store)) == 4 and store.value("select count(*) from aliases where alternate=1") == 0


def test_page_of_one_name_at_two_addresses_is_one_document(tmp_path: Path) -> None:
    office = watched(tmp_path)
    one, two = f"{HOST}/form/a", f"{HOST}/form/b"
    for listed in ([one], [one, two]):
        for url in listed:
            office.serve(url, notice(title="Sample form"), "text/html")
        office.site.feed([(f"{HOST}/files/other.pdf", "Form", ""), *((url, "Form", "") for url in listed)])
        office.crawl(tmp_path)
    with live(tmp_path) as store:
        assert [row["id"] for row in forms(store)] == [f"url:{one}"]


def test_what_three_addresses_serve_is_left_as_it_is(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD)
    office.serve(NEW)
    office.list(OLD, NEW)
    office.crawl(tmp_path)
    office.serve(THIRD)
    office.list(OLD, NEW, THIRD)
    office.crawl(tmp_path)
    with live(tmp_path) as store:
        assert [row["id"] for row in forms(store)] == [f"url:{OLD}", f"url:{THIRD}"]


OTHER = """  - id: second
    publisher: {publisher}
    kind: {kind}
    protocol: feed
    url: {feed}
    follow: true
    topics: [offences_law]
    expect: {{min: 1}}
"""


@pytest.mark.parametrize(
    ("publisher", "kind", "host", "one"),
    [
        ("sample", "guidance", HOST, True),
        ("second", "guidance", HOST, False),
        ("sample", "news", HOST, False),
        ("sample", "guidance", "https://b.sample.invalid", False),
    ],
)
def test_never_across_publishers_kinds_or_hosts(
    tmp_path: Path, publisher: str, kind: str, host: str, one: bool
) -> None:
    text = AUDITED.replace("sources:\n", "  second: {name: Second Office, jurisdiction: United Kingdom}\nsources:\n")
    text += OTHER.format(publisher=publisher, kind=kind, feed=f"{host}/second.xml")
    office = Office(OLD, text=text)
    elsewhere = f"{host}/copies/form.pdf"
    office.serve(elsewhere)
    office.site.feed([(f"{HOST}/files/other.pdf", "Form", "")], url=f"{host}/second.xml")
    office.crawl(tmp_path, 2)
    office.site.feed([(elsewhere, "Form", "")], url=f"{host}/second.xml")
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert len(forms(store)) == (1 if one else 2)
        if one:
            sources = store.all("select source from document_sources where document=? order by 1", f"url:{OLD}")
            assert [row["source"] for row in sources] == ["news", "second"]
            assert forms(store)[0]["url"] == OLD and told(store) == []
    same(tmp_path)


def test_first_walk_over_a_list_that_has_a_file_twice(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD, NEW)
    with live(tmp_path) as store:
        assert [row["id"] for row in forms(store)] == [f"url:{OLD}"] and told(store) == []
        assert store.value("select outcome from runs order by rowid desc limit 1") == "healthy"
    office.crawl(tmp_path, 2)
    same(tmp_path)
