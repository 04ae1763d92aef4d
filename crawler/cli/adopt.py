"""The command that makes a report of doctor into fixtures: adopt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from crawler.cli import common
from crawler.errors import StorageError
from crawler.run.adopting import Adopted, adopt, raised, raw_sources, read_report
from crawler.sources.yaml_positions import compose, read_text
from crawler.text import counted

OUT = Path("tests/adopted")


@click.command("adopt")
@common.sources_option
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=OUT, show_default=True,
    help="Folder for the fixtures.",
)  # fmt: skip
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def adopt_report(folder: Path, sources: Path, out: Path) -> None:
    """Make a report of doctor into fixtures, and raise the evidence of what answered as expected to recorded.

    What answered otherwise becomes a fixture, too, and is told; its evidence stays.
    """
    common.registry(sources)
    text = read_text(sources)
    value: Any = compose(text, str(sources)).value
    known = {each["id"]: each for each in raw_sources(value)}
    day, told = read_report(folder)
    found: list[Adopted] = []
    for each in told:
        if (raw := known.get(each["id"])) is None:
            click.echo(f"unknown  {each['id']}: {sources} has it no more")
            continue
        found.append(adopt(folder, each, raw, value["publishers"][raw["publisher"]], out))
        if not found[-1].differs:
            text = raised(text, each["id"], day)
    try:
        sources.write_text(text, "utf-8")
    except OSError as error:
        raise StorageError(f"{sources}: {error.strerror or error}") from error
    for one in found:
        click.echo(f"{'differs' if one.differs else 'recorded':<8} {one.source}: {one.fixture or 'no fixture'}")
        for line in one.differs:
            click.echo(f"         {line}")
    recorded = sum(not one.differs for one in found)
    click.echo(f"{counted(recorded, 'source')} recorded on {day}, {len(found) - recorded} as before")
