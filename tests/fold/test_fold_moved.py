"""Files that are replaced, saved anew or renamed: each is told as what it is, and once."""

from pathlib import Path

from tests.fold.office import NEW, OLD, WORDS, addresses, changes, forms, pdf, watched
from tests.fold.test_fold_laws import HOST, live
from tests.fold.test_fold_redirects import told
from tests.fold.world import SOURCES, same


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
        assert store.value("select count(*) from announcements where kind='relocated' and silent=''") == 1
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
        moves = store.all("select silent from announcements where kind='relocated'")
        assert moves == [{"silent": "new options"}]
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
