"""The partnership checklist: what stands in it is whole, every mistake in such a file is told, ids stay."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import SourcesError
from crawler.sources.checklist import BASES, FILE, MAX_SHORT, NATIONS, Duty, load_checklist, loads_checklist
from crawler.sources.vocabulary import AIMED_AT, JURISDICTIONS
from crawler.wording import provision

OURS = load_checklist()

SMALL = """
version: "1"
reviewed: 2026-11-24
documents:
  ukpga/2015/30: {title: Modern Slavery Act 2015, url: "https://www.legislation.gov.uk/ukpga/2015/30"}
sections:
  - id: one
    title: First part
    questions:
      - id: ask
        question: Does everybody know?
        why: Because it is so.
        concerns: [police]
        libraries: ["governance?form=protocol"]
        duties:
          - words: Somebody must do it.
            strength: must
            basis: duty
            document: ukpga/2015/30
            path: section-52
            holds: [E&W]
"""


def problems(text: str) -> list[str]:
    with pytest.raises(SourcesError) as caught:
        loads_checklist(text, "f")
    return caught.value.problems


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


def test_there_are_enough_questions_and_each_is_one() -> None:
    assert len(OURS.questions) >= 25
    assert len({question.id for question in OURS.questions}) == len(OURS.questions)
    assert len({question.words for question in OURS.questions}) == len(OURS.questions)
    for question in OURS.questions:
        assert question.words.endswith("?"), question.id
        assert question.why.endswith(".") and set(question.concerns) <= set(AIMED_AT), question.id
        assert len(set(question.concerns)) == len(question.concerns), question.id
    for nation in NATIONS:
        found = [one for one in OURS.questions if any(duty.holds_in(nation) for duty in one.duties)]
        assert len(found) >= 25, nation
    named = {role for question in OURS.questions for role in question.concerns}
    assert named == set(AIMED_AT), "each reader is concerned by something"


def _duties() -> list[tuple[str, Duty]]:
    return [(question.id, duty) for question in OURS.questions for duty in question.duties]


def test_every_provision_is_one() -> None:
    units = {"ukpga": "section", "asp": "section", "nia": "section", "anaw": "section", "nisi": "article",
             "ssi": "regulation", "eur": "article", "celex": "article", "https": "article"}  # fmt: skip
    for id, duty in _duties():
        assert duty.basis in BASES[duty.strength] and set(duty.holds) <= set(JURISDICTIONS), id
        if duty.cited is None:
            assert duty.basis == "good practice" and not duty.path, id
        elif duty.path:
            assert provision(duty.path), (id, duty.path)
            kind = re.split(r"[/:]", duty.cited.id)[0]
            assert duty.path.split("-")[0] in (units[kind], "schedule"), (id, duty.path)


def test_law_holds_where_its_maker_can_make_it() -> None:
    can = {
        "asp": {"Scotland"}, "ssi": {"Scotland"}, "nia": {"Northern Ireland"}, "nisi": {"Northern Ireland"},
        "anaw": {"Wales"}, "celex": {"European Union"},
    }  # fmt: skip
    both = "celex:22021A0430(01)"
    for id, duty in _duties():
        kind = re.split(r"[/:]", duty.cited.id)[0] if duty.cited else ""
        if kind in can and duty.cited and duty.cited.id != both:
            assert set(duty.holds) == can[kind], (id, duty.cited.id)
        if kind in ("ukpga", "uksi", "eur"):
            assert "European Union" not in duty.holds, (id, duty.words)
        if duty.basis == "statutory guidance":
            assert set(duty.holds) <= {"England and Wales", "England", "Wales"}, id


def test_addresses_are_official_and_titles_say_what_they_are() -> None:
    for cited in OURS.cited:
        assert cited.url.startswith("https://"), cited.id
        if not cited.id.startswith(("https://", "celex:")):
            assert cited.url == f"https://www.legislation.gov.uk/{cited.id}"
            year = "2016/679" if cited.id.startswith("eur/") else cited.id.split("/")[1]
            assert year in cited.title, cited.id
        if cited.id.startswith("https://"):
            assert cited.url == cited.id


def test_documents_that_we_read_are_cited_as_sources_yaml_names_them() -> None:
    registry = (Path(__file__).parents[2] / "sources.yaml").read_text()
    for cited in OURS.cited:
        if cited.id.startswith("https://www.gov.uk/government/publications/procurement-act"):
            continue
        if cited.id.startswith("https://www.gov.uk/"):
            assert cited.id.removeprefix("https://www.gov.uk") in registry, cited.id


@pytest.mark.parametrize("path", ["chapter-7", "chapter-7-who-pays", "annex-f-legal-aid", "article-13"])
def test_a_question_points_at_a_chapter_of_guidance(path: str) -> None:
    manual = "https://www.sample.invalid/manual"
    text = changed("path: section-52", f"path: {path}").replace("document: ukpga/2015/30", f"document: {manual}")
    text = text.replace("ukpga/2015/30: {", f"{manual}: {{")
    assert loads_checklist(text, "f").places == ((manual, path),)


def test_every_value_of_a_file_is_read() -> None:
    found = loads_checklist(SMALL, "f")
    question = found.questions[0]
    assert (found.version, found.reviewed, question.id, question.concerns) == ("1", "2026-11-24", "ask", ("police",))
    duty = question.duties[0]
    assert duty.cited is not None and duty.cited.title == "Modern Slavery Act 2015"
    assert (duty.path, duty.holds) == ("section-52", ("England and Wales",))
    assert [nation for nation in NATIONS if duty.holds_in(nation)] == ["England", "Wales"]
    with pytest.raises(AttributeError):
        duty.path = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("strength: must", "strength: shall", "strength: 'shall'; expected one of must, should, may"),
        ("basis: duty", "basis: power", "basis: 'power' with 'must'; expected duty or right"),
        ("basis: duty", "basis: dutty", 'did you mean "duty"?'),
        ("path: section-52", "path: part-4", "'part-4' is no path of a provision"),
        ("path: section-52", "path: chapter-4", "'chapter-4' of a law; expected a provision"),
        ("path: section-52", "path: chapter-four", "is no path of a provision"),
        ("path: section-52", "path: Section 52", "is no path of a provision"),
        ("path: section-52", "path: section-", "is no path of a provision"),
        ("holds: [E&W]", "holds: [Walse]", 'did you mean "Wales"?'),
        ("holds: [E&W]", "holds: []", "expected a length of at least 1"),
        ("concerns: [police]", "concerns: [polise]", 'did you mean "police"?'),
        ("governance?form=protocol", "governance", "is no library with a value chosen"),
        ("governance?form=protocol", "library?form=protocol", "is no library with a value chosen"),
        ('        libraries: ["governance?form=protocol"]\n', "", "libraries: missing"),
        ("document: ukpga/2015/30", "document: ukpga/2015/31", 'did you mean "ukpga/2015/30"?'),
        ("            document: ukpga/2015/30\n", "", "document: missing; duty stands somewhere"),
        ("  ukpga/2015/30: {title", "  ukpga/15: {title", "expected an id such as ukpga/2015/30"),
        ("  ukpga/2015/30: {title", "  http://x.example/: {title", "or an address of https://"),
        ("why: Because it is so.", "whi: Because it is so.", 'did you mean "why"?'),
        ("reviewed: 2026-11-24", "reviewed: soon", "'soon' is no date"),
        ("question: Does everybody know?", "question: Eh?", "expected a length of at least 10"),
        ("  - id: one", "  - id: ask", "'ask' stands twice"),
        (
            "        concerns",
            "        resources: [ukpga/1]\n        concerns",
            "expected an entry of the block documents",
        ),
        ("        concerns", "        concerns: [health]\n        concerns", "stands twice, first on line"),
    ],
)
def test_every_mistake_is_told_with_its_line(old: str, new: str, told: str) -> None:
    found = problems(changed(old, new))
    assert any(told in line for line in found), found
    assert all(re.match(r"f:\d+: ", line) for line in found)


def test_the_short_form_stays_short() -> None:
    head, question = SMALL.split("    questions:\n")
    short = question.replace("why:", "short: true\n        why:")
    many = "".join(short.replace("id: ask", f"id: ask{number}") for number in range(MAX_SHORT + 1))
    told = problems(f"{head}    questions:\n{many}")
    assert [line.partition(": ")[2].split(": ")[-1] for line in told] == ["the short form has 20 questions already"]


def test_all_mistakes_are_told_at_once() -> None:
    text = changed("strength: must", "strength: shall").replace("[police]", "[polise]").replace("section-52", "x")
    assert len(problems(text)) == 3
    unused = changed(
        "sections:\n", '  ukpga/2004/11: {title: Another Act, url: "https://www.legislation.gov.uk/x"}\nsections:\n'
    )  # fmt: skip
    assert problems(unused) == ["f:6: documents.ukpga/2004/11: never cited; expected a question that does"]


def test_a_path_needs_a_document() -> None:
    text = changed("            document: ukpga/2015/30\n", "").replace("strength: must", "strength: should")
    found = problems(text.replace("basis: duty", "basis: good practice"))
    assert any("path: a provision of no document" in line for line in found)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for text in ("", "[]", "a: [", "x: *y", "version: 1"):
        assert problems(text)
    with pytest.raises(SourcesError, match="cannot be read"):
        load_checklist(tmp_path / "none.yaml")


_JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["version", "reviewed", "documents", "sections", "id", "x"]), _JSON, max_size=6
    )
)  # fmt: skip
def test_whatever_stands_there_only_mistakes_are_told(value: Any) -> None:
    with pytest.raises(SourcesError):
        loads_checklist(yaml.safe_dump(value), "f")


def test_our_file_is_plain() -> None:
    text = FILE.read_text()
    assert "\t" not in text and text.isprintable() is False
    for never in ("compliant", "comprehensive", "up to date", "utilise", "leverage"):
        assert never not in text.lower(), never
