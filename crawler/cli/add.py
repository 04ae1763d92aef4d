"""The command that proposes a source for a page that somebody wants watched: add."""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import click

from crawler import protocols
from crawler.add import proposals
from crawler.add.detect import PROTOCOLS, Proposal, Read, address_of, by_address, by_content, feeds_of, protocol_by_path
from crawler.add.yaml_lines import one_line, source_yaml, with_source
from crawler.cli import common
from crawler.cli.doctor import see
from crawler.errors import ConfigError, ParseError, RefusedError, StorageError
from crawler.model import Capture
from crawler.run import files
from crawler.run.files import write_whole
from crawler.run.options import Options, check
from crawler.sources import Registry, loads
from crawler.sources.overlay import FILE as LOCAL
from crawler.sources.yaml_positions import read_text
from crawler.worker import Worker

See = Callable[[str], tuple[Capture | None, str]]
"""Asks for an address: gives its answer, or none, and why not."""

NOT_RECORDED = "no capture of it in the files replayed"
MISSING = (404, 410)
MAX_NAMED = 3
"""Most other kinds, or publishers, that a comment names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of an address: a proposal, or none; when it answered; why it cannot be read; and what else to say."""

    proposal: Proposal | None = None
    time: datetime | None = None
    unread: str = ""
    notes: tuple[str, ...] = ()


@click.command()
@common.sources_option
@click.option(
    "--protocol", type=click.Choice(PROTOCOLS), metavar="PROTOCOL",
    help=f"Read it as this, whatever it looks like: {', '.join(PROTOCOLS)}.",
)  # fmt: skip
@click.option(
    "--replay", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="WARC",
    help="Look at this archive instead of the network; may be repeated.",
)  # fmt: skip
@common.minutes_option(5.0)
@click.option("--yes", is_flag=True, help="Write the entry without asking.")
@click.argument("url")
def add(sources: Path, protocol: str | None, replay: tuple[Path, ...], minutes: float, yes: bool, url: str) -> None:
    """Propose the source that would watch URL, and after a yes write it into local.yaml.

    The entry goes to standard output; on a terminal it asks. A source that watches URL already is named. Exits with 1
    if the page cannot be read: its entry is then switched off.
    """
    read = common.configured(sources)
    registry = read.registry
    address = address_of(url)
    proposals.check(registry, protocol_by_path(address))
    known = None if protocol else by_address(address)
    if told := proposals.watching_source(registry, address, known):
        _say(told)
        return
    found = Found(proposal=known)
    if known is None:
        options = Options(
            data=Path("sources"), registry=registry, sources_text=read.sources, local_text=read.local,
            replay=replay, minutes=minutes, look=True,
        )  # fmt: skip
        check(options)
        with tempfile.TemporaryDirectory(prefix="roundup-") as scratch, Worker() as worker:
            found = looked(
                address.partition("#")[0], _see(options, Path(scratch)), worker.read, registry, protocol or ""
            )
    _say(*found.notes, *([f"{address}: {found.unread}"] if found.unread else []))
    if found.proposal is not None:
        told = proposals.watching_source(registry, found.proposal.url, found.proposal)
        _say(told)
        if not told:
            entry = _proposed(registry, read.local, address, found, found.proposal)
            _write(files.beside(sources, LOCAL), sources, entry, asked=not yes)
    sys.exit(1 if found.unread else 0)


def _say(*lines: str) -> None:
    for line in lines:
        if line:
            click.echo(one_line(line), err=True)


def _see(options: Options, scratch: Path) -> See:
    """Return what asks for an address; each look has a directory of its own."""

    def ask(url: str) -> tuple[Capture | None, str]:
        place = Path(tempfile.mkdtemp(dir=scratch))
        look, capture = see(replace(options, data=place / "sources"), url)
        return capture, "; ".join(look.differs) or "no answer"

    return ask


def looked(url: str, ask: See, read: Read, registry: Registry, wanted: str = "") -> Found:
    """Return what a look at a page comes to, and at the first feed it names that no source watches yet."""
    capture, reason = ask(url)
    if capture is None:
        # A replay that does not hold a page says nothing about it.
        return Found(unread=reason, proposal=None if NOT_RECORDED in reason else protocol_by_path(url))
    if not wanted and (known := by_address(capture.url)) is not None:
        return Found(proposal=known, notes=(f"It leads to {capture.url}",))
    try:
        found = Found(proposal=by_content(capture, read, wanted=wanted), time=capture.time)
    except RefusedError as error:
        return _refused(url, capture, error)
    except ParseError as error:
        found = Found(proposal=protocol_by_path(url), unread=error.reason, time=capture.time)
    is_feed = found.proposal is not None and found.proposal.protocol in ("feed", "sitemap", "europol")
    return found if wanted or is_feed else _fed(capture, found, ask, read, registry)


def _refused(url: str, capture: Capture, error: RefusedError) -> Found:
    """Return what an answer that is no document comes to: no entry at all for a page that is not there."""
    if capture.status in MISSING or error.kind == "soft404":
        return Found(unread=f"there is no such page: {error.reason}")
    return Found(proposal=protocol_by_path(url), unread=error.reason, time=capture.time)


def _fed(page: Capture, found: Found, ask: See, read: Read, registry: Registry) -> Found:
    """Return the first feed that a page names and no source watches, if it can be read; else what the page came to."""
    notes = []
    for feed in feeds_of(page):
        if told := proposals.watching_source(registry, feed, None):
            notes.append(f"It names a feed: {told}")
            continue
        try:
            capture, reason = ask(feed)
            if capture is not None:
                proposal = by_content(capture, read, wanted="feed")
                other = "The page names this feed. To watch the page itself: --protocol page, or --protocol listing"
                return Found(proposal=proposal, time=capture.time, notes=(*notes, other))
        except (ConfigError, ParseError) as error:
            reason = error.reason if isinstance(error, ParseError) else str(error)
        notes.append(f"It names a feed, {feed}, which cannot be read: {reason}")
        break
    return replace(found, notes=(*found.notes, *notes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A source as it is written, and the line of its publisher where the registry has none."""

    source: str
    publisher: str = ""


def _proposed(registry: Registry, local: str, address: str, found: Found, proposal: Proposal) -> Entry:
    """Print the entry of a proposal, with what a person has to decide as comments, and return it."""
    owner = proposals.owner_of(registry, proposal, address)
    day = f"{found.time.day} {found.time:%B %Y}" if found.time else ""
    off = f"cannot be checked: {found.unread}{f' ({day})' if day else ''}. An answer that can be read would confirm it"
    keys = proposals.keys_of(registry, proposal, owner.id, one_line(off) if found.unread else "")
    asked = f"it answered on {day}" if day else "this address was not asked: run roundup doctor"
    comments = {
        "kind": f"a guess; or {_few(proposal.kinds)}?" if proposal.kinds else "",
        "publisher": "new: read its licence" if owner.new else f"or {_few(owner.others)}?" if owner.others else "",
        "evidence": "" if found.unread else asked,
    }
    above = list(proposal.notes) if proposal.protocol == "listing" else []
    indent, line = proposals.indent_of(local), proposals.publisher_line(owner.new) if owner.new else ""
    block = ("A new publisher. Read its licence at its source. It belongs into the block publishers:", f"  {line}")
    click.echo(source_yaml(keys, comments, [*above, *(block if line else ())], indent), nl=False)
    _say(*([] if proposal.protocol == "listing" else proposal.notes), proposals.overlap_note(registry, proposal))
    if proposal.protocol in ("feed", "listing", "sitemap") and not found.unread:
        _say(
            "If it tells of much else too, add keep: relevant",
            "It may not show every edit of its documents: audit: 0.03 asks each again within about 33 crawls",
        )
    return Entry(source=source_yaml(keys, comments, above, indent), publisher=line)


def _write(file: Path, sources: Path, entry: Entry, *, asked: bool) -> None:
    """Write an entry into local.yaml, where a person says yes; the file must be right with it."""
    if asked and not (sys.stdin.isatty() and sys.stdout.isatty()):
        _say(f"Append it to the sources in {file}, or run this again with --yes; then roundup check")
        return
    if asked and not click.confirm(f"Write it into {file}?", err=True):
        return
    before = read_text(file) if file.exists() else ""
    text = with_source(before, entry.source, entry.publisher, str(file))
    loads(read_text(sources), str(sources), protocols.OPTIONS, local=text, local_name=str(file))
    try:
        write_whole(file, text)
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror or error}") from error
    _say(f"{file}: written")


def _few(names: tuple[str, ...]) -> str:
    return ", ".join(names[:MAX_NAMED]) + (" \u2026" if len(names) > MAX_NAMED else "")
