"""Files and pages at more than one address: replaced, saved anew, renamed, and there twice, each told as what it is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.store import Store
from tests.bodies import pdf_making
from tests.fold.tables import differences
from tests.fold.test_fold_laws import HOST, live
from tests.fold.test_fold_redirects import same, told
from tests.fold.world import SOURCES, START, Killed, Site, crawl, rebuilt

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
    """Give what changed in the texts of documents after they were first read, announced or not."""
    rows = store.all("select kind, path, document from changes where version is not null order by rowid")
    return [(row["kind"], row["path"]) for row in rows]


def addresses(store: Store, document: str) -> dict[str, int]:
    return {r["alias"]: r["copy"] for r in store.all("select * from aliases where document=?", document)}


def test_replaced_text_is_one_change(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD)
    office.serve(OLD, pdf(WORDS.replace("nothing. Whoever", "it is thrown away. Whoever")))
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert told(store) == [("changed", f"url:{OLD}")]
        assert [kind for kind, _ in changes(store)] == ["changed"]
    same(tmp_path)


def test_replaced_bytes_with_equal_text_change_nothing(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD)
    assert pdf() != pdf(producer="Another writer")
    office.serve(OLD, pdf(producer="Another writer"))
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert (told(store), changes(store)) == ([], [])
        assert store.value("select count(*) from versions where document=?", f"url:{OLD}") == 1
    same(tmp_path)


def test_renamed_after_its_bytes_were_replaced_is_recognised_by_the_newest_ones(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD)
    office.serve(OLD, pdf(producer="Another writer"))
    office.crawl(tmp_path)
    office.serve(NEW, pdf(producer="Another writer"))
    office.list(OLD, NEW)
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert [row["id"] for row in forms(store)] == [f"url:{OLD}"] and told(store) == []


def test_renamed_file_is_the_same_document_and_told_as_moved_once(tmp_path: Path) -> None:
    """The list names the new address instead of the old one, which is gone."""
    office = watched(tmp_path, OLD)
    office.stop(OLD)
    office.serve(NEW)
    office.list(NEW)
    office.crawl(tmp_path, 4)
    with live(tmp_path) as store:
        (form,) = forms(store)
        assert (form["id"], form["url"], form["availability"]) == (f"url:{OLD}", NEW, "ok")
        assert told(store) == [("relocated", f"url:{OLD}")]
        assert changes(store) == []
        assert addresses(store, form["id"]) == {f"url:{NEW}": 0}
        (entry,) = store.all("select details from entries where kind='relocated'")
        assert OLD in entry["details"] and NEW in entry["details"]
        assert store.all("select new from runs order by rowid desc limit 4") == [{"new": 0}] * 4
    same(tmp_path)


def test_what_the_renamed_file_says_later_is_a_change_of_the_document(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD)
    office.serve(NEW)
    office.list(NEW)
    office.crawl(tmp_path, 2)
    office.serve(NEW, pdf(f"{WORDS} It has a second page now."))
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert told(store) == [("relocated", f"url:{OLD}"), ("changed", f"url:{OLD}")]
        assert len(forms(store)) == 1
    same(tmp_path)


def test_new_address_after_the_old_one_was_not_found(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD)
    office.stop(OLD)
    office.crawl(tmp_path)
    with live(tmp_path) as store:
        assert [row["availability"] for row in forms(store)] == ["suspect"]
    office.serve(NEW)
    office.list(OLD, NEW)
    office.crawl(tmp_path, 4)
    with live(tmp_path) as store:
        (form,) = forms(store)
        assert (form["url"], form["availability"]) == (NEW, "ok")
        assert told(store) == [("relocated", f"url:{OLD}")]
    same(tmp_path)


def test_document_that_was_told_as_gone_returns_at_its_new_address(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD)
    office.stop(OLD)
    office.crawl(tmp_path, 3)
    office.serve(NEW)
    office.list(NEW)
    office.crawl(tmp_path, 3)
    with live(tmp_path) as store:
        (form,) = forms(store)
        assert (form["id"], form["url"], form["availability"]) == (f"url:{OLD}", NEW, "ok")
        assert [kind for kind, _ in told(store)] == ["gone", "returned"]
        assert store.value("select count(*) from changes where kind='relocated' and silent=''") == 1
    same(tmp_path)


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


def test_renamed_file_with_another_text_is_a_new_document(tmp_path: Path) -> None:
    """An address is all that names it: nothing says that it is the old one but a name that is alike."""
    office = watched(tmp_path, OLD)
    office.stop(OLD)
    office.serve(NEW, pdf(f"{WORDS} It was amended."))
    office.list(NEW)
    office.crawl(tmp_path, 3)
    with live(tmp_path) as store:
        assert [row["id"] for row in forms(store)] == [f"url:{OLD}", f"url:{NEW}"]
        assert sorted(told(store)) == [("gone", f"url:{OLD}"), ("new", f"url:{NEW}")]
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
        assert len(forms(store)) == 4 and store.value("select count(*) from aliases where copy=1") == 0


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


WATCHED = SOURCES[: SOURCES.index("  - id: news")] + (
    f"  - id: forms\n    publisher: sample\n    kind: form\n    protocol: page\n    url: {HOST}/files/other.pdf\n"
    "    options: {items: [ITEMS]}\n    topics: [offences_law]\n    expect: {min: 1}\n"
)


def test_file_that_we_watch_at_its_new_address_instead(tmp_path: Path) -> None:
    """Our list of pages changed, not the publisher's: the document is followed there, and nothing is told."""
    office = watched(tmp_path, OLD, text=WATCHED.replace("ITEMS", OLD))
    office.serve(NEW)
    office.text = WATCHED.replace("ITEMS", NEW)
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        (form,) = forms(store)
        assert (form["id"], form["url"]) == (f"url:{OLD}", NEW) and told(store) == []
        assert [r["silent"] for r in store.all("select silent from changes where kind='relocated'")] == ["new options"]
    office.serve(NEW, pdf(f"{WORDS} It was amended."))
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert told(store) == [("changed", f"url:{OLD}")]
    same(tmp_path)


def test_file_that_is_watched_at_both_addresses(tmp_path: Path) -> None:
    office = watched(tmp_path, OLD, text=WATCHED.replace("ITEMS", OLD))
    office.serve(NEW)
    office.text = WATCHED.replace("ITEMS", f"{OLD}, {NEW}")
    office.crawl(tmp_path, 2)
    with live(tmp_path) as store:
        assert (len(forms(store)), forms(store)[0]["url"], told(store)) == (1, OLD, [])
    office.stop(OLD)
    office.crawl(tmp_path, 3)
    with live(tmp_path) as store:
        assert (forms(store)[0]["url"], forms(store)[0]["availability"], told(store)) == (NEW, "ok", [])
    same(tmp_path)


FORMS = (OLD, NEW, THIRD)
TEXTS = tuple(pdf(f"{WORDS} {more}", writer) for more, writer in (("", "One"), ("", "Two"), ("More.", "One")))
ACTS = st.one_of(
    st.tuples(st.just("serve"), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("stop"), st.integers(0, 2), st.just(0)),
    st.tuples(st.just("list"), st.integers(0, 2), st.integers(0, 1)),
    st.tuples(st.just("lead"), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("outage"), st.integers(0, 2), st.just(0)),
)
DAYS = st.lists(st.tuples(st.lists(ACTS, max_size=4), st.integers(0, 9)), min_size=2, max_size=6)


def act(office: Office, listed: list[str], what: tuple[str, int, int]) -> None:
    kind, one, other = what
    url = FORMS[one]
    match kind:
        case "serve":
            office.site.moves.pop(url, None)
            office.serve(url, TEXTS[other])
        case "stop":
            office.site.pages.pop(url, None)
            office.site.moves.pop(url, None)
        case "list":
            listed[:] = [each for each in listed if each != url]
            listed.insert(0 if other else len(listed), url) if other or one else None
        case "lead" if one != other:
            office.site.moves.pop(FORMS[other], None)
            office.site.moves[url] = (301 if one else 302, FORMS[other])
        case "outage":
            office.site.down ^= {url}
    office.list(*listed)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS)
def test_the_laws_hold_wherever_files_go(
    tmp_path_factory: pytest.TempPathFactory,
    days: list[tuple[list[tuple[str, int, int]], int]],
) -> None:
    data = tmp_path_factory.mktemp("copies")
    office, listed = Office(OLD), [OLD]
    for acts, kill in days:
        for what in acts:
            act(office, listed, what)
        clock = START + timedelta(days=office.day)
        try:
            crawl(data, office.site, clock, text=AUDITED, kill=lambda n, at=kill: n == at)  # type: ignore[misc]
        except Killed:
            crawl(data, office.site, clock + timedelta(minutes=5), text=AUDITED)
        office.day += 1
    with live(data) as one, rebuilt(data) as other:
        assert differences(one, other) == []
        assert one.check() == []
        assert one.value("select count(*) from documents d where d.url like 'url:%'") == 0
    office.crawl(data, 5)
    with live(data) as store:
        before = store.value("select count(*) from changes"), store.value("select count(*) from entries")
    office.crawl(data)
    with live(data) as store:
        assert (store.value("select count(*) from changes"), store.value("select count(*) from entries")) == before
