"""Commands that publish: serve, feeds, export, publish."""

import os
import sys
from pathlib import Path

import click

from crawler.cli import common
from crawler.cli.progress import show_progress
from crawler.export import folder
from crawler.public.database import FILE
from crawler.run import releases
from crawler.run.publish import check_sample
from crawler.run.publish import export as write_public
from crawler.run.publish import feeds as write_feeds
from crawler.run.session import Progress
from crawler.sources import Settings
from crawler.text import counted


@click.command()
@common.data_option
@common.sources_option
def feeds(data: Path, sources: Path) -> None:
    """Write the feeds as files."""
    registry = common.registry(sources)
    common.settle_data(data)
    written = write_feeds(data, registry.settings)
    click.echo("\n".join(f"{path}: written" for path in written) or "the feeds are as they were")


@click.command()
@common.data_option
@click.option(
    "--to", "target", type=common.Folder(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Also write a folder that a plain Datasette serves: datasette serve FOLDER.",
)  # fmt: skip
def export(data: Path, target: Path | None) -> None:
    """Write the public database, which a crawl and a rebuild do by themselves."""
    common.settle_data(data)
    if target is not None and (data / FILE).is_file() and not os.access(data, os.W_OK):
        click.echo(f"{data / FILE}: as it was: its directory is read-only")
    else:
        with show_progress() as show:
            click.echo(f"{write_public(data, show)}: written")
    if target is not None:
        click.echo("\n".join(f"{path}: written" for path in folder(data / FILE, target)))


@click.command()
@common.data_option
@common.sources_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port to serve on.")
@click.option("--base-url", default="/", show_default=True, help="Path the site is mounted on behind a proxy.")
@click.option("--sql/--no-sql", default=True, show_default=True, help="Let readers write SQL of their own.")
def serve(data: Path, sources: Path, host: str, port: int, base_url: str, sql: bool) -> None:
    """Serve the site, with Datasette, until interrupted."""
    registry = common.registry(sources)
    settings = registry.settings
    common.finish_redaction(data)  # All else that is shown stands in the public database: a server writes nothing.
    check_sample(data, settings)
    click.echo(f"http://{host}:{port}{base_url}")
    options = {
        "public-url": settings.public_url, "authority": settings.authority,
        "base-url": base_url, "host": host, "port": str(port),
        "run-by": settings.run_by, "contact": settings.contact_public, "logs": settings.logs,
    }  # fmt: skip
    become("site", str(data / FILE), *(f"--{each}={options[each]}" for each in options), *([] if sql else ["--no-sql"]))


def become(*arguments: str) -> None:
    """Make this process another command: a server keeps nothing in memory of what only its preparation needed."""
    os.execve(sys.executable, [sys.executable, "-m", "crawler", *arguments], environment())


def environment() -> dict[str, str]:
    """Return the environment of a server: its threads share one arena of glibc's, which gives memory back."""
    return {"MALLOC_ARENA_MAX": "1", **os.environ}


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
    from crawler.publish.copy.walk import code

    return code()


def _pages(settings: Settings, live: str, show: Progress) -> releases.Pages:
    from crawler.publish.copy.walk import pages

    def made(public: Path, put: releases.Put) -> int:
        return pages(public, settings, live, put, show)

    return made
