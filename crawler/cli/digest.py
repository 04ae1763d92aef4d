"""The command that tells what was new in a period, grouped by facts: digest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from crawler.cli import common
from crawler.errors import ConfigError
from crawler.feeds.digest import FORMS
from crawler.run.digests import render
from crawler.text import stamp

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@common.data_option
@common.sources_option
@click.option(
    "--filter", "query", default="", metavar="QUERY",
    help="The filter, as in the address of a feed: role=local_authority&jurisdiction=England.",
)  # fmt: skip
@click.option("--since", type=DAY, metavar="DAY", help="First day.  [default: 7 days before the last]")
@click.option("--until", type=DAY, metavar="DAY", help="Last day.  [default: that of the newest crawl]")
@click.option("--form", type=click.Choice(list(FORMS)), default="text", show_default=True, help="What to write.")
def digest(data: Path, sources: Path, query: str, since: datetime | None, until: datetime | None, form: str) -> None:
    """Print what was new or changed for a filter in a period, by groups, and what could not be checked."""
    registry = common.registry(sources)
    if since is not None and until is not None and until < since:
        raise ConfigError(f"--until {until:%Y-%m-%d} is before --since {since:%Y-%m-%d}")
    last = None if until is None else _end(until)
    first = None if since is None else _end(since - timedelta(days=1))
    click.echo(render(data, registry.settings, query, first, last, form), nl=False)


def _end(day: datetime) -> str:
    return stamp(day.replace(hour=23, minute=59, second=59, tzinfo=UTC))
