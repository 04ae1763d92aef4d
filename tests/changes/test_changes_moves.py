"""Guidance whose headings come and go, whose blocks move and whose paragraphs are counted anew.

What is told as added or removed of it is what one version has and the other has not, sentence by sentence.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.changes import compare
from crawler.changes.runs import MIN_SENTENCE_WORDS
from crawler.model import Difference, Section, Version
from crawler.text import slug
from tests.changes.test_changes_laws import both
from tests.tiers import examples

VOCABULARY = (
    "victim", "officer", "must", "may", "not", "referral", "within", "five", "days", "of", "the", "form", "support",
    "decision", "child", "adult", "consent",
)  # fmt: skip
HEADINGS = ("Referral", "Consent", "Support", "Decision", "Fees", "Contact", "Children", "Records", "Review", "Appeal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of one sentence, under a heading of its own where it has one."""

    text: str
    heading: str = ""


def guidance(paragraphs: Iterable[Paragraph], *, chapter: int = 0) -> Version:
    """Return guidance cut at its headings, its paragraphs counted through where a chapter is given."""
    sections: list[Section] = []
    for number, paragraph in enumerate(paragraphs, start=1):
        text = f"{chapter}.{number}. {paragraph.text}" if chapter else paragraph.text
        if paragraph.heading or not sections:
            heading = paragraph.heading
            sections.append(Section(path=slug(heading) or "introduction", heading=heading, text=text))
        else:
            sections[-1] = replace(sections[-1], text=f"{sections[-1].text} {text}")
    return Version(
        document="url:https://a.sample.invalid/p",
        title="Sample guidance",
        representation="html",
        sections=tuple(sections),
    )


@st.composite
def texts(draw: st.DrawFn) -> list[Paragraph]:
    """Return paragraphs of the few words that guidance is made of, no two the same."""
    said = st.lists(st.sampled_from(VOCABULARY), min_size=MIN_SENTENCE_WORDS, max_size=14).map(" ".join)
    sentences = draw(st.lists(said, min_size=2, max_size=10, unique=True))
    headed = draw(st.lists(st.booleans(), min_size=len(sentences), max_size=len(sentences)))
    names = iter(HEADINGS)
    return [
        Paragraph(text=f"{sentence.capitalize()}.", heading=next(names) if is_headed else "")
        for sentence, is_headed in zip(sentences, headed, strict=True)
    ]


@st.composite
def rearranged(draw: st.DrawFn, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with headings dropped or set, and a block moved."""
    new = list(paragraphs)
    for place in draw(st.sets(st.sampled_from(range(len(new))), max_size=3)):
        fresh = f"About {len(new[place].text)} {place}"
        new[place] = replace(new[place], heading="" if new[place].heading else fresh)
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(new))] * 2)))
    block, rest = new[start:end], new[:start] + new[end:]
    there = draw(st.integers(0, len(rest)))
    return rest[:there] + block + rest[there:]


@st.composite
def successors(draw: st.DrawFn) -> tuple[Version, Version]:
    """Return guidance and what became of it: rearranged, counted anew, with paragraphs put in and taken out."""
    paragraphs = draw(texts())
    new = draw(rearranged(paragraphs))
    for place in sorted(draw(st.sets(st.sampled_from(range(len(new))), max_size=2)), reverse=True):
        del new[place]
    for number in range(draw(st.integers(0, 2))):
        there = draw(st.integers(0, len(new)))
        new.insert(there, Paragraph(text=f"Whatever is new {number} stands in paragraph number {number} alone."))
    counted = draw(st.sampled_from(((0, 0), (2, 2), (2, 3))))
    return guidance(paragraphs, chapter=counted[0]), guidance(new, chapter=counted[1])


def sentences(text: str) -> list[str]:
    plain = re.sub(r"(?<!\S)\d+\.\d+\. ", "", text)
    return [" ".join(re.findall(r"\w+", sentence.casefold())) for sentence in re.split(r"[.\n]", plain)]


def whole(version: Version) -> Counter[str]:
    return Counter(one for section in version.sections for one in sentences(section.text))


def told(difference: Difference, op: str) -> list[str]:
    """Return the sentences that a difference tells as put in or taken out, each whole."""
    section = difference.after if op == "+" else difference.before
    if difference.kind == ("added" if op == "+" else "removed") and not difference.words and section is not None:
        return sentences(section.text)
    runs = [sentences(word.text) for word in difference.words if word.op == op]
    return [sentence for run in runs for sentence in run]


@examples(200)
@given(successors())
def test_no_sentence_is_told_as_added_or_removed_that_both_versions_have(versions: tuple[Version, Version]) -> None:
    old, new = versions
    both(old, new)
    before, after = whole(old), whole(new)
    for difference in compare(old, new):
        for op, own, other in (("+", after, before), ("-", before, after)):
            for sentence in told(difference, op):
                if sentence in own and len(sentence.split()) >= MIN_SENTENCE_WORDS:
                    assert own[sentence] > other[sentence], (difference.kind, op, sentence)


@examples(100)
@given(st.data())
def test_what_only_moved_was_counted_anew_or_lost_its_heading_is_editorial(data: st.DataObject) -> None:
    paragraphs = data.draw(texts())
    old, new = guidance(paragraphs, chapter=2), guidance(data.draw(rearranged(paragraphs)), chapter=3)
    for difference in compare(old, new):
        assert difference.kind not in ("added", "removed")
        assert difference.significance == "editorial" or difference.kind == "renumbered", difference


@examples(100)
@given(successors())
def test_words_kept_and_inserted_are_the_new_text(versions: tuple[Version, Version]) -> None:
    for difference in compare(*versions):
        if difference.kind == "changed" and difference.after is not None:
            shown = "".join(word.text for word in difference.words if word.op != "-")
            assert shown.endswith(difference.after.text)


ONE = Paragraph(heading="Referral", text="A first responder refers a possible victim in writing.")
TWO = Paragraph(heading="Consent", text="An adult has to agree before anybody is told.")
THREE = Paragraph(heading="Support", text="Whoever is referred gets a bed for 45 days.")


@pytest.mark.parametrize("before", ["This page is on devices in the sense of ", "Both stand.\n", ""])
def test_the_end_of_a_new_sentence_is_new_though_other_sentences_end_so(before: str) -> None:
    """The title of the act that it cites stands elsewhere; a sentence that stood there does not count as new."""
    cited = "Regulation (EU) 2029/745 of the European Parliament and of the Council"
    old = guidance([Paragraph(text=f"{before}{cited}.", heading="About")])
    added = f"Commission Decision (EU) 2031/1 on the database that is meant in Article 34(1) of {cited}."
    new = [*old.sections]
    new.append(Section(path="other-acts", heading="Other acts", text=added))
    (found,) = compare(old, replace(old, sections=tuple(new)))
    assert found.kind == "added"
    assert all(word.op == "+" for word in found.words) or not found.words


def test_lines_of_a_list_that_begin_alike_are_told_whole() -> None:
    """The newest release goes to the previous ones: no line is told in two pieces, though a colon stands in each."""

    def page(*days: str) -> Version:
        lines = [f"Deaths of residents in adult care homes: 1 March to {day} 2020 | Statistics" for day in days]
        parts = (("latest", lines[:1]), ("previous", lines[1:]))
        sections = (Section(path=name, heading=f"{name} releases", text="\n".join(text)) for name, text in parts)
        return Version(document="a", title="Deaths", representation="html", sections=tuple(sections))

    old = ("3 July", "26 June", "19 June", "12 June")
    latest, previous = compare(page(*old), page("17 July", "10 July", *old))
    assert [(word.op, word.text.count("Deaths")) for word in latest.words] == [("+", 1)]
    assert [(word.op, word.text.count("Deaths")) for word in previous.words] == [("+", 1), ("=", 4)]


def test_a_number_is_not_cut_and_those_of_lists_are_no_matter_to_those_of_paragraphs() -> None:
    steps = " ".join(f"{number}. Say what is asked." for number in range(1, 7))
    texts = [f"Send a request to the authority that decided it {steps}", "The authority has to answer it in writing."]

    def page(first: int, *headings: str) -> Version:
        counted = [f"14.{first + place}. {text}" for place, text in enumerate((*texts, "A reason is given each time."))]
        joined = counted if headings else [" ".join(counted)]
        parts = zip(("Request", *headings), joined, strict=True)
        sections = (Section(path=slug(heading), heading=heading, text=text) for heading, text in parts)
        return Version(document="a", title="Sample guidance", representation="html", sections=tuple(sections))

    for old, new in ((page(231, "Answer", "Reason"), page(229)), (page(229), page(231, "Answer", "Reason"))):
        assert all(each.significance == "editorial" for each in compare(old, new))


def test_a_title_that_left_a_list_of_documents_is_told_although_its_words_stand_in_a_text() -> None:
    named = "National standard for driving cars and light vans on roads"

    def page(text: str, listed: str, more: str = "") -> Version:
        parts = [Section(path="cars", heading="Cars", text=text)]
        parts += [Section(path="cars-documents", heading="Cars: documents", text=listed)] if listed else []
        parts += [Section(path="vans-documents", heading="Vans: documents", text=more)] if more else []
        return Version(document="a", title="Standards", representation="structured", sections=tuple(parts))

    old = page("The standard sets out what to do.", f"{named}; Sample syllabus")
    (told,) = (
        each
        for each in compare(old, page(f"The {named} sets out what to do.", "Sample syllabus"))
        if each.path == "cars-documents"
    )
    assert "".join(word.text for word in told.words if word.op == "-").strip(" ;") == named
    (told,) = (each for each in compare(old, page(f"The {named} sets out; sample syllabus.", "")) if not each.after)
    assert told.kind == "removed"
    moved = page("The standard sets out what to do.", "Sample syllabus", named)
    assert all(word.op == "=" for each in compare(old, moved) for word in each.words if named in word.text)
