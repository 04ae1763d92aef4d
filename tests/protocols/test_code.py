"""The version of a parser follows its code, and the packages of others that read for it."""

from __future__ import annotations

import ast
import sys
from importlib import metadata
from pathlib import Path

import pytest

from crawler.protocols import PROTOCOLS, code


def test_every_package_that_reads_captures_is_part_of_the_version() -> None:
    files = [path for room in ("protocols", "bodies") for path in (code.PACKAGE / room).rglob("*.py")]
    imported = set().union(*(code._others(path) for path in files)) - set(sys.stdlib_module_names)
    assert imported == set(code.READERS)


def test_new_release_of_a_package_is_a_new_version_of_its_readers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.version
    before = code.parsers(tuple(PROTOCOLS))
    monkeypatch.setattr(metadata, "version", lambda name: "99" if name == "feedparser" else real(name))
    code.version.cache_clear()
    after = code.parsers(tuple(PROTOCOLS))
    code.version.cache_clear()
    changed = {name for name in before if before[name] != after[name]}
    assert "feed" in changed and "registry" not in changed


def parsed(path: Path) -> set[str]:
    """What a file imports, by Python's own parser."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, "relative imports are not followed"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.slow
def test_imports_are_found_as_python_finds_them() -> None:
    for path in code.PACKAGE.rglob("*.py"):
        missed = parsed(path) - set(code.imported(path.read_text("utf-8")))
        assert not missed, f"{path}: {missed}"


def test_imports_of_every_form() -> None:
    lines = "import a, b.c as d\nfrom e.f import g as h, i\nfrom j import (\n    k,  # why\n    l,\n)\n    import m\n"
    assert set(code.imported(lines)) == {"a", "b.c", "e.f.g", "e.f.i", "e.f", "j.k", "j.l", "j", "m"}
