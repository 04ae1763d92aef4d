"""Recorded pages of acts into sections."""

import pytest

from crawler.protocols.cellar import xhtml
from tests.protocols.cellar_texts import URL, parts_of, recorded, sections

pytestmark = pytest.mark.recorded

# -- recordings


def test_recorded_page_in_four_languages_has_the_same_paths() -> None:
    found = {
        language: [
            section.path for section in xhtml.read(recorded(f"CELEX-32017R2403-{language}-TXT.html"), URL).sections
        ]
        for language in ("EN", "ES", "FR", "PT")
    }
    paths = found["EN"]
    assert len(paths) == 120
    assert [path for path in paths if path.startswith("article") and "note" not in path][-1] == "article-48"
    for each in found.values():
        assert [path for path in each if path.startswith(("article", "recital", "annex"))] == [
            path for path in paths if path.startswith(("article", "recital", "annex"))
        ]


def test_recorded_page_of_a_flat_consolidation() -> None:
    text = xhtml.read(recorded("lexparency_moderncons_1_raw.html"), URL)
    found = sections(text)
    assert (text.consolidated, text.celex, text.valid_from) == (True, "32009L0065", "2013-06-20")
    assert text.amended_by == ("32010L0078", "32011L0061", "32013L0014")
    assert {"article-1", "article-119", "chapter-xiv-section-2", "annex-i-schedule-a-point-2"} <= set(found)
    assert "\u25bc" not in " ".join(section.text for section in text.sections)


def test_recorded_page_of_before_2004() -> None:
    text = xhtml.read(recorded("lexparency_old_1_raw.html"), URL)
    found = sections(text)
    assert (text.celex, text.published) == ("32002R0006", "2002-01-05")
    assert found["article-1"].heading == "Community design"
    assert list(parts_of(found["article-1"])) == [
        "article-1-1",
        "article-1-2",
        "article-1-2-a",
        "article-1-2-b",
        "article-1-3",
    ]
    assert found["title-ii-section-1"].heading == "Requirements for protection"
    assert len([path for path in found if "-note-" in path]) == 7


def test_recorded_pages_without_classes_in_german() -> None:
    warrant = sections(xhtml.read(recorded("lexparency_EUHb_de_raw.html"), URL))
    assert warrant["article-1"].heading.startswith("Definition des Europ\u00e4ischen Haftbefehls")
    action = xhtml.read(recorded("lexparency_old_consolidated_raw.html"), URL)
    assert (action.consolidated, action.celex, action.amended_by) == (True, "31998F0699", ("32001F0500",))
    assert list(parts_of(sections(action)["article-2"])) == ["article-2-1", "article-2-2", "article-2-3"]


def test_recorded_treaties_are_read_whole() -> None:
    text = xhtml.read(recorded("ferenda_treaties_TEU_TFEU.html"), URL)
    assert len(text.sections) == 919
    assert {"article-1", "article-358", "title-i"} <= set(sections(text))


def test_recorded_proposal_keeps_its_memorandum_and_its_articles_apart() -> None:
    """Trap EU-1.19: papers of the Commission are made by a word processor."""
    text = xhtml.read(recorded("lexparency_proposal_raw.html"), URL)
    found = sections(text)
    assert text.kind == "other"
    assert {"begrundung-point-1", "recital-1", "article-1", "article-85"} <= set(found)
