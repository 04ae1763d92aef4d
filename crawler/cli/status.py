"""The command that shows how every source is: status; and its lines, which other commands print."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from crawler.cli import common
from crawler.run.status import UNHEALTHY
from crawler.run.status import status as standing
from crawler.text import counted


@click.command()
@common.data_option
@click.option("--json", "as_json", is_flag=True, help="As JSON, for monitors.")
def status(data: Path, as_json: bool) -> None:
    """Show how every source stands, and what a person should look at."""
    common.settle_data(data)
    if as_json:
        click.echo(json.dumps(standing(data), ensure_ascii=False, indent=2))
        return
    for line in summary(data):
        click.echo(line)


INTERRUPTED = "interrupted"
"""State of a crawl that a signal ended early."""
FAULTS = 20
"""Faults of one source that are told in plain lines."""


def summary(data: Path) -> list[str]:
    """Return what a crawl came to, as plain lines: a source a line, its faults below it; then our own issues."""
    found = standing(data)
    lines = source_lines(found)
    lines += [f"this round-up: {issue['kind']} since {issue['since']}: {issue['detail']}" for issue in found["issues"]]
    if found["review"]["waiting"]:
        waiting = found["review"]
        lines.append(
            f"{waiting['waiting']} waiting for a decision on /review, the oldest since {waiting['oldest'][:10]}"
        )
    lines += [delivery(row) for row in found["deliveries"]]
    if found["queued"] or found["state"] == INTERRUPTED:
        lines.append(queue(found))
    return [*lines, f"{counted(found['issues_open'], 'issue')} open"]


def queue(found: Mapping[str, Any]) -> str:
    """Return how many pages a crawl left for the next one, and whether it was broken off, as a line."""
    left = f"{counted(found['queued'], 'page')} queued for the next crawl"
    return f"interrupted: {left}" if found["state"] == INTERRUPTED else left


def delivery(row: Mapping[str, Any]) -> str:
    """Return what was not simply sent to an addressee, as a line."""
    why = f": {row['error']}" if row["error"] else ""
    what = counted(row["entries"], "entry")
    return f"to {row['addressee']}: {what} {row['state']} since {row['since']}, {counted(row['tries'], 'try')}{why}"


def source_lines(found: Mapping[str, Any]) -> list[str]:
    """Return what a status says of the sources that were walked, a line each, with their open alarms below.

    Where a source is unhealthy without any alarm, as when none of its single pages could be read, its notes are given.
    """
    lines = []
    for source in found["sources"]:
        if source["outcome"] in ("switched off", "never walked"):
            continue
        lines.append(
            f"{source['outcome']:<12} {source['id']}: {source['documents']} listed, {source['new']} new,"
            f" {source['changed']} changed, {counted(source['requests'], 'request')}"
        )
        faults = [issue for issue in source["issues"] if issue["severity"] == "alarm"]
        if not faults and source["outcome"] in UNHEALTHY:
            faults = source["issues"]
        lines += [
            f"             {issue['kind']} since {issue['since']}: {issue['detail']}" for issue in faults[:FAULTS]
        ]
        if len(faults) > FAULTS:
            lines.append(f"             {counted(len(faults) - FAULTS, 'more issue')}: see status --json")
    return lines
