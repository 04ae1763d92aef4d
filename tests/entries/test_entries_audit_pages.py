"""No entry on pages of the recordings says what is stored nowhere, breaks off, or is of a place not stated.

The text of a document whose licence does not let it be shown is in the private database alone: that is read here.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest

from crawler.feeds.weight import LAW
from crawler.sources.areas import WIDER
from crawler.sources.vocabulary import PRIVATE
from crawler.text import canonical, count_words
from tests.entries import audit
from tests.recordings import build, library

pytestmark = pytest.mark.recorded

Row = sqlite3.Row
Store = sqlite3.Connection
_NATION = re.compile(r"\b(?:England and Wales|England|Wales|Scotland|Northern Ireland)\b")
_OF_LAW = re.compile(r"\([^()]*\) (?:Act|Bill|Order|Regulations)")
_OF_NO_PLACE = (*PRIVATE, "debate", "parliament")
_LENGTH = re.compile(r"of about ([\d,]+) words")
_COUNT = re.compile(r" in \d+ parts\b")
_LISTED = re.compile(r"(?:Attachments|Attachments added): (.*?)(?: and \d+ more)?\.(?: |$)")
_NEWSROOM = re.compile(r"/(?:news|press-room|press-releases?|speeches)/")
_IN_TEXT = re.compile("\u201c(.+)\u201d stands in its text")
_FACTS = ("source", "kind", "publisher", "identifier", "relation", "series")
"""Places of reasons whose words are none of the document's own."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    data = build.once(tmp_path_factory) / "data"
    with closing(sqlite3.connect(f"file:{data / 'roundup.db'}?mode=ro", uri=True)) as found:
        found.row_factory = sqlite3.Row
        yield found


@pytest.fixture(scope="module")
def entries(store: Store) -> Sequence[Row]:
    """Return the entries on documents that are no law, with what is stored of these."""
    kinds = ", ".join(f"'{kind}'" for kind in (*LAW, "bill", "draft_si"))
    found = store.execute(
        "select e.*, d.title as of_title, d.author, d.id as of from entries e join documents d on d.id = e.document"
        f" where d.kind not in ({kinds}) order by e.id"
    ).fetchall()
    assert len(found) > 200
    return found


def texts(store: Store, entry: Row) -> Iterator[str]:
    """Yield every text held of the family of an entry, and the titles of its source, of which it can name others."""
    for row in store.execute("select * from documents where root = ?", [entry["of"]]).fetchall():
        yield from (row["title"], row["summary"], row["within"], row["author"])
        for table, columns in _TEXTS.items():
            for each in store.execute(f"select {', '.join(columns)} from {table} where document = ?", [row["id"]]):
                yield from (str(text) for text in each if text)
                yield " ".join(str(text or "") for text in each)
    yield from (
        row["title"] for row in store.execute("select title from documents where source = ?", [entry["source"]])
    )


_TEXTS = {
    "versions": ("title", "note"), "sections": ("heading", "text"), "document_history": ("note",),
    "changes": ("before", "after", "note"),
}  # fmt: skip


def plain(text: str) -> str:
    """Return a text for comparison, without the marks that stand between cells of a table and their commas."""
    return " ".join(re.sub(r" \|(?: |$)|[,;]", " ", audit.plain(text)).split())


def stored(store: Store, entry: Row) -> str:
    return "\n".join(map(plain, texts(store, entry)))


def test_words_of_its_text_stand_in_its_own_text(store: Store, entries: Sequence[Row]) -> None:
    wrong = []
    for entry in entries:
        told = [match[1] for said in json.loads(entry["why"]) if (match := _IN_TEXT.match(str(said)))]
        rows = store.execute("select heading, text from sections where document = ?", [entry["of"]]) if told else ()
        own = audit.plain(" ".join(f"{row['heading']} {row['text']}" for row in rows))
        wrong += [(entry["title"], words) for words in told if audit.plain(words) not in own]
    assert wrong == []


def test_what_is_quoted_is_stored(store: Store, entries: Sequence[Row]) -> None:
    wrong = [
        (entry["title"], words)
        for entry in entries
        for held in [stored(store, entry)]
        for words in audit.quotations(entry["summary"])
        if plain(words) not in held
    ]
    assert wrong == []


def test_every_day_is_stored(store: Store, entries: Sequence[Row]) -> None:
    wrong = []
    for entry in entries:
        known = audit.days(" ".join(texts(store, entry)))
        for table in ("documents", "changes", "dates", "document_history"):
            key = "root" if table == "documents" else "document"
            for row in store.execute(f"select * from {table} where {key} = ?", [entry["of"]]):
                known |= set(re.findall(r"\d{4}-\d\d-\d\d", " ".join(map(str, row))))
        others = store.execute("select published from documents where source = ?", [entry["source"]])
        known |= {str(row[0])[:10] for row in others}
        wrong += [(entry["title"], day) for day in audit.days(f"{entry['title']} {entry['summary']}") - known]
    assert wrong == []


def test_labels_have_their_words_in_the_text(store: Store, entries: Sequence[Row]) -> None:
    sql = (
        "select topic as label, why from document_topics where document = ? and band = 'in' union all"
        " select value, why from document_facets where document = ? and facet in ('exploitation', 'role', 'aimed_at')"
    )
    wrong = []
    for entry in entries:
        held, hidden = stored(store, entry), entry["document_kind"] in PRIVATE  # of their summaries nothing is kept
        for row in store.execute(sql, [entry["of"], entry["of"]]):
            said = [one for one in json.loads(row["why"]) if one["words"]]
            inside = [one["words"] for one in said if one["place"] not in _FACTS]
            if not (said or hidden) or not all(plain(words) in held for words in inside):
                wrong.append((entry["title"], row["label"], row["why"]))
    assert wrong == []


def test_what_names_one_nation_does_not_apply_in_several(entries: Sequence[Row]) -> None:
    wrong = []
    for entry in entries:
        named = set(_NATION.findall(_OF_LAW.sub("", entry["of_title"])))
        if len(named) == 1 and entry["document_kind"] not in _OF_NO_PLACE and entry["jurisdiction"] in WIDER - named:
            wrong.append((entry["title"], entry["jurisdiction"], named))
    assert wrong == []


def test_a_file_names_the_body_that_is_its_publisher(store: Store, entries: Sequence[Row]) -> None:
    """Of a page of GOV.UK its data state it."""
    wrong = []
    for entry in entries:
        names = entry["author"].split("; ") if entry["author"] and entry["of"].startswith("url:") else []
        if names and not entry["url"].startswith("https://www.gov.uk/"):
            held = stored(store, entry)
            wrong += [(entry["title"], name) for name in names if plain(name) not in held]
    assert wrong == []


def test_a_length_is_that_of_the_text_and_no_parts_are_counted(store: Store, entries: Sequence[Row]) -> None:
    wrong = [entry["title"] for entry in entries if _COUNT.search(entry["summary"])]
    for entry in entries:
        if match := _LENGTH.search(entry["summary"]):
            said, lengths = int(match[1].replace(",", "")), list[int]()
            for version in store.execute("select sections from versions where document = ?", [entry["of"]]):
                sql = "select heading, text from sections where id in (select value from json_each(?))"
                rows = store.execute(sql, [version["sections"]])
                lengths.append(sum(count_words(f"{row['heading']} {row['text']}") for row in rows))
            if not any(abs(length - said) <= 0.06 * length for length in lengths):
                wrong.append((entry["title"], said, lengths))
    assert wrong == []


def test_nothing_breaks_off_or_is_said_twice(store: Store, entries: Sequence[Row]) -> None:
    wrong = []
    for entry in entries:
        summary = entry["summary"].strip()
        found = [*audit.open_ends(summary.replace(" put in.", " inserted.")), audit.repeated(summary)]
        if summary[-1:].isalnum():  # a publisher's own, unless it goes on in the text
            held = "\n".join(canonical(text) for text in texts(store, entry))
            found.append(summary if re.search(rf"{re.escape(canonical(summary))} [a-z]", held) else "")
        wrong += [(entry["title"], words) for words in found if words]
    assert wrong == []


def test_what_is_dated_long_ago_is_not_new(entries: Sequence[Row]) -> None:
    dates = [(entry, entry["published"] or entry["updated_by_publisher"]) for entry in entries]
    assert [e["title"] for e, day in dates if day and audit.is_late(e["verb"], e["seen"], [day])] == []


def test_no_attachment_is_named_twice(entries: Sequence[Row]) -> None:
    for entry in entries:
        for listed in _LISTED.findall(entry["summary"]):
            named = listed.split(", ")
            assert len(named) == len(set(named)), (entry["title"], listed)


def test_that_something_applies_in_the_whole_kingdom_its_own_words_say(store: Store, entries: Sequence[Row]) -> None:
    """Or the titles of what is attached name each nation."""
    wrong = []
    for entry in entries:
        said = " ".join(store.execute("select title, summary from documents where id = ?", [entry["of"]]).fetchone())
        attached = " ".join(
            row[0] for row in store.execute("select title from documents where root = ?", [entry["of"]])
        )
        is_said = re.search(r"UK|U\.K\.|United Kingdom|Britain", said) or all(
            each in attached for each in ("England", "Wales", "Scotland", "Northern Ireland")
        )
        if entry["jurisdiction"] == "United Kingdom" and not is_said:
            wrong.append((entry["title"], said))
    assert wrong == []


def test_the_newest_note_on_what_is_new_to_us_is_told_whole(store: Store, entries: Sequence[Row]) -> None:
    wrong, count = [], 0
    for entry in entries:
        if entry["kind"] != "new" or entry["document_kind"] in PRIVATE or entry["verb"].startswith("Already withdrawn"):
            continue
        sql = "select note from document_history where document = ? and seen <= ? order by date, number"
        notes = [row["note"].strip() for row in store.execute(sql, [entry["of"], entry["seen"]])]
        if len(notes) > 1 and not notes[-1].casefold().startswith("first published"):
            count += 1
            wrong += [] if notes[-1] in f"{entry['summary']} {entry['note']}" else [(entry["title"], notes[-1])]
    assert wrong == [] and count > 5


def test_no_summary_begins_with_another_edition(entries: Sequence[Row]) -> None:
    assert [entry["title"] for entry in entries if entry["summary"].startswith("The newest earlier one")] == []


def test_news_is_neither_a_case_nor_an_announcement_of_statistics(entries: Sequence[Row]) -> None:
    news = [entry["url"] for entry in entries if entry["document_kind"] == "news"]
    assert [url for url in news if re.search(r"/cma-cases/|/statistics/announcements/", url)] == []


def test_what_was_added_has_no_flag_of_a_changed_fact(store: Store, entries: Sequence[Row]) -> None:
    wrong = []
    for entry in entries:
        rows = store.execute("select kind, flags from changes where document = ?", [entry["of"]]).fetchall()
        wrong += [(entry["title"], row["flags"]) for row in rows if row["kind"] == "added" and row["flags"] != "[]"]
    assert wrong == []


def test_news_is_no_guidance(entries: Sequence[Row]) -> None:
    told = [entry["url"] for entry in entries if entry["document_kind"] in ("guidance", "manual")]
    assert [url for url in told if _NEWSROOM.search(url)] == []
