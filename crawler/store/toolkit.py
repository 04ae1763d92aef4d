"""The toolkit: what documents of it state, the lessons of reports, and what answers them."""

from collections.abc import Iterable, Mapping, Sequence

from crawler.model import Section
from crawler.store.documents import names, resolve
from crawler.store.store import Row, Store, dumps
from crawler.store.visibility import private

MAX_TEXT_CHARACTERS = 2_000_000
"""Most characters of a text that are looked through for lessons and answers."""


def get(store: Store, document: str) -> Row | None:
    """Return a document with band, publisher, title and kind of its top, and whether its words are ``hidden``.

    None where there is none; ``band`` is empty before it was judged.
    """
    return rows(store, [document]).get(document)


def rows(store: Store, documents: Iterable[str]) -> dict[str, Row]:
    """Return several documents that are there, as :func:`get` does, by their ids."""
    found = store.all(
        "select d.id, d.root, d.parent, d.kind, d.title, d.summary, d.jurisdiction, d.current, coalesce(r.band, '') as"
        " band, coalesce((select name from publishers where id=d.author),"
        " nullif(d.author, ''), case when s.lists_others then '' else p.name end, '') as publisher,"
        " case when s.lists_others then '' else coalesce(p.licence, '') end as licence,"
        f" top.title as root_title, top.kind as root_kind, {private('d.id')} as hidden"
        " from documents d join documents top on top.id=d.root left join relevance r on r.document=d.id"
        " left join publishers p on p.id=d.publisher left join sources s on s.id=d.source"
        " where d.id in (select value from json_each(?))",
        dumps(list(documents)),
    )
    return {str(row["id"]): row for row in found}


def member_of(store: Store, document: str, field: str) -> list[str]:
    """Return the parts that a document is noted as a member of, by a fact of a field."""
    rows = store.all(
        "select distinct part from toolkit_facts where document=? and field=? order by part", document, field
    )
    return [str(row["part"]) for row in rows]


def sections(store: Store, version: str | None) -> list[tuple[int, Section]]:
    """Return the sections of a version with their numbers in this database, up to the one that makes it
    MAX_TEXT_CHARACTERS; of one section no more than these.
    """
    found: list[tuple[int, Section]] = []
    left = MAX_TEXT_CHARACTERS
    for row in store.all(
        "select s.id, s.path, s.number, s.heading, s.text from versions v, json_each(v.sections) j"
        " join sections s on s.id=j.value where v.id=? order by j.key",
        version,
    ):
        if left <= 0:
            break
        text = row["text"][:MAX_TEXT_CHARACTERS]
        left -= len(row["heading"]) + len(text)
        section = Section(path=row["path"], number=row["number"], heading=row["heading"], text=text)
        found.append((row["id"], section))
    return found


def files(store: Store, root: str) -> list[str]:
    """Return every address of a family, in a lasting order: the editable files are among them.

    What can name people is left out, though it hangs on a page that cannot.
    """
    rows = store.all(
        "with open as (select d.id, d.url from documents d join documents top on top.id=d.root"
        f" where d.root=? and not {private('d.id')})"
        " select distinct url from (select url from open"
        " union select case when a.alias like 'url:%' then substr(a.alias, 5) else a.alias end from open"
        " join aliases a on a.document=open.id) where url like 'http%' order by url",
        root,
    )
    return [str(row["url"]) for row in rows]


def put_facts(store: Store, document: str, rows: Sequence[Mapping[str, object]], *, is_new: bool) -> None:
    """Replace what a document states, nothing where it ``is_new``; rows without its id. What stays is not written."""
    columns = ("part", "field", "value", "place", "words")
    sql = "select part, field, value, place, words from toolkit_facts where document=?"
    before = [] if is_new else store.all(sql, document)
    if {tuple(row[name] for name in columns) for row in before} != {
        tuple(row[name] for name in columns) for row in rows
    }:
        if before:
            store.do("delete from toolkit_facts where document=?", document)
        store.insert_all("toolkit_facts", [{"document": document, **row} for row in rows])


def put_lessons(store: Store, document: str, rows: Sequence[Mapping[str, object]], *, is_new: bool) -> None:
    """Replace the lessons of a report, which has none where it ``is_new``; rows without its id."""
    if not is_new:
        store.do("delete from lessons where document=?", document)
    store.insert_all("lessons", [{"document": document, **row} for row in rows])


# Answers


def responding(store: Store, documents: Iterable[str]) -> list[str]:
    """Return the documents that state that they respond to one of these."""
    known = [name for document in documents for name in names(store, document)]
    rows = store.all(
        "select distinct document from relations where relation='responds to'"
        " and target in (select value from json_each(?)) order by document",
        dumps(known),
    )
    return [str(row["document"]) for row in rows]


def responded(store: Store, documents: Iterable[str]) -> list[str]:
    """Return the documents that some state they respond to, as far as they are held."""
    rows = store.all(
        "select target from relations where relation='responds to' and document in (select value from json_each(?))"
        " order by target",
        dumps(list(documents)),
    )
    return [resolve(store, str(row["target"])) for row in rows]


def titled_as_response(store: Store) -> list[Row]:
    """Return id, root and title of every document whose title has a word for a response; private ones are none."""
    return store.all(
        "select d.id, d.root, d.title from documents d join documents top on top.id=d.root"
        " where (d.title like '%response%' or d.title like '%reply%' or d.title like '%ymateb%')"
        f" and not {private('d.id')} order by d.id"
    )


def family_versions(store: Store, root: str) -> list[Row]:
    """Return id and version shown of a document and of everything below it, itself first; private ones are left out."""
    return store.all(
        "select d.id, d.current from documents d join documents top on top.id=d.root"
        f" where (d.root=? or d.id=?) and not {private('d.id')} order by d.id<>?, d.id",
        root, root, root,
    )  # fmt: skip


def is_partial(store: Store, version: str | None) -> bool:
    """Return whether the text of a document is known to lack something, or there is none."""
    return bool(store.value("select partial from versions where id=?", version) != 0)


def with_lessons(store: Store) -> list[Row]:
    """Return id, root, title and title of the top of every report that has lessons."""
    return store.all(
        "select d.id, d.root, d.title, top.title as root_title from documents d join documents top on top.id=d.root"
        " where d.id in (select document from lessons) order by d.id"
    )


def answered_by(store: Store, document: str) -> list[str]:
    """Return the reports of which a lesson is noted as answered by a document."""
    rows = store.all("select distinct document from lessons where answer=? order by document", document)
    return [str(row["document"]) for row in rows]
