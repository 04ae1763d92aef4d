"""Commands that publish: serve, feeds, export."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from crawler.cli import common
from crawler.cli.progress import show_progress
from crawler.export import folder
from crawler.public.database import FILE
from crawler.run.publish import check_sample
from crawler.run.publish import export as write_public
from crawler.run.publish import feeds as write_feeds


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
