"""The command that packs captures into WARC: pack."""

from __future__ import annotations

from pathlib import Path

import click

from crawler import archive
from crawler.text import counted


@click.command()
@click.option("--sample", is_flag=True, help="Mark the captures as invented: they are never published for real.")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def pack(folder: Path, out: Path, sample: bool) -> None:
    """Pack a FOLDER of captures (*.capture.json with their bodies) into the WARC file OUT."""
    count = archive.pack(folder, out, sample=sample)
    click.echo(f"{out}: {counted(count, 'capture')}")
