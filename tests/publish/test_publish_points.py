"""Recommendations that stand in one section of their report, each shown with its own words."""

from pathlib import Path
from typing import Any

import pytest

from tests.publish import publish_rows as rows
from tests.publish.publish_rows import EARLIER, FIRST, NOW, WHERE, site
from tests.publish.publish_toolkit import noted

LISTED = "url:https://listed.example/report"
RUNNING = "url:https://running.example/report"
TEXTS = {
    LISTED: ("Recommendations", "Two:\n1. The NCA should count.\n2. <b>Police</b> forces must train.\nThanks to all."),
    RUNNING: ("Victims", "34. Few are counted. We recommend that the NCA publishes figures.\n35. More follows."),
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Path:
    path = tmp_path_factory.mktemp("points") / "roundup.db"
    with rows.copied(database, path) as world:
        judged = {"band": "in", "score": 1.0, "decided_by": "words", "why": "[]", "since": FIRST, "rules": "r"}
        for name, (heading, text) in TEXTS.items():
            world.document(name, f"Report of {name[12:19]}", kind="report")
            world.version(f"v{name[12:19]}", name, [("part", "", heading, text)], captured=EARLIER)
            world.add("relevance", document=name, **judged)
    noted(path)
    return path


@pytest.fixture
def shown(filled: Path) -> Any:
    return site(filled, WHERE, now=NOW)


async def test_each_entry_of_a_list_is_shown_by_itself(shown: Any) -> None:
    text = (await shown.client.get(f"/recommendations?report={LISTED}")).text
    assert text.count('class="sec lesson"') == 2 and "2 with no answer seen by us" in text
    assert "Recommendation 1 ·" in text and "Recommendation 2 ·" in text
    assert ">The NCA should count.</a>" in text
    assert ">&lt;b&gt;Police&lt;/b&gt; forces must train.</a>" in text
    assert "Thanks to all" not in text
    sheet = (await shown.client.get(f"/recommendations.csv?report={LISTED}")).text
    assert "recommendation,1,The NCA,The NCA should count.," in sheet


async def test_a_paragraph_that_recommends_is_named_by_its_number(shown: Any) -> None:
    text = (await shown.client.get(f"/recommendations?report={RUNNING}")).text
    assert "Recommendation, paragraph 34 ·" in text
    assert ">We recommend that the NCA publishes figures.</a>" in text
