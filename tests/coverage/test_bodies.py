"""By body: since when its lists are complete, as the site's database says; what the page of sources says of them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from crawler import protocols
from crawler.cli import bodies
from crawler.public import coverage, standing
from crawler.public.database import FILE, connect
from crawler.run.publish import export
from crawler.sources import loads
from tests.fold.test_fold_backfill import SOURCES, papers
from tests.fold.world import START, crawl


@pytest.mark.parametrize(("off", "state", "words"), [
    (0, "1 of 1", "Complete: 60 of 60 listed by the publisher, read on 2 March 2026; 60 of them here"),
    (5, "0 of 1", "Incomplete, because the publisher states 65, its pages list 60: 60 of 65 listed by the publisher,"
                  " read on 2 March 2026; 60 of them here"),
])  # fmt: skip
def test_what_readers_and_the_command_say(tmp_path: Path, off: int, state: str, words: str) -> None:
    crawl(tmp_path, papers(60, off=off), START, text=SOURCES)
    export(tmp_path)
    with closing(connect(tmp_path / FILE)) as connection:
        (source,) = standing.sources(connection)
        (body,) = bodies.figures(loads(SOURCES, "sources.yaml", protocols.OPTIONS), coverage.bodies(connection))
    assert source["coverage"] == words
    assert (body["read_to_end"], body["listed"], body["held"]) == (state, 60 + off, 60)
    heading, line, *counts = bodies.lines([body])
    assert "lists complete since" in heading and f" {state.replace('0', 'none')} read to the end" in line
    assert "held in all" in heading and "what no list of it has" in counts[1]


def test_a_body_of_which_nothing_was_read(tmp_path: Path) -> None:
    (body,) = bodies.figures(loads(SOURCES, "sources.yaml", protocols.OPTIONS), {"sample": {"complete": None}})
    assert (body["read_to_end"], body["complete_since"]) == ("0 of 1", None)
