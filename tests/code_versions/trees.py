"""The digest of code, without what does not count: comments, docstrings, annotations, imports, names of variables."""

import ast
import builtins
from collections.abc import Callable, Set
from hashlib import sha256


def code_digest(code: str) -> str:
    """Return the digest of a module, the same on every release of Python.

    >>> plain = code_digest("def f(a):\\n  b = a\\n  return b")
    >>> plain == code_digest("def f(a: int) -> int:\\n  'Return it.'\\n  found = a\\n  return found")
    True
    """
    tree, lines = ast.parse(code), list[str]()
    # Python notes there under "_" what a doctest showed last.
    known = {*dir(builtins)} - {"_"} | _bound(tree)
    _Writer(known, lines.append).write(_Stripped().visit(tree))
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


class _Stripped(ast.NodeTransformer):
    """Takes out of a tree what does not count; fields of classes keep their annotations, which are read."""

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        return None

    visit_ImportFrom = visit_Import

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        is_text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return None if is_text else self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        fields = [each for each in node.body if isinstance(each, ast.AnnAssign)]
        node.body = [each if each in fields else self.visit(each) for each in node.body]
        node.body = [each for each in node.body if each is not None]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        return None if node.value is None else self.generic_visit(ast.Assign(targets=[node.target], value=node.value))


_NAMED = {
    ast.FunctionDef: "name",
    ast.AsyncFunctionDef: "name",
    ast.ClassDef: "name",
    ast.ExceptHandler: "name",
    ast.MatchAs: "name",
    ast.MatchStar: "name",
    ast.MatchMapping: "rest",
    ast.Name: "id",
}
"""Nodes that bind names, and the field with the name."""
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SKIPPED = {"ctx", "kind", "type_comment"}


def _bound(scope: ast.AST) -> set[str]:
    """Return the names that are bound in a module, class or function itself, not in functions and classes in it."""
    found: set[str] = set()
    for node in ast.iter_child_nodes(scope):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(each.asname or each.name).partition(".")[0] for each in node.names}
        elif type(node) in _NAMED and not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
            found.add(getattr(node, _NAMED[type(node)]) or "")
        if not isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            found |= _bound(node)
    return found


def _variables(function: ast.AST) -> set[str]:
    """Return the names of the variables of a function and of those in it; no parameters, fields and global ones."""
    found, kept = set[str](), set[str]()
    for node in ast.walk(function):
        if isinstance(node, (*_FUNCTIONS, ast.Lambda)):
            found |= _bound(node)
        elif isinstance(node, ast.arg):
            kept.add(node.arg)
        elif isinstance(node, ast.ClassDef):
            kept |= {node.name, *_bound(node)}
        elif isinstance(node, ast.Global):
            kept |= set(node.names)
    return found - kept


class _Writer:
    """Writes a tree line by line; fields without a value are left out, as each release of Python has others.

    The variables of a function are written as numbers, in the order in which they come up. Parameters keep their names,
    by which they are called, and so does what the module or Python has too.
    """

    def __init__(self, known: Set[str], write: Callable[[str], object]) -> None:
        self._write = write
        self._known = known
        self._numbers: dict[str, str] | None = None

    def write(self, value: object) -> None:
        """Write a node, a list of nodes or a constant."""
        if isinstance(value, list):
            self._write("[")
            for each in value:
                self.write(each)
            self._write("]")
        elif not isinstance(value, ast.AST):
            self._write(repr(value))
        elif isinstance(value, _FUNCTIONS) and self._numbers is None:
            self._numbers = dict.fromkeys(_variables(value) - self._known, "")
            self._node(value)
            self._numbers = None
        else:
            self._node(value)

    def _node(self, node: ast.AST) -> None:
        self._write(type(node).__name__)
        bound = _NAMED.get(type(node))
        for name, value in ast.iter_fields(node):
            if value is None or value == [] or name in _SKIPPED:
                continue
            self._write(name)
            if name == bound or isinstance(node, (ast.Global, ast.Nonlocal)):
                self._write(str([self._name(each) for each in value] if isinstance(value, list) else self._name(value)))
            else:
                self.write(value)
        self._write(".")

    def _name(self, name: str) -> str:
        numbers = self._numbers or {}
        if name in numbers:
            numbers[name] = numbers[name] or str(sum(map(bool, numbers.values())))
        return numbers.get(name, name)
