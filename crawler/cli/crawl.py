"""The command that reads what is new: crawl. Where nothing is due, nothing that crawls is imported."""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from crawler.cli import shared_options


@click.command()
@shared_options.data_option
@shared_options.sources_option
@shared_options.decisions_option
@click.option("--source", "names", multiple=True, metavar="ID", help="Only this source; may be repeated.")
@click.option("--due", is_flag=True, help="Only sources whose schedule says so: for cron.")
@click.option(
    "--replay", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="WARC",
    help="Read this archive instead of the network; may be repeated.",
)  # fmt: skip
@click.option("--as-of", type=shared_options.Time(), metavar="TIME", help="The time to take for now, as ISO 8601.")
@shared_options.minutes_option(50.0)
@shared_options.workers_options
@click.option("--plan", "plan_only", is_flag=True, help="Only print what would be asked, by host; ask nothing.")
@click.option("--strict", is_flag=True, help="Exit with 1 while any source is unhealthy.")
def crawl(strict: bool, plan_only: bool, **given: Any) -> None:
    """Read what is new at the sources, and say what changed.

    Without --due every enabled source is read. A crawl that was killed is continued. With --due, away from a terminal,
    it says only what needs a person, in at most ten lines: what is new, and once a week what is not resolved.
    """
    if given["due"] and not (strict or plan_only or given["names"] or given["replay"]) and _is_nothing_due(given):
        if sys.stdout.isatty():
            click.echo("nothing is due")
        return
    from crawler.cli import run_crawl

    if plan_only:
        run_crawl.print_plan(given)
    else:
        sys.exit(run_crawl.crawl(given, strict=strict))


def _is_nothing_due(given: Mapping[str, Any]) -> bool:
    """Return whether a crawl would find nothing to do; the monitor is told then, as after one."""
    from crawler.run import files
    from crawler.run.due import digest, is_nothing_due

    sources, decisions = given["sources"], given["decisions"]
    text, local = files.texts(sources)
    registry = digest(text, files.decisions_text(decisions, sources), local)
    if not is_nothing_due(given["data"], registry, given["as_of"] or datetime.now(UTC)):
        return False
    if "heartbeat" in text + local or os.environ.get("ROUNDUP_HEARTBEAT"):
        from crawler.cli.heartbeat import beat
        from crawler.sources import loads, with_environment

        # The texts are those of the last crawl, which found nothing wrong in them.
        beat(with_environment(loads(text, str(sources), local=local), os.environ))
    return True
