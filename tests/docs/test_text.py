"""What the documentation says in words: links, targets, kinds, packages, SQL, the picture."""

import ast
import re
import sqlite3
import tomllib
from contextlib import closing
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest

from crawler.cli.main import roundup
from crawler.protocols import PROTOCOLS
from crawler.public import schema
from crawler.public.search import score
from crawler.sources.load import ENVIRONMENT
from crawler.store.schema import SCRIPT

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not {".venv", "build", "node_modules"} & set(path.relative_to(ROOT).parts)
    and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
)
TEXT = {path: path.read_text("utf-8") for path in PAGES}
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def page(name: str) -> str:
    return TEXT[ROOT / name]


def rows(text: str) -> list[str]:
    """The first cells of the rows of tables, where they are code."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def under(text: str, heading: str) -> str:
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {heading}"
    return found[1]


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", TEXT[path], flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), f"{path.name}: {link}"
        assert not anchor or anchor in anchors(TEXT[target]), f"{path.name}: {link}"


def test_files_and_folders_of_the_code_that_are_named_exist() -> None:
    """Named from the top, from ``crawler`` or ``tests``, or a module beside one that was."""
    paths = [path for part in ("crawler", "tests") for path in (ROOT / part).rglob("*.*")]
    names = {path.name for path in paths}
    named = {
        name for text in TEXT.values() for name in re.findall(r"`((?:crawler|tests)/[\w./]+|[\w/]+\.(?:py|sql))`", text)
    }
    assert len(named) > 50
    for name in named:
        places = (ROOT / name, ROOT / "crawler" / name)
        assert any(place.exists() for place in places) or ("/" not in name and name in names), name


def test_commands_that_are_named_exist() -> None:
    """Commands of ``roundup`` with their options, and modules of tests that are run."""
    lines = [
        line
        for text in TEXT.values()
        for line in re.findall(r"(?:`|^ *)(?:\.venv/bin/)?roundup ([a-z].*?)(?:`|$)", text, re.M)
    ]
    lines += [
        line for text in TEXT.values() for line in re.findall(r"\.venv/bin/roundup ([a-z].*?)(?:`|>>|$)", text, re.M)
    ]
    used = {line.split()[0] for line in lines}
    context = click.Context(roundup)
    commands = {name: roundup.get_command(context, name) or roundup for name in roundup.list_commands(context)}
    assert used == set(commands)
    for line in lines:
        name, *words = line.split()
        known = {option for each in commands[name].params for option in each.opts + each.secondary_opts}
        assert {word.strip("[]`,") for word in words if word.strip("[").startswith("--")} <= {*known, "--help"}, line
    modules = {name for text in TEXT.values() for name in re.findall(r"python -m (tests[\w.]*)", text)}
    assert len(modules) > 5
    for module in modules:
        folder = ROOT / module.replace(".", "/")
        assert (folder / "__main__.py").exists() or folder.with_suffix(".py").exists(), module


def test_every_target_of_the_makefile_is_described_in_it() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony and set(phony[1].split()) == targets
    assert set(re.findall(r"^([a-z-]+):.* ## ", makefile, re.MULTILINE)) == targets, "make help lists all"


def test_every_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for path, text in TEXT.items():
        for name in re.findall(r"`make ([a-z-]+)", text):
            assert name in targets, f"{path.name}: make {name}"


def test_every_variable_of_the_environment_is_described() -> None:
    assert rows(under(page("docs/cli.md"), "## Environment")) == list(ENVIRONMENT)


def test_every_protocol_is_described() -> None:
    text = under(page("docs/adding-a-source.md"), "## 1. Choose how it is read")
    assert re.findall(r"^- `(\w+)`: ", text, re.MULTILINE) == list(PROTOCOLS)


def test_every_kind_of_journal_record_is_described() -> None:
    tree = ast.parse((ROOT / "crawler/ingest/journal.py").read_text("utf-8"))
    kinds = {
        node.value.value
        for case in ast.walk(tree)
        if isinstance(case, ast.match_case)
        for node in ast.walk(case.pattern)
        if isinstance(node, ast.MatchValue) and isinstance(node.value, ast.Constant)
    }
    described = re.findall(r"^- `([\w-]+)`: ", under(page("docs/architecture.md"), "## The fold"), re.MULTILINE)
    assert kinds and set(described) == kinds


def test_every_package_stands_in_the_picture() -> None:
    picture = under(page("docs/architecture.md"), "## The picture")
    for path in (ROOT / "crawler").iterdir():
        if path.is_dir() and (path / "__init__.py").exists():
            assert re.search(rf"\b{path.name}\b", picture), path.name


def test_sql_of_the_documentation_runs() -> None:
    """On the public database; what is asked of the private one says so in its first line."""
    statements = [sql for text in TEXT.values() for sql in re.findall(r"```sql\n(.*?)```", text, re.DOTALL)]
    assert statements
    for sql in statements:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.executescript(SCRIPT if sql.startswith("-- roundup.db\n") else schema.script())
            connection.execute(sql).fetchall()


def test_formula_of_the_search_is_that_of_the_code() -> None:
    formula = under(page("docs/search.md"), "## How results are ordered").partition("*Cover*")[0]
    shares = (score.TITLE_SHARE, score.NEAR_SHARE, score.WEIGHT_SHARE, score.RANK_SHARE, score.SUBJECT_SHARE,
              score.BAND_SHARE, score.KIND_SHARE, score.LEAD_BONUS)  # fmt: skip
    assert [float(number) for number in re.findall(r"\+ (0\.\d+) ", formula)] == list(shares)


def test_promise_and_limits_stand_on_the_first_screen() -> None:
    from crawler.feeds import PROMISE

    first = "\n".join(page("README.md").splitlines()[:14])
    assert PROMISE in first
    assert (
        "a finding aid, not legal advice; open the official page before you act; built and tested on recorded" in first
    )
    assert first.index("make demo") < first.index("make test") < first.index("Limits")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_promised_too_much(path: Path) -> None:
    for word in ("comprehensive", "up to date", "up-to-date", "compliant"):
        assert word not in TEXT[path].lower(), f"{path.name}: {word}"


@pytest.mark.slow
def test_packages_are_listed_if_and_only_if_they_are_imported() -> None:
    by_module = {module: names[0] for module, names in packages_distributions().items()}
    listed = {_name(each) for each in CONFIG["project"]["dependencies"]}
    groups = CONFIG["project"]["optional-dependencies"]
    extras = {name: {_name(each) for each in found} for name, found in groups.items()}
    dev = extras.pop("dev")
    assert _imported(ROOT / "crawler", by_module) - set().union(*extras.values()) == listed
    assert _imported(ROOT / "tests", by_module) - listed <= dev


def test_lock_holds_every_package_with_its_hashes_and_no_registry() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in text
    pinned = re.findall(
        r"^([A-Za-z0-9._-]+)==[^\n]+\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE
    )
    names = {_name(name) for name, _ in pinned}
    assert len(pinned) == len(re.findall(r"^[A-Za-z0-9._-]+==", text, re.MULTILINE)), "one has no hash"
    extras = re.findall(r"--extra (\w+)", (ROOT / "Makefile").read_text("utf-8"))
    wanted = [*CONFIG["project"]["dependencies"]]
    wanted += [each for extra in extras for each in CONFIG["project"]["optional-dependencies"][extra]]
    assert {_name(each) for each in wanted} <= names, "run make lock"


def test_ci_runs_what_make_check_runs() -> None:
    run = ROOT / ".ci/run"
    assert run.stat().st_mode & 0o111
    assert "make check" in run.read_text("utf-8")


def _imported(folder: Path, by_module: dict[str, str]) -> set[str]:
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules: list[str] = []
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules = [node.module]
            found |= {by_module[each.partition(".")[0]] for each in modules if each.partition(".")[0] in by_module}
    return {_name(each) for each in found} - {CONFIG["project"]["name"]}


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[._-]+", "-", found[0]).lower()
