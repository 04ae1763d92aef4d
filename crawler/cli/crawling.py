"""Commands that read: crawl, rebuild, record."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from crawler.archive import is_sample
from crawler.cli import common
from crawler.cli.progress import shown
from crawler.errors import ConfigError, StorageError
from crawler.run.options import ARCHIVE, DATABASE, SAMPLE, Options, check
from crawler.run.publish import feeds as write_feeds
from crawler.run.rebuild import rebuild as rebuild_all
from crawler.run.status import UNHEALTHY, status, verdict
from crawler.sources import Registry
from crawler.store import Store
from crawler.text import counted

FAULTS = 20
"""Faults of one source that are told in plain lines."""


@click.command()
@common.data_option
@common.sources_option
@common.decisions_option
@click.option("--source", "names", multiple=True, metavar="ID", help="Only this source; may be repeated.")
@click.option("--due", is_flag=True, help="Only sources whose schedule says so: for cron.")
@click.option(
    "--replay", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="WARC",
    help="Read this archive instead of the network; may be repeated.",
)  # fmt: skip
@click.option("--as-of", type=common.Time(), metavar="TIME", help="The time to take for now, as ISO 8601.")
@click.option("--minutes", type=click.FloatRange(min=0.01), default=50.0, show_default=True, help="Deadline.")
@click.option("--strict", is_flag=True, help="Exit with 1 while any source is unhealthy.")
def crawl(strict: bool, **given: Any) -> None:
    """Read what is new at the sources, and say what changed.

    Without --due every enabled source is read. A crawl that was killed is continued.
    """
    from crawler.spiders.engine import crawl as run_engine

    options = _options(given)
    with shown() as show:
        result = run_engine(options, progress=show)
    write_feeds(options.data, options.registry.settings)
    with Store.open(options.data / DATABASE) as store:
        found = verdict(store, result.crawl)
    for line in summary(options.data):
        click.echo(line)
    sys.exit(1 if found.worse or (strict and found.unhealthy) else 0)


def _options(given: Mapping[str, Any]) -> Options:
    """Return what a crawl is asked to do, from the options of the command."""
    sources: Path = given["sources"]
    registry, text = common.registry(sources)
    decided, decided_text = common.decided(given["decisions"], sources)
    for file in given["replay"]:
        if is_sample(file) and registry.settings.authority != SAMPLE:
            raise ConfigError(f"{file}: sample captures are invented; they are read with authority {SAMPLE} only")
    if not given["replay"] and registry.settings.authority == SAMPLE and _asks_others(registry):
        raise ConfigError(f"{sources}: with authority {SAMPLE} its sources are invented; read them with --replay")
    options = Options(
        data=given["data"],
        registry=registry,
        sources_text=text,
        decisions=decided,
        decisions_text=decided_text,
        names=given["names"],
        due=given["due"],
        replay=given["replay"],
        as_of=given["as_of"],
        minutes=given["minutes"],
    )
    check(options)
    return options


def _asks_others(registry: Registry) -> bool:
    """Return whether a source is on a host that is not this machine."""
    private = {name for name, host in registry.hosts.items() if host.private}
    return any(urlsplit(source.url).netloc not in private for source in registry.sources.values())


def summary(data: Path) -> list[str]:
    """Return what a crawl came to, as plain lines: a source a line, its faults below it; then our own issues."""
    found = status(data)
    lines = read_of(found)
    lines += [f"this round-up: {issue['kind']} since {issue['since']}: {issue['detail']}" for issue in found["issues"]]
    if found["review"]["waiting"]:
        waiting = found["review"]
        lines.append(
            f"{waiting['waiting']} waiting for a decision on /review, the oldest since {waiting['oldest'][:10]}"
        )
    return [*lines, f"{counted(found['issues_open'], 'issue')} open"]


def read_of(found: Mapping[str, Any]) -> list[str]:
    """Return what a status says of the sources that were walked, a line each, with their open alarms below.

    Where a source is unhealthy without any alarm, as when none of its single pages could be read, its notes are given.
    """
    lines = []
    for source in found["sources"]:
        if source["outcome"] in ("switched off", "never walked"):
            continue
        lines.append(
            f"{source['outcome']:<12} {source['id']}: {source['documents']} listed, {source['new']} new,"
            f" {source['changed']} changed, {counted(source['requests'], 'request')}"
        )
        faults = [issue for issue in source["issues"] if issue["severity"] == "alarm"]
        if not faults and source["outcome"] in UNHEALTHY:
            faults = source["issues"]
        lines += [
            f"             {issue['kind']} since {issue['since']}: {issue['detail']}" for issue in faults[:FAULTS]
        ]
        if len(faults) > FAULTS:
            lines.append(f"             {counted(len(faults) - FAULTS, 'more issue')}: see status --json")
    return lines


@click.command()
@common.data_option
@click.option("--accept-loss", is_flag=True, help="Go on without what the archive lost for good; says what that is.")
def rebuild(data: Path, accept_loss: bool) -> None:
    """Make the database and the feeds anew, from the archive alone.

    An archive that lost something is refused; --accept-loss gives it up, and notes so in the archive and as an issue.
    """
    with shown() as show:
        made = rebuild_all(data, show, accept_loss=accept_loss)
    for lost in made.lost:
        click.echo(f"lost: {lost}")
    if accept_loss and not made.lost:
        click.echo(f"{data / ARCHIVE}: nothing is lost")
    click.echo(f"{data / DATABASE}: made anew from {counted(made.records, 'record')} of the archive")


@click.command()
@common.data_option
@common.sources_option
@common.decisions_option
@click.option(
    "--source", "names", multiple=True, required=True, metavar="ID", help="Source to record; may be repeated."
)
@click.option("--minutes", type=click.FloatRange(min=0.01), default=10.0, show_default=True, help="Deadline.")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def record(
    data: Path, sources: Path, decisions: Path | None, names: tuple[str, ...], minutes: float, out: Path
) -> None:
    """Record what sources answer now into the WARC file OUT, for tests and for reading later with --replay.

    Neither database nor feeds are touched; what was redacted is not recorded. Exits with 1 if a source is unhealthy.
    """
    from crawler.spiders.engine import crawl as run_engine

    if out.exists():
        raise ConfigError(f"{out}: exists already")
    registry, text = common.registry(sources)
    with tempfile.TemporaryDirectory(prefix="roundup-") as scratch:
        options = Options(
            data=Path(scratch), registry=registry, sources_text=text, names=names, minutes=minutes,
            redacted=common.redacted(data, decisions, sources),
        )  # fmt: skip
        check(options)
        with shown() as show:
            result = run_engine(options, progress=show)
        with Store.open(options.data / DATABASE) as store:
            found = verdict(store, result.crawl)
        lines = read_of(status(options.data))
        try:
            shutil.copyfile(Path(scratch) / ARCHIVE / f"run-{result.crawl}.warc.gz", out)
        except OSError as error:
            raise StorageError(f"{out}: {error.strerror or error}") from error
    for line in lines:
        click.echo(line)
    click.echo(f"{out}: recorded")
    sys.exit(1 if found.unhealthy else 0)
