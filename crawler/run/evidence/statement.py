"""What goes with the evidence of a capture: a statement of what it proves and how it was made, and its facts."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crawler import __version__
from crawler.archive.excerpt import Extract
from crawler.archive.values import NOT_MODIFIED
from crawler.run.column_filter import NOTE
from crawler.store import Row
from crawler.store.evidence import COMPARED
from crawler.text import counted, stamp

_WIDTH = 92

_PROVES = (
    "It shows what a web server that was asked for the address below sent to the machine on which this software ran,"
    " at the time below by the clock of that machine. Every byte of the records is as it was written then."
)
_PROVES_NOT = (
    "It is not a certified copy. It does not prove who ran the software, that the clock was right, that the server was"
    " that of the publisher (certificates are not kept), or that others were sent the same. It carries no signature and"
    " no time stamp of a third party: whoever holds an archive could have changed it before this file was made. What it"
    " says can be compared with archives of others, and with what the publisher kept."
)
_METHOD = (
    "The software asks a server over HTTP under its own name, with a contact, within the rules of its robots.txt.",
    "Each answer is written to an archive file before anything reads it: status line, headers and body as they came,"
    " the content coding kept, the transfer coding undone. Bodies received before are referred to, not written again.",
    "Each record is a gzip member of its own with SHA-256 digests of its block and of its body. All of them were"
    " verified when this file was made.",
    "The journal notes what the software did beside: when a crawl began, with which version, and why an address was"
    " asked. Of the files it was set up with the digests are given, not the words.",
)
_FILES = {
    "SHA256SUMS": "SHA-256 of every other file; check with: sha256sum -c SHA256SUMS",
    "body-as-received.bin": "the body with the content coding in which it was sent",
    "capture.json": "the facts of this page, for programs",
    "capture.warc.gz": "the WARC records (ISO 28500): every request, redirect and answer, and what they refer to",
    "headers.txt": "the same requests and answers, without their bodies",
    "journal.jsonl": "the lines of the journal that concern them, one JSON object a line",
    "statement.txt": "this page",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureFacts:
    """What is told of a capture: its rows of ``fetches`` and ``crawls``, its hops and the one that was meant.

    ``withheld`` is why its body is left out, empty where it is not; ``bodies`` are the files that hold the body.
    """

    fetch: Row
    crawl: Row
    hops: tuple[Extract, ...]
    chosen: Extract
    withheld: str
    bodies: tuple[str, ...]


def statement(said: CaptureFacts, further: Sequence[CaptureFacts] = (), left_out: int = 0) -> str:
    """Return the statement, on one page where it is of one capture.

    ``further`` are the other captures behind an entry; ``left_out`` is how many more there are that are not given.
    """
    what = f"{len(further) + 1} CAPTURES OF WEB ADDRESSES" if further else "ONE CAPTURE OF A WEB ADDRESS"
    lines = [f"STATEMENT ON {what}", ""]
    if said.crawl["sample"]:
        lines += ["SAMPLE: invented text from the sample world of this software. It proves nothing.", ""]
    lines += ["What this file proves, and what not", *_filled(_proves(said)), *_filled(_PROVES_NOT)]
    for note in told_of(said):
        lines += _filled(f"Note: {note}")
    lines += ["", "Capture 1: where the main change was read" if further else "The capture", *_listed(said)]
    for number, each in enumerate(further, 2):
        lines += ["", *_further(number, each)]
    if left_out:
        lines += [
            "",
            *_filled(
                f"{counted(left_out, 'capture is', 'captures are')} left out: the publisher took down these pages."
            ),
        ]
    lines += ["", "How it was made", *(line for one in _METHOD for line in _filled(one))]
    lines += ["", "The files", *_named(said, further)]
    lines += ["", *_filled("If a digest does not fit, the file was changed after it was made: ask for it again.")]
    return "\n".join(lines) + "\n"


def _further(number: int, said: CaptureFacts) -> Iterator[str]:
    """Yield the lines on another capture behind an entry."""
    compared = said.fetch["part"] == COMPARED
    yield f"Capture {number}: {'what a change was compared with' if compared else 'what else the entry tells'}"
    yield from _listed(said)
    yield f"  {'Files:':<26}{', '.join((f'capture-{number}.json', *said.bodies))}"
    for note in told_of(said):
        yield from _filled(f"Note: {note}")


def _named(said: CaptureFacts, further: Sequence[CaptureFacts]) -> Iterator[str]:
    """Yield the lines that name every file."""
    bodies = dict.fromkeys(said.bodies, "the body")
    for number, each in enumerate(further, 2):
        bodies[f"capture-{number}.json"] = f"the facts of capture {number}, for programs"
        bodies |= dict.fromkeys(each.bodies, f"the body of capture {number}")
    for name in sorted({*_FILES, *bodies}):
        if name != "body-as-received.bin" or name in bodies:
            yield f"  {name:<26}{_FILES.get(name, bodies.get(name, ''))}"


def _listed(said: CaptureFacts) -> list[str]:
    return [f"  {name + ':':<26}{value}" for name, value in _facts(said)]


def told_of(said: CaptureFacts) -> Iterator[str]:
    """Yield what a reader of the evidence must know of this capture above all."""
    source = said.chosen.source.exchange
    if said.withheld:
        yield (
            f"the body is left out, because {said.withheld}. Its digest is given; so are the headers that name nobody."
        )
    elif source.redacted:
        yield f"the body was taken out of the archive for good, for this reason: {source.redacted}. Its digest stays."
    elif source.reduced:
        yield (
            "the body is not as received: parts were masked, or cut out of the archive, for good, for this reason:"
            f" {source.reduced}."
            " The digests below are those of what was received; that of what is left stands in the record and in"
            " SHA256SUMS."
        )
    if source.truncated:
        yield f"the body is not whole: receiving it ended early ({source.truncated})."
    if source.undecodable:
        yield f"the content coding could not be undone ({source.undecodable})."
    if any(name.lower() == NOTE.lower() for name, _ in source.headers):
        yield f"the body was reduced before it was archived; the header {NOTE} says how long it was, and its digest."
    if said.chosen.exchange.revisit == NOT_MODIFIED:
        yield (
            f"the server answered that nothing was modified. The body is the one that it sent on {stamp(source.time)}."
            if said.chosen.original
            else "the server answered that nothing was modified, and no body is kept that this refers to."
        )
    elif said.chosen.original:
        yield f"the body equals one that was received on {stamp(source.time)}, and was written then."


def facts(said: CaptureFacts) -> dict[str, Any]:
    """Return the facts of the capture, for programs."""
    source = said.chosen.source
    return {
        **{name.lower().replace(" ", "_"): value for name, value in _facts(said)},
        "notes": list(told_of(said)),
        "body_files": list(said.bodies),
        "hops": [
            {
                "url": hop.exchange.url,
                "method": hop.exchange.method,
                "status": hop.exchange.status,
                "time": stamp(hop.exchange.time),
                "place": str(hop.exchange.place),
                "record_id": hop.exchange.record_id,
                "refers_to": str(hop.original.exchange.place) if hop.original else "",
            }
            for hop in said.hops
        ],
        "payload_digest": source.exchange.payload_digest,
        "parsers": said.crawl["parsers"],
    }


def _proves(said: CaptureFacts) -> str:
    if said.crawl["live"]:
        return _PROVES
    return (
        "It shows what stood in a recording (a WARC file) that was read into this archive. Nothing was asked of a"
        " server then: times and answers are those of the recording, and who made it is not known here."
    )


def _facts(said: CaptureFacts) -> Iterator[tuple[str, str]]:
    chosen, source, row = said.chosen, said.chosen.source, said.fetch
    yield "Address asked", said.hops[0].exchange.url
    if len(said.hops) > 1:
        yield "Address that answered", chosen.exchange.url
        yield "Redirects", str(len(said.hops) - 1)
    yield "Method", chosen.exchange.method
    yield "Status", str(chosen.exchange.status)
    yield "Answered", stamp(chosen.exchange.time)
    yield "SHA-256 of the body", source.exchange.digest if row["status"] == 304 else row["digest"] or "none"
    yield "SHA-256 as received", source.exchange.payload_digest.removeprefix("sha256:") or "none"
    if said.bodies:
        yield "Bytes as received", str(len(source.answer.body))
    yield "In the archive", str(chosen.exchange.place)
    yield "Record", chosen.exchange.record_id
    yield "Crawl", f"{said.crawl['id']}, {'live' if said.crawl['live'] else 'a replay'}"
    yield "Recorded by", f"roundup {said.crawl['software']}"
    yield "Taken out by", f"roundup {__version__}"


def _filled(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False)
