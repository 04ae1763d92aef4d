"""Pages that name an older version of guidance than the newest held: told with its number and since when."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.publish import publish_rows as rows
from tests.publish.publish_rows import EARLIER, FIRST, NOW, WHERE, site
from tests.publish.publish_toolkit import noted

HELD: dict[str, tuple[str, str, tuple[tuple[str, dict[str, str]], ...]]] = {
    "sg": (
        "Modern slavery: statutory guidance for England and Wales",
        "statutory_guidance",
        (
            ("Sample words.", {"note": "Updated to version 3.8."}),
            ("Sample words, version 3.10.", {}),
            ("Sample words without a number.", {}),
        ),
    ),
    "leave": (
        "Discretionary leave for victims of human trafficking",
        "guidance",
        (("Sample words.", {"label": "Version 5.0"}),),
    ),
    "ports": ("Modern slavery: guidance for ports", "guidance", (("No number.", {}),)),
}
MODERN = "Modern slavery: statutory guidance for England and Wales, version 3.10 (2026-11-02)"
CITING = {
    "It follows the Modern Slavery statutory guidance, version 3.8.": MODERN,
    "It is based on version 3.9 of the statutory guidance.": MODERN,
    "It follows the Modern Slavery statutory guidance, version 3.10.": "",
    "It follows the Modern Slavery statutory guidance, version 4.": "",
    "This is version 1.2 of the guidance.": "",
    "It follows the Housing statutory guidance, version 1.0.": "",
    "It uses the Discretionary Leave guidance version 4.0.": (
        "Discretionary leave for victims of human trafficking, version 5.0 (2026-11-01)"
    ),
    "It names no guidance.": "",
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Path:
    path = tmp_path_factory.mktemp("guidance") / "roundup.db"
    with rows.copied(database, path) as world:
        for name, (title, kind, versions) in HELD.items():
            world.document(f"url:https://held.example/{name}", title, kind=kind)
            for place, (text, stated) in enumerate(versions):
                world.version(
                    f"{name}{place}", f"url:https://held.example/{name}", [("introduction", "", "", text)],
                    captured=f"2026-11-0{place + 1}T00:00:00Z", **stated,
                )  # fmt: skip
        judged = {"band": "in", "score": 1.0, "decided_by": "words", "why": "[]", "since": FIRST, "rules": "r"}
        for place, text in enumerate(CITING):
            name = f"url:https://citing.example/{place}"
            world.document(name, text, kind="training")
            world.version(f"citing{place}", name, [("law", "", "Law", text)], captured=EARLIER)
            world.add("relevance", document=name, **judged)
    noted(path)
    return path


@pytest.fixture
def shown(filled: Path) -> Any:
    return site(filled, WHERE, now=NOW)


async def test_an_older_version_of_guidance_is_told(shown: Any) -> None:
    text = (await shown.client.get("/training.csv")).text
    sheet = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    told = {row["title"]: row["newer guidance held"] for row in sheet}
    assert {text: told[text] for text in CITING} == CITING


async def test_the_page_says_which_version_and_since_when(shown: Any) -> None:
    text = (await shown.client.get("/training")).text
    assert text.count("of guidance:</strong> a newer version,") == 3
    assert "It names version 3.8 of guidance:</strong> a newer version, 3.10, of <a href=" in text
    assert "is held since <time" in text
