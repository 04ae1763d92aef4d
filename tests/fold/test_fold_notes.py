"""Change notes of GOV.UK: an update that is stated but not seen in the text is told once, in the publisher's words."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.feeds import Feed, atom
from crawler.store import Store
from crawler.text import moment
from tests.fold.samples import CONTENT, GOVUK, GUIDANCE, PATH, guidance, sources
from tests.fold.test_fold_laws import live
from tests.fold.test_fold_redirects import told
from tests.fold.world import START, Site, crawl, same
from tests.public.exported import entries

FIRST = ("2026-02-01T09:30:00Z", "First published.")
OLD, NEW = "<h2>Referral</h2><p>Sample words.</p>", "<h2>Referral</h2><p>Other sample words.</p>"


def on(day: int, note: str = "") -> tuple[str, str]:
    return f"2026-03-{day:02}T09:30:00Z", note


def crawled(data: Path, pages: Sequence[str | None]) -> Store:
    """Crawl one page a day from 2 March on, at six; None: as the day before, published again."""
    site = Site()
    body = ""
    for day, page in enumerate(pages):
        body = page or body
        touched = body.replace('"updated_at": "', f'"updated_at": "2026-03-{day + 2:02}T05:00:00Z", "was_updated": "')
        site.put(CONTENT, touched, media="application/json")
        crawl(data, site, START + timedelta(days=day), text=sources(GOVUK))
    same(data)
    return live(data)


def notes(store: Store) -> list[tuple[str, str]]:
    rows = store.all("select note, silent from announcements where kind='note' order by seen")
    return [(row["note"], row["silent"]) for row in rows]


def entry(store: Store) -> dict[str, object]:
    row = store.one("select * from entries where document=? order by seen desc limit 1", GUIDANCE)
    assert row is not None
    return row


@pytest.mark.parametrize("dated", [True, False])
def test_a_noted_update_without_new_words_is_told_once(tmp_path: Path, dated: bool) -> None:
    """``dated``: the date of the major update moves with it, as GOV.UK does; the note alone is enough."""
    updated = on(3)[0] if dated else FIRST[0]
    noted = guidance(updated=updated, notes=[FIRST, on(3, "Replaced the attached form.")])
    with crawled(tmp_path, [guidance(), noted, None, None]) as store:
        assert told(store) == [("changed", GUIDANCE)]
        assert notes(store) == [("Replaced the attached form.", "")]
        row = entry(store)
        assert row["note"] == "Replaced the attached form."
        assert row["summary"] == (
            "The publisher, on 3 March 2026: “Replaced the attached form.” We saw no difference in the text that we"
            " read."
        )
        assert row["title"] == "Updated: Sample guidance" and row["details"] == "[]"
        assert store.value("select count(*) from changes where kind='note' and cause='source' and before=after") == 1
        feed = atom.render(entries(store), Feed(authority="sample.invalid"))
        assert feed.decode().count("Replaced the attached form.") == 2, "once in the summary, once in the content"


def test_a_note_with_new_words_belongs_to_them(tmp_path: Path) -> None:
    changed = guidance(NEW, updated=on(3)[0], notes=[FIRST, on(3, "Clearer words.")])
    with crawled(tmp_path, [guidance(), changed, None]) as store:
        assert told(store) == [("changed", GUIDANCE)]
        assert notes(store) == []
        assert entry(store)["note"] == "Clearer words."
        assert entry(store)["summary"] == (
            "The publisher, on 3 March 2026: “Clearer words.” “Referral” changed: “Sample” became “Other sample”."
        )


@pytest.mark.parametrize("dated", [True, False])
def test_a_note_is_never_put_on_the_change_of_an_earlier_visit(tmp_path: Path, dated: bool) -> None:
    """A minor edit is told on the third; on the fourth its publisher notes a major update."""
    silent = guidance(NEW)
    late = guidance(NEW, updated=on(4)[0] if dated else FIRST[0], notes=[FIRST, on(4, "Clearer words.")])
    with crawled(tmp_path, [guidance(), silent, late, None, None]) as store:
        assert [kind for kind, _ in told(store)] == ["changed", "changed"]
        assert notes(store) == [("Clearer words.", "")]
        first = store.one("select note, summary from entries where document=? order by seen limit 1", GUIDANCE)
        assert first is not None and first["note"] == "" and "Clearer" not in first["summary"]
        assert store.value("select count(*) from versions where note='Clearer words.'") == 0


def test_each_note_since_the_last_visit_is_told_with_its_own_date(tmp_path: Path) -> None:
    since = [on(3, "Replaced the attached form."), on(5, "Other words on referral."), on(6, "Clearer words.")]
    later = guidance(NEW, updated=on(6)[0], notes=[FIRST, *since])
    with crawled(tmp_path, [guidance(), later, None]) as store:
        assert [kind for kind, _ in told(store)] == ["changed"]
        dates = store.all("select occurred, note from changes where kind='note' order by occurred")
        assert [(moment(row["occurred"]), row["note"]) for row in dates] == [
            (moment(at), note) for at, note in since[:2]
        ]
        assert {row["note"] for row in store.all("select note from changes where kind='changed'")} == {"Clearer words."}
        assert entry(store)["note"] == (
            "3 March 2026: Replaced the attached form.\n5 March 2026: Other words on referral.\n"
            "6 March 2026: Clearer words."
        )
        assert entry(store)["summary"] == (
            "The publisher, on 6 March 2026: “Clearer words.” The publisher, on 5 March 2026: “Other words on"
            " referral.” 1 more note of the publisher below. “Referral” changed: “Sample” became “Other sample”."
        )


def test_the_whole_history_is_kept_and_what_was_there_before_us_is_the_publishers(tmp_path: Path) -> None:
    before = [FIRST, on(1, "Added the sample annex.")]
    later = guidance(NEW, updated=on(3)[0], notes=[*before, on(3, "Clearer words.")])
    with crawled(tmp_path, [guidance(notes=before), later]) as store:
        rows = store.all("select date, note, seen from document_history where document=? order by number", GUIDANCE)
        listed = [*before, on(3, "Clearer words.")]
        assert [(moment(row["date"]), row["note"]) for row in rows] == [(moment(at), note) for at, note in listed]
        first = store.value("select min(captured) from versions where document=?", GUIDANCE)
        assert [row["seen"] <= first for row in rows] == [True, True, False]
        assert notes(store) == []


def test_a_note_that_its_publisher_dates_back_is_kept_and_one_dated_anew_is_the_same(tmp_path: Path) -> None:
    noted = [FIRST, on(3, "Replaced the attached form.")]
    back = guidance(updated=on(3)[0], notes=[FIRST, on(1, "Added the sample annex."), noted[1]])
    later = guidance(notes=[FIRST, on(1, "Added the sample annex."), ("2026-03-03T09:30:01Z", noted[1][1])])
    with crawled(tmp_path, [guidance(), guidance(updated=on(3)[0], notes=noted), back, later]) as store:
        assert [note for note, _ in notes(store)] == ["Replaced the attached form."]
        assert store.value("select count(*) from document_history") == 3


def test_every_noted_update_is_told_and_none_is_when_a_note_is_reworded(tmp_path: Path) -> None:
    first = [FIRST, on(3, "Replaced the attached form.")]
    pages = [
        guidance(),
        guidance(updated=on(3)[0], notes=first),
        guidance(updated=on(3)[0], notes=[FIRST, on(3, "Replaced the attached forms.")]),
        guidance(updated=on(5)[0], notes=[*first, on(5, "Replaced the picture.")]),
        guidance(
            updated=on(6)[0], notes=[*first, on(5, "Replaced the picture."), on(6, "Replaced the attached form.")]
        ),
    ]
    with crawled(tmp_path, pages) as store:
        assert [kind for kind, _ in told(store)] == ["changed"] * 3
        assert [silent for _, silent in notes(store)] == [""] * 3


def test_a_first_walk_and_a_page_read_under_new_options_tell_nothing(tmp_path: Path) -> None:
    site = Site()
    noted = guidance(updated=on(3)[0], notes=[FIRST, on(3, "Replaced the attached form.")])
    site.put(CONTENT, guidance(), media="application/json")
    crawl(tmp_path, site, START, text=sources(GOVUK))
    site.put(CONTENT, noted, media="application/json")
    scrubbed = sources(GOVUK.replace("    expect", "    scrub: ['Marigold']\n    expect"))
    crawl(tmp_path, site, START + timedelta(days=1), text=scrubbed)
    for day, text in ((2, sources(GOVUK)), (3, scrubbed)):
        crawl(tmp_path, site, START + timedelta(days=day), text=text)
    with live(tmp_path) as store:
        assert notes(store) == [("Replaced the attached form.", "")]
    same(tmp_path)


def test_two_sources_that_read_the_page_tell_of_it_once(tmp_path: Path) -> None:
    both = sources(GOVUK, GOVUK.replace("id: govuk", "id: second").replace("items: [", "pages: 1, items: ["))
    site = Site()
    pages = [guidance(), guidance(updated=on(3)[0], notes=[FIRST, on(3, "Replaced the attached form.")])]
    for day in range(4):
        site.put(CONTENT, pages[min(day, 1)], media="application/json")
        text = sources(GOVUK) if day == 1 else both
        crawl(tmp_path, site, START + timedelta(days=day), text=text)
    with live(tmp_path) as store:
        assert told(store) == [("changed", GUIDANCE)]
    same(tmp_path)


@pytest.mark.parametrize("words", ["", " Others, too."])
def test_a_part_with_another_heading_is_told_by_both(tmp_path: Path, words: str) -> None:
    said = "<p>A first responder fills in the form and sends it to the authority that decides on it."
    renamed = guidance(f"<h2>Referral of children</h2>{said}{words}</p>")
    with crawled(tmp_path, [guidance(f"<h2>Referral</h2>{said}</p>"), renamed]) as store:
        changed = ", and changed" if words else ""
        assert entry(store)["summary"] == f"“Referral” is now headed “Referral of children”{changed}."


def test_a_tracked_page_that_moved_is_tracked_where_it_is_now(tmp_path: Path) -> None:
    """GOV.UK answers at the old address with a document that says where the page is, the same each day."""
    new = f"{PATH}-new"
    redirect = {
        "content_id": "00000000-0000-4000-8000-000000000009", "document_type": "redirect", "schema_name": "redirect",
        "base_path": PATH, "locale": "en", "updated_at": "2026-03-03T05:00:00Z", "details": {}, "links": {},
        "redirects": [{"path": PATH, "type": "exact", "destination": new}],
    }  # fmt: skip
    site = Site()
    site.put(CONTENT, guidance(), media="application/json")
    for day in range(4):
        if day:
            site.put(CONTENT, json.dumps(redirect), media="application/json")
            moved = guidance(NEW if day == 3 else OLD).replace(PATH, new)
            site.put(f"{CONTENT}-new", moved, media="application/json")
        crawl(tmp_path, site, START + timedelta(days=day), text=sources(GOVUK))
    same(tmp_path)
    with live(tmp_path) as store:
        assert told(store) == [("changed", GUIDANCE)]
        assert store.value("select url from documents where id=?", GUIDANCE) == f"https://www.gov.uk{new}"
        listed = store.all("select documents from runs where source='govuk' order by crawl")
        assert [row["documents"] for row in listed] == [1, 1, 1, 1], "one page is tracked, wherever it is"
