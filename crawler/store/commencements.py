"""When provisions of law came into force, from everything that states it; and the commencement orders that are held."""

from collections.abc import Sequence
from dataclasses import asdict

from crawler import law
from crawler.law import Appointed, LawState, Step, step_of
from crawler.store import families, wordings
from crawler.store.store import Row, Store, dumps


def note_due(store: Store, document: str) -> None:
    """Have the commencements of a law made again: something of it was read."""
    store.do("insert or ignore into commencements_due values (?)", document)


def due(store: Store, day: str) -> list[Row]:
    """Return the documents of which something was read, or a day ahead has come, each with its kind and title."""
    return store.all(
        "select u.document, d.kind, d.title from (select document from commencements_due union"
        " select document from in_force where next<>'' and next<=?) u left join documents d on d.id=u.document"
        " order by 1",
        day,
    )


def effects(store: Store, document: str) -> list[Row]:
    """Return the effects that bring provisions of a law into force."""
    return store.all(
        "select * from effects where affected=? and nature='commencement' and head<>'commencement order' order by id",
        document,
    )


def ordered(store: Store, document: str) -> list[Row]:
    """Return which provisions of a law the commencement orders that are held bring into force, and when."""
    return store.all(
        "select path, date, qualification, instrument from commencements where document=? and source='order'"
        " and path<>'' and date<>'' order by position",
        document,
    )


def ends(store: Store, document: str) -> list[Row]:
    """Return the effects that end a law as a whole."""
    return store.all(
        "select starts from effects where affected=? and head in ('repealed', 'revoked')"
        """ and affected_paths='["whole"]' order by id""",
        document,
    )


def dates(store: Store, document: str) -> list[Row]:
    """Return the days from which a law counts, on which it comes into force and ends, as its publisher states them.

    ``wording begins`` is stated of single provisions, by their paths.
    """
    return store.all(
        "select * from dates where document=? and event in ('enacted', 'made', 'laid', 'adopted', 'published',"
        " 'in force', 'wording begins', 'applies', 'transposition deadline', 'end of validity') order by date",
        document,
    )


def version(store: Store, document: str) -> Row | None:
    """Return the version that a document shows, None where it shows none."""
    return store.one("select v.* from documents d join versions v on v.id=d.current where d.id=?", document)


def prospective(store: Store, document: str) -> list[str]:
    """Return the provisions of a law that any version of it shows as prospective."""
    rows = store.all("select distinct path from sections where document=? and status='prospective'", document)
    return [str(row["path"]) for row in rows]


def unmarked(store: Store, document: str) -> list[Row]:
    """Return the provisions of a law that a text marks prospective and the next one does not, the latest text last.

    Each has its ``path``, the day ``occurred`` where that is known, and from when that text applies.
    """
    return store.all(
        "select a.path, coalesce(c.occurred, '') as occurred, v.valid_from from changes c"
        " join sections b on b.id=c.before_section join sections a on a.id=c.after_section"
        " join versions v on v.id=c.version where c.document=? and b.status='prospective' and a.status<>b.status"
        " and v.valid_from is not null order by v.valid_from, c.rowid",
        document,
    )


def replace(store: Store, document: str, steps: Sequence[Step], law: LawState) -> None:
    """Store the steps of a law and how it stands, in the place of those before; what is unchanged is not written."""
    rows = [_row(document, position, step) for position, step in enumerate(steps)]
    if store.all("select * from commencements where document=? order by position", document) != rows:
        store.do("delete from commencements where document=?", document)
        store.insert_all("commencements", rows)
    state = {
        "document": document, "summary": law.summary, "in_force": law.in_force, "in_part": law.in_part,
        "not_yet": law.not_yet, "not_stated": law.not_stated, "first": law.first, "since": law.since, "next": law.next,
    }  # fmt: skip
    store.upsert("in_force", state, ["document"])
    store.do("delete from commencements_due where document=?", document)


def _row(document: str, position: int, step: Step) -> Row:
    facts = {**asdict(step), "places": dumps(step.places), "is_rest": int(step.is_rest)}
    names = (
        "path", "provision", "state", "date", "qualification", "places", "instrument", "authority", "source", "note",
        "is_rest",
    )  # fmt: skip
    return {"document": document, "position": position, **{name: facts[name] for name in names}}


def stated(store: Store, document: str) -> list[Step]:
    """Return the statements on the coming into force of a law, as they were made last."""
    return [
        step_of(row) for row in store.all("select * from commencements where document=? order by position", document)
    ]


def counted(store: Store, document: str) -> tuple[int, int]:
    """Return how many provisions of a law are wholly in force, and how many it has; 0 where that is not known."""
    row = store.one("select * from in_force where document=?", document)
    known = {} if row is None else {name: int(row[name]) for name in ("in_force", "in_part", "not_yet", "not_stated")}
    return known.get("in_force", 0), sum(known.values())


def forget(store: Store, names: Sequence[str]) -> None:
    """Take documents, which are no laws, from those that are due."""
    store.do("delete from commencements_due where document in (select value from json_each(?))", dumps(names))


def summary(store: Store, document: str) -> str:
    """Return how a law stands, as its provisions or what ended it state; empty where nothing does."""
    stated = store.row("in_force", document)
    return "" if stated is None or stated["summary"] == "not stated" else str(stated["summary"])


_NAMED = tuple(f"{article}{{}} ({first}" for article in ("The ", "") for first in ("Commencement", "Appointed"))
_BEHIND = "\U0010ffff"


def begun_by(store: Store, order: Row) -> tuple[Appointed, ...]:
    """Return what a document brings into force; nothing for what is no commencement order, or only a draft of one."""
    if order["kind"] != "si" or order["status"] or not law.is_commencement_order(order["title"]):
        return ()
    made = families.days(store, order["id"], "made")
    origin = law.Origin(made=made[0] if len(made) == 1 else "")
    sections = [
        law.Source(path=row["path"], heading=row["heading"], text=row["text"])
        for row in wordings.headings(store, order["id"])
    ]
    return law.appointed(order["title"], sections, origin, order["summary"] or "")


def orders_of_act(store: Store, title: str) -> dict[str, tuple[Appointed, ...]]:
    """Return the orders whose titles name an Act, and what each brings into force; no draft, and none revoked."""
    starts = [form.format(title) for form in _NAMED]
    bounds = [bound for start in starts for bound in (start, start + _BEHIND)]
    between = " or ".join(["title between ? and ?"] * len(starts))
    rows = store.all(f"select * from documents where ({between}) and kind='si' and status='' order by id", *bounds)
    return {row["id"]: tuple(each for each in begun_by(store, row) if each.act == title) for row in rows}


def act_of_order(store: Store, title: str) -> str:
    """Return the held Act that the title of an order names, empty for what is no order or where none is held."""
    named = law.commenced_act(title)
    return families.act_of_title(store, named) if named else ""
