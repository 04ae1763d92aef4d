"""The documents that the checklist cites, as we hold them: which version, and what changed since somebody reviewed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crawler.identifiers.chapters import chapter, inner
from crawler.public import checklist as stored
from crawler.public.database import Connection
from crawler.publish.paths import page_of_change
from crawler.sources.checklist import Checklist, Cited
from crawler.wording import changed, day, provision
from crawler.wording import where as place_of

SHOWN = 4
"""Most changes that are named at one duty; the page of the document has all."""

_PARTS = 6
"""Most attachments of a document whose version is told."""

_OF_ALL = frozenset({"withdrawn", "gone", "returned", "status"})
"""Changes of a document as a whole that concern each of its provisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One version of a document: the publisher's label, since when it holds, when we read it, and its digest."""

    label: str
    valid_from: str
    captured: str
    digest: str

    @property
    def words(self) -> str:
        """Return what to call it."""
        named = [
            self.label if self.label != self.valid_from else "",
            f"wording valid from {day(self.valid_from)}" if self.valid_from else "",
            f"read {day(self.captured)}",
            f"SHA-256 {self.digest[:12]}…",
        ]
        return ", ".join(part for part in named if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A cited document as the database has it; ``id`` is empty where we do not hold it.

    ``now`` is the version shown, ``then`` that of the day on which the checklist was reviewed; None where we hold none.
    ``parts`` are its attachments, each a title and its version of now.
    """

    cited: Cited
    id: str = ""
    title: str = ""
    availability: str = ""
    since: str = ""
    checked: str = ""
    now: Wording | None = None
    then: Wording | None = None
    parts: Sequence[tuple[str, Wording]] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the versions that we hold, in words: of the day of the review, and of now where that is another."""
        if not self.id:
            return ("not held by us",)
        looked = f"last looked at {day(self.checked)}"
        if self.now is None:
            return (f"its text is not held by us; {looked}",)
        if self.then is None:
            return (
                f"now: {self.now.words}; {looked}",
                "what it said when the checklist was reviewed is not held by us",
            )
        if self.then.digest == self.now.digest:
            return (f"when reviewed and now: {self.now.words}; {looked}",)
        return (f"when reviewed: {self.then.words}", f"now: {self.now.words}; {looked}")

    @property
    def state(self) -> str:
        """Return what is wrong with the document, empty where nothing is."""
        names = {"withdrawn": "withdrawn by its publisher", "gone": "no longer found", "suspect": "not found lately"}
        found = names.get(self.availability, "")
        return f"{found} since {day(self.since)}" if found and self.since else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One change of a cited document: what and where, when, and the page that tells it, as a path of the site."""

    words: str
    seen: str
    occurred: str
    path: str

    def after(self, reviewed: str) -> bool:
        """Return whether it was seen, or applies, after a day."""
        return bool(reviewed) and max(self.seen[:10], self.occurred[:10]) > reviewed


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What we hold of the documents that a checklist cites, and what changed in them."""

    held: Mapping[str, Held]
    missing: frozenset[tuple[str, str]]
    changes: Mapping[str, Sequence[tuple[str, str, Mark]]]

    def marks(self, cited: Cited, path: str) -> list[Mark]:
        """Return the changes that concern a provision, or the whole where the path is empty, newest first."""
        found = self.changes.get(cited.id, ())
        return [mark for kind, where, mark in found if _concerns(kind, where, path)]


def law(connection: Connection, checklist: Checklist, reviewed: Iterable[str]) -> Law:
    """Return what we hold of everything a checklist cites, with all changes after the first of some days."""
    names = _named(connection, checklist)
    ids = sorted(set(names.values()))
    rows = stored.held(connection, ids, checklist.reviewed)
    after = (date.fromisoformat(min(reviewed)) + timedelta(days=1)).isoformat()
    changes = stored.changes_since(connection, ids, after)
    return Law(
        held={cited.id: _held(cited, names.get(cited.id, ""), rows) for cited in checklist.cited},
        missing=frozenset(_missing(connection, checklist, names)),
        changes={key: _marks(id, changes) for key, id in names.items()},
    )


def _named(connection: Connection, checklist: Checklist) -> dict[str, str]:
    """Return the documents that are held, by the name under which they are cited."""
    of = {cited.id: cited.id for cited in checklist.cited}
    of |= {f"url:{cited.id}": cited.id for cited in checklist.cited if cited.id.startswith("https://")}
    return {of[name]: id for name, id in stored.named(connection, list(of)).items()}


def _held(cited: Cited, id: str, rows: Sequence[Mapping[str, Any]]) -> Held:
    row = next((row for row in rows if row["id"] == id), None)
    if row is None:
        return Held(cited=cited)
    parts = [(row["title"], now) for row in rows if row["parent"] == id and (now := _wording(row, ""))]
    return Held(
        cited=cited,
        id=id,
        title=row["title"],
        availability=row["availability"],
        since=row["availability_since"] or "",
        checked=row["checked"] or row["first_seen"],
        now=_wording(row, ""),
        then=_wording(row, "then_"),
        parts=parts[:_PARTS],
    )


def _wording(row: Mapping[str, Any], which: str) -> Wording | None:
    if not row[f"{which}captured"]:
        return None
    return Wording(
        label=row[f"{which}label"],
        valid_from=row[f"{which}valid_from"] or "",
        captured=row[f"{which}captured"],
        digest=row[f"{which}digest"],
    )


def _missing(connection: Connection, checklist: Checklist, names: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return the provisions that are cited and do not stand in the text that we hold, where we hold one."""
    cited = {
        (duty.cited.id, duty.path)
        for question in checklist.questions
        for duty in question.duties
        if duty.cited and duty.path and duty.cited.id in names
    }
    missing = stored.missing(connection, ((names[key], path) for key, path in cited))
    return {(key, path) for key, path in cited if (names[key], path) in missing}


def _marks(id: str, rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, Mark]]:
    """Return the changes of a document and its attachments, each with its kind and path; of these the path is empty."""
    found = []
    for row in rows:
        is_own = row["document"] == id
        if not is_own and row["root"] != id:
            continue
        if row["kind"] in ("new", "relocated") and is_own:
            continue
        found.append((row["kind"] if is_own else "attachment", row["path"] if is_own else "", _mark(row, is_own)))
    return found


def _mark(row: Mapping[str, Any], is_own: bool) -> Mark:
    where = place_of(row["path"], row["heading"] or "", row["number"] or "") if row["path"] else "the document"
    of = "" if is_own else f" of “{row['title']}”"
    return Mark(
        words=f"{changed(row['kind'])}: {where}{of}",
        seen=row["seen"],
        occurred=row["occurred"] or "",
        path=page_of_change(row),
    )


def _concerns(kind: str, where: str, path: str) -> bool:
    """Return whether a change at a place concerns a provision.

    >>> _concerns("changed", "section-52-1", "section-52"), _concerns("changed", "section-5", "section-52")
    (True, False)
    >>> _concerns("withdrawn", "", "section-52"), _concerns("retitled", "", "section-52"), _concerns("note", "", "")
    (True, False, True)
    """
    if not path:
        return True
    if not where:
        return kind in _OF_ALL
    return where == path or where.startswith(f"{path}-") or path.startswith(f"{where}-")


def citation(cited: Cited, path: str) -> str:
    """Return a document and a provision or chapter of it, as one cites them.

    >>> manual = Cited(id="https://sample.invalid/manual", title="Sample manual", url="https://sample.invalid/manual")
    >>> citation(manual, "annex-f-legal-aid"), citation(manual, "chapter-7"), citation(manual, "article-13")
    ('Sample manual, annex F: legal aid', 'Sample manual, chapter 7', 'Sample manual, article 13')
    """
    named = provision(path)
    if cited.id.startswith("https://") and (place := chapter(path, itself=True)):
        named = ": ".join(filter(None, (place, inner(path).replace("-", " "))))
    return f"{cited.title}, {named[:1].lower()}{named[1:]}" if named else cited.title
