"""Decisions of people, written into decisions.yaml: each at once, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from filelock import FileLock

from crawler.errors import StorageError
from crawler.sources.deciding import with_confirmed, with_decisions
from crawler.sources.values import Decided, PassageConfirmation
from crawler.sources.yaml_positions import read_text


def decide(data: Path, path: Path, made: Mapping[str, Decided] | PassageConfirmation) -> None:
    """Write decisions by id of document, or on a passage, into a decisions.yaml, which is made where there is none.

    Raises:
        SourcesError: the file is wrong, or written in a way in which nothing can be added to it.
        StorageError: it could not be written.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        with FileLock(data / "decide.lock"):
            text = read_text(path) if path.exists() else ""
            add = (
                with_confirmed(text, str(path), made)
                if isinstance(made, PassageConfirmation)
                else with_decisions(text, str(path), made)
            )
            write_whole(path, add)
    except OSError as error:
        raise StorageError(f"{error.filename or path}: {error.strerror or error}") from error


def write_whole(path: Path, text: str) -> None:
    """Write a file that people edit: it is as it was, or holds the text; a link stays one.

    Raises:
        OSError: it could not be written.
    """
    path = path.resolve()
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False) as beside:
        try:
            beside.write(text)
            beside.flush()
            os.fsync(beside.fileno())
            Path(beside.name).chmod(mode)
            Path(beside.name).replace(path)
        except OSError:
            Path(beside.name).unlink(missing_ok=True)
            raise
