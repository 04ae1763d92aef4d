"""Versions and their sections: a wording is stored once, a version is the ordered list of its wordings."""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace

from crawler.model import REPRESENTATIONS, Part, Representation, Section, Version
from crawler.reconcile.streams import Head
from crawler.store import commentary
from crawler.store.store import Row, Store, dumps


def section_ids(store: Store, document: str, sections: Sequence[Section], digests: Sequence[str]) -> list[int]:
    """Return the ids of sections in order, storing the wordings not seen before.

    ``digests`` are those of the sections, in the same order.
    """
    known, last = _numbers(store, document, {section.path for section in sections})
    missing = {d: s for s, d in zip(sections, digests, strict=True) if d not in known}
    if missing:
        row = store.row("documents", document)
        # Those of a first version are shown, unless it turns out that others are.
        newest = int(row is not None and row["current"] is None)
        fresh = dict(zip(missing, range(last + 1, last + 1 + len(missing)), strict=True))
        store.insert_all(
            "sections",
            [
                {
                    "id": fresh[digest],
                    "document": document,
                    "path": section.path,
                    "number": section.number,
                    "heading": section.heading,
                    "text": section.text,
                    "status": section.status,
                    "parts": dumps([[p.path, p.start, p.end] for p in section.parts]) if section.parts else "[]",
                    "digest": bytes.fromhex(digest),
                    "newest": newest,
                }
                for digest, section in missing.items()
            ],
        )
        known |= fresh
    return [known[digest] for digest in digests]


def _numbers(store: Store, document: str, paths: Collection[str]) -> tuple[dict[str, int], int]:
    """Return the numbers of the sections of a document that are stored at some paths, by their digests, and the last.

    The last number is that of all sections there are, 0 before the first.
    """
    *rows, last = store.all(
        "select s.id, s.digest from json_each(?) j cross join sections s on s.document=? and s.path=j.value"
        " union all select coalesce(max(id), 0), null from sections",
        dumps(sorted(paths)), document,
    )  # fmt: skip
    return {row["digest"].hex(): int(row["id"]) for row in rows}, int(last["id"])


def row(store: Store, version: str) -> Row:
    """Return the row of a version.

    Raises:
        KeyError: there is none.
    """
    stored = store.one("select * from versions where id=?", version)
    if stored is None:
        raise KeyError(version)
    return stored


def load(store: Store, row: Row) -> Version:
    """Return a stored version with its sections and the notes of its publisher."""
    return replace(without_notes(store, row), annotations=commentary.load(store, row["annotations"]))


def without_notes(store: Store, row: Row) -> Version:
    """Return a stored version with its sections alone."""
    sections = store.all(
        "select s.* from json_each(?) j join sections s on s.id=j.value order by j.key", row["sections"]
    )
    return Version(
        document=row["document"],
        title=row["title"],
        sections=tuple(_section(section) for section in sections),
        representation=row["representation"],
        language=row["language"],
        label=row["label"],
        valid_from=row["valid_from"],
        status=row["status"],
        note=row["note"],
        partial=bool(row["partial"]),
        leaves_out=tuple(json.loads(row["leaves_out"])),
    )


def _section(row: Row) -> Section:
    return Section(
        path=row["path"],
        number=row["number"],
        heading=row["heading"],
        text=row["text"],
        status=row["status"],
        parts=tuple(Part(path=p, start=s, end=e) for p, s, e in json.loads(row["parts"])),
    )


_PRODUCTION = "case when label glob '*([0-9][0-9][0-9].[0-9][0-9][0-9])' then substr(label, -8, 7) else '' end"
"""The number at the end of the label of a consolidation of the EU: one day may be produced again, as 002.003."""


_HEAD = ", ".join(f"v.{name}" for name in (
    "id", "document", "representation", "language", "title", "label", "valid_from", "status", "digest", "note",
    "partial as is_partial", "characters", "source", "options_digest", "fetch", "annotations",
))  # fmt: skip


_TEXTS = "('html', 'office', 'pdf', 'table')"
"""Forms of text that one address may give in turn: a file, a page in its place."""


def stream(store: Store, version: Version, fetch: int) -> tuple[Head, ...]:
    """Return the stored versions of the stream a version belongs to, in order of validity, production, then of capture.

    The order of captures is that of the archive: a clock may be wrong. What the address of a ``fetch`` gave in another
    form belongs to it, too.
    """
    rows = store.all(
        f"select {_HEAD} from versions v where document=?1 and language=?3 and (representation=?2 or (?2 in {_TEXTS}"
        f" and representation in {_TEXTS} and exists (select 1 from fetches a join fetches b"
        " on a.id=v.fetch and b.id=?4 and a.url=b.url and a.accept=b.accept)))"
        f" order by coalesce(valid_from,''), {_PRODUCTION}, fetch, rowid",
        version.document, version.representation, version.language, fetch,
    )  # fmt: skip
    return tuple(_head(row) for row in rows)


def _head(row: Row) -> Head:
    digests = {name: row[name].hex() for name in ("digest", "options_digest")}
    return Head(**{**row, **digests, "is_partial": bool(row["is_partial"])})


def of_others(store: Store, document: str, capture: str, before: str, crawl: str) -> tuple[Head, ...]:
    """Return the versions of other documents that were read from the bytes of a capture, by its digest.

    None of documents that said the same as this one before: ``before`` is the digest of the version it had. Whether
    this ``crawl`` may take them back is told, too.
    """
    rows = store.all(
        f"select {_HEAD}, f.crawl=? and exists (select 1 from changes where document=v.document)"
        " and not exists (select 1 from announcements where previous=v.id or (version=v.id and entry is not null))"
        " as is_retractable from fetches f join versions v on v.fetch=f.id where f.digest=? and v.document<>?"
        " and v.representation='html'"
        " and not exists (select 1 from versions w where w.document=v.document and w.digest=?) order by v.rowid",
        crawl, capture, document, bytes.fromhex(before),
    )  # fmt: skip
    return tuple(replace(_head(row), is_retractable=bool(row["is_retractable"])) for row in rows)


def is_of_several(store: Store, document: str, head: Head) -> bool:
    """Return whether a version of another document was read from the same bytes as one of a document."""
    found = store.value(
        "select 1 from fetches a join fetches b on b.digest=a.digest join versions v on v.fetch=b.id"
        " where a.id=? and v.document<>? and v.digest=? limit 1",
        head.fetch, document, bytes.fromhex(head.digest),
    )  # fmt: skip
    return found is not None


def take_back(store: Store, version: str) -> None:
    """Remove a version; what refers to it is brought back to what was before."""
    store.do("update documents set current=null where current=?", version)
    store.do("update fingerprints set version=null where version=?", version)
    store.do("delete from changes where version=?", version)
    store.do("delete from versions where id=?", version)


def overdue(store: Store, clock: str) -> list[str]:
    """Return the documents that show a version although a later point in time has come into force since."""
    rows = store.all(
        "select distinct d.id from documents d join versions c on c.id=d.current join versions v on v.document=d.id"
        " and v.representation=c.representation and v.language=c.language and v.partial<=c.partial"
        " where v.valid_from<=? and v.valid_from>coalesce(c.valid_from,'') order by d.id",
        clock,
    )
    return [str(row["id"]) for row in rows]


def show(store: Store, document: str, clock: str) -> None:
    """Make a document show its best version, and mark the sections of that."""
    chosen, row = best(store, document, clock), store.row("documents", document)
    if chosen is None or row is None or chosen == row["current"]:
        return
    store.update("documents", {"id": document}, {"current": chosen})
    mark(store, document)


def best(store: Store, document: str, clock: str) -> str | None:
    """Return the version a document shows: best representation, in force at the clock, newest; else None.

    None in whose place its address gave another form of text since.
    """
    rank = " ".join(f"when '{name}' then {place}" for place, name in enumerate(REPRESENTATIONS))
    found = store.value(
        "select id from versions v where document=? and not exists (select 1 from versions w join fetches a"
        " on a.id=v.fetch join fetches b on b.id=w.fetch and b.url=a.url and b.accept=a.accept"
        " where w.document=v.document and w.partial<=v.partial and w.fetch>v.fetch"
        " and w.representation<>v.representation"
        f" and w.representation in {_TEXTS} and v.representation in {_TEXTS})"
        f" order by case representation {rank} end, partial, language<>'en', coalesce(valid_from,'')>?,"
        f" coalesce(valid_from,'') desc, {_PRODUCTION} desc, fetch desc, rowid desc limit 1",
        document, clock,
    )  # fmt: skip
    return None if found is None else str(found)


def mark(store: Store, document: str) -> None:
    """Mark the sections of the version that a document shows, which search looks through, and no others."""
    store.do(
        "update sections set newest=1-newest where document=?1 and newest<>(id in (select j.value from documents d"
        " join versions v on v.id=d.current, json_each(v.sections) j where d.id=?1))",
        document,
    )


def fetch_of(store: Store, version: str) -> int | None:
    """Return the number of the capture behind a version, None where there is no such version."""
    found = store.value("select fetch from versions where id=?", version)
    return None if found is None else int(found)


def title(store: Store, document: str) -> str:
    """Return the title of the version that a document shows, empty where it shows none."""
    found = store.value("select v.title from documents d join versions v on v.id=d.current where d.id=?", document)
    return str(found or "")


def words_in(store: Store, document: str, language: str) -> str | None:
    """Return headings and texts of the newest version of a document in a language, None where there is none."""
    found = store.value(
        "select group_concat(s.heading || ' ' || s.text, ' ') from json_each((select sections from versions"
        " where document=? and language=? order by captured desc, fetch desc limit 1)) j"
        " join sections s on s.id=j.value",
        document, language,
    )  # fmt: skip
    return None if found is None else str(found)


def is_read_in(store: Store, document: str, language: str, crawl: str) -> bool:
    """Whether a crawl read a new version of a document in a language."""
    found = store.value(
        "select 1 from versions v join fetches f on f.id=v.fetch"
        " where v.document=? and v.language=? and f.crawl=? limit 1",
        document, language, crawl,
    )  # fmt: skip
    return found is not None


def shown_as(store: Store, document: str) -> Representation | None:
    """Return the representation that a document shows, None where it has no text."""
    shown = store.row("documents", document)
    if shown is None or shown["current"] is None:
        return None
    found: Representation | None = store.value("select representation from versions where id=?", shown["current"])
    return found


def add(store: Store, row: Row) -> None:
    """Insert a version; one that was read from the same capture in the same way is there already and stays."""
    store.insert_new("versions", row, "id")


def shown(store: Store) -> list[Row]:
    """Return the version that each document shows."""
    return store.all("select v.* from documents d join versions v on v.id=d.current order by d.id")


def of_capture(store: Store, row: Row) -> Row | None:
    """Return the version that another reading made of the same capture for the same document and stream, or None."""
    return store.one(
        "select * from versions where document=? and representation=? and language=? and captured=?"
        " order by rowid desc limit 1",
        row["document"], row["representation"], row["language"], row["captured"],
    )  # fmt: skip


def stands(store: Store, document: str, path: str, *around: str) -> bool:
    """Return whether a section of the text shown has a path, one inside it, or one ``around`` it; also without text."""
    paths = "select path from sections where document=?1 and newest=1"
    return bool(
        store.value(
            f"select not exists ({paths}) or exists ({paths} and (path glob ?2||'-*' or path in"
            " (select value from json_each(?3))))",
            document, path, dumps([path, *around]),
        )
    )  # fmt: skip


def captured(store: Store, document: str) -> str | None:
    """Return when a version of a document was captured last, None where there is none."""
    found = store.value("select max(captured) from versions where document=?", document)
    return None if found is None else str(found)


def is_named_anew(store: Store, document: str, words: str) -> bool:
    """Return whether the last text of a page has some words, and the one before it has not."""
    rows = store.all(
        "select exists (select 1 from json_each(v.sections) j join sections s on s.id=j.value"
        " where instr(s.text, ?2)>0) as has from versions v where v.document=?1 and v.representation<>'summary'"
        " order by v.captured desc limit 2",
        document, words,
    )  # fmt: skip
    return [row["has"] for row in rows] == [1, 0]
