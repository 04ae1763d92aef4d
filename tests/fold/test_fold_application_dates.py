"""Provisions of an Act begin each on a day of its own: by their own date, else by what effects state of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.store import Store
from tests.fold.samples import ACT, act
from tests.fold.test_fold_acts import WORDS, after, entry, provisions

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
