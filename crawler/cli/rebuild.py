"""The command that makes database and feeds again from the archive: rebuild."""

from pathlib import Path

import click

from crawler.cli import common
from crawler.cli.progress import show_progress
from crawler.run.options import ARCHIVE, DATABASE
from crawler.run.rebuild import rebuild as rebuild_all
from crawler.text import counted


@click.command()
@common.data_option
@click.option("--accept-loss", is_flag=True, help="Go on without what the archive lost for good; says what that is.")
@common.workers_options
def rebuild(data: Path, accept_loss: bool, workers: int | None, cluster: str) -> None:
    """Make the database and the feeds anew, from the archive alone.

    An archive that lost something is refused; --accept-loss gives it up, and notes so in the archive and as an issue.
    """
    with show_progress() as show:
        made = rebuild_all(data, show, accept_loss=accept_loss, workers=workers, cluster=cluster)
    for lost in made.lost:
        click.echo(f"lost: {lost}")
    if accept_loss and not made.lost:
        click.echo(f"{data / ARCHIVE}: nothing is lost")
    click.echo(f"{data / DATABASE}: made anew from {counted(made.records, 'record')} of the archive")
