"""Versions of code follow what it does: what reads captures, what is derived, and the packages of others that read."""

import ast
import builtins
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler import code_versions
from crawler.protocols import PROTOCOLS
from tests.code_versions.closure import JUDGES, PACKAGE, READERS, computed, file_digest, files, others
from tests.code_versions.trees import code_digest

READS = {*PROTOCOLS, code_versions.ROWS}
FUNCTION = '''
"""What it is for."""
from crawler.text import stamp as shown

LIMIT = 3

def told(rows, most=LIMIT):
    """Give rows."""
    found = []
    for number, row in enumerate(rows):
        if (name := row["name"]) and number < most:
            found.append(f"{name}: {shown(row)!r}")
    return sorted(found, key=lambda each: each[1:])

class Row:
    """One row."""
    size: int = 4

    def larger(self, by):
        size = self.size + by
        return size
'''


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"""Give rows."""', '"""Return rows as they are told,\n    in order."""'),
        ('"""One row."""', ""),
        ("LIMIT = 3", "LIMIT: int = 3  # at most"),
        ("told(rows, most=LIMIT):", "told(rows: list[Row], most: int = LIMIT) -> list[str]:"),
        ("found", "titles"),
        ("name :=", "title :="),
        ("size = self.size + by\n        return size", "sum_ = self.size + by\n        return sum_"),
        ("from crawler.text import stamp as shown", "from crawler.times import shown"),
        ("found = []", "found: list[str] = []\n    count: int"),
    ],
)
def test_words_for_readers_and_names_of_variables_do_not_count(before: str, after: str) -> None:
    changed = FUNCTION.replace(before, after).replace('f"{name}', 'f"{title}' if "title :=" in after else 'f"{name}')
    assert changed != FUNCTION and code_digest(changed) == code_digest(FUNCTION)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("LIMIT = 3", "LIMIT = 4"),
        ("LIMIT = 3", "LIMIT = 3.0"),
        ("number < most", "number <= most"),
        ("found.append", "found.insert"),
        ("!r}", "!s}"),
        ("sorted(found", "sorted(rows"),
        ("rows, most=LIMIT", "most, rows=LIMIT"),
        ("size: int = 4", "size: float = 4"),
        ("each[1:]", "each[:1]"),
        ("shown(row)", "told(row)"),
    ],
)
def test_what_code_does_counts(before: str, after: str) -> None:
    assert code_digest(FUNCTION.replace(before, after)) != code_digest(FUNCTION)


def test_variables_that_change_places_count() -> None:
    assert code_digest("def f(x):\n a = x\n b = 1\n return a") != code_digest("def f(x):\n a = x\n b = 1\n return b")


def test_what_a_doctest_showed_before_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "def f(x):\n    _, last = x\n    return last"
    before = code_digest(code)
    monkeypatch.setattr(builtins, "_", "shown", raising=False)
    assert code_digest(code) == before


@pytest.mark.slow
def test_what_a_crawl_reads_is_what_the_code_is() -> None:
    written = json.loads(code_versions.FILE.read_text("utf-8"))
    assert written == computed(file_digest), "run `make versions`"
    assert set(code_versions.parsers()) == set(PROTOCOLS)


def changed_at(changed: Path) -> Callable[[Path], str]:
    return lambda path: "another" if path == changed else file_digest(path)


@pytest.mark.slow
def test_each_change_of_code_is_one_of_what_depends_on_it_alone() -> None:
    before = computed(file_digest)
    for name, touched in {
        "classify/relevance/classify.py": {"derives"},
        "classify/relevance/rules.yaml": {"derives"},
        "derive/duplicates.py": {"derives"},
        "health/assess.py": {"derives"},
        "entries/compose.py": {"derives"},
        "protocols/hudoc/cases.py": {"hudoc"},
        "reconcile/versions.py": {"rows"},
        "sources/localities.yaml": {"rows"},
        "sources/helplines.yaml": set(),
        "text.py": READS,
        "model.py": READS,
        "classify/relevance/evaluation.py": set(),
        "feeds/atom.py": set(),
        "feeds/entry.py": set(),
        "export/documents.py": set(),
        "publish/documents.py": set(),
        "cli/main.py": set(),
        "run/crawl.py": set(),
        "store/schema.sql": set(),
    }.items():
        assert (PACKAGE / name).exists(), name
        after = computed(changed_at(PACKAGE / name))
        assert {each for each in before if after[each] != before[each]} == touched, name


def test_every_package_that_reads_captures_is_part_of_a_version() -> None:
    paths = [path for room in ("protocols", "bodies") for path in (PACKAGE / room).rglob("*.py")]
    assert set().union(*map(others, paths)) - set(sys.stdlib_module_names) == set(READERS)


def test_new_release_of_a_package_is_a_new_version_of_its_readers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    real, before = code_versions._release, code_versions.parsers()
    monkeypatch.setattr(code_versions, "_release", lambda name: "99" if name == "feedparser" else real(name))
    after = code_versions.parsers()
    changed = {name for name in before if before[name] != after[name]}
    assert "feed" in changed and "registry" not in changed


@pytest.mark.slow
def test_what_only_shows_is_in_no_version() -> None:
    found = files(JUDGES) | files(tuple(f"protocols.{name}" for name in PROTOCOLS)) | files(("ingest",))
    rooms = {path.relative_to(PACKAGE).parts[0] for path in found}
    assert rooms.isdisjoint({"publish", "export", "cli", "public", "run", "spiders"})


def test_imports_are_absolute() -> None:
    for path in sorted((PACKAGE / "ingest").glob("*.py")):
        levels = [node.level for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.ImportFrom)]
        assert not any(levels), f"{path}: relative imports are not followed"
