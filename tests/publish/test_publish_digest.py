"""``roundup digest``: the public database in, a text out; what is asked for wrongly is named."""

from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.run.digests import render
from crawler.sources import Settings
from tests.run.command import roundup

SETTINGS = Settings(public_url="https://roundup.example.org")


def test_every_form_is_a_function_of_the_public_database(database: Path) -> None:
    first = "2026-01-01T00:00:00Z"
    for form in ("text", "html", "markdown"):
        made = render(database.parent, SETTINGS, "", first, None, form)
        assert made == render(database.parent, SETTINGS, "", first, None, form)
        assert "https://roundup.example.org/entry/" in made and "Could not be checked".casefold() in made.casefold()
    one = render(database.parent, SETTINGS, "https://x.example/feeds/changes.atom?kind=guidance", first, None, "text")
    assert "guidance" in one.partition("\n")[0]


@pytest.mark.parametrize(
    ("query", "first", "last", "words"),
    [
        ("colour=red", None, None, "filter 'colour=red'"),
        ("kind", None, None, "filter 'kind'"),
        ("publisher=nobody", None, None, "nothing in the database has publisher 'nobody'"),
        ("", "2030-01-01T00:00:00Z", None, "has no day"),
    ],
)
def test_what_cannot_be_is_named(database: Path, query: str, first: str | None, last: str | None, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        render(database.parent, SETTINGS, query, first, last, "text")


def test_the_command_names_what_is_missing(tmp_path: Path) -> None:
    sources = Path(__file__).parents[2] / "data" / "sample" / "sources.yaml"
    done = roundup("digest", "--data", tmp_path, "--sources", sources)
    assert done.code == 2 and "there is no public database yet" in done.err
    done = roundup("digest", "--since", "2026-02-01", "--until", "2026-01-01", "--sources", sources)
    assert done.code == 2 and "--until 2026-01-01 is before --since 2026-02-01" in done.err
