"""Options that several commands share, and what the files that they name hold."""

import os
from pathlib import Path

from crawler.cli.progress import show_progress
from crawler.cli.shared_options import Folder as Folder
from crawler.cli.shared_options import Time as Time
from crawler.cli.shared_options import data_option as data_option
from crawler.cli.shared_options import decisions_option as decisions_option
from crawler.cli.shared_options import minutes_option as minutes_option
from crawler.cli.shared_options import sources_option as sources_option
from crawler.cli.shared_options import workers_options as workers_options
from crawler.redaction import Redacted
from crawler.run import files, session
from crawler.run.files import Configured
from crawler.run.redact import planning, removal
from crawler.sources import Registry


def settle_data(data: Path) -> None:
    """Finish a redaction that was killed, and make a database of another schema anew, before anything is shown.

    Raises:
        LockedError: another process is carrying it out, or a crawl is running.
        StorageError: a file is damaged or cannot be written.
    """
    finish_redaction(data)
    if session.is_of_another_schema(data):
        with show_progress() as show:
            session.renew(data, show)


def finish_redaction(data: Path) -> None:
    """Finish a redaction that was killed; where none was, nothing is written, and no database opened.

    Raises:
        LockedError: another process is carrying it out, or a crawl is running.
        StorageError: a file is damaged or cannot be written.
    """
    if removal.plan_begun(data) is not None:
        with show_progress() as show:
            removal.finish_alone(data, show)


def configured(path: Path) -> Configured:
    """Return the registry of a file as it counts here, and the texts it was read from.

    Raises:
        SourcesError: a file is wrong; says all that is.
    """
    return files.configured(path, os.environ)


def registry(path: Path) -> Registry:
    """Return the registry of a file as it counts here.

    Raises:
        SourcesError: a file is wrong; says all that is.
    """
    return configured(path).registry


def load_redacted(data: Path, path: Path | None, sources: Path) -> tuple[Redacted, ...]:
    """Return what is not to be recorded: what was redacted in a data directory, and what is decided."""
    settle_data(data)
    return planning.all_redacted(data, files.decided(path, sources)[0])
