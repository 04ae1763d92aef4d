"""One report, many publishers: documents that are the same as one seen before, and which of them is the original.

Each new document, and each whose text is read for the first time, is compared with all others: by the numbers that it
states as its own, by the bytes of its file, by its text. What speaks against one work wins over what speaks for it: two
ids of one register, two editions in the titles, a summary beside a report, a name or number swapped in the text. Then
both stay apart, for nothing is announced that did not happen, and two entries for one report do less harm than one for
two.

The original is what was compared first: what was found in an earlier crawl, and of one crawl what is in English, then
what its source has earlier in sources.yaml. It is never a copy itself. What was once found stays so: where a copy comes
to say something else, its changes are its own, told of it.
"""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from crawler.changes import near_duplicates
from crawler.identifiers import editions
from crawler.identifiers.own_identifiers import FRONT, Stated, references
from crawler.ingest.state import State
from crawler.redaction import Marks
from crawler.store import Row, Store, documents, duplicates, redactions

MAX_TEXT_CHARACTERS = 400_000
"""Most characters of a text that are compared."""
_TEXT = 3_000
"""Fewest characters of two texts in one language whose wording can speak against one work."""
_UNLIKE = 0.2
"""Share of their wording below which two such texts are not one, whatever number both state."""
_REGISTERS = frozenset({"eur", "eudn", "eudr", "eut", "celex"})
"""What the United Kingdom took over from EU law goes its own way: its text is not that of the Union."""
_LABELS = {
    "isbn": "ISBN ", "doi": "DOI ", "catalogue": "the catalogue number ", "celex": "the id ", "law": "the id ",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A document that is the same as the one at hand, and how that was seen."""

    other: Row
    found_by: str
    detail: str


def find(state: State) -> None:
    """Find for each document that is new, or read for the first time, whether it is a copy, and note that.

    At the end of a crawl, before anything is classified.
    """
    store, found = state.store, []
    turns = count(1 + duplicates.last_turn(store))
    waiting = duplicates.waiting(store)
    names = documents.names_of(store, [row["id"] for row in waiting])
    noted = [_noted(state, row, row["turn"] or next(turns), names[row["id"]]) for row in waiting]
    rows = sorted(noted, key=lambda row: int(row["turn"]))
    _flag(state, rows)
    later = {row["id"] for row in rows}
    for row in rows:
        later.discard(row["id"])  # Those behind it in this crawl are compared with it in their turn.
        links = [*_by_reference(store, row, later), *_by_digest(store, row, later), *_by_text(store, row, later)]
        found += _join(state, row, links)
    for row, link in found:
        _join_families(state, row, link)


def _flag(state: State, rows: Sequence[Row]) -> None:
    """Flag the documents that have the title, or nearly the text, of something redacted: they are taken out too.

    Of those that were compared before only the text is looked at, where it is another now.
    """
    store = state.store
    marks = Marks(redactions.known(store))
    found: dict[str, str] = {}
    for row in rows if marks else ():
        title = marks.title(row["title"]) if row["private"] else ""
        found[row["id"]] = title or marks.alike(redactions.signatures(store, row["id"]))
    for row in duplicates.reworded(store) if marks else ():
        found[row["id"]] = marks.alike(near_duplicates.marks(duplicates.beginning(store, row, near_duplicates.FIRST)))
    for name, redaction in found.items():
        if redaction:
            redactions.flag(store, name, redaction, state.now)


def _noted(state: State, row: Row, turn: int, names: Sequence[str]) -> Row:
    """Record by what a document is found. Of what names people no number is read from words, no word kept."""
    private = bool(row["private"])
    beginning = duplicates.beginning(state.store, row, near_duplicates.FIRST)
    stated = Stated(
        title="" if private else row["title"],
        summary="" if private else row["summary"],
        front="" if private else beginning[:FRONT],
        names=tuple(names),
    )
    told = [
        {"kind": each.kind, "value": each.value, "strong": int(each.strong), "place": each.place}
        for each in references(stated)
    ]
    return duplicates.note(state.store, row, turn, state.now, told, near_duplicates.marks(beginning))


# Three ways to see it


def _by_reference(store: Store, row: Row, later: Container[str]) -> Iterator[_Link]:
    """Yield the documents that state the same number, and of which nothing speaks against one work.

    Where several of one site state it in one language, all but one of them only name it, and nobody knows which.
    """
    stated: dict[tuple[str, str], dict[str, bool]] = {}
    for each in duplicates.by_reference(store, row["id"]):
        stated.setdefault((each["kind"], each["value"]), {})[each["document"]] = bool(each["strong"])
    rows = {each["id"]: each for each in duplicates.facts(store, {name for held in stated.values() for name in held})}
    seen: set[str] = set()
    for (kind, value), held in stated.items():
        holders = [row, *(rows[name] for name in held if name in rows)]
        for other in holders[1:]:
            if other["id"] in seen or other["id"] in later or _is_crowded(row, holders) or _is_crowded(other, holders):
                continue
            if _may_be_one(row, other) and _agree(store, row, other, strong=held[other["id"]]):
                seen.add(other["id"])
                detail = f"both state {_LABELS.get(kind, '')}{value.removeprefix('celex:')} as their own"
                yield _Link(other=other, found_by="identifier", detail=detail)


def _is_crowded(row: Row, holders: Sequence[Row]) -> bool:
    """Return whether another family of the site of a document holds the same number, in the same language."""
    return any(each["root"] != row["root"] and _same_site(each, row) for each in holders)


def _by_digest(store: Store, row: Row, later: Container[str]) -> Iterator[_Link]:
    """Yield the documents with the same file; what many addresses of a site serve is a notice, or a log-in page."""
    others = duplicates.facts(store, duplicates.by_digest(store, row["id"]))
    sites = Counter(urlsplit(each["url"]).netloc for each in (row, *others))
    for other in others:
        if (
            other["id"] not in later
            and max(sites[urlsplit(each["url"]).netloc] for each in (row, other)) < 3
            and _may_be_one(row, other)
        ):
            yield _Link(other=other, found_by="digest", detail="the same file, byte for byte")


def _by_text(store: Store, row: Row, later: Container[str]) -> Iterator[_Link]:
    """Yield the documents with nearly the same text, in which no name and no number is another."""
    names = duplicates.by_marks(store, row["id"], near_duplicates.SHARED)
    text = ""
    for other in duplicates.facts(store, names):
        if other["id"] in later or not _may_be_one(row, other) or _language(row) != _language(other):
            continue
        if editions.apart(row["title"], other["title"]) or _numbers_differ(store, row, other):
            continue
        text = text or duplicates.beginning(store, row, MAX_TEXT_CHARACTERS)
        found = near_duplicates.likeness(text, duplicates.beginning(store, other, MAX_TEXT_CHARACTERS))
        if found.same:
            detail = f"{int(100 * found.share)} % of the wording is the same, and no name or number is another"
            yield _Link(other=other, found_by="text", detail=detail)


# What speaks against it


def _same_site(row: Row, other: Row) -> bool:
    """Return whether two documents stand on one site of one publisher, and may be in one language."""
    if row["publisher"] != other["publisher"] or urlsplit(row["url"]).netloc != urlsplit(other["url"]).netloc:
        return False
    return not _is_translation(row, other)


def _language(row: Row) -> str:
    return str(row["language"]).partition("-")[0].lower()


def _may_be_one(row: Row, other: Row) -> bool:
    """Return whether two documents can be one at all: not of one family, one register, or one site and language."""
    if row["root"] == other["root"] or _same_site(row, other):
        return False
    one, two = _register(row["id"]), _register(other["id"])
    return not (one and one == two) and not {one, two} <= _REGISTERS


def _register(name: str) -> str:
    """Return what an id is an id of, empty for an address: a register gives one document one id.

    >>> _register("govuk:00000000-0000-4000-8000-000000000001/form"), _register("uksi/2015/1833"), _register("url:x")
    ('govuk', 'uksi', '')
    """
    scheme, mark, _ = name.partition("/")[0].partition(":")
    return "" if scheme == "url" and mark else scheme


def _agree(store: Store, row: Row, other: Row, *, strong: bool) -> bool:
    """Return whether nothing else speaks against two documents that state the same number.

    In one language their titles are alike, and for a weak number the same; long texts are not different ones.
    """
    one, two = row["title"], other["title"]
    if editions.apart(one, two) or _numbers_differ(store, row, other):
        return False
    if _is_translation(row, other):
        return strong
    if not (editions.alike(one, two) if strong else editions.same(one, two)):
        return False
    lengths = sorted((row["characters"], other["characters"]))
    if lengths[0] < _TEXT or 2 * lengths[0] < lengths[1]:
        return True
    texts = [duplicates.beginning(store, each, near_duplicates.FIRST) for each in (row, other)]
    return near_duplicates.shared_share(*texts) >= _UNLIKE


def _numbers_differ(store: Store, row: Row, other: Row) -> bool:
    """Return whether two documents state different numbers of one series; each form and language has its own ISBN."""
    one, two = duplicates.strong(store, row["id"]), duplicates.strong(store, other["id"])
    kinds = (one.keys() & two.keys()) - {"isbn", "doi", "catalogue"}
    return any(not one[kind] & two[kind] for kind in kinds)


def _is_translation(row: Row, other: Row) -> bool:
    one, two = _language(row), _language(other)
    return bool(one and two and one != two)


# Which is the original


def _join(state: State, row: Row, links: Sequence[_Link]) -> list[tuple[Row, _Link]]:
    """Record what a document is the same as; return the document with each link that holds.

    Of several originals the earliest stays one, and the others become copies of it, if nothing speaks against that.
    """
    if not links:
        return []
    store = state.store
    heads: dict[str, _Link] = {}
    for link in links:
        heads.setdefault(duplicates.original(store, link.other["id"]), link)
    own = duplicates.original(store, row["id"])
    first, *others = duplicates.facts(store, {own, *heads})
    for each in others:
        link = heads.get(each["id"]) or heads.get(first["id"]) or links[0]
        if _hangs_together(store, each, first):
            _copy(state, each, first, link.found_by, link.detail)
    now = duplicates.original(store, row["id"])
    return [(row, link) for link in links if duplicates.original(store, link.other["id"]) == now]


def _hangs_together(store: Store, row: Row, other: Row) -> bool:
    """Return whether two documents may be one that are the same as a third."""
    if not _may_be_one(row, other) or _numbers_differ(store, row, other):
        return False
    return not editions.apart(row["title"], other["title"])


def _copy(state: State, row: Row, original: Row, found_by: str, detail: str) -> None:
    store = state.store
    relation = "translation" if _is_translation(row, original) else "copy"
    copy = {"document": row["id"], "original": original["id"], "relation": relation, "found_by": found_by}
    duplicates.put(store, {**copy, "detail": detail, "seen": state.now})
    for each in duplicates.facts(store, duplicates.copies(store, row["id"])):
        duplicates.turn(store, each["id"], original["id"], "translation" if _is_translation(each, original) else "copy")


def _join_families(state: State, row: Row, link: _Link) -> None:
    """Make pages copies whose attachments are, where both have the same title."""
    store, other = state.store, link.other
    tops = duplicates.facts(store, {row["root"], other["root"]})
    if row["parent"] is None or other["parent"] is None or len(tops) < 2:
        return
    earlier, later = tops
    if duplicates.original(store, later["id"]) != later["id"] or not editions.same(later["title"], earlier["title"]):
        return
    for head in duplicates.facts(store, [duplicates.original(store, earlier["id"])]):
        if head["id"] != later["id"] and _hangs_together(store, later, head):
            _copy(state, later, head, link.found_by, f"what is attached to both is the same: {link.detail}")
