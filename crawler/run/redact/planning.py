"""Decisions to redact, carried out: what goes, by what it is known again, and the archive and database without it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from crawler.archive import Archive
from crawler.redaction import Mark, Marks, Redacted, mark_hashes
from crawler.run import integrity, session
from crawler.run.options import ARCHIVE, DATABASE, Options
from crawler.run.redact import removal
from crawler.run.redact.filtering import Parse, RedactionFilter
from crawler.run.redact.removal import merge_decisions
from crawler.run.redact.removal import parser as parser
from crawler.run.redact.removal import payload as payload
from crawler.sources import Decisions, Redaction
from crawler.store import Store, crawls, documents, fetches
from crawler.store import redactions as store_of
from crawler.text import counted
from crawler.worker import Worker

BEGINNING = 12
"""Words of a summary by which it is known."""
TELLING = 6
"""Fewest words of an address that tell it from what others say, where nobody can be asked what they say."""
_MIN_PHRASE_WORDS = 8
"""Fewest words of one that is."""


def apply(data: Path, decisions: Decisions, worker: Worker, progress: session.Progress = session.silent) -> int:
    """Take out what was decided and was not taken out yet, and all that turned out to be a copy of it.

    What was begun and killed is finished first. The archive is rewritten, and the database and the feeds are made anew
    from it; gives how many records of the archive were rewritten. Damaged files that were set aside when a loss was
    given up are removed: what stands in them cannot be told. Of each new decision a message says how many documents it
    takes out; that no capture answers to it, too: it holds for what is received later.

    Raises:
        ArchiveError: the archive is not whole, or not the one the database was made from; nothing was written then.
        ArchiveError, StoreError: a file is damaged or cannot be written.
    """
    finished = removal.finish(data, worker, progress)
    if not (data / ARCHIVE).is_dir() or not _is_due(data, decisions):
        return finished
    integrity.require(data)
    with Archive.open(data / ARCHIVE) as archive:
        if not archive.files:
            return finished
        if session.why_outdated(data, archive) and not session.is_distrusted(data):
            session.rebuild_into(data, archive, worker, progress)
        with Store.open(data / DATABASE) as store:
            known, planned = store_of.known(store), _planned(store, decisions, progress)
    if not planned:
        return finished
    removal.begin(data, removal.RedactionPlan(planned=tuple(planned), known=tuple(known)))
    return finished + removal.finish(data, worker, progress)


def _is_due(data: Path, decisions: Decisions) -> bool:
    """Return whether there is anything to take out, without looking into the archive."""
    if not Store.is_at(data / DATABASE):
        return bool(decisions.redact)
    if session.is_of_another_schema(data):
        return True  # It is made anew first.
    with Store.open(data / DATABASE) as store:
        done = {each.id: each for each in store_of.known(store)}
        if store_of.flagged(store) or any(each.id not in done for each in decisions.redact):
            return True
        return next(_quoted_since(store, done), None) is not None


def _quoted_since(store: Store, done: Mapping[str, Redacted]) -> Iterator[Redacted]:
    """Yield the decisions of which a file tells that the last crawl read, with its mark: files are read to be seen."""
    last, marks = crawls.current(store), Marks(done.values())
    for text, digest in store_of.files_of(store, last["id"]) if marks and last else ():
        if found := marks.within(text):
            mark = Mark(redaction=found, kind="capture", value=digest)
            if mark not in done[found].marks:
                yield replace(done[found], marks=frozenset([mark]))


# What is to go


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What is asked once of all that is to go: what links to each document said, and the words of all others."""

    asked: Mapping[str, store_of.LinkFacts]
    others: list[str]


def _planned(store: Store, decisions: Decisions, progress: session.Progress) -> list[Redacted]:
    """Return what is to be taken out, with everything by which it is known."""
    done = {each.id: each for each in store_of.known(store)}
    new = [(each, store_of.with_copies(store, _named(store, each))) for each in decisions.redact if each.id not in done]
    met = [(done[name], store_of.with_copies(store, copies)) for name, copies in _copies(store).items() if name in done]
    quoted = merge_decisions(_quoted_since(store, done))
    if not new and not met:
        return quoted
    going = {document for _, targets in (*new, *met) for document in targets}
    around = _Context(asked=store_of.asked(store, going), others=store_of.others(store, going) if going else [])
    found = []
    for decision, targets in new:
        named = decision.url or decision.document or decision.digest
        if targets:
            progress(f"decisions.yaml: redact {named}: taking out {counted(len(targets), 'document')}", 0)
        elif not fetches.is_held(store, decision.url, decision.digest):
            progress(f"decisions.yaml: redact {named}: nothing that was read answers to it; is it spelled right?", 0)
        marks = _bare(decision).marks | frozenset(_marks(store, decision.id, targets, around))
        found.append(replace(_bare(decision), marks=marks))
    for known, targets in met:
        marks = frozenset([*_marks(store, known.id, targets, around), *_captures(store, known.id, targets)])
        if not marks <= known.marks:  # Else it was tried before, and there is nothing left by which to find it.
            found.append(replace(known, marks=marks))
    return merge_decisions([*found, *quoted])


def _copies(store: Store) -> dict[str, list[str]]:
    """Return the documents that turned out to be copies of something redacted, by decision."""
    found: dict[str, list[str]] = {}
    for name, redaction in store_of.flagged(store).items():
        found.setdefault(redaction, []).append(name)
    return found


def _captures(store: Store, redaction: str, targets: Collection[str]) -> Iterator[Mark]:
    """Yield the marks of what has no address and no id of its own, and shares its bytes: all of such a body goes."""
    own = store_of.digests(store, targets)
    for document in sorted(targets):
        bodies = store_of.digests(store, [document], shared=True)
        named = (mark for name in store_of.names(store, document) for mark in mark_hashes.id_marks(redaction, name))
        if bodies.isdisjoint(own) and next(named, None) is None:
            yield from (Mark(redaction=redaction, kind="capture", value=each) for each in sorted(bodies))


def _named(store: Store, decision: Redaction) -> set[str]:
    """Return the documents that a decision names."""
    if decision.document:
        return {documents.resolve(store, decision.document)}
    return store_of.of_address(store, decision.url) if decision.url else store_of.of_digest(store, decision.digest)


def _bare(decision: Redaction) -> Redacted:
    """Return a decision with what it says itself, where nothing was read of its document."""
    found: list[Mark] = []
    if decision.url:
        found += mark_hashes.address(decision.id, decision.url)
        for words in map(mark_hashes.words_of, _slugs(decision.url)):
            found += mark_hashes.phrase(decision.id, words) if len(words) >= TELLING else ()
    if decision.digest:
        found.append(Mark(redaction=decision.id, kind="body", value=decision.digest))
    if decision.document:
        found += mark_hashes.id_marks(decision.id, decision.document)
    return Redacted(id=decision.id, reason=decision.reason, date=decision.date, marks=frozenset(found))


def _marks(store: Store, redaction: str, targets: Collection[str], around: _Context) -> Iterator[Mark]:
    """Yield everything by which documents are known: names, addresses, bodies, titles, summaries, texts."""
    slugs: set[str] = set()
    titles: set[str] = set()
    for document in sorted(targets):
        asked = around.asked.get(document, store_of.LinkFacts())
        for name in sorted(store_of.names(store, document) | {f"url:{url}" for url in asked.urls}):
            yield from mark_hashes.id_marks(redaction, name)
            slugs |= set(_slugs(name[4:])) if name.startswith("url:") else set()
        if found := store_of.signatures(store, document):
            yield Mark(redaction=redaction, kind="text", value=",".join(map(str, found)))
        given, summaries = store_of.titles(store, document)
        titles |= given | asked.titles | {_beginning(each) for each in summaries}
    for digest in sorted(store_of.digests(store, targets)):
        yield Mark(redaction=redaction, kind="body", value=digest)
    worded = {tuple(mark_hashes.words_of(text)) for text in titles | slugs}
    own = [
        words
        for words in sorted(worded)
        if len(words) >= mark_hashes.MIN_TITLE_WORDS and _is_its_own(store, words, around, targets)
    ]
    for words in own:
        yield from mark_hashes.phrase(redaction, words)
    for digest in sorted(_quoting(store, own, targets)):
        yield Mark(redaction=redaction, kind="capture", value=digest)


def _quoting(store: Store, phrases: Collection[tuple[str, ...]], targets: Collection[str]) -> set[str]:
    """Return the digests of the files in which other documents quote one of the phrases, however it is set there."""
    marks = Marks(
        [
            Redacted(
                id="1",
                reason="",
                date="",
                marks=frozenset(mark for each in phrases for mark in mark_hashes.phrase("1", each)),
            )
        ]
    )
    found = set()
    for word in sorted({max(filter(str.isascii, each), key=len, default="") for each in phrases}):
        found |= {digest for text, digest in store_of.files_with(store, word, targets) if marks.within(text)}
    return found


def _slugs(url: str) -> Iterator[str]:
    """Yield the words of an address by which it is known without its scheme: of the end of its path, and of all."""
    parts = urlsplit(url)
    path = unquote(parts.path).rstrip("/")
    last = path.rpartition("/")[2]
    yield from (last, last.rpartition(".")[0], f"{parts.netloc}{path}" if path else "")


def _beginning(summary: str) -> str:
    words = mark_hashes.words_of(summary)
    return " ".join(words[:BEGINNING]) if len(words) >= _MIN_PHRASE_WORDS else ""


def _is_its_own(store: Store, words: tuple[str, ...], around: _Context, targets: Collection[str]) -> bool:
    """Return whether words are those of redacted documents, and not everybody's."""
    text = f" {' '.join(words)} "
    return not any(text in other for other in around.others) and not store_of.is_common(store, words, targets)


def of_decisions(store: Store, decisions: Decisions) -> list[Redacted]:
    """Return the decisions of which nothing is known yet: they hold for what is received from now on."""
    done = {each.id for each in store_of.known(store)}
    return [_bare(each) for each in decisions.redact if each.id not in done]


def withheld(store: Store, options: Options, parse: Parse | None) -> RedactionFilter:
    """Return what keeps from the archive whatever was redacted."""
    known = [*store_of.known(store), *of_decisions(store, options.decisions), *options.redacted]
    return RedactionFilter(Marks(merge_decisions(known)), parse)


def all_redacted(data: Path, decisions: Decisions) -> tuple[Redacted, ...]:
    """Return what was redacted in a data directory, and what is decided; nothing else records it."""
    if not Store.is_at(data / DATABASE):
        return tuple(map(_bare, decisions.redact))
    with Store.open(data / DATABASE) as store:
        return (*store_of.known(store), *of_decisions(store, decisions))
