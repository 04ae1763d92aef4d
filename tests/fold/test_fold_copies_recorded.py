"""The forms and guides that www.modernslavery.gov.uk served from 2019 to 2026, as a crawl would have met them."""

from pathlib import Path
from typing import Any

import pytest

from crawler.store import Store
from tests.fold.office import AUDITED, Office
from tests.fold.test_fold_laws import live
from tests.fold.test_fold_redirects import told
from tests.fold.world import same

RECORDED = Path(__file__).parents[2] / "../shared/recordings/www.modernslavery.gov.uk"
pytestmark = [pytest.mark.recorded, pytest.mark.skipif(not RECORDED.exists(), reason=f"no recordings at {RECORDED}")]
FILES = "https://www.modernslavery.gov.uk/assets/documents"


def body(name: str) -> bytes:
    return (RECORDED / f"{name}.pdf").read_bytes()


def serve(office: Office, data: Path, days: int = 2, /, **files: str) -> None:
    """Serve and list exactly these files (by their names at the office), and crawl for some days."""
    served = {f"{FILES}/{name.replace('_', '-')}.pdf": recorded for name, recorded in files.items()}
    for url in [url for url in office.site.pages if url.startswith(FILES) and url not in served]:
        office.stop(url)
    for url, recorded in served.items():
        office.serve(url, body(recorded))
    office.list(*served)
    office.crawl(data, days)


def changes(store: Store) -> list[dict[str, Any]]:
    return store.all("select * from changes where version is not null order by rowid")


def names(store: Store) -> list[str]:
    rows = store.all("select id from documents where id like ? order by id", f"url:{FILES}%")
    return [row["id"].rpartition("/")[2] for row in rows]


def test_form_of_2026_is_replaced_in_place_and_then_renamed(tmp_path: Path) -> None:
    """Trap UK-0.17: files are replaced under their address, then renamed; saved anew with the same text."""
    office = Office(text=AUDITED)
    serve(office, tmp_path, nrm_form_offline_2026_v1="nrm-form-offline-2026-v1@2026-03-24-7eb664")
    serve(office, tmp_path, nrm_form_offline_2026_v1="nrm-form-offline-2026-v1@2026-04-17-2c20c8")
    serve(office, tmp_path, 4, nrm_form_offline_2026_v2="nrm-form-offline-2026-v2@2026-04-20-2c20c8")
    with live(tmp_path) as store:
        document = f"url:{FILES}/nrm-form-offline-2026-v1.pdf"
        assert names(store) == ["nrm-form-offline-2026-v1.pdf"]
        assert told(store) == [("changed", document), ("relocated", document)]
        assert [(each["kind"], each["path"]) for each in changes(store)] == [
            ("changed", "first-responder-form-offline-prompt-sheet"),
            ("changed", "do-you-have-any-concerns-about-the-potential-victim-s-credibility"),
        ]
        row = store.one("select url, availability from documents where id=?", document)
        assert row == {"url": f"{FILES}/nrm-form-offline-2026-v2.pdf", "availability": "ok"}
    same(tmp_path)


def test_toolkit_of_2026_that_is_there_under_both_names(tmp_path: Path) -> None:
    first, second = "first-responder-toolkit-england-wales-v1-2026@", "first-responder-toolkit-england-wales-v2-2026@"
    v1, v2 = "first_responder_toolkit_england_wales_v1_2026", "first_responder_toolkit_england_wales_v2_2026"
    office = Office(text=AUDITED)
    serve(office, tmp_path, **{v1: f"{first}2026-03-13-e0bf7f"})
    serve(office, tmp_path, **{v1: f"{first}2026-04-17-7e18eb"})
    serve(office, tmp_path, **{v1: f"{first}2026-04-17-7e18eb", v2: f"{second}2026-04-20-7e18eb"})
    with live(tmp_path) as store:
        document = f"url:{FILES}/{v1.replace('_', '-')}.pdf"
        assert names(store) == [document.rpartition("/")[2]]
        assert told(store) == [("changed", document)] and len(changes(store)) == 1
        assert (
            store.value("select alternate from aliases where alias=?", f"url:{FILES}/{v2.replace('_', '-')}.pdf") == 1
        )
    serve(office, tmp_path, 4, **{v2: f"{second}2026-04-20-7e18eb"})
    with live(tmp_path) as store:
        assert told(store) == [("changed", document)], "the new address was known already"
        assert store.value("select url from documents where id=?", document).endswith("v2-2026.pdf")
    same(tmp_path)


def test_form_of_2019_is_renamed_and_saved_anew_and_never_changes(tmp_path: Path) -> None:
    office = Office(text=AUDITED)
    serve(office, tmp_path, nrm_form_offline="nrm-form-offline@2019-04-18-460e7e")
    serve(office, tmp_path, nrm_form_offline_v1_29_04_2019="nrm-form-offline-v1-29-04-2019@2019-09-18-460e7e")
    serve(office, tmp_path, nrm_form_offline_v1_29_04_2019="nrm-form-offline-v1-29-04-2019@2023-05-15-e53633")
    with live(tmp_path) as store:
        assert names(store) == ["nrm-form-offline.pdf"]
        assert told(store) == [("relocated", f"url:{FILES}/nrm-form-offline.pdf")]
        assert changes(store) == []
    same(tmp_path)


def test_fields_that_a_form_lost_are_no_change_and_a_new_form_is_a_new_document(tmp_path: Path) -> None:
    """Trap UK-4.6: forms of the NRM are replaced in place."""
    old, new = "nrm-form-offline-v3-15-05-2023@2023-05-15-05938b", "nrm-form-offline-v3-15-05-2023@2023-05-15-a38171"
    office = Office(text=AUDITED)
    serve(office, tmp_path, nrm_form_offline_v3_15_05_2023=old)
    serve(office, tmp_path, nrm_form_offline_v3_15_05_2023=new)
    with live(tmp_path) as store:
        assert told(store) == [] and changes(store) == []
    serve(office, tmp_path, 4, nrm_form_offline_v4_23_04_2025="nrm-form-offline-v4-23-04-2025@2025-04-24-b4a8cc")
    with live(tmp_path) as store:
        assert sorted(told(store)) == [
            ("gone", f"url:{FILES}/nrm-form-offline-v3-15-05-2023.pdf"),
            ("new", f"url:{FILES}/nrm-form-offline-v4-23-04-2025.pdf"),
        ]
    same(tmp_path)


def test_prompt_sheet_and_form_with_the_same_bytes_are_one_document(tmp_path: Path) -> None:
    """On 18 September 2019 both addresses served one file."""
    office = Office(text=AUDITED)
    sheet, form = "nrm-prompt-sheet@2019-09-18-32ea96", "nrm-form-offline-v2-19-09-2019@2019-09-18-32ea96"
    assert body(sheet) == body(form)
    serve(office, tmp_path, nrm_prompt_sheet=sheet)
    serve(office, tmp_path, nrm_prompt_sheet=sheet, nrm_form_offline_v2_19_09_2019=form)
    with live(tmp_path) as store:
        assert names(store) == ["nrm-prompt-sheet.pdf"] and told(store) == []
    same(tmp_path)
