"""When provisions of an Act came into force, from notes, its own words, effects and dates."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.store import Row, Store
from tests.fold.samples import ACT, LAW, LEGISLATION, act, sources
from tests.fold.test_fold_acts import WORDS, after
from tests.fold.test_fold_application_dates import effects
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Site, crawl, same

ORDER = "wsi/2016/9001"
OWN = (
    "4", "Commencement",
    "This section comes into force on the day on which this Act is passed. The other provisions of this Act come into"
    " force on such day as the sample office may by order appoint.",
)  # fmt: skip
TEXT = act(*WORDS[:3], OWN)


def noted(text: str, **notes: str) -> str:
    """Return an Act with notes on commencement at its sections, by their numbers."""
    made = ""
    for name, words in notes.items():
        number = f"<Pnumber>{name[1:]}</Pnumber>"
        assert number in text
        text = text.replace(number, f'<Pnumber><CommentaryRef Ref="{name}"/>{name[1:]}</Pnumber>')
        made += f'<Commentary id="{name}" Type="I"><Para><Text>{words}</Text></Para></Commentary>'
    return text.replace("</Legislation>", f"<Commentaries>{made}</Commentaries></Legislation>")


def standing(store: Store) -> Row:
    row = store.one("select * from in_force where document=?", ACT)
    assert row is not None
    assert store.value("select count(*) from commencements_due") == 0
    return row


def in_force(store: Store) -> str:
    return str(store.value("select in_force from documents where id=?", ACT))


def test_notes_and_the_law_itself_say_which_provisions_are_in_force(tmp_path: Path) -> None:
    text = noted(
        TEXT, n1="S. 1 in force at 1.2.2016 by S.I. 2016/9001, art. 2", n2="S. 2 in force at 1.2.2016 for specified"
        " purposes by S.I. 2016/9001, art. 3(a)",
    )  # fmt: skip
    with after(tmp_path, text) as store:
        counts = {name: standing(store)[name] for name in ("in_force", "in_part", "not_yet", "not_stated", "summary")}
        assert counts == {"in_force": 2, "in_part": 1, "not_yet": 0, "not_stated": 1, "summary": "in parts"}
        assert in_force(store) == "in parts"
        steps = store.all("select * from commencements where document=? and date<>'' order by path, source", ACT)
        assert [(step["path"], step["date"], step["authority"], step["source"]) for step in steps] == [
            ("section-1", "2016-02-01", "S.I. 2016/9001, art. 2", "annotation"),
            ("section-2", "2016-02-01", "S.I. 2016/9001, art. 3(a)", "annotation"),
            ("section-4", "2015-07-06", "s. 4", "own provision"),
        ]
        assert [step["instrument"] for step in steps] == ["uksi/2016/9001", "uksi/2016/9001", ACT]


def test_all_in_force_has_first_and_last_day(tmp_path: Path) -> None:
    text = noted(TEXT, **{f"n{n}": f"S. {n} in force at {n}.2.2016 by S.I. 2016/9001, art. 2" for n in (1, 2, 3)})
    with after(tmp_path, text) as store:
        assert in_force(store) == "2015-07-06/2016-02-03"


def test_effects_alone_say_that_a_law_without_its_text_is_in_force_at_least_in_part(tmp_path: Path) -> None:
    with after(tmp_path, effects(act(), ("coming into force", "s. 1", "2016-03-01"))) as store:
        assert in_force(store) == "at least in part"
        assert standing(store)["in_force"] == 0


def test_a_law_that_is_repealed_is_not_in_force_since_a_day(tmp_path: Path) -> None:
    text = noted(act(*WORDS[:2], title="Sample Planning Act 2015 (repealed)"), n1="S. 1 in force at 1.2.2016")
    with after(tmp_path, text) as store:
        assert in_force(store) == "not applicable: repealed" and standing(store)["in_force"] == 0
        assert store.value("select count(*) from commencements") == 1


def test_a_provision_of_which_dots_are_left_is_not_counted(tmp_path: Path) -> None:
    dots = ("2", "Notices", ". . . . . . . . . .")
    text = noted(act(WORDS[0], dots), n1="S. 1 in force at 1.2.2016", n2="S. 2 in force at 1.3.2016")
    with after(tmp_path, text) as store:
        assert in_force(store) == "2016-02-01" and standing(store)["in_force"] == 1


def test_a_note_that_is_added_to_the_same_words_counts(tmp_path: Path) -> None:
    before, now = noted(TEXT, n1="S. 1 not in force at Royal Assent"), noted(TEXT, n1="S. 1 in force at 1.2.2016")
    with after(tmp_path, before, now) as store:
        assert standing(store)["in_force"] == 2
        assert store.value("select count(*) from versions where document=?", ACT) == 1


def test_a_day_ahead_that_comes_changes_how_the_act_stands(tmp_path: Path) -> None:
    day = (START + timedelta(days=3)).date()
    text = noted(act(*WORDS[:1]), n1=f"S. 1 in force at {day.day}.{day.month}.{day.year} by S.I. 2016/9001, art. 2")
    site = Site()
    site.put(LAW, text, media="application/xml")
    seen = []
    for days in (0, 1, 4):
        crawl(tmp_path, site, START + timedelta(days=days), text=sources(LEGISLATION))
        with live(tmp_path) as store:
            seen.append(in_force(store))
    same(tmp_path)
    assert seen == ["not yet", "not yet", day.isoformat()]


def test_an_effect_that_commences_a_provision_counts_and_a_differing_note_is_beside_it(tmp_path: Path) -> None:
    text = effects(noted(act(*WORDS[:2]), n1="S. 1 in force at 1.2.2016"), ("coming into force", "s. 1", "2016-03-01"),
                   ("coming into force", "s. 2", "2016-03-01"))  # fmt: skip
    with after(tmp_path, text) as store:
        assert in_force(store) == "2016-02-01/2016-03-01"
        steps = store.all("select path, date, source from commencements order by path, source")
        assert [tuple(step.values()) for step in steps] == [
            ("section-1", "2016-02-01", "annotation"), ("section-1", "2016-03-01", "effect"),
            ("section-2", "2016-03-01", "effect"),
        ]  # fmt: skip


@pytest.mark.parametrize("words", ["A sample plan is made.", "This Act, except section 1, comes into force today."])
def test_nothing_is_stated_where_nothing_says_anything(tmp_path: Path, words: str) -> None:
    with after(tmp_path, act(*WORDS[:1], ("2", "Commencement", words))) as store:
        assert in_force(store) == "not stated"
        assert store.all("select * from commencements") == []


def test_a_commencement_order_that_is_held_says_when_provisions_began_whichever_is_read_first(tmp_path: Path) -> None:
    own = "This section comes into force on the day on which this Act is passed; the rest on a day that is appointed."
    text = act(*WORDS[:3], ("4", "Commencement", own))
    order = act(
        ("2", "Appointed day", "Section 2 of the Sample Planning Act 2015 comes into force on 1st March 2016."),
        title="The Sample Planning Act 2015 (Commencement No. 1) Order 2016",
    )
    for old, new in (("WelshNationalAssemblyAct", "WelshStatutoryInstrument"), ("primary", "secondary"),
                     ("Primary", "Secondary"), ("section-", "article-"), (ACT, ORDER)):  # fmt: skip
        order = order.replace(old, new)
    expected = [("section-2", "2016-03-01", ORDER), ("section-4", "2015-07-06", ACT)]
    for first, other in ((ACT, ORDER), (ORDER, ACT)):
        data, site = tmp_path / first.partition("/")[0], Site()
        texts = {ACT: text, ORDER: order}
        for day, name in enumerate((first, other)):
            site.put(LAW.replace(ACT, name), texts[name], media="application/xml")
            crawl(
                data,
                site,
                START + timedelta(days=day),
                text=sources(LEGISLATION.replace(f"[{ACT}]", f"[{ACT}, {ORDER}]")),
            )
        same(data)
        with live(data) as store:
            steps = store.all("select * from commencements where document=? and date<>'' order by path", ACT)
            assert [(step["path"], step["date"], step["instrument"]) for step in steps] == expected
            assert in_force(store) == "at least in part"
