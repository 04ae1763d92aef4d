"""The one law of the public file: no run of 40 bytes of a hidden text, no name of what was removed, in its bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.public.database import FILE
from tests.export.leaks import leaks
from tests.publish import publish_rows as rows
from tests.recordings import build, library


def public(private: Path) -> Path:
    return private.with_name(FILE)


@pytest.mark.process
@pytest.mark.parametrize("world", ["people", "sample"])
def test_nothing_hidden_stands_in_the_file(world: str, request: pytest.FixtureRequest) -> None:
    private: Path = request.getfixturevalue(world)
    assert leaks(private, public(private)) == []


@pytest.mark.process
@pytest.mark.recorded
def test_nor_does_anything_of_all_recordings(tmp_path_factory: pytest.TempPathFactory) -> None:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    private = build.once(tmp_path_factory) / "data" / "roundup.db"
    assert leaks(private, public(private)) == []


def test_what_is_hidden_would_be_found(people: Path, sample: Path) -> None:
    assert any(rows.REMOVED in leak for leak in leaks(people, people))
    assert any(leak.startswith("words ") for leak in leaks(sample, sample))


@pytest.mark.parametrize("word", [rows.SECRET, rows.REMOVED])
def test_no_word_of_people_stands_in_the_file(people: Path, word: str) -> None:
    assert word.encode() in people.read_bytes()
    assert word.encode() not in public(people).read_bytes()
    assert word.lower().encode() not in public(people).read_bytes(), "nor as a term of an index"


def test_a_text_without_a_licence_is_only_quoted(people: Path) -> None:
    unquoted = f"{rows.SHUT} is how it goes on for long. " * 20
    assert unquoted.encode() in people.read_bytes()
    assert unquoted.encode() not in public(people).read_bytes()
