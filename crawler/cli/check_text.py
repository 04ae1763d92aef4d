"""The command that says what a text cites, how that stood on a day, and what changed since: check-text."""

import json
import mimetypes
from datetime import UTC, date, datetime
from pathlib import Path

import click

from crawler.cli import common
from crawler.errors import ConfigError
from crawler.public.database import FILE, PublicDatabase
from crawler.public.sent import process
from crawler.public.sent.process import MAX_BYTES


class Day(click.ParamType[str]):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the day."""
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            self.fail(f"{value!r} is no day; expected one such as 2026-11-24", param, ctx)


@click.command("check-text")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@common.data_option
@click.option("--on", type=Day(), default=None, help="The day the text was last revised.  [default: today]")
@click.option("--csv", "form", flag_value="csv", help="As a spreadsheet.")
@click.option("--text", "form", flag_value="text", default=True, help="As plain text, to be filed.  [default]")
@click.option("--json", "form", flag_value="json", help="As JSON, for programs.")
def check_text(file: Path, data: Path, on: str | None, form: str) -> None:
    """Say what FILE cites (text, DOCX, ODT, PDF), how that stood on a day, and what changed since, as /check does."""
    from crawler.public import standing
    from crawler.public.known import known
    from crawler.publish.check import files
    from crawler.publish.check.answer import answer

    common.finish_redaction(data)
    with file.open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ConfigError(f"{file}: larger than {MAX_BYTES // 1_000_000} MB")
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    public = PublicDatabase(data / FILE)
    kind = "text/plain" if kind.startswith("text/") else kind
    try:
        sent = process.read(content, kind, public.ask(known), file.name)
    except process.SentError as error:
        raise ConfigError(f"{file}: {error}") from error
    today = datetime.now(UTC).date().isoformat()
    found = public.ask(answer, sent, on or today, today)
    site = public.ask(standing.public_url)
    if form == "json":
        click.echo(json.dumps(files.as_object(found), ensure_ascii=False, indent=2))
    else:
        made = files.as_csv(found, site) if form == "csv" else files.as_text(found, site)
        click.echo(made, nl=False)
