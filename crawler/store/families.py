"""What the entries of a crawl are made of, beside changes: what is known of their families."""

from collections.abc import Sequence

from crawler.store.store import Row, Store, dumps
from crawler.store.visibility import hash_only, private


def standing(store: Store, root: str) -> Row:
    """Return whether a family belongs in the round-up, and why.

    Raises:
        KeyError: it was not classified.
    """
    row = store.one("select * from relevance where document=?", root)
    if row is None:
        raise KeyError(root)
    return row


def is_in(standing: Row) -> bool:
    """Whether a family is told of: it belongs in the round-up, or waited for a decision so long that it is told."""
    return standing["band"] == "in" or (standing["band"] == "review" and standing["unconfirmed"] is not None)


def withdrawal(store: Store, document: str) -> Row | None:
    """Return day and note of the last withdrawal of a document, None where there was none."""
    return store.one(
        "select occurred, note from changes where document=? and kind='withdrawn'"
        " order by seen desc, rowid desc limit 1", document,
    )  # fmt: skip


def family(store: Store, root: str) -> list[Row]:
    """Return the documents of a family, its top first, each with the version it shows.

    ``private``: its words are never shown; ``hash_only``: the licence of its publisher does not let us show our copy.
    """
    return store.all(
        "select d.*, v.representation, v.partial, v.language, v.label, v.fetch as read_from, v.sections, v.characters,"
        f" {private('d.id')} as private, {hash_only('d.id')} as hash_only"
        " from documents d left join versions v on v.id=d.current where d.root=? order by d.id<>d.root, d.id",
        root,
    )


def facets(store: Store, root: str) -> list[tuple[str, str]]:
    """Return under which values a family is found, by facet: topics of the band that it has itself, and others."""
    rows = store.all(
        "select 'topic' as facet, t.topic as value from document_topics t join relevance r on r.document=t.document"
        " where t.document=? and t.band in ('in', r.band)"
        " union select facet, value from document_facets where document=? order by facet, value",
        root, root,
    )  # fmt: skip
    return [(str(row["facet"]), str(row["value"])) for row in rows]


def words(store: Store, root: str) -> list[str]:
    """Return the reasons for the topics of a family, as JSON lists."""
    rows = store.all("select why from document_topics where document=? and band<>'out' order by topic", root)
    return [str(row["why"]) for row in rows]


def dated_by(store: Store, document: str) -> Row | None:
    """Return where the date of publication of a document is: ``own`` page or list, of the source that wins."""
    return store.one(
        "select json_extract(ds.stated, '$.published') is not null as own from document_sources ds"
        " join sources s on s.id=ds.source where ds.document=? and (json_extract(ds.stated, '$.published') is not null"
        " or json_extract(ds.listed, '$.published') is not null) order by own desc, s.position limit 1",
        document,
    )


def dated(store: Store, document: str, events: Sequence[str], date: str) -> Row | None:
    """Return the first of some events of a document that is stated to have happened on a date: event and date."""
    return store.one(
        "select d.event, d.date from json_each(?) j join dates d on d.event=j.value where d.document=?"
        " and substr(d.date, 1, 10)=? order by j.key limit 1",
        dumps(list(events)), document, date[:10],
    )  # fmt: skip


def days(store: Store, document: str, event: str) -> list[str]:
    """Return the days that are stated of an event of a whole document, in order."""
    rows = store.all(
        "select distinct date from dates where document=? and event=? and provision='' order by date", document, event
    )
    return [str(row["date"]) for row in rows]


def is_asked_by_name(store: Store, address: str) -> bool:
    """Return whether the registry itself names an address: it was asked for though nothing that was read led there."""
    asked = "select 1 from fetches f, json_each(f.asked) a where f.url=? and a.value->>'role'='document'"
    return store.one(f"{asked} and a.value->>'parent' is null and a.value->>'facts'='{{}}'", address) is not None


def first_event(store: Store, document: str) -> str:
    """Return the day of the first thing that is stated to have happened to a document, empty where nothing is."""
    row = store.one("select min(date) as date from dates where document=? and event not like '%(foreseen)'", document)
    return str(row["date"] or "") if row is not None else ""


def last_events(store: Store, document: str, until: str) -> list[Row]:
    """Return what happened to a document on the last day up to a time, event and date; nothing only foreseen."""
    known = "document=? and date<=? and event not like '%(foreseen)'"
    return store.all(
        f"select event, date from dates where {known} and date=(select max(date) from dates where {known})"
        " group by event order by min(rowid)", document, until, document, until,
    )  # fmt: skip


def targets(store: Store, document: str, relation: str) -> list[Row]:
    """Return the targets of a relation of a document, with their titles where they are held."""
    return store.all(
        "select r.target, coalesce(d.title, '') as title from relations r left join documents d on d.id=r.target"
        " where r.document=? and r.relation=? order by r.target",
        document, relation,
    )  # fmt: skip


def problems(store: Store, fetch: int) -> str:
    """Return what was wrong with a body that was read all the same, as JSON: detail by source and kind."""
    return str(store.value("select problems from fetches where id=?", fetch))


# Copies


def original(store: Store, root: str) -> str:
    """Return the top of the family that a family is a copy of: as its top is one, or all that is attached to it.

    Itself where it is none, or where the copies lead round in a circle.
    """
    seen = [root]
    while (above := _original(store, seen[-1])) is not None:
        if above in seen:
            return root
        seen.append(above)
    return seen[-1]


def _original(store: Store, root: str) -> str | None:
    above = {row["id"]: row["above"] for row in originals(store, root)}
    if above.get(root) is not None:
        return str(above[root])
    below = {name for document, name in above.items() if document != root}
    return str(below.pop()) if len(below) == 1 and None not in below else None


def originals(store: Store, root: str) -> list[Row]:
    """Return the documents of a family, each with the other family ``above`` that it is a copy of, and how."""
    return store.all(
        "select d.id, o.root as above, c.relation from documents d left join duplicates c on c.document=d.id"
        " left join documents o on o.id=c.original and o.root<>d.root where d.root=? order by d.id",
        root,
    )


def is_announced(store: Store, root: str) -> bool:
    """Return whether readers were told of a family before."""
    return store.value(
        "select 1 from appearances where document=? and announced is not null"
        " union select 1 from entries where document=? and announced is not null",
        root, root,
    ) is not None  # fmt: skip


def copies(store: Store, root: str) -> list[Row]:
    """Return the documents of other families that are copies or translations of one in this family."""
    return store.all(
        "select top.id as document, top.title, top.url, coalesce(p.name, '') as publisher,"
        " min(c.relation) as relation, coalesce(max(v.language), '') as language, d.kind"
        " from documents o join duplicates c on c.original=o.id join documents d on d.id=c.document and d.root<>o.root"
        " join documents top on top.id=d.root left join publishers p on p.id=top.publisher"
        " left join versions v on v.id=d.current where o.root=? group by top.id order by top.id",
        root,
    )


# Law


def effects_of(store: Store, root: str) -> list[Row]:
    """Return what an instrument does to others: which, and at what provision."""
    return store.all(
        "select distinct coalesce(a.document, e.affected) as document, e.affected_provision from effects e"
        " left join aliases a on a.alias=e.affected"
        " where e.affecting in (select ? union select alias from aliases where document=?)"
        " order by 1, 2",
        root, root,
    )  # fmt: skip


def endings(store: Store, document: str) -> list[Row]:
    """Return the effects that repeal or revoke a document as a whole, or but for what their type excepts."""
    return store.all(
        "select id, type, affecting, affecting_title, in_force, starts from effects where affected_paths='[\"whole\"]'"
        " and head in ('repealed', 'revoked') and nature='textual'"
        " and affected in (select ? union select alias from aliases where document=?) order by in_force, id",
        document, document,
    )  # fmt: skip


def unapplied(store: Store, document: str, day: str, but: str = "") -> tuple[int, int]:
    """Return how many changes of the words of a law but one its publisher lists that are not worked into its text yet.

    Of which kind some are it does not state, or misspells; these count.
    The second number is that of those that are not in force on a day, an ISO date: later, or prospective.
    """
    row = store.one(
        "select count(*) as number, coalesce(sum(in_force > ?), 0) as waiting from effects where not applied"
        " and required is not 0 and nature in ('textual', '') and id<>?"
        " and affected in (select ? union select alias from aliases where document=?)", day, but, document, document,
    )  # fmt: skip
    return (int(row["number"]), int(row["waiting"])) if row else (0, 0)


def begun(store: Store, document: str) -> tuple[list[str], bool]:
    """Return the days on which a law or parts of it come into force, in order, and whether any are left open.

    Days of what was inserted later count where no others are stated.
    """
    rows = store.all(
        "select distinct date, state, source='insertion' as is_later from commencements where document=? order by date",
        document,
    )
    begun = [row for row in rows if row["date"] and row["state"] == "in force"]
    days = [str(row["date"]) for row in [row for row in begun if not row["is_later"]] or begun]
    return list(dict.fromkeys(days)), any(not row["date"] for row in rows)


def wording_ended(store: Store, document: str, label: str) -> tuple[str, str | None]:
    """Return the day on which a wording of a law was replaced or repealed, and in which part of its extent.

    The day is empty where its publisher states none; the extent is None for all of it, empty where it is not stated.
    """
    found = store.one(
        "select date, event, qualification from dates where document=? and ((event='wording ended' and qualification=?)"
        " or (event='wording ended in part' and qualification || ' ' glob ? || ' *')) order by event limit 1",
        document, label, label,
    )  # fmt: skip
    if found is None or found["date"] < label < ":":  # One that ended before its own day is misstated.
        return "", None
    part = str(found["qualification"]).removeprefix(label).strip()
    return str(found["date"]), None if found["event"] == "wording ended" else part


def act_of_title(store: Store, title: str) -> str:
    """Return the Act that has a title, with or without its article, empty where none or several are held."""
    rows = store.all("select id from documents where kind in ('act', 'asp') and title in (?, ?)", title, f"The {title}")
    return str(rows[0]["id"]) if len(rows) == 1 else ""


def related(store: Store, root: str, relations: Sequence[str]) -> list[Row]:
    """Return the documents that one is related to, with title and date, in the order of the relations."""
    return store.all(
        "select distinct r.relation, d.id, d.title, d.published, d.kind from json_each(?) j join relations r"
        " on r.relation=j.value and r.document=? left join aliases a on a.alias=r.target"
        " join documents d on d.id=coalesce(a.document, r.target) where d.id<>r.document order by j.key, d.id",
        dumps(list(relations)), root,
    )  # fmt: skip


# Titles, and what tells documents apart


def title(store: Store, document: str) -> str:
    """Return the title of a document, empty where it is not known or never shown."""
    found = store.value(f"select title from documents d where id=? and not {private('d.id')}", document)
    return "" if found is None else str(found)


def title_of(store: Store, name: str) -> str:
    """Return the title of an instrument by its id or an alias: ours, else that which an effect states, else empty."""
    found = store.value(
        "select title from (select 0 as rank, title from documents"
        " where id = coalesce((select document from aliases where alias=?), ?)"
        " union all select 1, max(affecting_title) from effects where affecting=?)"
        " where title<>'' order by rank limit 1",
        name, name, name,
    )  # fmt: skip
    return "" if found is None else str(found)


def is_summary_of_site(store: Store, top: Row) -> bool:
    """Whether two other pages that are read for the same source have the summary of a page word for word."""
    if not str(top["id"]).startswith("url:"):
        return False
    others = store.all(
        "select 1 from documents where source=? and substr(summary, 1, 40)=substr(?, 1, 40) and summary=? and id<>?"
        " limit 2",
        top["source"], top["summary"], top["summary"], top["id"],
    )  # fmt: skip
    return len(others) == 2


def namesakes(store: Store, top: Row) -> list[Row]:
    """Return the other documents of one publisher and kind that stand alone or at the top: id, title, published."""
    return store.all(
        "select id, title, published from documents where publisher is ? and kind=? and root=id and id<>?"
        " and availability='ok' order by id",
        top["publisher"], top["kind"], top["id"],
    )  # fmt: skip


def of_title(store: Store, document: str, title: str) -> list[Row]:
    """Return what tells documents of a title apart, of those that stand alone or at the top: that of one first."""
    return store.all(f"{_APART} and (d.id=? or d.title=?) order by d.id<>?, d.id", document, title, document)


def of_headline(store: Store, document: str, headline: str, crawl: str) -> list[Row]:
    """Return what tells a document from others of which an entry has a headline, its own first.

    Of the same crawl those count that come before it.
    """
    return store.all(
        f"{_APART} and (d.id=? or d.id in (select document from entries where title=?"
        " and (crawl<? or crawl=? and document<?))) order by d.id<>?, d.id",
        document, headline, crawl, crawl, document, document,
    )  # fmt: skip


_APART = (
    "select d.id, d.published, d.url, coalesce(p.name, '') as publisher_name, coalesce(v.language, '') as language"
    " from documents d left join publishers p on p.id=d.publisher left join versions v on v.id=d.current"
    " where d.root=d.id"
)


def page_of(store: Store, document: str, first: str, last: str) -> Row | None:
    """Return the capture of the text that is shown of a document, None where it was not read in crawls ``first`` to
    ``last``.
    """
    return store.one(
        "select f.id as fetch, f.time as capture_time, f.digest as capture_digest from documents d"
        " join versions v on v.id=d.current join fetches f on f.id=v.fetch where d.id=? and f.crawl between ? and ?",
        document, first, last,
    )  # fmt: skip
