"""The command that makes a report of doctor into fixtures: adopt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from crawler.add.yaml_lines import one_line
from crawler.cli import common
from crawler.errors import ConfigError, StorageError
from crawler.run.adopting import Adopted, adopt, raised, raw_sources, read_report
from crawler.run.files import SHIPPED, write_whole
from crawler.sources.yaml_positions import compose, read_text
from crawler.text import counted

OUT = Path("tests/adopted")


def _editable(sources: Path) -> str:
    """Return the text of a registry that may be changed."""
    common.registry(sources)
    if sources == SHIPPED:
        raise ConfigError("the registry that is installed is not to be changed; name one of yours with --sources")
    return read_text(sources)


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
    text = _editable(sources)
    value: Any = compose(text, str(sources)).value
    known = {each["id"]: each for each in raw_sources(value)}
    day, told = read_report(folder)
    found: list[Adopted] = []
    unchanged: set[str] = set()
    for each in told:
        if (raw := known.get(each["id"])) is None:
            click.echo(f"unknown  {each['id']}: {sources} has it no more")
            continue
        found.append(adopt(folder, each, raw, value["publishers"][raw["publisher"]], out))
        if found[-1].differs:
            continue
        if (changed := raised(text, each["id"], day)) is not None:
            text = changed
        elif raw.get("evidence") != "recorded":
            unchanged.add(each["id"])
    try:
        write_whole(sources, text)
    except OSError as error:
        raise StorageError(f"{sources}: {error.strerror or error}") from error
    for one in found:
        state = "differs" if one.differs else "by hand" if one.source in unchanged else "recorded"
        click.echo(f"{state:<8} {one.source}: {one.fixture or 'no fixture'}")
        for line in one.differs:
            click.echo(f"         {one_line(line)}")
        if one.source in unchanged:
            click.echo(
                f"         its evidence in {sources} is not changed, as it does not stand on a line of its own;"
                f" write: evidence: recorded  # its answer of {day} was read"
            )
    differing = sum(bool(one.differs) for one in found)
    by_hand = f", {len(unchanged)} to be written by hand" if unchanged else ""
    recorded = counted(len(found) - differing - len(unchanged), "source")
    click.echo(f"{recorded} recorded on {day}{by_hand}, {differing} as before")
