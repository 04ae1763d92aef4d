"""An entry as plain text and as Markdown: for papers and tickets. Nothing is wrapped."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crawler.feeds import labels
from crawler.feeds.content import MAX_DIFFERENCES, MAX_RUN_CHARACTERS, facts, in_force_said, published_as, seen_as
from crawler.feeds.entry import Entry, EntryChange, event_words, place, quoted_words
from crawler.feeds.feed import Feed, link
from crawler.feeds.labels import dated_headline, verb
from crawler.model import Word
from crawler.text import counted, sentences
from crawler.wording import changed, day, minute

NOTICE = "A finding aid, not legal advice and not an official record. Open the official page before you act."
SAMPLE = "Sample: invented text, not law."

TAIL = 24
"""Most characters beside the mark of a cut by which it is known where the words stand."""

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPECIAL = re.compile(r"([\\`*_\[\]#|~])")
_STARTING = re.compile(r"^([-+=]|\d{1,9}[.)](?=\s|$))")
_ADDRESS = re.compile(r"://|@|(?<=www)\.", re.IGNORECASE)
CONSOLIDATED = re.compile(r"0\d{4}[A-Z]{1,2}\d{4}-\d{8}")
"""The CELEX number of a consolidated text of the EU."""
_CELEX = re.compile(r"CELEX:3\d{4}[A-Z]{1,2}\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterEntry:
    """A later entry about the same document: its title, the day it was seen, and its address (or id)."""

    title: str
    day: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryContext:
    """What is known around an entry: of its document as it stands now, of its publisher, and what came later.

    ``label`` names the version that the entry tells of, as its publisher does ("3.8"); ``status`` is the legal status.
    ``copy`` is the address of our copy, ``official`` that of each difference told in the official text, in their order;
    each is empty where there is none. ``described`` are its publisher's words in full, where the summary has them cut.
    ``read`` and ``digest`` are those of the capture of the main change, ``more`` is
    how many other captures there are.
    """

    label: str = ""
    status: str = ""
    described: str = ""
    licence: str = ""
    licence_url: str = ""
    attribution: str = ""
    copy: str = ""
    official: tuple[str, ...] = ()
    later: tuple[LaterEntry, ...] = ()
    read: str = ""
    digest: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One statement: a label, then one value on its line, or several as a list; each a text and perhaps an address."""

    label: str
    values: tuple[tuple[str, str], ...]
    listed: bool = False


def text(entry: Entry, feed: Feed, around: EntryContext) -> str:
    """Return an entry as plain text, with a line break at its end."""
    lines = [one_line(dated_headline(entry))]
    for group in _groups(entry, feed, around):
        lines.append("")
        for part in group:
            shown = [one_line(f"{words} <{url}>" if words and url else words or url) for words, url in part.values]
            if part.listed:
                lines += [f"{part.label}:", *(f"- {one}" for one in shown)]
            else:
                lines.append(": ".join(one for one in (part.label, *shown) if one))
    return "\n".join(lines) + "\n"


def markdown(entry: Entry, feed: Feed, around: EntryContext) -> str:
    """Return an entry as Markdown (CommonMark), in which nothing of a publisher's is markup or HTML."""
    lines = [f"# {escape_markdown(dated_headline(entry))}"]
    for group in _groups(entry, feed, around):
        lines.append("")
        for part in group:
            shown = [_linked(words, url) for words, url in part.values]
            label = f"**{escape_markdown(part.label)}:**" if part.label else ""
            if part.listed:
                lines += [f"- {label}", *(f"  - {one}" for one in shown)]
            else:
                line = " ".join(one for one in (label, *shown) if one)
                lines.append(f"- {line}" if len(group) > 1 else line)
    return "\n".join(lines) + "\n"


def escape_markdown(given: str) -> str:
    r"""Return a text as Markdown that shows it and nothing else, on one line.

    >>> escape_markdown("a <b>*bold*</b> [x](javascript:1)\n# y & 1"), escape_markdown("1. not a list"), escape_markdown("https://x.example")
    ('a &lt;b&gt;\\*bold\\*&lt;/b&gt; \\[x\\](javascript:1) \\# y &amp; 1', '1\\. not a list', 'https\\://x.example')
    """
    line = one_line(given).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _STARTING.sub(lambda found: f"{found[1][:-1]}\\{found[1][-1]}", _SPECIAL.sub(r"\\\1", line))
    return _ADDRESS.sub(lambda found: f"\\{found[0]}", line)


def citation(entry: Entry, feed: Feed, around: EntryContext) -> str:
    """Return the line with which to cite an entry: what was published, and as what it was read."""
    dated = entry.updated_by_publisher or entry.published
    how = "updated" if entry.updated_by_publisher else published_as(entry).lower()
    what = (
        entry.publisher_name,
        f"“{entry.document_title or entry.title}”",
        around.label if not dated or around.label != how else "",
        f"{how} {day(dated)}" if dated else "",
        link(_official(entry.url, around.label)),
    )
    time = around.read or entry.capture_time
    digest = around.digest if around.read else entry.capture_digest
    read = (
        f"as read on {minute(time)}" if time else "",
        f"SHA-256 {digest}" if digest else "",
        f"and {counted(around.more, 'more page read', 'more pages read')}" if around.more else "",
        address(entry, feed),
    )
    return cited(what, read)


def cited(what: Iterable[str], read: Iterable[str]) -> str:
    """Return a line with which to cite: what was published, then as what it was read."""
    halves = (", ".join(one for one in half if one) for half in (what, read))
    return one_line("; ".join(filter(None, halves))) + "."


def in_full(entry: Entry, described: str) -> str:
    """Return what a publisher says of something new in full where the summary has these words cut, else nothing."""
    pieces = [piece.strip() for piece in entry.summary.split("…")]
    ends = [each[-TAIL:].rpartition(". ")[2] for each in pieces[:-1]]
    beside = [*ends, *(each[:TAIL].partition(". ")[0] for each in pieces[1:])]
    is_begun = len(first := next(iter(sentences(described)), "")) > TAIL and first in entry.summary
    is_cut = is_begun or any(piece and piece in described for piece in beside)
    return described if entry.kind == "new" and is_cut and described not in entry.summary else ""


def _official(url: str, label: str) -> str:
    """Return the official page of what was read: of a consolidated text its own, where that of its act is known.

    >>> page = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32014R0596"
    >>> _official(page, "consolidated text of 4 December 2024, CELEX 02014R0596-20241204 (004.001)")
    'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:02014R0596-20241204'
    >>> _official(page, "as published") == page
    True
    """
    found = CONSOLIDATED.search(label)
    return _CELEX.sub(f"CELEX:{found[0]}", url) if found else url


def address(entry: Entry, feed: Feed) -> str:
    """Return where an entry stands for ever, or its id where the site has no public address."""
    return feed.address(f"entry/{entry.id}") or feed.entry_id(entry)


def _groups(entry: Entry, feed: Feed, around: EntryContext) -> Iterator[tuple[_Part, ...]]:
    """Yield what an entry says, in groups, in the order of reading; no group is empty."""
    top = (SAMPLE if feed.sample else "", labels.state(entry))
    body = (
        (*(_one("", said) for said in top), _many("Later entries about this document", _later(around))),
        (
            _one("What happened", verb(entry) if entry.has_document else changed(entry.kind)),
            _one("In short", entry.summary),
            _one("In its publisher\u2019s words", around.described),
        ),
        (_many("Documents", ((labels.document_line(one), link(one.url)) for one in entry.documents)),),
        tuple(_one(name, value) for name, value in labelled_facts(entry, around)),
        tuple(_many(label, _plain(found)) for label, found in labels.lists(entry)),
        tuple(_one(label, found) for label, found in labels.found_under(entry)),
        (_one("Note by the publisher", _note(entry)), _one("This comes late", entry.late)),
        (_many("What changed", _told(entry, around)),),
        (_many("The same elsewhere", ((labels.copy_label(one), link(one.url)) for one in entry.copies)),),
        tuple(_sources(entry, feed, around)),
        (_one("To cite", citation(entry, feed, around)),),
        (_one("", NOTICE),),
    )
    for group in body:
        parts = (replace(part, values=tuple(each for each in part.values if one_line("".join(each)))) for part in group)
        if found := tuple(part for part in parts if part.values):
            yield found


def labelled_facts(entry: Entry, around: EntryContext) -> Iterator[tuple[str, str]]:
    """Yield the labelled facts of an entry with its legal weight; what a publisher does not state is "not stated"."""
    dates = (published_as(entry), "Updated by the publisher", "In force", seen_as(entry))
    known = {**dict(facts(entry, around.status)), "In force": day(in_force_said(entry))}
    for name, value in known.items():
        yield name, (value or ("not stated" if name in dates else "")) if entry.has_document else ""


def _sources(entry: Entry, feed: Feed, around: EntryContext) -> Iterator[_Part]:
    """Yield where everything can be checked."""
    digest = f", SHA-256 {entry.capture_digest}" if entry.capture_digest else ""
    yield _one("Official page", "", link(entry.url))
    yield _one("As we read it", "", around.copy)
    yield _one("Read", f"{minute(entry.capture_time)}{digest}" if entry.capture_time else "")
    yield _one("Licence of the publisher", around.licence, link(around.licence_url))
    yield _one("", around.attribution)
    here = address(entry, feed)
    yield _one("This entry", *(("", here) if here.startswith("http") else (here, "")))


def _told(entry: Entry, around: EntryContext) -> Iterator[tuple[str, str]]:
    """Yield each difference in one line: where, what, and the words with what was removed and added."""
    official = (*around.official, *[""] * len(entry.told))
    for one, url in zip(entry.told[:MAX_DIFFERENCES], official, strict=False):
        yield _difference(one), link(url)
    if len(entry.told) > MAX_DIFFERENCES:
        yield counted(len(entry.told) - MAX_DIFFERENCES, "more difference"), ""


def _difference(told: EntryChange) -> str:
    where, what = place(told), event_words(told)
    named = where if where == what else f"{where} ({what.lower()})"
    words = "".join(_marked(word) for word in quoted_words(told.words, run=MAX_RUN_CHARACTERS)).replace("][", "] [")
    duty = "; ".join(labels.duty_words(told.duty))
    return (f"{named}: {words}" if words.strip() else named) + (f" ({duty})" if duty else "")


def _marked(word: Word) -> str:
    """Return a run of words as plain text; a mark says which were removed and which added, the space stays outside."""
    name = {"+": "added", "-": "removed"}.get(word.op)
    if name is None or not word.text.strip():
        return word.text
    bare = word.text.strip()
    return word.text.replace(bare, f"[{name}: {bare}]", 1)


def _later(around: EntryContext) -> Iterator[tuple[str, str]]:
    return ((f"{one.title} ({day(one.day)})", one.address) for one in around.later)


def _note(entry: Entry) -> str:
    return "" if entry.note in entry.summary else entry.note


def _one(label: str, words: str, url: str = "") -> _Part:
    return _Part(label=label, values=((words, url),))


def _many(label: str, values: Iterable[tuple[str, str]]) -> _Part:
    return _Part(label=label, values=tuple(values), listed=True)


def _plain(values: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((one, "") for one in values)


def _linked(words: str, url: str) -> str:
    if not url:
        return escape_markdown(words)
    return f"[{escape_markdown(words)}](<{url}>)" if words else f"<{url}>"


def one_line(given: str) -> str:
    """Return a text on one line, without marks that turn the direction of the words around them."""
    return " ".join(_TURNING.sub("", given).split())
