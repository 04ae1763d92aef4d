"""The command that checks what is configured and stored: check."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from crawler import archive
from crawler.cli import common
from crawler.errors import ArchiveError, StoreError
from crawler.run import integrity
from crawler.run.options import ARCHIVE, DATABASE
from crawler.store import Store, documents
from crawler.text import counted


@click.command()
@common.data_option
@common.sources_option
@common.decisions_option
def check(data: Path, sources: Path, decisions: Path | None) -> None:
    """Check sources.yaml and decisions.yaml, and where there are any, the archive and the database.

    Of decisions about relevance it says which name nothing that was read.
    """
    registry, _ = common.registry(sources)
    decided, _ = common.load_decided(decisions, sources)
    evidence = Counter(source.evidence for source in registry.sources.values())
    enabled = sum(source.enabled for source in registry.sources.values())
    counts = ", ".join(f"{count} {name}" for name, count in sorted(evidence.items()))
    click.echo(f"{sources}: {counted(len(registry.sources), 'source')}, {enabled} enabled; evidence: {counts}")
    common.settle_data(data)
    integrity.require(data)
    if (data / ARCHIVE).exists():
        if faults := archive.check(data / ARCHIVE):
            raise ArchiveError("\n".join(faults))
        click.echo(f"{data / ARCHIVE}: sound")
    if (data / DATABASE).exists():
        with Store.open(data / DATABASE) as store:
            if faults := store.check():
                raise StoreError("\n".join(faults))
            unmet = [name for name in decided.relevance if documents.find(store, name) is None]
        click.echo(f"{data / DATABASE}: sound")
        for name in unmet:
            click.echo(
                f"{decisions or 'decisions.yaml'}: relevance {name}: no document with this id or address was read"
            )
