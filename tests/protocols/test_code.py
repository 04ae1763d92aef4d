"""The version of a parser follows its code, and the packages of others that read for it."""

from __future__ import annotations

import sys
from importlib import metadata

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
