"""Why provisions of an Act changed, as the fold keeps it: from the notes, and from effects that are read later."""

import json
from pathlib import Path

from crawler.store import Store
from tests.fold.samples import ACT, act
from tests.fold.test_fold_acts import WORDS, after, provisions
from tests.fold.test_fold_application_dates import effects

VALID = "2026-02-20"
LONGER = [*WORDS[:2], (*WORDS[2][:2], WORDS[2][2] + " It must decide in 28 days.")]
OLD, NEW = act(*WORDS[:3]), act(*LONGER, valid=VALID)


def reasons(store: Store) -> dict[str, list[list[str]]]:
    rows = store.all("select path, reasons from changes where document=? and path<>'' order by path", ACT)
    return {row["path"]: json.loads(row["reasons"]) for row in rows}


def noted(text: str, number: int, id: str) -> str:
    """Return an Act with a note at the number of a section: amended on 1 February 2026 by a sample order."""
    note = (
        f'<Commentaries><Commentary id="{id}" Type="F"><Para><Text>Words in s. {number} inserted (1.2.2026) by'
        ' <Citation URI="http://www.legislation.gov.uk/id/wsi/2026/7">S.I. 2026/7</Citation>, arts. 1,'
        ' <CitationSubRef URI="http://www.legislation.gov.uk/id/wsi/2026/7/article/2" Operative="true">2'
        "</CitationSubRef>"
        "</Text></Para>"
        "</Commentary></Commentaries>"
    )
    mark = f'<Pnumber><CommentaryRef Ref="{id}"/>{number}</Pnumber>'
    return text.replace(f"<Pnumber>{number}</Pnumber>", mark).replace("</Legislation>", f"{note}</Legislation>")


def test_a_new_note_names_the_instrument_and_the_day_of_the_provision(tmp_path: Path) -> None:
    with after(tmp_path, OLD, noted(NEW, 3, "key-1")) as store:
        assert reasons(store) == {"section-3": [["wsi/2026/7", "article-2", "2026-02-01", "annotation"]]}
        assert store.value("select occurred from changes where path='section-3'") == "2026-02-01"


def test_new_words_without_a_note_among_notes_have_no_day(tmp_path: Path) -> None:
    """The editors corrected them: the day of the provision is that from which it is in force."""
    with after(tmp_path, OLD, noted(NEW, 2, "key-1")) as store:
        assert reasons(store) == {"section-3": []}
        assert store.value("select occurred from changes where path='section-3'") is None


def test_an_effect_that_is_not_worked_in_yet_explains_nothing(tmp_path: Path) -> None:
    stated = effects(NEW, ("words inserted", "s. 3", "2026-02-10"))
    with after(tmp_path, OLD, stated) as store:
        assert reasons(store) == {"section-3": []}


def test_an_effect_that_the_list_has_no_more_explains_what_changed_then(tmp_path: Path) -> None:
    stated = effects(OLD, ("words inserted", "s. 3", "2026-02-10"))
    with after(tmp_path, stated, NEW) as store:
        assert reasons(store) == {"section-3": [["wsi/2026/7", "art. 2", "2026-02-10", "effect"]]}
        assert store.value("select occurred from changes where path='section-3'") == "2026-02-10"


def test_an_effect_on_another_provision_is_not_blamed(tmp_path: Path) -> None:
    stated = effects(OLD, ("words inserted", "s. 2", "2026-02-10"), ("coming into force", "s. 3", "2026-02-10"))
    with after(tmp_path, stated, NEW) as store:
        assert reasons(store) == {"section-3": []}


def test_each_provision_that_begins_has_the_order_of_its_own(tmp_path: Path) -> None:
    begun = act(*provisions("", "", "", "*"), valid=VALID)
    stated = effects(begun, ("coming into force", "s. 2", "2026-02-10"))
    with after(tmp_path, act(*provisions("", "*", "*", "*")), stated) as store:
        assert reasons(store) == {"section-2": [["wsi/2026/7", "art. 2", "2026-02-10", "effect"]], "section-3": []}
