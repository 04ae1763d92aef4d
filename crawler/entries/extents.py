"""Provisions that differ by place, in extent or in words, and changes of them that do: one place would be wrong."""

import re
from collections.abc import Collection, Iterator, Sequence

from crawler.entries import part_read, provisions
from crawler.entries.numbered import numbered
from crawler.entries.templates import Sentence, chain, name_list, say, source, structure
from crawler.entries.word_limits import words
from crawler.feeds.weight import BOUND, LAW, PARTED
from crawler.identifiers import affected
from crawler.identifiers.acts import ITEM
from crawler.identifiers.affected_provisions import relation
from crawler.identifiers.uk import NATIONS, named, without_extent
from crawler.law import When, place_names, read_note
from crawler.store import Row, Store, wordings
from crawler.wording import OF_PROVISIONS

MAX_WORDS = 40
"""Most words of a note that is repeated."""
TOLD = 2
_VERBS = frozenset(
    f"{what}{verb}" for what in ("", "words ") for verb in ("inserted", "omitted", "repealed", "revoked", "substituted")
) - {"words revoked"}
"""What a note can say that happened to a provision or to words in it, as it is told."""
_SEPARATE = re.compile(r"\bextends to [^.;]{3,80} only; a separate version\b", re.IGNORECASE)
_EXTENDS = re.compile(
    r"[^.;\n]*(?<!not )\bextends? (?:\w+ ){0,3}to (?:the )?"
    r"(?:United Kingdom|Great Britain|England|Wales|Scotland|Northern Ireland)\b[^.;\n]*"
)
"""A sentence of a law on where it is law, or a provision of it."""
_PLACED = re.compile(r"\( ?(?:(?:[EWS]|G\.B|N\. ?I)\.?(?:, | and |(?=[EWSN)]|$| )))+(?=\)|$|[ ,])")
"""What stands in each note on an amendment that names one part of the United Kingdom; most do not."""
_EXTENT = re.compile(r"\bexten(?:d|ds|ded|t)\b", re.IGNORECASE)
_SAID = re.compile(r"\bextends?\b|\bextent of\b|\bsame extent\b", re.IGNORECASE)
"""What the provision of a law on its extent says more than once where it differs by place."""


def parted(note: str, path: str) -> bool:
    """Whether a note at a provision says of a part of it where it extends, or that it reads otherwise elsewhere.

    >>> parted("S. 1 extends E.W. except s. 1(2) which extends G.B.", "section-1")
    True
    >>> parted("For the extent of s. 1 outside the U.K. see s. 22(7)", "section-1")
    False
    """
    if _SEPARATE.search(note):
        return True
    return bool(_EXTENT.search(note)) and any(each.startswith(f"{path}-") for each in affected(note))


def facets(store: Store, top: Row) -> list[tuple[str, str]]:
    """Return that what was read of a law extends to different places, as a value of the facet ``bound``.

    That is said by the notes on what alone was read, and of a whole law by its provision on extent.
    """
    part = part_read.part_read(store, top)
    if part is not None:
        is_parted = bool(part.paths) and len(_notes(store, top, part.paths)) == len(part.paths)
        is_parted = is_parted or bool(_fewer(top, _amended(store, top, ())))
    else:
        rows = wordings.headings(store, top["id"]) if ITEM.fullmatch(top["id"]) else ()
        own = (str(row["text"]) for row in rows if "extent" in str(row["heading"]).casefold())
        is_parted = any(len(_SAID.findall(text)) > 1 for text in own)
    return [(BOUND, PARTED)] if is_parted else []


def own_words(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield what a law whose extent is not marked says of it, where that is more than its title names."""
    for words_of_extent in _own(store, top)[:1]:
        yield say("own extent", words=source(words_of_extent))


def _own(store: Store, top: Row) -> list[str]:
    if top.get("extent") or top.get("kind") not in LAW or top.get("representation") != "structured":
        return []
    known = _nations(str(top["jurisdiction"]))
    rows = [row for row in wordings.headings(store, top["id"]) if not str(row["path"]).startswith("schedule")]
    texts = [text for row in rows if "extend" in (text := str(row["text"]))]
    found = [match[0].strip() for text in texts for match in _EXTENDS.finditer(text)]
    return [each for each in found if known and not _nations(each) <= known and words(each) <= MAX_WORDS]


def _nations(text: str) -> set[str]:
    """Return the parts of the United Kingdom that words name.

    >>> sorted(_nations("extends to Great Britain")), _nations("Sample")
    (['England', 'Scotland', 'Wales'], set())
    """
    wide = {"United Kingdom": set(NATIONS.values()), "Great Britain": set(NATIONS.values()) - {"Northern Ireland"}}
    named_there = {name for name in NATIONS.values() if name in text}
    return named_there.union(*(names for name, names in wide.items() if name in text))


def sentences(store: Store, top: Row, rows: Sequence[Row]) -> Iterator[Sentence]:
    """Yield the notes on where parts of provisions extend: of what alone was read of a new law, or of what changed."""
    part = part_read.part_read(store, top)
    changed = [row["path"] for row in rows if row["kind"] in OF_PROVISIONS and row["document"] == top["id"]]
    for note in list(_notes(store, top, changed or (part.paths if part is not None else ())).values())[:TOLD]:
        yield say("extents differ", note=source(note))
    told = [row for row in rows if row["path"] in changed and row.get("previous")]
    notes = [
        (str(row["path"]), note) for row in told for note in wordings.new_notes(store, row["version"], row["previous"])
    ]
    if part is not None and part.paths and not changed:
        notes = _amended(store, top, part.paths)
    fewer = _fewer(top, notes, by_verb=not changed)
    for places in list(dict.fromkeys(places for places, _ in fewer))[:TOLD]:
        where = structure(named([code for code, name in NATIONS.items() if name in places]))
        happened = []
        for verb, called in ((verb, called) for (at, verb), called in fewer.items() if at == places):
            if not (some := [each for each in called.values() if str(each)]):
                continue
            named_there = name_list(some, provisions.NAMED)
            if verb:
                template = "words in" if verb.startswith("words ") else "happened"
                happened.append(say(template, named=named_there, verb=say(verb)))
            else:
                yield say("extends only" if changed else "amended for some", named=named_there, places=where)
        if happened:
            yield say("for some only", what=chain("semicolon", happened), places=where)


def _amended(store: Store, top: Row, paths: Collection[str]) -> list[tuple[str, str]]:
    """Return the notes on amendments at some provisions, or at all, each with the path of its provision."""
    rows = [(str(row["path"]), str(row["text"])) for row in wordings.notes_of(store, top["id"], "F")]
    return [(without_extent(path)[0], note) for path, note in rows if not paths or without_extent(path)[0] in paths]


def _fewer(
    top: Row, notes: Sequence[tuple[str, str]], *, by_verb: bool = False
) -> dict[tuple[tuple[str, ...], str], dict[str, Sentence]]:
    """Return what extends to a part of the extent of the law only, as notes say: paths with names.

    They stand by the places and, if so asked, by what happened to them: empty where the note has another verb.
    """
    law = {NATIONS[each] for each in str(top.get("extent") or "").split("+") if each in NATIONS}
    found: dict[tuple[tuple[str, ...], str], dict[str, Sentence]] = {}
    for at, note in ((at, note) for at, note in notes if law and _PLACED.search(" ".join(note.split()))):
        for fact in read_note("F", note).amendments:
            places = place_names(" ".join(fact.extent))
            paths = [path for path in affected(fact.provision) if relation(path, at)]
            verb = f"words {fact.verb}" if fact.what.casefold().startswith("word") else fact.verb
            verb = verb if by_verb and (not fact.what or verb != fact.verb) and verb in _VERBS else ""
            for path in paths if places and set(places) < law else ():
                found.setdefault((places, verb), {})[path] = _called(path, fact.dates if verb else ())
    return found


def _called(path: str, dates: Sequence[When]) -> Sentence:
    """Return what a provision is called, or several in a row, and that its amendment, or a part of it, has no day yet.

    >>> str(_called("section-6-8A", [When(date="2029-04-01")]))
    'section 6(8A)'
    >>> str(_called("section-6-1A..section-6-1C", [When(qualification="prospective")]))
    'section 6(1A) to (1C) (not yet in force)'
    """
    first, _, last = path.partition("..")
    end = numbered(last).removeprefix(numbered(last.rpartition("-")[0])) if last else ""
    called = structure(numbered(first if end else path))
    if end and str(called):
        called = say("row of provisions", first=called, last=structure(end))
    if not str(called) or not any("prospective" in each.qualification for each in dates):
        return called
    return say("partly ahead" if any(each.date for each in dates) else "ahead", named=called)


def _notes(store: Store, top: Row, paths: Collection[str]) -> dict[str, str]:
    """Return the first note on different extents at each of some provisions that has one."""
    found: dict[str, str] = {}
    for row in wordings.notes_of(store, top["id"], "E"):
        path, note = str(row["path"]), " ".join(str(row["text"]).split())
        if path in paths and parted(note, path) and words(note) <= MAX_WORDS:
            found.setdefault(path, note)
    return found
