"""The files that say what is read and decided: sources.yaml, local.yaml over it, decisions.yaml, to which is added."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from filelock import FileLock

from crawler import sources
from crawler.errors import ConfigError, StorageError
from crawler.sources import Decisions, Registry, load_decisions, loads, with_environment
from crawler.sources.decisions import with_confirmed, with_decisions
from crawler.sources.overlay import FILE as LOCAL
from crawler.sources.values import Decided, PassageConfirmation
from crawler.sources.yaml_positions import read_text

SOURCES = Path("sources.yaml")
DECISIONS = "decisions.yaml"
SHIPPED = Path(sources.__file__).with_name("sources.yaml")
"""The registry that is installed with this package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """A registry as it counts, and the texts of the files that it was read from; ``local`` is empty without one."""

    registry: Registry
    sources: str
    local: str = ""


def default_sources() -> Path:
    """Return the registry that counts where none is named: sources.yaml in this directory, else the shipped one."""
    return SOURCES if SOURCES.exists() else SHIPPED


def beside(path: Path, name: str) -> Path:
    """Return where a file belongs that is kept beside a registry: for the shipped one that is this directory."""
    return Path(name) if path == SHIPPED else path.with_name(name)


def texts(path: Path) -> tuple[str, str]:
    """Return the text of a registry, and that of the local.yaml beside it, empty without one.

    Raises:
        SourcesError: a file cannot be read.
    """
    own = beside(path, LOCAL)
    return read_text(path), read_text(own) if own.exists() else ""


def configured(path: Path, environ: Mapping[str, str]) -> Configured:
    """Return the registry of a file with the local.yaml beside it and the environment over it, checked.

    Raises:
        SourcesError: a file is wrong; says all that is.
    """
    from crawler import protocols

    text, local, own = *texts(path), beside(path, LOCAL)
    found = loads(text, str(path), protocols.OPTIONS, local=local, local_name=str(own))
    return Configured(registry=with_environment(found, environ), sources=text, local=local)


def decided(path: Path | None, registry: Path) -> tuple[Decisions, str]:
    """Return the decisions and their text; a file that is named must be there, the one beside the registry need not.

    Raises:
        ConfigError: the named file is missing.
        SourcesError: the file is wrong; says all that is.
    """
    if path is not None and not path.exists():
        raise ConfigError(f"{path}: no such file")
    return load_decisions(path or beside(registry, DECISIONS)), decisions_text(path, registry)


def decisions_text(path: Path | None, registry: Path) -> str:
    """Return the text of the decisions, empty where there is no file."""
    file = path or beside(registry, DECISIONS)
    return file.read_text(encoding="utf-8") if file.exists() else ""


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
