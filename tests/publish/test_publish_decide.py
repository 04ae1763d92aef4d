"""``roundup review`` and ``roundup decide``: what waits is asked in order, and decisions.yaml says what was decided."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from crawler.cli.review import Terminal, ask
from crawler.public import review as queue
from crawler.public.database import FILE, connect
from crawler.sources import load_decisions
from tests.publish.publish_rows import GUIDANCE
from tests.run.command import roundup

SOURCES = Path(__file__).parents[2] / "data" / "sample" / "sources.yaml"


@pytest.fixture
def folder(database: Path, tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    shutil.copy(database.parent / FILE, tmp_path / "data" / FILE)
    shutil.copy(SOURCES, tmp_path / "sources.yaml")
    return tmp_path


def decide(folder: Path, *given: str) -> tuple[int, str]:
    paths = ("--data", folder / "data", "--sources", folder / "sources.yaml")
    done = roundup("decide", *paths, *given)
    return done.code, done.err


def test_a_script_decides_by_id_or_address(folder: Path) -> None:
    with closing(connect(folder / "data" / FILE)) as public:
        waiting = queue.waiting(public, 9)
        assert queue.words(public, GUIDANCE)
    id = waiting[0]["id"]
    assert decide(folder, id, "in", "--by", "AB", "--why", "ours")[0] == 0
    assert load_decisions(folder / "decisions.yaml").relevance == {id: "in"}
    code, error = decide(folder, "nothing", "out", "--by", "AB", "--why", "x")
    assert (code, error) == (2, "roundup: nothing: no document with this id or address was read\n")
    code, error = decide(folder, id, "out", "--by", "AB", "--why", "")
    assert code == 2 and "why" in error and load_decisions(folder / "decisions.yaml").relevance == {id: "in"}


def test_a_passage_is_confirmed_and_what_stands_in_the_file_is_kept(folder: Path) -> None:
    file = folder / "decisions.yaml"
    file.write_text("# ours\nrelevance:\n  x: in\n", encoding="utf-8")
    by = ("--by", "AB", "--why", "read beside it: holds")
    code, error = decide(folder, GUIDANCE, "confirmed", "--passage", "section-99", *by)
    assert code == 2 and "no passage 'section-99' of it was read" in error
    for path in ("3", "1"):
        assert decide(folder, GUIDANCE, "confirmed", "--passage", path, *by)[0] == 0
    found = load_decisions(file)
    assert [(one.document, one.passage, one.by) for one in found.passages] == [
        (GUIDANCE, "1", "AB"), (GUIDANCE, "3", "AB"),
    ]  # fmt: skip
    assert file.read_text().startswith("# ours\nrelevance:\n  x: in\n") and found.relevance == {"x": "in"}
    assert (
        decide(folder, GUIDANCE, "confirmed", *by)[0] == decide(folder, GUIDANCE, "in", "--passage", "x", *by)[0] == 2
    )


def test_without_a_terminal_it_says_what_to_do_instead(folder: Path) -> None:
    done = roundup("review", "--data", folder / "data", "--sources", folder / "sources.yaml")
    assert done.code == 2 and "for scripts there is roundup decide" in done.err


def test_one_after_another_until_quit() -> None:
    row = {
        "title": "Sam\x1b[2Jple", "kind": "report", "jurisdiction": "", "published": "2026-01-01",
        "source_name": "List", "since": "2026-02-01", "url": "https://x.example/",
        "why": '[{"words": "victims", "weight": 0.9}]',
    }  # fmt: skip
    keys, shown, made = iter("xioLq"), list[str](), list[tuple[str, str, str]]()
    terminal = Terminal(key=lambda: next(keys), line=lambda text, default: default, show=shown.append)
    waiting = [{**row, "id": name} for name in "abcde"]
    ask(waiting, {"a": "One. Two. Three. Four."}, terminal, lambda *each: made.append(each))
    assert made == [("a", "in", "seen on review"), ("b", "out", "seen on review")]
    said = "\n".join(shown)
    assert (
        "One. Two. Three.\n" in said
        and "Four" not in said
        and "why it waits: “victims” +0.9" in said
        and "\x1b" not in said
    )
    assert "4 of 5" in said and "5 of 5" not in said and "2 decisions in 0:00; 3 left" in said
