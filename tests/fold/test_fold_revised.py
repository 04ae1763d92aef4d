"""An Act that is read as enacted, and then as first revised: exactly what was amended is told, with its days."""

from __future__ import annotations

from pathlib import Path

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


def changes(store: Store) -> list[tuple[str, str, str, str]]:
    rows = store.all("select kind, verb, path, entry from announcements where kind<>'new' order by position, path")
    return [(row["kind"], row["verb"], row["path"], row["entry"]) for row in rows]


def test_the_first_revised_text_is_told_by_provision(tmp_path: Path) -> None:
    revised = act(WORDS[0], AMENDED, WORDS[2], NEW, valid="2025-10-01")
    with after(tmp_path, enacted(*WORDS[:3]), revised) as store:
        told = entry(store)
        assert store.all("select label from versions order by captured") == [
            {"label": "enacted"}, {"label": "2025-10-01"},
        ]  # fmt: skip
        assert (told["kind"], told["significance"], told["occurred"]) == ("changed", "legal effect", "2025-10-01")
        assert changes(store) == [
            ("changed", "words inserted", "section-2", told["id"]),
            ("added", "inserted", "section-3A", told["id"]),
        ]
        feed = atom.render(entries(store), Feed(authority="sample.invalid"))
        assert b"14 days" in feed


def test_provisions_that_became_dots_since_enactment_are_told_as_omitted(tmp_path: Path) -> None:
    dots = (WORDS[1][0], WORDS[1][1], ". . . . . . . . . .")
    with after(tmp_path, enacted(*WORDS[:3]), act(WORDS[0], dots, WORDS[2], valid="2025-10-01")) as store:
        told = entry(store)
        assert [each[:3] for each in changes(store)] == [("omitted", "omitted", "section-2")]
        assert "ection 2 omitted" in told["title"] and "removed" not in told["summary"]


def test_what_is_amended_later_is_told_by_provision(tmp_path: Path) -> None:
    revised = act(WORDS[0], AMENDED, valid="2025-10-01")
    with after(tmp_path, enacted(*WORDS[:2]), revised, act(WORDS[0], AMENDED, NEW, valid="2026-03-03")) as store:
        told = entry(store)
    assert told["title"].startswith(f"Section 3A inserted in the {NAME}") and "3 March 2026" in told["summary"]
