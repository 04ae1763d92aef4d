"""The parts of the documentation that are made from the code; ``make docs`` writes them.

Each part stands in its file between ``<!-- begin NAME: make docs writes this -->`` and ``<!-- end NAME -->``.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import click

from crawler.cli.main import roundup
from crawler.feeds.facets import FACETS, Facet
from crawler.public.schema import tables as described
from crawler.public.schema import views as described_views
from crawler.sources import Registry, Source, load
from crawler.sources.vocabulary import STATES
from crawler.sources.yaml_positions import compose
from tests.docs.keys import keys, schema_text

ROOT = Path(__file__).parents[2]
ROWS = Path(__file__).with_name("rows.yaml")
MIN_SHARED = 2
"""As many commands have an option before it is explained once for all of them."""

EVIDENCE = {
    "recorded": "our parser read a recorded answer of it, or of another address of the same kind",
    "documented": "its publisher describes it, in documentation or published code",
    "reported": "others saw it answer; silent until its first complete and healthy walk",
    "assumed": "nobody we know of did; switched off until somebody looks",
}


def tables() -> str:
    """Return every table with its columns, a line a column."""
    return "\n".join(_table(table.name, table.one_row, table.columns) for table in described())


def views() -> str:
    """Return every view in a line."""
    return "\n".join(f"- `{view.name}`: {view.one_row}" for view in described_views())


def _table(name: str, one_row: str, columns: dict[str, str]) -> str:
    lines = "".join(f"- `{column}`: {meaning}\n" for column, meaning in columns.items())
    return f"### {name}\n\n{one_row[0].upper()}{one_row[1:]}.\n\n{lines}"


def commands() -> str:
    """Return every command with its arguments and the names of its own options; what several share is said once."""
    context = click.Context(roundup)
    all_commands = [roundup.get_command(context, name) for name in roundup.list_commands(context)]
    known = [command for command in all_commands if command is not None]
    all_options = [_option(each) for command in known for each in _options(command)]
    shared = [line for line, count in Counter(all_options).items() if count >= MIN_SHARED]
    parts = [f"Options of several commands:\n\n{''.join(shared)}"]
    parts += [_command(command, shared) for command in known]
    return "\n".join(parts)


def _command(command: click.Command, shared: Sequence[str]) -> str:
    names = [f"[{each.opts[0]}]" for each in _options(command) if _option(each) not in shared]
    arguments = [each.human_readable_name for each in command.params if isinstance(each, click.Argument)]
    usage = " ".join(["roundup", str(command.name), *names, *arguments])
    text = re.sub(r"\s+", " ", command.help or "").strip()
    return f"### {command.name}\n\n`{usage}`\n\n{text}\n"


def _options(command: click.Command) -> list[click.Option]:
    return [each for each in command.params if isinstance(each, click.Option)]


def _option(option: click.Option) -> str:
    context = click.Context(roundup)
    metavar = "" if option.is_flag else f" {option.make_metavar(context)}"
    names = " / ".join(f"`{name}{metavar}`" for name in (*option.opts, *option.secondary_opts))
    text, _, stated = (option.help or "").partition("[default: ")
    default = stated.rstrip("]") if stated else f"`{option.default}`" if option.show_default else ""
    if option.secondary_opts:
        default = f"`{option.opts[0] if option.default else option.secondary_opts[0]}`"
    parts = [text.strip(), "Required." if option.required else "", f"Default: {default}." if default else ""]
    return f"- {names}: {' '.join(part for part in parts if part)}\n"


def sources() -> str:
    """Return the sources by the place of their publishers, each with its evidence; what is not read with the reason."""
    registry = load(ROOT / "sources.yaml")
    places = dict.fromkeys(publisher.jurisdiction for publisher in registry.publishers.values())
    text = "".join(f"- *{name}*, {_count(registry, name)}: {meaning}\n" for name, meaning in EVIDENCE.items())
    for place, evidence in product(places, EVIDENCE):
        chosen = [
            _source(each)
            for each in registry.sources.values()
            if each.enabled and each.evidence == evidence and registry.publishers[each.publisher].jurisdiction == place
        ]
        text += f"\n### {place}, {evidence}\n\n{', '.join(chosen)}\n" if chosen else ""
    text += f"\n### What the sheets on coverage ask for\n\n{_rows(registry)}"
    unread = [each for each in registry.sources.values() if not each.enabled]
    text += "\n### Not checked\n\n" + "".join(f"- `{each.id}` {each.name}: {_reason(each)}\n" for each in unread)
    return text


def _rows(registry: Registry) -> str:
    """Return a line for each row of the two sheets: its sources with their evidence, what it opens, what is off."""
    lines = []
    rows: Any = compose(ROWS.read_text("utf-8"), ROWS.name).value
    for row in rows:
        known = [registry.sources[name] for name in row["sources"]]
        named = ", ".join(f"`{each.id}` ({each.evidence if each.enabled else 'off'})" for each in known)
        lines.append(f"- {row['row']}: {named or 'no source'}: {row['opens']}\n")
    return "".join(lines)


def facets() -> str:
    """Return the facets by which entries can be filtered, with the values of their closed lists."""
    return "".join(_facet(facet) for facet in FACETS.values())


def _facet(facet: Facet) -> str:
    states = ", the states of Europe by name" if facet.name == "jurisdiction" else ""
    values = ", ".join(f"`{value}`" for value in facet.values or () if value not in STATES.values()) + states
    more = ", and what else the database has" if facet.more else ""
    return f"- `{facet.name}`, {facet.label.lower()}" + (f": {values}{more}\n" if values else "\n")


def _count(registry: Registry, evidence: str) -> int:
    return sum(each.evidence == evidence for each in registry.sources.values())


def _source(source: Source) -> str:
    return f"`{source.id}`" + ("\\*" if source.keep == "relevant" else "")


def _reason(source: Source) -> str:
    """Return the first sentence of the reason why a source is not read; sources.yaml has all of it."""
    first = re.split(r"(?<=\w)\. (?=[A-Z])|; ", source.reason)[0]
    return re.sub(r"^(cannot be checked|not checked|not searched automatically): ", "", first)


SCHEMA = "sources.schema.json"
PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "tables": ("docs/data.md", tables),
    "commands": ("docs/cli.md", commands),
    "facets": ("docs/feeds.md", facets),
    "keys": ("docs/sources-yaml.md", keys),
    "sources": ("docs/sources.md", sources),
    "views": ("docs/data.md", views),
}


def written(name: str) -> str:
    """Return a part as it is in its file."""
    return _split(name)[1]


def _split(name: str) -> tuple[str, str, str]:
    text = (ROOT / PARTS[name][0]).read_text("utf-8")
    begin, end = f"<!-- begin {name}: make docs writes this -->\n", f"<!-- end {name} -->"
    before, found, rest = text.partition(begin)
    part, ended, after = rest.partition(end)
    assert found and ended, f"{PARTS[name][0]}: the marks of {name} are missing"
    return before + begin, part, end + after


def write() -> Iterator[str]:
    """Write every part into its file; yield the names of the files that changed."""
    for name, (file, make) in PARTS.items():
        before, old, after = _split(name)
        new = f"\n{make()}\n"
        if new != old:
            (ROOT / file).write_text(before + new + after, "utf-8")
            yield file
    if (ROOT / SCHEMA).read_text("utf-8") != schema_text():
        (ROOT / SCHEMA).write_text(schema_text(), "utf-8")
        yield SCHEMA
