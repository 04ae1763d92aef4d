"""Which files of ours a version depends on: the modules it is of, and all that these import, directly or not."""

import ast
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache
from hashlib import sha256
from pathlib import Path

from crawler import code_versions
from crawler.code_versions import DERIVES, NOTE, ROWS
from tests.code_versions.trees import code_digest

PACKAGE = Path(code_versions.__file__).parent
READS = ("ingest", "changes")
JUDGES = ("derive", "health", "entries")
RULES = (*JUDGES, "classify")
"""No version of reading follows an import into these: what they decide is told as our rules."""
READERS = {
    "ahocorasick_rs": "ahocorasick-rs",
    "bs4": "beautifulsoup4",
    "cssselect": "cssselect",
    "dateparser": "dateparser",
    "doc2docx": "msdoc2docx",
    "feedparser": "feedparser",
    "lxml": "lxml",
    "pypdfium2": "pypdfium2",
}
"""Packages of others that read captures, by the name they are imported under: a new release may read otherwise."""
NO_RULES = {PACKAGE / "sources" / "helplines.yaml"}
"""Data by which nothing is judged: a crawl only says which numbers were not checked for long."""
_DISPATCH = PACKAGE / "protocols" / "__init__.py"
"""It imports every protocol, and so belongs to none."""


def computed(digest_of: Callable[[Path], str]) -> dict[str, str]:
    """Return what ``code_versions.json`` has to hold: by the name of each version a digest, and packages that count.

    ``digest_of`` is :func:`file_digest`, but for tests. What makes rows is not counted again for what is derived.
    """
    rows = files(READS, RULES)
    reads = {name: files((f"protocols.{name}", "protocols.response_checks"), RULES) for name in _protocols()}
    code = {**reads, ROWS: rows, DERIVES: files(JUDGES) - rows}
    found = {name: f"{_digest(paths, digest_of)} {' '.join(_packages(paths))}".strip() for name, paths in code.items()}
    return {**found, NOTE: "written by make versions"}


def files(modules: Iterable[str], without: Iterable[str] = ()) -> set[Path]:
    """Return the files behind modules of this package and all they import, but for packages that are left out.

    Raises:
        FileNotFoundError: there is no such module.
    """
    left_out = {path for module in without for path in _files_of(module)}
    found: set[Path] = set()
    waiting = [path for module in modules for path in _files_of(module)]
    while waiting:
        path = waiting.pop()
        if path not in found | left_out:
            found.add(path)
            waiting += _imported(path)
    return found


@cache
def file_digest(path: Path) -> str:
    """Return the digest of a file of this package: of its syntax tree, or of the bytes of a data file."""
    content = path.read_bytes()
    return code_digest(content.decode("utf-8")) if path.suffix == ".py" else sha256(content).hexdigest()


def _digest(paths: Set[Path], digest_of: Callable[[Path], str]) -> str:
    return sha256("\0".join(sorted(map(digest_of, paths))).encode()).hexdigest()[:12]


def _packages(paths: Set[Path]) -> list[str]:
    return sorted({READERS[name] for path in paths for name in others(path) if name in READERS})


def _protocols() -> list[str]:
    """Return the names of the protocols, in the order in which they are registered."""
    for node in _tree(_DISPATCH).body:
        match node:
            case ast.AnnAssign(target=ast.Name(id="PROTOCOLS"), value=ast.Dict(keys=keys)):
                return [str(key.value) for key in keys if isinstance(key, ast.Constant)]
    raise LookupError(f"{_DISPATCH}: no PROTOCOLS")


def _files_of(module: str) -> list[Path]:
    """Return the files of a module: the file, or every one of a package."""
    place = PACKAGE.joinpath(*module.split("."))
    if place.is_dir():
        return sorted(place.rglob("*.py"))
    if not place.with_suffix(".py").exists():
        raise FileNotFoundError(f"no module {module} in {PACKAGE}")
    return [place.with_suffix(".py")]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


@cache
def _imports(path: Path) -> tuple[tuple[str, str, str], ...]:
    """Return what a file imports: module, the name taken from it or empty, and the name it has here."""
    found: list[tuple[str, str, str]] = []
    for node in ast.walk(_tree(path)) if path.suffix == ".py" else ():
        if isinstance(node, ast.Import):
            found += [(each.name, "", each.asname or each.name) for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", each.name, each.asname or each.name) for each in node.names]
    return tuple(found)


def others(path: Path) -> set[str]:
    """Return the packages of others that a file imports."""
    return {module.partition(".")[0] for module, _, _ in _imports(path)} - {PACKAGE.name}


@cache
def _imported(path: Path) -> tuple[Path, ...]:
    """Return the files that a file imports, and the data files that it names."""
    if path.suffix != ".py":
        return ()
    found = {file for module, name, _ in _imports(path) for file in _behind(module, name)}
    texts = (node.value for node in ast.walk(_tree(path)) if isinstance(node, ast.Constant))
    data = {
        path.parent / text for text in texts if isinstance(text, str) and text.endswith((".yaml", ".txt"))
    } - NO_RULES
    return tuple(sorted(found | {each for each in data if each.is_file()}))


def _behind(module: str, name: str) -> Iterator[Path]:
    """Yield the files behind an import; a name that a package only passes on is that of the module it is from."""
    parts = module.split(".")
    if parts[0] != PACKAGE.name:
        return
    place = PACKAGE.joinpath(*parts[1:])
    whole = [file for file in (place.with_suffix(".py"), place / "__init__.py") if len(parts) > 1 and file.exists()]
    part = [file for file in (place / f"{name}.py", place / name / "__init__.py") if name and file.exists()]
    for file in part or whole:
        passed = [(source, taken) for source, taken, here in _imports(file) if here == name] if not part else []
        if passed and file.name == "__init__.py":
            yield from _behind(*passed[0])
        elif file != _DISPATCH:
            yield file
