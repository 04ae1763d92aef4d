"""Old Word files (DOC): read as the DOCX files that they become, or refused by their cause; forms filled in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.bodies import files
from crawler.bodies.office import docx
from crawler.errors import LimitError, ParseError
from crawler.sources import Expect, Source
from crawler.worker import Worker
from tests.bodies.doc_making import compound
from tests.bodies.doc_making import doc as made
from tests.bodies.test_bodies_files import capture
from tests.tiers import examples

RECORDED = Path(__file__).parents[2] / "../shared/recordings-more/iasctoolkit.nottingham.ac.uk/download"
URL = "https://office.sample.invalid/sample.doc"
TERMS = "Terms of a sample\nWe meet four times a year.\nRecommendation 1: say so."
FORM = "Name: {}\nDate of birth: {}\nNationality: {}\nWhat happened: {}"
"""Our own form; the person in it is invented."""


def test_paragraphs_of_an_old_word_file_are_read() -> None:
    found = docx.old_document(made(TERMS), url=URL, scrub=(r"four times a year",))
    told = [(section.path, section.text) for section in found.sections]
    assert told == [("introduction", "Terms of a sample\nWe meet ."), ("recommendation-1", "say so.")]
    assert (found.representation, found.problems) == ("office", ())


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (made(TERMS, flags=0x0300), "that needs a password"),
        (made(TERMS).replace(b"\xec\xa5\xc1\0", b"\xec\xa4\xc1\0"), "whose form is not known (InvalidWordDocument)"),
        (compound({"WordDocument": b"", "1Table": b""}), "whose form is not known (InvalidWordDocument)"),
        (made(TERMS) + bytes(docx.MAX_BYTES), "of more than 32 MiB"),
    ],
)
def test_an_old_word_file_that_is_not_read_stays_a_document_without_text(body: bytes, reason: str) -> None:
    found = docx.old_document(body, url=URL)
    details = [problem.detail for problem in found.problems]
    assert (found.sections, details) == ((), [f"not read: an old Word file (.doc) {reason}"])


def test_a_cut_file_and_one_without_words_are_refused() -> None:
    with pytest.raises(ParseError, match="damaged or cut"):
        docx.old_document(made(TERMS)[:-3000], url=URL)
    with pytest.raises(ParseError, match="without any word"):
        docx.old_document(made(""), url=URL)


@examples(60)
@given(st.lists(st.tuples(st.integers(0, 9727), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6))
def test_any_damage_is_read_or_refused(damage: list[tuple[int, bytes]]) -> None:
    body = bytearray(made(TERMS))
    for place, noise in damage:
        body[place : place + len(noise)] = noise
    try:
        found = docx.old_document(bytes(body), url=URL)
        assert found.sections or found.problems
    except ParseError as error:
        assert error.reason


@pytest.mark.slow
@pytest.mark.process
def test_a_small_file_that_says_its_text_a_thousand_times_is_refused_by_the_worker() -> None:
    body = made("x" * 15_000, repeats=500)
    source = Source(
        id="sample", name="Sample", publisher="office", kind="guidance", protocol="page", url=URL, expect=Expect()
    )
    with Worker(memory=300 * 2**20) as worker:
        with pytest.raises(LimitError, match="memory"):
            worker.read(capture(body, "application/msword", "a.doc"), source)
        assert worker.read(capture(made(TERMS), "application/msword", "a.doc"), source).versions
    assert len(body) < 50_000


@pytest.mark.parametrize("name", ["Example adult form - poor referral - SE", "Completed referral form", "Example_form"])
def test_the_words_of_an_example_of_a_form_are_never_shown(name: str) -> None:
    asked = capture(made(FORM.format("", "", "", "")), "application/msword", f"{name}.doc")
    found = files.read(asked)
    assert (found.sections, found.title, [each.detail for each in found.problems]) == (
        (), "", ["not read: an example of a form, which may be filled in"]
    )  # fmt: skip


def test_a_form_with_a_persons_details_is_not_read_and_one_that_waits_for_them_is() -> None:
    details = ("Ann Sample", "1 May 1990", "French", "words"), ("", "DD/MM/YYYY", "", "")
    filled, waiting = (files.read(capture(made(FORM.format(*each)), name="form.doc")) for each in details)
    assert (bool(filled.sections), bool(waiting.sections)) == (False, True)
    assert filled.problems[0].detail == "not read: a form with the details of a person in it"


@pytest.mark.recorded
@pytest.mark.skipif(not RECORDED.exists(), reason=f"no recordings at {RECORDED}")
def test_the_recorded_terms_of_reference_are_read_with_their_headings_and_numbers() -> None:
    (file,) = RECORDED.glob("Derbyshire*.doc")
    found = docx.old_document(file.read_bytes(), url=URL)
    headings = [section.heading for section in found.sections]
    assert headings[1:4] == ["Our Vision", "Priorities for 2017 \u2013 2020", "Steering group"]
    assert "\n4. Provide victim support\n" in found.sections[2].text
