"""The files that say what is read and decided: sources.yaml, local.yaml over it, decisions.yaml beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler import sources
from crawler.errors import ConfigError
from crawler.sources import Decisions, Registry, load_decisions, loads, with_environment
from crawler.sources.overlay import FILE as LOCAL
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
