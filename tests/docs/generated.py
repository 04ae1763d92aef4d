"""The parts of the documentation that are made from the code: tables, commands, sources. ``make docs`` writes them.

Each part stands in its file between ``<!-- begin NAME: make docs writes this -->`` and ``<!-- end NAME -->``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from crawler.cli.main import roundup
from crawler.public.schema import tables as described
from crawler.sources import load

ROOT = Path(__file__).parents[2]

EVIDENCE = {
    "recorded": "our parser read a recorded answer of it, or of another address of the same kind",
    "documented": "its publisher describes it, in documentation or published code",
    "reported": "others saw it answer, on a date they state",
    "assumed": "nobody we know of did: switched off until somebody looks",
}


def tables() -> str:
    """Give every table with its columns."""
    return "\n".join(_table(table.name, table.one_row, table.columns) for table in described())


def _table(name: str, one_row: str, columns: dict[str, str]) -> str:
    rows = "".join(f"| `{column}` | {_cell(meaning)} |\n" for column, meaning in columns.items())
    return f"### {name}\n\nOne row is {one_row}.\n\n| column | meaning |\n|---|---|\n{rows}"


def commands() -> str:
    """Give every command with its arguments and options."""
    return "\n".join(_command(roundup.commands[name]) for name in sorted(roundup.commands))


def _command(command: click.Command) -> str:
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    usage = " ".join(["roundup", str(command.name), "[OPTIONS]", *(each.human_readable_name for each in arguments)])
    context = click.Context(command)
    rows = "".join(_option(each, context) for each in command.params if isinstance(each, click.Option))
    text = re.sub(r"\s+", " ", command.help or "").strip()
    return f"### {command.name}\n\n`{usage}`\n\n{text}\n\n| option | meaning |\n|---|---|\n{rows}"


def _option(option: click.Option, context: click.Context) -> str:
    names = " / ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    metavar = "" if option.is_flag else f" `{option.make_metavar(context)}`"
    text, _, told = (option.help or "").partition("[default: ")
    default = told.rstrip("]") if told else f"`{option.default}`" if option.show_default else ""
    if option.secondary_opts:
        default = f"`{option.opts[0] if option.default else option.secondary_opts[0]}`"
    parts = [text.strip(), "Required." if option.required else "", f"Default: {default}." if default else ""]
    return f"| {names}{metavar} | {_cell(' '.join(part for part in parts if part))} |\n"


def sources() -> str:
    """Give the sources by how well each is known."""
    registry = load(ROOT / "sources.yaml")
    rows, lists = "", ""
    for evidence, meaning in EVIDENCE.items():
        names = [each.name for each in registry.sources.values() if each.evidence == evidence]
        rows += f"| {evidence} | {meaning} | {len(names)} |\n"
        lists += f"<details><summary>{evidence}: {len(names)}</summary>\n\n{'; '.join(names)}\n\n</details>\n\n"
    return f"| evidence | what it means | sources |\n|---|---|---|\n{rows}\n{lists.rstrip()}\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "tables": ("docs/data.md", tables),
    "commands": ("docs/cli.md", commands),
    "sources": ("README.md", sources),
}


def written(name: str) -> str:
    """Give a part as it stands in its file."""
    return _split(name)[1]


def _split(name: str) -> tuple[str, str, str]:
    text = (ROOT / PARTS[name][0]).read_text("utf-8")
    begin, end = f"<!-- begin {name}: make docs writes this -->\n", f"<!-- end {name} -->"
    before, found, rest = text.partition(begin)
    part, ended, after = rest.partition(end)
    assert found and ended, f"{PARTS[name][0]}: the marks of {name} are missing"
    return before + begin, part, end + after


def write() -> Iterator[str]:
    """Write every part into its file; give the names of the files that changed."""
    for name, (file, make) in PARTS.items():
        before, old, after = _split(name)
        new = f"\n{make()}\n"
        if new != old:
            (ROOT / file).write_text(before + new + after, "utf-8")
            yield file
