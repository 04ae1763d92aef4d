"""The forms and guides that www.modernslavery.gov.uk served from 2019 to 2026: what was told apart, and what not."""

import time
from functools import cache
from pathlib import Path

import pytest

from crawler import changes
from crawler.bodies import pdf
from crawler.bodies.values import Content
from crawler.changes import digests
from crawler.model import Difference, Version

RECORDED = Path(__file__).parents[2] / "../shared/recordings/www.modernslavery.gov.uk"
pytestmark = [pytest.mark.recorded, pytest.mark.skipif(not RECORDED.exists(), reason=f"no recordings at {RECORDED}")]


@cache
def body(name: str) -> bytes:
    (file,) = RECORDED.glob(f"{name}.pdf")
    return file.read_bytes()


@cache
def content(name: str) -> Content:
    return pdf.document(body(name), url=f"https://www.modernslavery.gov.uk/assets/documents/{name}.pdf")


def version(name: str) -> Version:
    return Version(document="form", title="Form", sections=content(name).sections, representation="pdf")


def digest(name: str) -> str:
    return digests.digest(version(name))


def differences(old: str, new: str) -> list[Difference]:
    return list(changes.compare(version(old), version(new)))


def test_every_recording_is_read_whole() -> None:
    for file in sorted(RECORDED.glob("*.pdf")):
        found = content(file.stem)
        assert (found.partial, found.problems) == (False, ()), file.name
        assert len(found.sections) > 30, file.name
        assert found.title, file.name


def test_text_that_was_replaced_is_another_version_and_the_edit_is_found() -> None:
    changed = differences("nrm-form-offline-2026-v1@2026-03-24-7eb664", "nrm-form-offline-2026-v1@2026-04-17-2c20c8")
    assert [(each.kind, each.path) for each in changed] == [
        ("changed", "first-responder-form-offline-prompt-sheet"),
        ("changed", "do-you-have-any-concerns-about-the-potential-victim-s-credibility"),
    ]
    (toolkit,) = differences(
        "first-responder-toolkit-england-wales-v1-2026@2026-03-13-e0bf7f",
        "first-responder-toolkit-england-wales-v1-2026@2026-04-17-7e18eb",
    )
    edited = "".join(word.text for word in toolkit.words if word.op == "+")
    assert "April" in edited


def test_bytes_that_were_replaced_with_the_same_text_are_the_same_version() -> None:
    old, new = "nrm-form-offline-v1-29-04-2019@2019-09-18-460e7e", "nrm-form-offline-v1-29-04-2019@2023-05-15-e53633"
    assert body(old) != body(new)
    assert digest(old) == digest(new)


def test_fields_that_were_lost_while_their_labels_stay_printed_change_no_text() -> None:
    old, new = "nrm-form-offline-v3-15-05-2023@2023-05-15-05938b", "nrm-form-offline-v3-15-05-2023@2023-05-15-a38171"
    assert body(old) != body(new)
    assert digest(old) == digest(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nrm-form-offline-2026-v1@2026-04-17-2c20c8", "nrm-form-offline-2026-v2@2026-04-20-2c20c8"),
        (
            "first-responder-toolkit-england-wales-v1-2026@2026-04-17-7e18eb",
            "first-responder-toolkit-england-wales-v2-2026@2026-04-20-7e18eb",
        ),
        ("nrm-form-offline@2019-04-18-460e7e", "nrm-form-offline-v1-29-04-2019@2019-09-18-460e7e"),
    ],
)
def test_a_file_under_a_new_name_has_the_same_bytes_and_the_same_digest(old: str, new: str) -> None:
    assert body(old) == body(new)
    assert digest(old) == digest(new)


def test_versions_of_different_years_differ() -> None:
    names = [
        "nrm-form-offline-v1-29-04-2019@2019-09-18-460e7e", "nrm-form-offline-v2-19-09-2019@2019-09-18-32ea96",
        "nrm-form-offline-v3-15-05-2023@2023-05-15-05938b", "nrm-form-offline-v4-23-04-2025@2025-04-24-b4a8cc",
        "nrm-form-offline-2026-v1@2026-03-24-7eb664", "nrm-form-offline-2026-v1@2026-04-17-2c20c8",
    ]  # fmt: skip
    assert len({digest(name) for name in names}) == len(names)


def test_a_guide_is_cut_at_its_headings() -> None:
    found = content("first-responder-guide-for-england-and-wales@2025-04-24-4cffdc")
    paths = [section.path for section in found.sections]
    assert {"chapter-1", "chapter-4-what-happens-to-the-dtn-referral", "chapter-14", "annex-a", "footnotes"} <= set(
        paths
    )
    numbers = {section.number: section.heading for section in found.sections}
    assert numbers["2"] == "What is the NRM process?"
    text = " ".join(section.text for section in found.sections)
    assert "open-government-licence" in text
    assert "decision-making" in text


@pytest.mark.slow
def test_a_long_report_takes_a_few_seconds() -> None:
    one = body("first-responder-guide-for-england-and-wales@2025-04-24-4cffdc")
    started = time.process_time()
    for _ in range(3):
        pdf.document(one, url="guide")
    seconds = (time.process_time() - started) / 3
    # 32 pages: three hundred take ten times as long.
    assert seconds < 2, f"{seconds:.2f} s for 32 pages"
