"""The command that checks what is configured and stored: check."""

import json
from collections import Counter
from pathlib import Path

import click

from crawler import archive, protocols
from crawler.cli import common
from crawler.errors import ArchiveError, StoreError
from crawler.identifiers.chapters import is_chapter
from crawler.run import files, integrity
from crawler.run.options import ARCHIVE, DATABASE
from crawler.sources import notify
from crawler.sources.checklist import load_checklist
from crawler.sources.overlay import FILE as LOCAL
from crawler.sources.rules import sources_schema
from crawler.store import Store, documents, versions
from crawler.text import counted

SETTINGS = {
    "contact": "a live crawl asks nothing without it",
    "run_by": "readers of the site are not told who runs it",
    "contact_public": "readers of the site are not told whom to tell what is wrong",
    "logs": "readers of the site are not told what the server before it logs",
}
"""Settings that a live crawl and a public site should have, and what is missing without each."""


def _print_schema(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        click.echo(json.dumps(sources_schema(protocols.OPTIONS), indent=1, ensure_ascii=False))
        context.exit()


@click.command()
@common.data_option
@common.sources_option
@common.decisions_option
@click.option(
    "--schema", is_flag=True, is_eager=True, expose_value=False, callback=_print_schema,
    help="Print the JSON Schema of sources.yaml and local.yaml: every key.",
)  # fmt: skip
def check(data: Path, sources: Path, decisions: Path | None) -> None:
    """Check sources.yaml, decisions.yaml, notify.yaml, checklist.yaml, the archive and the database.

    Of decisions about relevance it says which name nothing that was read; of the checklist, which places no text has.
    """
    read = common.configured(sources)
    registry = read.registry
    decided, _ = files.decided(decisions, sources)
    if (notices := files.beside(sources, notify.FILE)).exists():
        notify.load_notify(notices)
    evidence = Counter(source.evidence for source in registry.sources.values())
    enabled = sum(source.enabled for source in registry.sources.values())
    counts = ", ".join(f"{count} {name}" for name, count in sorted(evidence.items()))
    own = files.beside(sources, LOCAL)
    over = f" with {own}" if read.local else ""
    click.echo(f"{sources}{over}: {counted(len(registry.sources), 'source')}, {enabled} enabled; evidence: {counts}")
    where = own if read.local else sources
    for name, without in SETTINGS.items():
        if not getattr(registry.settings, name):
            click.echo(f"{where}: settings.{name}: empty: {without}")
    checklist = load_checklist()
    common.settle_data(data)
    integrity.require(data)
    if (data / ARCHIVE).exists():
        if faults := archive.check(data / ARCHIVE):
            raise ArchiveError("\n".join(faults))
        click.echo(f"{data / ARCHIVE}: sound")
    if Store.is_at(data / DATABASE):
        with Store.open(data / DATABASE) as store:
            if faults := store.check():
                found = "; ".join(faults[:5])
                raise StoreError(f"{data / DATABASE}: damaged: {found}; `roundup rebuild` makes it anew")
            unmet = [name for name in decided.relevance if documents.find(store, name) is None]
            lost = [each for each in checklist.places if not _stands(store, *each)]
        click.echo(f"{data / DATABASE}: sound")
        for name in unmet:
            click.echo(
                f"{decisions or 'decisions.yaml'}: relevance {name}: no document with this id or address was read"
            )
        for name, path in lost:
            click.echo(f"checklist.yaml: {name} {path}: not in the text that was read")


def _stands(store: Store, name: str, path: str) -> bool:
    """Return whether a provision or chapter stands in the text of a document, as far as anything of that was read.

    The parts of a provision are inside its section; a chapter of guidance has sections of its own.
    """
    document = documents.find(store, name)
    steps = [] if name.startswith("https://") and is_chapter(path) else path.split("-")
    around = ("-".join(steps[:length]) for length in range(2, len(steps)))
    return document is None or versions.stands(store, document["id"], path, *around)
