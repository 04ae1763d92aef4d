"""The commands that record what sources answer now, and pack captures into WARC: record, pack."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import click

from crawler import archive
from crawler.cli import common
from crawler.cli.progress import show_progress
from crawler.cli.status import source_lines
from crawler.errors import ConfigError, StorageError
from crawler.run.options import ARCHIVE, DATABASE, Options, check
from crawler.run.status import status, verdict
from crawler.store import Store
from crawler.text import counted


@click.command()
@common.data_option
@common.sources_option
@common.decisions_option
@click.option(
    "--source", "names", multiple=True, required=True, metavar="ID", help="Source to record; may be repeated."
)
@common.minutes_option(10.0)
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
    if not os.access(out.parent, os.W_OK):
        raise StorageError(f"{out}: its directory is missing or cannot be written")
    read = common.configured(sources)
    with tempfile.TemporaryDirectory(prefix="roundup-") as scratch:
        options = Options(
            data=Path(scratch), registry=read.registry, sources_text=read.sources, local_text=read.local,
            names=names, minutes=minutes,
            redacted=common.load_redacted(data, decisions, sources),
        )  # fmt: skip
        check(options)
        with show_progress() as show:
            result = run_engine(options, progress=show)
        with Store.open(options.data / DATABASE) as store:
            found = verdict(store, result.crawl)
        lines = source_lines(status(options.data))
        try:
            shutil.copyfile(Path(scratch) / ARCHIVE / f"run-{result.crawl}.warc.gz", out)
        except OSError as error:
            raise StorageError(f"{out}: {error.strerror or error}") from error
    for line in lines:
        click.echo(line)
    click.echo(f"{out}: recorded")
    sys.exit(1 if found.unhealthy else 0)


@click.command()
@click.option("--sample", is_flag=True, help="Mark the captures as invented: they are never published for real.")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def pack(folder: Path, out: Path, sample: bool) -> None:
    """Pack a FOLDER of captures (*.capture.json with their bodies) into the WARC file OUT."""
    count = archive.pack(folder, out, sample=sample)
    click.echo(f"{out}: {counted(count, 'capture')}")
