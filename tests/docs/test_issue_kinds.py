"""Every kind of issue that the code can raise is described in operations.md, with what to do, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.test_text import page, under

pytestmark = pytest.mark.slow

CODE = Path(__file__).parents[2] / "crawler"

PASSED_ON = {
    ("health/assess.py", "kind"),
    ("ingest/answers.py", "kind"),
    ("ingest/pages.py", "kind"),
    ("protocols/legislation/paging.py", "kind"),
    ("protocols/listing/lists.py", "kind"),
    ("spiders/fetch.py", "error.kind"),
    ("spiders/fetch.py", "rules.kind"),
}
"""Places that hand on a kind that was made elsewhere."""

NO_ISSUE = {"lost", "not-recorded"}
"""Requests without an answer that are nobody's fault."""


def kinds() -> set[str]:
    found: set[str] = set()
    for path in CODE.rglob("*.py"):
        name = path.relative_to(CODE).as_posix()
        for made in _made(ast.parse(path.read_text("utf-8"))):
            texts = _texts(made)
            assert texts or (name, ast.unparse(made)) in PASSED_ON, f"{name}:{made.lineno}: {ast.unparse(made)}"
            found |= texts
    return found


def _made(tree: ast.AST) -> Iterator[ast.expr]:
    """The expressions that become kinds of issues."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Problem" | "Finding") | ast.Attribute(attr="Finding" | "Problem")):
                yield from (keyword.value for keyword in node.keywords if keyword.arg == "kind")
            case ast.Call(func=ast.Name(id="RefusedError")) if len(node.args) == 3:
                yield node.args[2]
            case ast.Call(func=ast.Name(id="UnansweredError")):
                yield node.args[0]
            case ast.Call(func=ast.Attribute(attr="failed"), args=[_, _, _, kind, _]):
                yield kind
            case ast.ClassDef(body=body):
                yield from _class_kinds(body)
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id="found"), slice=ast.Constant() as kind)]):
                if kind.value == "shrunk":
                    yield kind
            case ast.AugAssign(target=ast.Subscript(value=ast.Name(id="faults"), slice=ast.Tuple(elts=[kind, _]))):
                yield kind


def _class_kinds(body: list[ast.stmt]) -> Iterator[ast.expr]:
    """Kinds that belong to a class of errors, or that are the default of a value."""
    for each in body:
        match each:
            case ast.Assign(targets=[ast.Name(id="kind")], value=value):
                yield value
            case ast.AnnAssign(target=ast.Name(id="kind"), value=ast.Constant(value=str()) as value) if value.value:
                yield value


def _texts(expression: ast.expr) -> set[str]:
    match expression:
        case ast.Constant(value=str() as text):
            return {text}
        case ast.IfExp(body=body, orelse=orelse):
            return _texts(body) | _texts(orelse)
    return set()


def test_every_kind_of_issue_is_described_and_no_other() -> None:
    lines = re.findall(r"^- ((?:`[^`]+`(?:, )?)+):", under(page("docs/operations.md"), "## Issues"), re.MULTILINE)
    described = [kind for line in lines for kind in re.findall(r"`([^`]+)`", line)]
    assert len(described) == len(set(described))
    assert set(described) == kinds() - NO_ISSUE


def test_collector_sees_every_way_a_kind_is_made() -> None:
    assert {"zero", "parse", "limit", "shrunk", "challenge", "unreachable", "robots", "entry without a link"} <= kinds()
