"""The command that writes a folder to run a round-up in: init."""

import getpass
import json
import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from crawler.cli import common
from crawler.errors import ConfigError, StorageError
from crawler.run.files import SHIPPED
from crawler.sources import loads
from crawler.sources.overlay import FILE as LOCAL
from crawler.sources.yaml_positions import read_text

FOLDER = Path(__file__).with_name("folder")
HARDENING = "hardening"
SETTINGS = {
    "contact": "an e-mail or web address of yours: every request names it, and without one nothing is asked",
    "authority": "a domain of yours, once and for ever: the ids of entries are made of it",
    "public_url": "address of your site, if others will see it",
}
EXAMPLES = {"contact": "you@example.org", "authority": "example.org", "public_url": "https://round-up.example.org"}


@click.command()
@click.option("--contact", help="E-mail or web address that every request names.")
@click.option("--authority", metavar="DOMAIN", help="Domain of yours, in the ids of entries for ever.")
@click.option("--public-url", metavar="URL", help="Address of the site.")
@click.argument("folder", metavar="DIR", type=common.Folder(path_type=Path, file_okay=False))
def init(folder: Path, **given: str | None) -> None:
    """Write the folder DIR: your settings (local.yaml), decisions, and examples for cron, systemd and a proxy.

    What is there already is kept as it is, so that it may be run again after an upgrade.
    """
    stated = {key: value.strip() for key, value in given.items() if value and value.strip()}
    texts = {name: _filled(text, folder, stated) for name, text in _templates()}
    loads(read_text(SHIPPED), str(SHIPPED), local=texts[LOCAL])
    try:
        for name, text in texts.items():
            _write(folder / name, text, stated if name == LOCAL else {})
    except OSError as error:
        raise StorageError(f"{error.filename or folder}: {error.strerror or error}") from error
    click.echo(
        f"next: cd {shlex.quote(str(folder))}, look at {LOCAL}, then: roundup check, roundup crawl, roundup serve"
    )


def _templates() -> Iterator[tuple[str, str]]:
    for path in sorted(each for each in FOLDER.rglob("*") if each.is_file() and each.name != HARDENING):
        yield path.relative_to(FOLDER).as_posix(), path.read_text("utf-8")


def _filled(text: str, folder: Path, stated: Mapping[str, str]) -> str:
    """Return a template with the places and names of this machine, quoted as its format asks."""
    where, program = str(folder.resolve()), _program()
    if any(not each.isprintable() or '"' in each for each in (where, *program)):
        raise ConfigError(f"{where!r}: such a name cannot stand in the units of systemd; choose another folder")
    values = {
        "SETTINGS": "\n".join(_setting(key, stated) for key in SETTINGS),
        "HARDENING": (FOLDER / HARDENING).read_text("utf-8").rstrip("\n"),
        "USER": getpass.getuser(),
        "DIR": where.replace("%", "%%"),
        "ROUNDUP": " ".join(f'"{each}"'.replace("%", "%%").replace("$", "$$") for each in program),
        "SHELL_DIR": shlex.quote(where).replace("%", r"\%"),
        "SHELL_ROUNDUP": shlex.join(program).replace("%", r"\%"),
    }
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def _program() -> list[str]:
    """Return the words that start this program, whatever directory it is started in."""
    script = Path(sys.executable).with_name("roundup")
    return [str(script)] if script.exists() else [sys.executable, "-m", "crawler"]


def _setting(key: str, stated: Mapping[str, str]) -> str:
    value = f"  {key}: {json.dumps(stated[key])}" if key in stated else f"  # {key}: {EXAMPLES[key]}"
    return f"{value:<44}  # {SETTINGS[key]}"


def _write(path: Path, text: str, stated: Mapping[str, str]) -> None:
    """Write a file that is not there yet; else say that it is kept, and which stated settings it did not get."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        click.echo(f"{path}: written")
    except FileExistsError:
        held = path.read_text("utf-8")
        unwritten = ", ".join(key for key, value in stated.items() if f"{key}: {json.dumps(value)}" not in held)
        click.echo(f"{path}: is there, kept" + (f"; not written: {unwritten}: edit it" if unwritten else ""))
