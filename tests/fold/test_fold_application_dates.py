"""Provisions of an Act begin each on a day of its own: by their own date, else by what effects state of them."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.store import Row, Store
from tests.fold.samples import ACT, LAW, LEGISLATION, act, sources
from tests.fold.test_fold_acts import WORDS, after, entry, provisions
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Site, crawl, same

VALID = "2026-02-20"


def since(store: Store) -> dict[str, str | None]:
    """Return from when each provision that changed applies."""
    rows = store.all("select path, occurred from changes where document=? and kind<>'new' order by path", ACT)
    return {row["path"]: row["occurred"] for row in rows}


def started(text: str, **days: str) -> str:
    """Return an Act whose sections, by their numbers, have a day of their own."""
    for name, day in days.items():
        heading = WORDS[int(name[1:]) - 1][1]
        before, _, rest = text.partition(f"<P1group><Title>{heading}</Title>")
        assert rest
        text = f'{before}<P1group RestrictStartDate="{day}"><Title>{heading}</Title>{rest}'
    return text


def effects(text: str, *stated: tuple[str, str, str]) -> str:
    """Return an Act with effects in its metadata: type, provision that is affected, and from when."""
    made = "".join(
        f'<ukm:UnappliedEffect EffectId="e{n}" Type="{kind}" AffectedURI="http://www.legislation.gov.uk/id/{ACT}"'
        f' AffectedProvisions="{provision}" AffectingURI="http://www.legislation.gov.uk/id/wsi/2026/7"'
        f' AffectingProvisions="art. 2"><ukm:InForceDates><ukm:InForce Date="{day}"/></ukm:InForceDates>'
        "</ukm:UnappliedEffect>"
        for n, (kind, provision, day) in enumerate(stated)
    )
    return text.replace(" </ukm:Metadata>", f"<ukm:UnappliedEffects>{made}</ukm:UnappliedEffects></ukm:Metadata>")


BEFORE = act(*provisions("", "*", "*", "*"))
BEGUN = act(*provisions("", "", "", "*"), valid=VALID)


def test_each_has_its_own_day(tmp_path: Path) -> None:
    with after(tmp_path, BEFORE, started(BEGUN, s2="2026-02-10", s3=VALID)) as store:
        assert since(store) == {"section-2": "2026-02-10", "section-3": VALID}
        told = entry(store)
        begun = "{} 2026: section {} is now shown as in force (before: not yet)"
        for day, number in (("10 February", 2), ("20 February", 3)):
            assert begun.format(day, number) in told["summary"]
        assert told["occurred"] is None and told["in_force"] == "in parts"


def test_several_without_a_day_of_their_own_have_none(tmp_path: Path) -> None:
    with after(tmp_path, BEFORE, started(BEGUN, s3="2026-02-10")) as store:
        assert since(store) == {"section-2": None, "section-3": "2026-02-10"}
        told = entry(store)
        assert told["summary"].endswith("instrument not stated. In force in parts.") and told["occurred"] is None


def test_a_changed_wording_has_the_day_of_its_provision(tmp_path: Path) -> None:
    longer = [*WORDS[:2], (*WORDS[2][:2], WORDS[2][2] + " It must decide in 28 days.")]
    days = act(*WORDS[:3]), started(act(*longer, valid=VALID), s1="2015-07-06", s3="2026-01-31")
    with after(tmp_path, *days) as store:
        assert since(store) == {"section-3": "2026-01-31"}
        assert entry(store)["summary"].startswith("On 31 January 2026: section 3 changed: ")


def test_a_day_that_is_yet_to_come_is_none_of_what_is_shown(tmp_path: Path) -> None:
    """Editors show a wording with the date of the next one: what applies now does not apply from then."""
    longer = [*WORDS[:2], (*WORDS[2][:2], WORDS[2][2] + " It must decide in 28 days.")]
    with after(tmp_path, act(*WORDS[:3]), started(act(*longer, valid=VALID), s3="2031-01-31")) as store:
        assert since(store) == {"section-3": VALID}


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ([("coming into force", "s. 2", "2026-02-10"), ("coming into force", "s. 3", "2026-02-11")],
         ("2026-02-10", "2026-02-11")),
        ([("coming into force", "ss. 2-3", "2026-02-10")], ("2026-02-10", "2026-02-10")),
        # What is said of the provision itself goes before what is said of a range or of a part of it.
        ([("coming into force", "s. 2", "2026-02-10"), ("coming into force", "s. 2(1)", "2026-01-10")],
         ("2026-02-10", None)),
        ([("coming into force", "s. 2(1)", "2026-01-10")], ("2026-01-10", None)),
        # Two days between the wordings, for two purposes: which of them is not known.
        ([("coming into force", "s. 2", "2026-02-10"), ("coming into force", "s. 2", "2026-02-12")], (None, None)),
        # Before the wording that did not have it yet, and after the one that has it.
        ([("coming into force", "s. 2", "2015-07-01"), ("coming into force", "s. 3", "2026-02-21")], (None, None)),
        ([("words substituted", "s. 2", "2026-02-10")], (None, None)),
        ([("coming into force", "s. 22", "2026-02-10")], (None, None)),
    ],
)  # fmt: skip
def test_what_effects_state_of_a_commencement_dates_it(
    tmp_path: Path, stated: list[tuple[str, str, str]], found: tuple[str | None, str | None]
) -> None:
    with after(tmp_path, BEFORE, effects(BEGUN, *stated)) as store:
        assert since(store) == {"section-2": found[0], "section-3": found[1]}


def test_a_stated_commencement_goes_before_the_day_of_the_wording(tmp_path: Path) -> None:
    """A provision that began and was amended since has the day of the amendment at its wording."""
    text = effects(started(BEGUN, s2="2026-02-18", s3=VALID), ("coming into force", "s. 2", "2026-02-10"))
    with after(tmp_path, BEFORE, text) as store:
        assert since(store) == {"section-2": "2026-02-10", "section-3": VALID}


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
