"""What holds of the code itself and none of the other tools sees: names given twice, names that nobody reads."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MODULES = sorted(path for part in ("crawler", "tests") for path in (ROOT / part).rglob("*.py"))


def given(tree: ast.Module) -> Iterator[str]:
    """The names that a module gives to what stands in it, beside what it imports."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=targets):
                for target in targets:
                    yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.AsyncFunctionDef(name=name):
                yield name


@pytest.mark.slow
@pytest.mark.parametrize("part", ["crawler", "tests"])
def test_every_name_of_a_module_is_given_once_and_read(part: str) -> None:
    for path in (path for path in MODULES if path.relative_to(ROOT).parts[0] == part):
        tree = ast.parse(path.read_text("utf-8"))
        names = Counter(given(tree))
        read = {
            node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)
        }
        assert [name for name, count in names.items() if count > 1] == [], path
        private = {name for name in names if name.startswith("_") and not name.startswith("__")}
        assert sorted(private - read) == [], path


def test_a_package_that_lists_its_modules_lists_all() -> None:
    lists = 0
    for path in (path for path in MODULES if path.name == "__init__.py" and "crawler" in path.relative_to(ROOT).parts):
        said = set(re.findall(r":mod:`(\w+)`", ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""))
        if said:
            lists += 1
            assert said == {each.stem for each in path.parent.glob("*.py")} - {"__init__"}, path
    assert lists


def test_every_module_is_read_by_mypy() -> None:
    places = [ROOT / each for each in CONFIG["tool"]["mypy"]["files"]]
    assert [path for path in MODULES if not any(path.is_relative_to(place) for place in places)] == []


def test_the_licence_goes_with_the_package() -> None:
    named = [path for pattern in CONFIG["project"]["license-files"] for path in ROOT.glob(pattern)]
    assert [path.name for path in named] == ["LICENSE"]
    assert "Apache License" in named[0].read_text("utf-8")


SQL = re.compile(r"\s*(?:with \w+.*\bas \(|select .+\bfrom |insert into |update \w+ set |delete from )", re.DOTALL)


@pytest.mark.slow
def test_sql_stands_where_a_database_is_written_or_read() -> None:
    allowed = {"store", "export", "public"}
    found = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "crawler").rglob("*.py")
        if path.relative_to(ROOT / "crawler").parts[0] not in allowed
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    }
    assert found == set()
