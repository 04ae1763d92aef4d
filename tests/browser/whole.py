"""Every page of the sample world in a real browser, and the checklist as people use it: `make browser` runs this."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from selenium.webdriver import Chrome, Keys

from crawler.export import export
from crawler.sources.checklist import load_checklist
from crawler.wording import day
from tests.browser import checks, machine, pages, served
from tests.browser.keyboard import NOTE, answered, pressed_at, taken

ACT, CITED, PROVISION = "ukpga/2001/9001", "ukpga/2015/30", "section-52"
BANNER = "Sample: invented text, not law"
WORDS = ("Yes", "Partly", "No", "Not us")
ASKED = load_checklist()
CHANGED = date.fromisoformat(ASKED.reviewed) + timedelta(days=1)
"""A day after the checklist was reviewed."""


@pytest.fixture(scope="session")
def with_law(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the sample world in which an Act that the checklist cites has changed after its review."""
    folder = tmp_path_factory.mktemp("with-law")
    shutil.copy(data / "roundup.db", folder)
    with closing(sqlite3.connect(folder / "roundup.db")) as connection:
        connection.execute("update documents set id = ?, root = ? where id = ?", [CITED, CITED, ACT])
        for table in ("versions", "sections", "changes"):
            connection.execute(f"update {table} set document = ? where document = ?", [CITED, ACT])
        done = connection.execute(
            """update changes set path = ?, seen = ?, occurred = ? where id = (select min(id) from announcements
            where document = ? and cause = 'source' and silent = '' and significance <> 'editorial' and path <> '')""",
            [PROVISION, f"{CHANGED}T06:00:00Z", CHANGED.isoformat(), CITED],
        )
        assert done.rowcount == 1
        connection.commit()
    export(folder / "roundup.db")
    with served.served(folder) as address:
        yield address


@pytest.fixture
def without_scripts(browser: Chrome) -> Iterator[Chrome]:
    machine.widen(browser, machine.DESK)
    machine.scripts(browser, run=False)
    yield browser
    machine.scripts(browser, run=True)


def test_there_is_a_browser() -> None:
    """Elsewhere its absence skips; whoever asks for the whole is told."""
    assert machine.installed(), machine.NONE


def test_every_page(browser: Chrome, data: Path, home: str) -> None:
    every = pages.every(data / "roundup.db")
    found = {name: wrong for name, path in every.items() if (wrong := checks.at_both_widths(browser, home + path))}
    assert len(every) > 250
    assert not found


@pytest.fixture(scope="session")
def answers(browser: Chrome, own: Path, with_law: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the file of a checklist that was answered with the keyboard alone, without scripts."""
    machine.widen(browser, machine.DESK)
    machine.scripts(browser, run=False)
    browser.get(f"{with_law}/checklist")
    given, unseen = answered(browser, button="html")
    machine.scripts(browser, run=True)
    assert list(given) == [each.id for each in ASKED.questions]
    assert set(given.values()) == {"yes", "partly", "no", "not_us"}
    assert not unseen, "no focus is seen there"
    yield taken(own / "saved", ".html", tmp_path_factory.mktemp("answers"))


def test_file_of_the_checklist_holds_every_answer(answers: Path) -> None:
    assert told(answers) == {each.words: WORDS[place % len(WORDS)] for place, each in enumerate(ASKED.questions)}
    assert NOTE in answers.read_text("utf-8")


def test_file_of_the_checklist_is_a_page_like_ours(browser: Chrome, answers: Path) -> None:
    assert not checks.at_both_widths(browser, answers.as_uri())


def test_file_is_sent_back_by_keyboard_and_comes_again(
    without_scripts: Chrome, answers: Path, own: Path, tmp_path: Path
) -> None:
    without_scripts.get(answers.as_uri())
    pressed_at(without_scripts, Keys.ENTER, tag="summary", text="Open the form")
    pressed_at(without_scripts, Keys.SPACE, tag="button", value="html")
    assert told(taken(own / "saved", ".html", tmp_path)) == told(answers)


@pytest.mark.parametrize("suffix", [".csv", ".txt"])
def test_other_forms_are_files_too(
    without_scripts: Chrome, with_law: str, own: Path, tmp_path: Path, suffix: str
) -> None:
    without_scripts.get(f"{with_law}/checklist?nation=Wales")
    pressed_at(without_scripts, Keys.ENTER, tag="button", value={".csv": "csv", ".txt": "text"}[suffix])
    text = taken(own / "saved", suffix, tmp_path).read_text("utf-8-sig")
    assert ASKED.questions[0].words in " ".join(text.split())


def test_checklist_on_paper(without_scripts: Chrome, with_law: str) -> None:
    without_scripts.get(f"{with_law}/checklist")
    sheets = printed(without_scripts)
    assert all(BANNER in sheet for sheet in sheets)
    assert len(sheets) < 35
    _on_paper(joined(sheets))


def test_file_of_the_checklist_on_paper(without_scripts: Chrome, answers: Path) -> None:
    without_scripts.get(answers.as_uri())
    sheets = printed(without_scripts)
    assert all(BANNER in sheet for sheet in sheets)
    text = joined(sheets)
    _on_paper(text)
    assert NOTE in text
    assert "Open the form" not in text


def test_entry_on_paper(without_scripts: Chrome, data: Path, home: str) -> None:
    entry = next(path for name, path in pages.every(data / "roundup.db").items() if name.startswith("entry"))
    without_scripts.get(home + entry)
    sheets = printed(without_scripts)
    assert all(BANNER in sheet for sheet in sheets)
    assert "Open the official page (http" in " ".join(sheets)


def joined(sheets: list[str]) -> str:
    """Return the words of all sheets, without what comes again on each."""
    return " ".join(sheet.replace(BANNER, "").replace("  ", " ").strip() for sheet in sheets)


def _on_paper(text: str) -> None:
    """See that a sheet says when it is from, what it rests on, and what changed since."""
    today = datetime.now(UTC).date().isoformat()
    assert day(today) in text
    assert f"version {ASKED.version}, reviewed {day(ASKED.reviewed)}" in text.replace("Version", "version")
    assert "Versions of law and guidance" in text
    held = "Sample Exploitation Act 2001 when reviewed and now: wording valid from 13 March 2026, read 16 March 2026"
    assert f"{held}, SHA-256" in text
    mark = f"Changed since this checklist was reviewed on {day(ASKED.reviewed)}: Modern Slavery Act 2015, section 52."
    seen = f"Changed: Section 52: Duty to notify about potential victims, seen {day(CHANGED.isoformat())}"
    assert f"{mark} {seen}" in text
    for each in ASKED.questions:
        assert each.words in text, each.id


def told(file: Path) -> dict[str, str]:
    """Return the answers that a saved file shows, by question."""
    page = BeautifulSoup(file.read_text("utf-8"), "lxml")
    return {
        str(one.h3.text): str(one.select_one(".answer").text)  # type: ignore[union-attr]
        for one in page.select("div.asked")
    }


def printed(browser: Chrome) -> list[str]:
    """Return the words on each sheet of the page that is open, as a PDF of it has them."""
    with closing(pypdfium2.PdfDocument(machine.printed(browser))) as pdf:
        return [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in pdf]
