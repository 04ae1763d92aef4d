"""The command that sends what is due: notify."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.cli import common
from crawler.run import files
from crawler.run import notify as sending
from crawler.run.notify import Given
from crawler.sources.notify import FILE, load_notify
from crawler.text import counted


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
