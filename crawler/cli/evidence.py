"""The command that takes one capture out of the archive, for somebody else: evidence."""

from pathlib import Path

import click

from crawler.cli import common
from crawler.errors import ConfigError, StorageError
from crawler.run.evidence.capture import evidence as made

MAX_ADDRESS_CHARACTERS = 4000
"""Most characters of an address that is looked for."""


@click.command()
@common.data_option
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write it here.  [default: evidence-TIME-DIGEST.zip in this directory]",
)  # fmt: skip
@click.option(
    "--with-private", is_flag=True,
    help="With the body of a page that names people: a news release, a judgment. Keep such a file to yourself.",
)  # fmt: skip
@click.argument("capture")
def evidence(data: Path, out: Path | None, with_private: bool, capture: str) -> None:
    """Write a zip file with what a server answered, how that was recorded, and what it proves.

    CAPTURE is the SHA-256 of a body, the id of an entry (all captures behind it), or an address, of which the newest
    answer is meant.
    """
    if len(capture) > MAX_ADDRESS_CHARACTERS or not capture.isprintable():
        raise click.UsageError("CAPTURE is no SHA-256, id of an entry, or address: too long, or with unprintable bytes")
    common.settle_data(data)
    found = made(data, capture, with_private=with_private)
    path = out or Path(found.name)
    _write(path, found.data)
    click.echo(f"{path}: {len(found.data)} bytes")
    for line in found.told:
        click.echo(f"  {line[:1].upper()}{line[1:]}")


def _write(path: Path, data: bytes) -> None:
    """Write a file that is not there yet; the same bytes again are no mistake."""
    beside = path.with_name(f".{path.name}.part")
    try:
        if path.exists():
            if not path.is_file() or path.stat().st_size != len(data) or path.read_bytes() != data:
                raise ConfigError(f"{path}: exists already, and is another file")
            return
        with beside.open("wb") as file:
            file.write(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StorageError(f"{path}: {error.strerror or error}") from error
