"""A crawl, as its command makes it: its options read, what it came to printed."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from crawler.archive import is_sample
from crawler.cli import common
from crawler.cli.heartbeat import beat
from crawler.cli.progress import show_progress
from crawler.cli.status import queue, summary
from crawler.errors import INTERRUPTED, ConfigError
from crawler.run import files
from crawler.run.options import DATABASE, SAMPLE, Options, check, check_names
from crawler.run.planned import plan
from crawler.run.publish import feeds as write_feeds
from crawler.run.status import mail, status, verdict
from crawler.run.under_way import telling
from crawler.sources import Registry
from crawler.store import Store
from crawler.text import counted


def crawl(given: Mapping[str, Any], *, strict: bool) -> int:
    """Crawl, publish, print what a person should know, and return the exit code."""
    from crawler.spiders.engine import crawl as run_engine

    options = _options(given)
    for_cron = options.due and not sys.stdout.isatty()
    with show_progress(quiet=for_cron) as show, telling(options.data, show) as tell:
        result = run_engine(options, progress=tell)
    write_feeds(options.data, options.registry.settings)
    with Store.open(options.data / DATABASE) as store:
        found = verdict(store, result.crawl)
        needed = mail(store, result.crawl, options.data) if for_cron else []
    if for_cron and result.interrupted:
        needed.append(queue(status(options.data)))
    for line in needed if for_cron else summary(options.data):
        click.echo(line)
    code = INTERRUPTED if result.interrupted else 1 if found.worse or (strict and found.unhealthy) else 0
    if not code and options.live:
        beat(options.registry)
    return code


def print_plan(given: Mapping[str, Any]) -> None:
    """Print by host the requests of the first complete crawl, and how long they take at its pace."""
    registry = common.registry(given["sources"])
    minutes = given["minutes"]
    check_names(registry, given["names"])
    hosts = plan(registry, given["data"], given["as_of"] or datetime.now(UTC), given["names"])
    click.echo(f"{'':<44}{'sources':>8}{'delay':>7}{'lists':>7}{'documents':>11}{'hours':>8}{'crawls':>8}")
    for each in hosts:
        documents = f"{each.documents:,}{'+' if each.is_least else ''}"
        figures = f"{each.sources:>8}{each.delay:>7g}{each.lists:>7,}{documents:>11}{each.hours:>8.1f}"
        click.echo(f"{each.name[:43]:<44}{figures}{each.nights(minutes):>8}")
    total, most = sum(each.requests for each in hosts), max((each.nights(minutes) for each in hosts), default=0)
    asked, crawls = f"{counted(total, 'request')} of {counted(len(hosts), 'host')}", counted(most, "crawl")
    click.echo(f"{asked}, in {crawls} of {minutes:g} minutes")
    click.echo("+: some lists do not say how many documents they have; what is not relevant is not asked for")


def _options(given: Mapping[str, Any]) -> Options:
    """Return what a crawl is asked to do, from the options of the command."""
    sources: Path = given["sources"]
    read = common.configured(sources)
    registry = read.registry
    decided, decided_text = files.decided(given["decisions"], sources)
    for file in given["replay"]:
        if is_sample(file) and registry.settings.authority != SAMPLE:
            raise ConfigError(f"{file}: sample captures are invented; they are read with authority {SAMPLE} only")
    if not given["replay"] and registry.settings.authority == SAMPLE and _asks_others(registry):
        raise ConfigError(f"{sources}: with authority {SAMPLE} its sources are invented; read them with --replay")
    options = Options(
        data=given["data"],
        registry=registry,
        sources_text=read.sources,
        local_text=read.local,
        decisions=decided,
        decisions_text=decided_text,
        names=given["names"],
        due=given["due"],
        replay=given["replay"],
        as_of=given["as_of"],
        minutes=given["minutes"],
        workers=given["workers"],
        cluster=given["cluster"],
    )
    check(options)
    return options


def _asks_others(registry: Registry) -> bool:
    """Return whether a source is on a host that is not this machine."""
    private = {name for name, host in registry.hosts.items() if host.private}
    return any(urlsplit(source.url).netloc not in private for source in registry.sources.values())
