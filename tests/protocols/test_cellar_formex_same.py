"""One act from Formex and from every kind of page: the same provisions. And one act before and after it was amended.

No recorded act is there in both formats whole, and none both as published and consolidated; the tests on recordings
take such pairs by themselves as soon as there are any, and own samples stand for them until then.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

import pytest

from crawler import changes
from crawler.errors import ParseError
from crawler.model import Difference, Section
from crawler.protocols.cellar import formex, xhtml
from crawler.protocols.cellar.act_text import Text
from crawler.text import canonical
from tests.protocols.cellar_texts import (
    URL,
    formex_recordings,
    formex_text,
    page_recordings,
    page_text,
    recorded,
    sections,
    version,
)

LEAST = 0.99
ARTICLE = re.compile(r"article-[^ ]+")
SAMPLES = [
    ("formex-act", "xhtml-oj"),
    ("formex-act", "xhtml-oj-without-prefix"),
    ("formex-consolidated", "xhtml-consolidated"),
    ("formex-consolidated", "xhtml-consolidated-flat"),
]
PAGES_SHOW_AN_IMAGE = {"article-4": ("S = (a + b)/(c)", "[image]")}
"""What the pages of an act cannot tell: they show formulas as images, which Formex writes out."""


def likeness(one: str, two: str) -> float:
    """Return how much of two texts is the same, in words, from 0 to 1."""
    return SequenceMatcher(None, canonical(one).split(), canonical(two).split(), autojunk=False).ratio()


def shape(section: Section) -> tuple[str, str, str, list[str]]:
    paths = [part.path for part in section.parts]
    return section.path, canonical(section.number), canonical(section.heading), paths


# -- both formats


@pytest.mark.parametrize(("structured", "page"), SAMPLES)
def test_sample_gives_the_same_sections(structured: str, page: str) -> None:
    one, two = formex_text(structured), page_text(page)
    assert [shape(section) for section in one.sections] == [shape(section) for section in two.sections]
    assert canonical(one.title).casefold() == canonical(two.title).casefold()
    assert one.kind == two.kind
    assert one.published == two.published


@pytest.mark.parametrize(("structured", "page"), SAMPLES)
def test_sample_gives_the_same_text(structured: str, page: str) -> None:
    one, two = sections(formex_text(structured)), sections(page_text(page))
    differing = {path for path in one if canonical(one[path].text) != canonical(two[path].text)}
    expected = set(PAGES_SHOW_AN_IMAGE) if structured == "formex-act" else set()
    assert differing == expected
    for path in differing:
        formula, image = PAGES_SHOW_AN_IMAGE[path]
        assert canonical(one[path].text).replace(formula, image) == canonical(two[path].text)


@pytest.mark.parametrize(("structured", "page"), SAMPLES)
def test_parts_of_a_sample_hold_the_same_text(structured: str, page: str) -> None:
    one, two = sections(formex_text(structured)), sections(page_text(page))
    for path in set(one) - set(PAGES_SHOW_AN_IMAGE):
        pairs = zip(one[path].parts, two[path].parts, strict=True)
        for first, second in pairs:
            before, after = one[path].text[first.start : first.end], two[path].text[second.start : second.end]
            assert canonical(before) == canonical(after)


@pytest.mark.parametrize(("structured", "page"), SAMPLES)
def test_comparing_both_formats_finds_no_change_but_the_formula(structured: str, page: str) -> None:
    found = changes.compare(version(formex_text(structured)), version(page_text(page)))
    assert {each.path for each in found} <= set(PAGES_SHOW_AN_IMAGE)


def texts(bodies: dict[str, bytes], read: Callable[[bytes, str], Text]) -> dict[str, Text]:
    found = {}
    for name, content in bodies.items():
        try:
            found[name] = read(content, URL)
        except ParseError:
            continue
    return found


def articles(text: Text) -> dict[str, Section]:
    return {s.path: s for s in text.sections if ARTICLE.fullmatch(s.path) and "-note-" not in s.path}


def called(text: Text) -> tuple[str, str, str | None]:
    """Return what tells the same wording of the same act in the same language, by what both formats state."""
    return re.sub(r"\W", "", canonical(text.title).casefold()), text.kind, text.valid_from


@pytest.mark.recorded
def test_recorded_pairs_give_the_same_articles() -> None:
    pages = defaultdict(list)
    for name, text in texts(page_recordings(), xhtml.read).items():
        pages[called(text)].append((name, text))
    pairs = [
        (f"{one} {two}", articles(structured), articles(page))
        for one, structured in texts(formex_recordings(), formex.read).items()
        for two, page in pages[called(structured)]
        if not (structured.partial or page.partial)
    ]
    for name, one, two in pairs:
        assert list(one) == list(two), name
        low = [path for path in one if likeness(one[path].text, two[path].text) < LEAST]
        # Formulas are images on pages: what stands beside them has to be the same.
        assert [path for path in low if "[image]" not in two[path].text] == [], name
    if not pairs:
        pytest.skip("no recorded act is there both as Formex and as a page, whole")


@pytest.mark.recorded
@pytest.mark.parametrize(
    ("page", "structured"),
    [("32016R0679-abridged.xhtml", "32016R0679.fmx4.xml"), ("32024R1689-abridged.xhtml", "32024R1689.fmx4.xml")],
)
def test_recorded_page_that_was_abridged_holds_what_formex_holds(page: str, structured: str) -> None:
    short, whole = xhtml.read(recorded(page), URL), sections(formex.read(recorded(structured), URL))
    # The abridged page sets Section 1 of Chapter III under Chapter I, whose articles it has.
    found = [section for section in short.sections if page.startswith("32024R1689") or "-section-" not in section.path]
    assert len(found) >= 3
    for section in found:
        like = whole[section.path]
        assert (section.number, section.heading) == (like.number, like.heading)
        words = canonical(section.text).split()
        assert SequenceMatcher(None, words, canonical(like.text).split()[: len(words)]).ratio() >= LEAST or not words


# -- as published, and consolidated


def test_a_consolidation_differs_from_its_act_by_what_the_amending_act_says() -> None:
    found = changed(formex_text("formex-act"), formex_text("formex-consolidated"))
    amended = named_by("formex-amending")
    assert amended == {"article-2", "article-3", "article-3a", "article-4", "annex-ii"}
    # Of the corrigendum there is only its mark: it corrected point 1(b) of Annex I.
    assert found == amended | {"annex-i"}
    assert rates(found, amended | {"annex-i"}) == (1.0, 1.0)


@pytest.mark.parametrize("old", ["formex-act", "xhtml-oj", "xhtml-oj-without-prefix"])
@pytest.mark.parametrize("new", ["formex-consolidated", "xhtml-consolidated", "xhtml-consolidated-flat"])
def test_changes_between_formats_are_those_that_the_marks_tell(old: str, new: str) -> None:
    before = formex_text(old) if old.startswith("formex") else page_text(old)
    after = formex_text(new) if new.startswith("formex") else page_text(new)
    marked = {provision(each.path) for each in formex_text("formex-consolidated").modifications}
    precision, recall = rates(changed(before, after), marked)
    assert precision >= 0.97
    assert recall >= 0.97


def test_a_consolidation_removes_and_adds_what_the_amending_act_says() -> None:
    found = told(formex_text("formex-act"), formex_text("formex-consolidated"))
    assert {(each.kind, each.path) for each in found} == {
        ("changed", "article-2-2-a"),
        ("changed", "article-3"),
        ("added", "article-3a"),
        ("removed", "article-4"),
        ("removed", "article-4-note-1"),
        ("changed", "annex-i-part-a-point-1-b"),
        ("removed", "annex-ii"),
    }


def test_the_preamble_that_a_consolidation_leaves_out_was_not_removed() -> None:
    before, after = version(formex_text("formex-act")), version(formex_text("formex-consolidated"))
    found = changes.compare(before, after)
    left = [each for each in found if changes.is_left_out(each, before, after)]
    assert {provision(each.path) for each in left} == {"introduction", "recital-1", "recital-2", "signature"}


def provision(path: str) -> str:
    """Return the article or annex of a path."""
    found = re.match(r"(?:article|recital)-\w+|annex-[ivx]+|\w+", path)
    assert found is not None
    return found[0]


def told(old: Text, new: Text) -> list[Difference]:
    before, after = version(old), version(new)
    found = changes.compare(before, after)
    return [each for each in found if each.path and not changes.is_left_out(each, before, after)]


def changed(old: Text, new: Text) -> set[str]:
    return {provision(each.path) for each in told(old, new)}


def named_by(case: str) -> set[str]:
    """Return the provisions that the first article of an amending act names in front of its points, or inserts."""
    first = sections(formex_text(case))["article-1"]
    points = [first.text[part.start : part.end] for part in first.parts if re.fullmatch(r"article-1-\d+", part.path)]
    found = set()
    for point in points:
        name = re.search(r"(?:Article|Annex) (\d+[a-z]?|[IVX]+)\b", point)
        assert name is not None
        found.add(name[0].lower().replace(" ", "-"))
    return found


def rates(found: Iterable[str], expected: Iterable[str]) -> tuple[float, float]:
    """Return precision and recall."""
    one, two = set(found), set(expected)
    return len(one & two) / len(one), len(one & two) / len(two)


@pytest.mark.recorded
def test_recorded_consolidations_differ_from_their_acts_by_what_their_marks_tell() -> None:
    every = {**texts(formex_recordings(), formex.read), **texts(page_recordings(), xhtml.read)}
    originals = [(name, text) for name, text in every.items() if text.kind == "act" and not text.partial]
    pairs = 0
    for name, new in every.items():
        if not new.modifications or not new.consolidated:
            continue
        for other, old in originals:
            if new.published and new.published == old.published and len(articles(old)) * 2 > len(articles(new)):
                pairs += 1
                expected = {provision(each.path) for each in new.modifications if each.path.startswith("article")}
                found = {each for each in changed(old, new) if each.startswith("article")}
                precision, recall = rates(found, expected)
                assert min(precision, recall) >= 0.97, (name, other, found ^ expected)
    if not pairs:
        pytest.skip("no recorded act is there both as published and consolidated")


@pytest.mark.recorded
def test_changes_of_a_recorded_consolidation_are_told_of_what_it_holds() -> None:
    text = formex.read(recorded("02014R0910-20241018.fmx4.zip"), URL)
    paths = {section.path for section in text.sections} | {part.path for s in text.sections for part in s.parts}
    assert len(text.modifications) > 100
    assert {each.act for each in text.modifications} == {"32022L2555", "32024R1183", "32024R1183R(02)"}
    gone = [each for each in text.modifications if each.path not in paths]
    assert {each.path for each in gone} == {"article-17", "article-18", "article-19"}
    assert {each.action for each in gone} == {"deleted"}
