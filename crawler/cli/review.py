"""The commands with which a person decides what belongs in the round-up: review, decide."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from crawler.cli import common
from crawler.errors import ConfigError
from crawler.feeds.plain import one_line
from crawler.public import review as queue
from crawler.public.database import FILE, Row, connect
from crawler.run import files
from crawler.run.files import decide as write
from crawler.run.publish import check_sample
from crawler.sources import Decided, PassageConfirmation
from crawler.text import counted, sentences
from crawler.wording import day, kind, legal

MAX_ASKED = 500
SENTENCES = 3
MAX_REASONS = 3
USUAL_WHY = "seen on review"
KEYS = {"i": "in", "o": "out", "l": "later", "q": "quit"}

_by = click.option("--by", metavar="INITIALS", help="Who decides.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """How a person is asked: ``key`` reads one key, ``line`` a line with its default, ``show`` prints a line."""

    key: Callable[[], str]
    line: Callable[[str, str], str]
    show: Callable[[str], None]


@click.command()
@common.data_option
@common.sources_option
@common.decisions_option
@_by
def review(data: Path, sources: Path, decisions: Path | None, by: str | None) -> None:
    """Ask on the terminal about each document that waits, and write each decision into decisions.yaml at once."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ConfigError("review asks on a terminal; for scripts there is roundup decide")
    registry = common.registry(sources)
    check_sample(data, registry.settings)
    decided, _ = files.decided(decisions, sources)
    file = decisions or files.beside(sources, "decisions.yaml")
    with closing(connect(data / FILE)) as public:
        waiting = [row for row in queue.waiting(public, MAX_ASKED) if row["id"] not in decided.relevance]
        texts = {row["id"]: queue.words(public, row["id"]) for row in waiting}
    terminal = Terminal(key=click.getchar, line=lambda text, default: _prompt(text, default), show=click.echo)
    initials = by or (_prompt("your initials", "") if waiting else "")
    ask(waiting, texts, terminal, lambda id, band, why: write(data, file, {id: _decided(band, initials, why)}))


def _prompt(text: str, default: str) -> str:
    answer: str = click.prompt(text, default=default or None, show_default=bool(default))
    return answer


def ask(
    waiting: Sequence[Row],
    texts: dict[str, str],
    terminal: Terminal,
    put: Callable[[str, Literal["in", "out"], str], None],
) -> None:
    """Ask about documents one after another; ``put`` writes a decision. Says at the end how many were decided."""
    start, done = time.monotonic(), 0
    for number, row in enumerate(waiting, 1):
        terminal.show(f"\n{number} of {len(waiting)}")
        for line in _described(row, texts.get(row["id"], "")):
            if shown := one_line(legal(line)):  # No words of a publisher command the terminal.
                terminal.show(shown)
        answer = _key(terminal)
        if answer == "quit":
            break
        if answer != "later":
            put(row["id"], "in" if answer == "in" else "out", terminal.line("why", USUAL_WHY))
            done += 1
    took = int(time.monotonic() - start)
    terminal.show(f"\n{counted(done, 'decision')} in {took // 60}:{took % 60:02}; {len(waiting) - done:,} left")


def _key(terminal: Terminal) -> str:
    terminal.show("[i]n, [o]ut, [l]ater, [q]uit?")
    while (answer := KEYS.get(terminal.key().lower())) is None:
        pass
    terminal.show(answer)
    return answer


def _described(row: Row, text: str) -> Iterator[str]:
    yield row["title"] or "No title"
    dated = f"published {day(row['published'])}" if row["published"] else ""
    since = f"waiting since {day(row['since'])}"
    yield " · ".join(
        part for part in (kind(row["kind"]), row["source_name"], row["jurisdiction"], dated, since) if part
    )
    yield " ".join(sentences(text)[:SENTENCES])
    reasons = sorted(json.loads(row["why"]), key=lambda each: -abs(float(each["weight"])))
    counts = [f"“{each['words']}” {float(each['weight']):+.1f}" for each in reasons if each["words"]][:MAX_REASONS]
    yield f"why it waits: {', '.join(counts) or 'no words of its title or summary decide'}"
    yield f"{row['id']}  {row['url']}"


@click.command()
@common.data_option
@common.sources_option
@common.decisions_option
@click.argument("id")
@click.argument("band", type=click.Choice(["in", "out", "confirmed"]))
@click.option("--passage", metavar="PATH", help="With confirmed: the passage that holds, though what it cites changed.")
@click.option("--by", required=True, metavar="INITIALS", help="Who decides.")
@click.option("--why", required=True, metavar="TEXT", help="Why; names nobody: it stays in the archive.")
def decide(
    data: Path, sources: Path, decisions: Path | None, id: str, band: str, passage: str | None, **said: str
) -> None:
    """Write into decisions.yaml that document ID is in or out, or a passage confirmed, from the next crawl on."""
    if (band == "confirmed") != bool(passage):
        raise click.UsageError("confirmed is said of a --passage, and of nothing else")
    files.decided(decisions, sources)
    known = id
    if (data / FILE).exists():
        with closing(connect(data / FILE)) as public:
            known = queue.known(public, id)
            if not known:
                raise ConfigError(f"{id}: no document with this id or address was read")
            if passage and not queue.has_passage(public, known, passage):
                raise ConfigError(f"{known}: no passage {passage!r} of it was read; /stale names those to check")
    file = decisions or files.beside(sources, "decisions.yaml")
    if passage:
        on = datetime.now(UTC).date().isoformat()
        write(data, file, PassageConfirmation(document=known, passage=passage, on=on, **said))
    else:
        write(data, file, {known: _decided("in" if band == "in" else "out", **said)})
    click.echo(f"{file}: {known}{' ' if passage else ''}{passage or ''}: {band}")


def _decided(band: Literal["in", "out"], by: str, why: str) -> Decided:
    return Decided(band=band, by=by, why=why, on=datetime.now(UTC).date().isoformat())
