"""A registry is read by libyaml, ten times as fast, and says what it says when PyYAML alone reads it."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import SourcesError
from crawler.sources import yaml_positions
from crawler.sources.yaml_positions import Located, compose
from tests.tiers import examples

ROOT = Path(__file__).parents[2]
OURS = sorted((ROOT / "crawler").rglob("*.yaml"))
REGISTRIES = [ROOT / "sources.yaml", *sorted((ROOT / "data").rglob("*.yaml"))]
PIECES = (
    "a", "b: ", "- ", "\n", "\n  ", "\n    ", " ", ": ", ":", "{", "}", "[", "]", ", ", ",", "'", '"', "#", " # c", "|",
    "|-\n  ", ">", "> \n", "?", "!", "&x ", "*x", "%", "@", "`", "---", "...", "\n---\n", "~", "null", "1.5", "\\n",
    "http://a/b?c", "é", "\u2028", "\x85", "\t", "\ufeff", "\r", "key: value\n", "k: 'it''s'\n", "k: [a, {c: d}]\n",
)  # fmt: skip
DIFFERENT = (">#", "b: |# c\n  d", "{null?}", "{\n  a: b\n1:c}", "a: b\t", "- a\n\ufeff", "a: \x85b")


def read(text: str, *, ours: bool = False) -> Located | list[str]:
    try:
        return compose(text, "file", ours=ours)
    except SourcesError as error:
        return error.problems


def read_slowly(text: str) -> Located | list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_positions, "_quick_events", lambda text: None)
        return read(text)


@pytest.mark.parametrize("file", [*OURS, *REGISTRIES], ids=lambda file: str(file.relative_to(ROOT)))
def test_our_files_say_the_same(file: Path) -> None:
    text = file.read_text("utf-8")
    assert read(text, ours=file in OURS) == read_slowly(text)


@pytest.mark.parametrize("file", REGISTRIES, ids=lambda file: str(file.relative_to(ROOT)))
def test_registries_are_read_quickly(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml_positions, "_events")
    assert isinstance(read(file.read_text("utf-8")), Located)


@examples(2_000)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_stands_in_it_is_read_the_same(text: str) -> None:
    assert read(text) == read_slowly(text)


@pytest.mark.parametrize("text", DIFFERENT)
def test_what_the_two_take_for_different_things_is_read_slowly(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly = read_slowly(text)
    monkeypatch.delattr(yaml_positions, "_quick_events")
    assert read(text) == slowly


@pytest.mark.slow
@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_a_deep_text_takes_no_more_than_its_length(opening: str) -> None:
    def seconds(times: int) -> float:
        before = time.process_time()
        assert isinstance(read(opening * times), list)
        return time.process_time() - before

    small, large = (min(seconds(times) for _ in range(3)) for times in (10_000, 40_000))
    assert large < 8 * max(small, 0.001)
