"""Commencement orders that are held, and the Acts of which they bring provisions into force."""

from __future__ import annotations

from crawler import law
from crawler.law import Appointed
from crawler.store import families, wordings
from crawler.store.store import Row, Store

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


def of_act(store: Store, title: str) -> dict[str, tuple[Appointed, ...]]:
    """Return the orders whose titles name an Act, and what each brings into force; no draft, and none revoked."""
    starts = [form.format(title) for form in _NAMED]
    bounds = [bound for start in starts for bound in (start, start + _BEHIND)]
    between = " or ".join(["title between ? and ?"] * len(starts))
    rows = store.all(f"select * from documents where ({between}) and kind='si' and status='' order by id", *bounds)
    return {row["id"]: tuple(each for each in begun_by(store, row) if each.act == title) for row in rows}


def act(store: Store, title: str) -> str:
    """Return the held Act that the title of an order names, empty for what is no order or where none is held."""
    named = law.commenced_act(title)
    return families.act_of_title(store, named) if named else ""
