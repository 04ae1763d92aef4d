"""Acts as their entries tell of them: provisions that come into force or get another number, and where they apply."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.feeds import Feed, atom
from crawler.store import Store
from tests.fold.samples import ACT, LAW, LEGISLATION, act, sources
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Site, crawl, same
from tests.public.exported import entries

WORDS = (
    ("1", "Plans", "A sample plan is made by the sample office for each of its areas."),
    ("2", "Notices", "A sample notice is given to whoever the sample plan concerns before it is made."),
    ("3", "Appeals", "A person who has been given a sample notice can appeal to the sample tribunal."),
    ("4", "Costs", "The costs of a sample appeal are those of nobody, for nothing here is real."),
)


def after(data: Path, *acts: str) -> Store:
    """Crawl days on which the Act reads so."""
    site = Site()
    for day, text in enumerate(acts):
        site.put(LAW, text, media="application/xml")
        crawl(data, site, START + timedelta(days=day), text=sources(LEGISLATION))
    same(data)
    return live(data)


def entry(store: Store) -> dict[str, str]:
    row = store.one("select * from entries where document=? order by seen desc limit 1", ACT)
    assert row is not None
    return row


def provisions(*statuses: str) -> list[tuple[str, str, str]]:
    return [(number, heading, mark + text) for (number, heading, text), mark in zip(WORDS, statuses, strict=False)]


def test_a_provision_that_comes_into_force(tmp_path: Path) -> None:
    before, now = act(*provisions("", "*", "*", "*")), act(*provisions("", "*", "", ""), valid="2026-02-20")
    with after(tmp_path, before, now) as store:
        assert (
            entry(store)["summary"]
            == "Sections 3 and 4 are now shown as in force (before: not yet); instrument not stated."
            " In force in parts."
        )
        told = json.loads(entry(store)["details"])
        assert [each["words"] for each in told] == [[["-", "not yet in force"], ["+", "in force"]]] * 2
        steps = store.all("select path, date, qualification from commencements where document=? and source='text'", ACT)
        assert [tuple(step.values()) for step in steps] == [
            (path, "2026-02-20", "at the latest") for path in ("section-3", "section-4")
        ]
        counted = store.one("select in_force, not_yet, not_stated from in_force where document=?", ACT)
        assert counted is not None and (counted["in_force"], counted["not_yet"]) == (2, 1)


def test_a_provision_that_is_changed_and_comes_into_force(tmp_path: Path) -> None:
    changed = [*provisions("", ""), ("3", "Appeals", WORDS[2][2] + " It must decide in 28 days.")]
    with after(tmp_path, act(*provisions("", "", "*")), act(*changed, valid="2026-02-20")) as store:
        assert (
            entry(store)["summary"]
            == "On 20 February 2026: section 3 changed and is now shown as in force (before: not yet);"
            " instrument not stated."
        )


def test_a_provision_that_becomes_prospective(tmp_path: Path) -> None:
    with after(tmp_path, act(*provisions("", "")), act(*provisions("", "*"), valid="2026-02-20")) as store:
        assert (
            entry(store)["summary"]
            == "Section 2 is now shown as prospective (not yet in force); instrument not stated."
        )


def test_renumbered_provisions_say_from_what_to_what(tmp_path: Path) -> None:
    shifted = [WORDS[0], ("2", "Maps", "Every sample plan has a map."), ("3", *WORDS[1][1:]), ("4", *WORDS[2][1:])]
    with after(tmp_path, act(*WORDS[:3]), act(*shifted, valid="2026-02-20")) as store:
        assert entry(store)["summary"] == (
            "On 20 February 2026: section 2 inserted; section 2 renumbered as section 3; section 3 renumbered as"
            " section 4; instrument not stated."
        )
        told = {each["path"]: each["words"] for each in json.loads(entry(store)["details"])}
        assert told["section-3"] == [["-", "section 2"], ["+", "section 3"]]


@pytest.mark.parametrize(
    ("extent", "applies"),
    [
        ("E+W", "Wales"),
        ("E+W+S+N.I.", "Wales"),
        ("S+N.I.", "Scotland, Northern Ireland"),
        ("", "Wales"),
    ],
)
def test_an_act_applies_where_it_extends_to(tmp_path: Path, extent: str, applies: str) -> None:
    """An Act of the Welsh Parliament, whose publisher sits in the United Kingdom: its type tells of what in its extent.

    It is part of the law of England and Wales, and is made for Wales.
    """
    days = (act(*WORDS[:2], extent=extent), act(*WORDS, extent=extent, valid="2026-02-20"))
    with after(tmp_path, *days) as store:
        assert store.value("select jurisdiction from documents where id=?", ACT) == applies
        assert entry(store)["jurisdiction"] == applies
        body = atom.render(entries(store), Feed(authority="sample.invalid"))
        assert f"Applies in: {applies}&lt;" in body.decode()


def test_a_law_that_is_repealed_and_revived(tmp_path: Path) -> None:
    titles = ("Sample Planning Act 2015", "Sample Planning Act 2015 (repealed)", "Sample Planning Act 2015")
    days = [act(*WORDS, title=title, valid=f"2026-02-{20 + n}", prelims=False) for n, title in enumerate(titles)]
    with after(tmp_path, *days) as store:
        rows = store.all("select summary from entries where document=? order by seen", ACT)
        assert [row["summary"] for row in rows] == [
            "Status: repealed.",
            "Status: no longer repealed. This restores the wording of 20 February 2026.",
        ]


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
