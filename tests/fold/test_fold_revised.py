"""An Act that is read as enacted, and then as first revised, did not change on that day."""

from __future__ import annotations

import json
from pathlib import Path

from crawler.entries import lengths
from crawler.feeds import Feed, atom
from crawler.store import Store
from tests.fold.samples import act
from tests.fold.test_fold_acts import WORDS, after, entry
from tests.public.exported import entries

NAME = "Sample Planning Act 2015"
AMENDED = ("2", "Notices", f"{WORDS[1][2]} It is given within 14 days.")
NEW = ("3A", "Fees", "There is no fee for a sample appeal.")


def enacted(*provisions: tuple[str, str, str], title: str = NAME) -> str:
    return act(*provisions, title=title).replace(
        '<ukm:DocumentStatus Value="revised"/>', '<ukm:DocumentStatus Value="final"/>'
    )


def changes(store: Store) -> list[tuple[str, str, str]]:
    rows = store.all("select kind, path, entry from changes where kind<>'new' order by position, path")
    return [(row["kind"], row["path"], row["entry"]) for row in rows]


def test_the_first_revised_text_is_told_without_its_provisions(tmp_path: Path) -> None:
    revised = act(WORDS[0], AMENDED, WORDS[2], NEW, valid="2025-10-01")
    with after(tmp_path, enacted(*WORDS[:3]), revised) as store:
        told = entry(store)
        assert store.all("select label from versions order by captured") == [
            {"label": "enacted"}, {"label": "2025-10-01"},
        ]  # fmt: skip
        assert told["title"] == f"First revised text read: {NAME}"
        assert told["summary"] == "First revised text read, changes follow from its effects."
        assert (told["kind"], told["significance"]) == ("changed", "legal effect") and not told["occurred"]
        assert [json.loads(told[name]) for name in ("details", "look_for", "flags")] == [[], [], []]
        assert store.all("select path from entry_sections where entry=? and path<>''", told["id"]) == []
        # The rows stay, and stand under the entry.
        assert changes(store) == [("changed", "section-2", told["id"]), ("added", "section-3A", told["id"])]
        feed = atom.render(entries(store), Feed(authority="sample.invalid"))
        assert b"First revised text read" in feed and b"14 days" not in feed


def test_what_is_amended_later_is_told_by_provision(tmp_path: Path) -> None:
    revised = act(WORDS[0], AMENDED, valid="2025-10-01")
    with after(tmp_path, enacted(*WORDS[:2]), revised, act(WORDS[0], AMENDED, NEW, valid="2026-03-03")) as store:
        told = entry(store)
    assert (told["title"], told["summary"]) == (
        f"Section 3A inserted in the {NAME}", "Section 3A inserted. It applies from 3 March 2026.",
    )  # fmt: skip


def test_what_else_happened_to_it_is_told_too(tmp_path: Path) -> None:
    longer = (
        "Sample Planning and Enabling and Consolidating and Miscellaneous Provisions and Amendments (Wales) Act 2015"
    )
    revised = act(WORDS[0], AMENDED, title=longer, valid="2025-10-01")
    with after(tmp_path, enacted(*WORDS[:2]), revised) as store:
        told = entry(store)
    assert told["kind"] == "retitled" and told["title"].startswith("Renamed: Sample Planning and Enabling")
    assert "First revised text read, changes follow from its effects." in told["summary"]
    assert "ection 2" not in told["summary"]


def test_the_headline_of_a_long_title_has_no_more_words_than_others(tmp_path: Path) -> None:
    title = "Sample Planning and Enabling and Consolidating and Miscellaneous Provisions (Wales) Act 2015"
    revised = act(WORDS[0], AMENDED, title=title, valid="2025-10-01")
    with after(tmp_path, enacted(*WORDS[:2], title=title), revised) as store:
        told = entry(store)
    assert told["title"].startswith("First revised text read: Sample Planning")
    assert lengths.words(told["title"]) <= lengths.HEADLINE
