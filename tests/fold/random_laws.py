"""The laws that hold in random worlds after every crawl, and in the end."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from crawler.store import Store
from tests.fold.random_world import FAULTS, INDEX, Item, World

TEXTS = ("changed", "added", "removed", "retitled")


class Broken(AssertionError):
    """A law does not hold."""


def hold(law: bool, words: str) -> None:
    """Say what does not hold."""
    if not law:
        raise Broken(words)


def issues(store: Store, truth: Mapping[str, str], asked: set[str]) -> None:
    """No issue closes while its fault lasts, and each fault that was met has one."""
    last = store.one("select * from crawls order by id desc limit 1") or {}
    for row in store.all("select * from issues where resolved=? and subject<>''", last["clock"]):
        lasts = row["kind"] in FAULTS.get(truth.get(row["subject"], "ok"), ())
        hold(not lasts, f"closed though it lasts: {row}")
    open_now = store.all("select * from issues where resolved is null")
    for url, state in truth.items():
        if url in asked and state in FAULTS:
            found = {row["kind"] for row in open_now if row["subject"] == url}
            hold(bool(found & FAULTS[state]), f"no issue at {url}, which is {state}: {found}")


def absence(store: Store, answers: Mapping[str, list[tuple[datetime, str]]]) -> None:
    """Withdrawn only after 410, gone only after answers "not found" at least a day apart."""
    crawl = store.value("select max(id) from crawls")
    for row in store.all("select * from changes where crawl=? and kind in ('withdrawn','gone')", crawl):
        seen = answers.get(row["document"], [])
        if row["kind"] == "withdrawn":
            hold(any(state == "410" for _, state in seen[-2:]), f"withdrawn without 410: {row}, {seen}")
            continue
        lost = []
        for time, state in reversed(seen):
            if state in ("404", "home"):
                lost.append(time)
            elif state in ("ok", "moved", "410"):
                break
        hold(len(lost) > 1 and lost[0] - lost[-1] >= timedelta(hours=24), f"gone too early: {row}, {seen}")


def counts(store: Store, items: Iterable[Item]) -> None:
    """Nothing is announced that did not happen: no more changes than edits, no document that is new twice."""
    edits = {item.document: item.edits for item in items}
    rows = store.all(
        "select distinct c.document, c.crawl from announcements c join entries e on e.id=c.entry"
        f" where e.announced is not null and c.kind in {TEXTS}"
    )
    for document, count in Counter(row["document"] for row in rows).items():
        made = edits.get(document, 0)
        hold(count <= made, f"{document}: told of {count} changes, and {made} were made")
    new = store.all("select document from entries where announced is not null and kind='new'")
    twice = [name for name, count in Counter(row["document"] for row in new).items() if count > 1]
    hold(not twice, f"new twice: {twice}")
    named = {*edits, None}
    others = [row for row in store.all("select id from documents where parent is null") if row["id"] not in named]
    hold(not others, f"documents that nobody published: {others}")


def texts(store: Store, world: World, *, version: int) -> None:
    """In the end each document says what its publisher says, unless it was left aside."""
    for item in world.items:
        row = store.one("select * from documents where id=?", item.document)
        band = store.value("select band from relevance where document=?", item.document)
        kept = band in ("in", "review") or "keep" not in world.options.get(item.source, ())
        if not item.published or not kept or item.state not in ("ok", "moved"):
            continue
        if not item.listed and item.source in INDEX and (row is None or row["current"] is None):
            continue
        if row is None or row["current"] is None:
            raise Broken(f"{item.document} was never read")
        found = store.all("select text from version_sections where version=?", row["current"])
        words = item.words.replace("must", "shall") if version % 2 else item.words
        said_so = any(words[:30] in each["text"] for each in found)
        hold(said_so, f"{item.document} says {found}, not {words}")
        hold(row["availability"] == "ok", f"{item.document} is {row['availability']}")
