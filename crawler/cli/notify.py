"""The commands that tell what was new, here or by mail and chat: digest, notify."""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from crawler.cli import common
from crawler.errors import ConfigError
from crawler.feeds.digest import FORMS
from crawler.run import files
from crawler.run import notify as sending
from crawler.run.digests import render
from crawler.run.notify import Given
from crawler.sources.notify import FILE, load_notify
from crawler.text import FIRST, LAST, counted, stamp


@click.command()
@common.data_option
@common.sources_option
@click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False),
    help="Who gets what.  [default: notify.yaml beside the registry]",
)  # fmt: skip
@click.option("--preview", is_flag=True, help="Print what would be sent; send nothing.")
@click.option("--again", metavar="ADDRESSEE", help="Send what is in doubt for ADDRESSEE once more, then what is due.")
@click.option("--leave", metavar="ADDRESSEE", help="Take what is in doubt for ADDRESSEE as delivered.")
def notify(data: Path, sources: Path, config: Path | None, preview: bool, again: str | None, leave: str | None) -> None:
    """Send each addressee of notify.yaml the digest that is due: by mail, or to a chat or webhook.

    Away from a terminal only what failed for the first time is printed. Exits with 1 while anything is not delivered.
    """
    registry = common.registry(sources)
    file = config or files.beside(sources, FILE)
    given = Given(
        data=data,
        file=file,
        settings=registry.settings,
        config=load_notify(file),
        environ=os.environ,
        now=datetime.now(UTC).replace(microsecond=0),
    )
    for addressee in filter(None, (again, leave)):
        count = sending.resolve(given, addressee, again=addressee == again)
        click.echo(f"{addressee}: {counted(count, 'entry')} no longer in doubt")
    if preview:
        click.echo("\n".join(sending.preview(given)) or "nothing is due")
        return
    failed = False
    for outcome in sending.notify(given):
        failed |= bool(outcome.trouble)
        if outcome.trouble and (outcome.is_new or sys.stdout.isatty()):
            click.echo(f"{outcome.addressee}: not delivered: {outcome.trouble}", err=True)
        elif not outcome.trouble and sys.stdout.isatty():
            click.echo(f"{outcome.addressee}: sent, {counted(outcome.entries, 'entry')}")
    sys.exit(1 if failed else 0)


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
    for given in (since, until):
        if given is not None and not FIRST.year <= given.year < LAST.year:
            raise ConfigError(f"{given.date()} is no day of the web; expected one of {FIRST.year} to {LAST.year - 1}")
    last = None if until is None else _end(until)
    first = None if since is None else _end(since - timedelta(days=1))
    click.echo(render(data, registry.settings, query, first, last, form), nl=False)


def _end(day: datetime) -> str:
    return stamp(day.replace(hour=23, minute=59, second=59, tzinfo=UTC))
