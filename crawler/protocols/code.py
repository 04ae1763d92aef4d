"""The version of a parser, computed from its code: nobody has to remember to raise a number.

A parser's version is a digest over the source files of its protocol and of every module of this package that these
import, directly or not, and over the releases of the packages of others that read for them. The version of the rules
covers what compares, stores and tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.name
READERS = {
    "ahocorasick_rs": "ahocorasick-rs",
    "bs4": "beautifulsoup4",
    "cssselect": "cssselect",
    "dateparser": "dateparser",
    "feedparser": "feedparser",
    "lxml": "lxml",
    "pypdfium2": "pypdfium2",
}
"""Packages of others that read captures, by the name they are imported under: a new release may read otherwise."""
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<module>\w[\w.]*)[ \t]+import[ \t]+(?P<taken>\([^)]*\)|[^\n]+)"
    r"|import[ \t]+(?P<plain>[^\n]+))",
    re.MULTILINE,
)
RULES = ("changes", "relevance", "toolkit", "ingest", "entries", "health", "store")
KINDS = ("py", "sql", "yaml")
"""Files of a package that its version depends on."""


@cache
def version(*modules: str) -> str:
    """Give the version of the code behind modules of this package, such as ``protocols.feed``: 12 hexadecimal digits.

    Raises:
        FileNotFoundError: there is no such module.
    """
    digest = sha256()
    files = sorted(_closure(modules))
    for path in files:
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for package in sorted({READERS[name] for path in files for name in _others(path) if name in READERS}):
        digest.update(f"{package} {metadata.version(package)}\0".encode())
    return digest.hexdigest()[:12]


def parsers(names: tuple[str, ...]) -> dict[str, str]:
    """Give the version of each protocol's parser by its name."""
    return {name: version(f"protocols.{name}", "protocols.refusals") for name in names}


def rules() -> str:
    """Give the version of the code that turns pages into rows: comparing, the fold, entries and health."""
    return version(*RULES)


def _closure(modules: tuple[str, ...]) -> set[Path]:
    found: set[Path] = set()
    waiting = [path for module in modules for path in _files(module)]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        waiting += _imported(path)
    return found


def _files(module: str) -> list[Path]:
    """Give the files of a module: the file, or every file of the package."""
    place = PACKAGE.joinpath(*module.split("."))
    if place.is_dir():
        return sorted(path for kind in KINDS for path in place.rglob(f"*.{kind}"))
    if not place.with_suffix(".py").exists():
        raise FileNotFoundError(f"no module {module} in {PACKAGE}")
    return [place.with_suffix(".py")]


@cache
def _imported(path: Path) -> tuple[Path, ...]:
    """Give the files of this package that a file imports, without ``protocols/__init__``, which names all protocols."""
    found: list[Path] = []
    for module in _modules(path):
        parts = module.split(".")
        if parts[0] != ROOT or len(parts) == 1:
            continue
        place = PACKAGE.joinpath(*parts[1:])
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if file.exists() and file != PACKAGE / "protocols" / "__init__.py":
                found.append(file)
    return tuple(found)


@cache
def _modules(path: Path) -> tuple[str, ...]:
    """Give the modules that a file imports, and the names it takes from them as if they were modules."""
    return tuple(imported(path.read_text("utf-8"))) if path.suffix == ".py" else ()


def _others(path: Path) -> set[str]:
    """Give the packages of others that a file imports."""
    return {module.partition(".")[0] for module in _modules(path)} - {ROOT}


def imported(code: str) -> Iterator[str]:
    """Give what Python code imports: every module, and every name taken from one, as ``module.name``.

    By its lines, as to parse the whole package costs every crawl half a second; a line of a text that looks like an
    import only makes a version depend on more.
    """
    for match in _IMPORT.finditer(code):
        module, taken, plain = match.group("module", "taken", "plain")
        names = (name.partition("#")[0] for name in (taken or plain).strip("()").splitlines())
        for name in " ".join(names).split(","):
            words = name.split()
            if len(words) == 1 or words[1:2] == ["as"]:
                yield f"{module}.{words[0]}" if module else words[0]
        if module:
            yield module
