"""The command that makes the site as files: publish."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.cli import common
from crawler.cli.progress import show_progress
from crawler.run import releases
from crawler.run.session import Progress
from crawler.sources import Settings
from crawler.text import counted


@click.command()
@click.argument("directory", metavar="DIR", type=common.Folder(path_type=Path, file_okay=False))
@common.data_option
@common.sources_option
@click.option("--live", metavar="ADDRESS", default="", help="A served site, for what files cannot answer.")
@click.option("--keep", type=click.IntRange(1), default=3, show_default=True, help="How many releases are kept.")
@click.option("--force", is_flag=True, help="Also publish a database that shrank, or was rolled back.")
@click.option("--rollback", is_flag=True, help="Show the release before.")
def publish(directory: Path, data: Path, sources: Path, live: str, keep: int, force: bool, rollback: bool) -> None:
    """Make the site as files, with data and feeds, and show it as DIR/current, for any server of files.

    Nothing is shown before all of it was made and checked; files that did not change stay. A database that lost more
    than a tenth of its documents or entries is refused.
    """
    if rollback:
        shown = releases.roll_back(directory)
        click.echo(f"{shown.path}: shown")
        return
    registry = common.registry(sources)
    common.finish_redaction(data)
    with show_progress() as show:
        order = releases.Publication(
            data=data, target=directory, settings=registry.settings, pages=_pages(registry.settings, live, show),
            code=f"{_code()} {live}", keep=keep, force=force,
        )  # fmt: skip
        done = releases.publish(order, show)
    for path in done.removed:
        click.echo(f"{path}: removed")
    words = counted(done.release.pages, "page") if done.is_new else "nothing changed"
    click.echo(f"{done.release.path}: {words}")


def _code() -> str:
    from crawler.publish.copy.make import code

    return code()


def _pages(settings: Settings, live: str, show: Progress) -> releases.Pages:
    from crawler.publish.copy.make import pages

    def made(public: Path, put: releases.Put) -> int:
        return pages(public, settings, live, put, show)

    return made
