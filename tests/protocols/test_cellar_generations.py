"""Acts of several kinds, written as Formex and as two generations of pages: the same articles, whichever is read.

Three acts are written by hand; further ones are made at random.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import changes
from crawler.model import Section
from crawler.protocols.cellar import formex, xhtml
from crawler.text import canonical
from tests.protocols.cellar_acts import Act, Article, Paragraph, Point, page
from tests.protocols.cellar_acts import formex as written
from tests.protocols.cellar_texts import URL, recorded, version
from tests.tiers import examples

REGULATION = Act(
    title=("REGULATION (EU) 2001/9021 OF THE SAMPLE COUNCIL", "of 5 April 2001", "on sample products"),
    recitals=("Products may be samples.", "Each sample has an origin: that is where it comes from."),
    chapters=(
        (
            "CHAPTER I", "General provisions",
            (
                Article(number="1", heading="Scope", paragraphs=(Paragraph(text="This Regulation has a scope."),)),
                Article(
                    number="2", heading="Definitions",
                    paragraphs=(
                        Paragraph(
                            text="For this Regulation:",
                            points=(
                                Point(label="(1)", text="\u2018sample\u2019 means a thing;"),
                                Point(
                                    label="(2)", text="\u2018authority\u2019 means any of these:",
                                    points=(
                                        Point(label="(a)", text="a body, or"),
                                        Point(
                                            label="(b)", text="an office:",
                                            points=(
                                                Point(label="(i)", text="of a State;"),
                                                Point(label="(ii)", text="of a town."),
                                            ),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        ),
        (
            "CHAPTER II", "Duties",
            (
                Article(
                    number="2a", heading="Duty to tell",
                    paragraphs=(
                        Paragraph(number="1", text="Who has a sample tells the authority within 30 days."),
                        Paragraph(number="1a", text="By way of derogation, 10 days are enough."),
                        Paragraph(
                            number="2", text="The authority keeps:",
                            points=(Point(label="—", text="the name,"), Point(label="—", text="the date.")),
                        ),
                    ),
                ),
            ),
        ),
    ),
)  # fmt: skip
DIRECTIVE = Act(
    title=("DIRECTIVE 2001/9022/EC OF THE SAMPLE COUNCIL", "of 6 May 2001", "on the recognition of samples & the like"),
    recitals=("There was no Directive < this one.",),
    chapters=(
        (
            "", "",
            (
                Article(number="1", heading="Aim", paragraphs=(Paragraph(text="Samples shall be recognised."),)),
                Article(
                    number="2", heading="Penalties",
                    paragraphs=(
                        Paragraph(number="1", text="Penalties shall be effective."),
                        Paragraph(
                            number="2", text="They shall be at least:",
                            points=(Point(label="(a)", text="five years; or"), Point(label="(b)", text="ten years.")),
                        ),
                        Paragraph(number="3", text="Article 2(2)(a) applies to attempts."),
                    ),
                ),
                Article(number="10", paragraphs=(Paragraph(text="This Directive is addressed to all."),)),
            ),
        ),
    ),
)  # fmt: skip
DECISION = Act(
    title=("Sample Council Decision 2001/9023/JHA", "of 7 June 2001", "setting up a sample network"),
    recitals=(),
    chapters=(
        (
            "", "",
            (
                Article(number="1", paragraphs=(Paragraph(text="A network is set up."), Paragraph(text="It meets."))),
                Article(number="2", paragraphs=(Paragraph(text="This Decision takes effect today."),)),
            ),
        ),
    ),
)  # fmt: skip


def shape(section: Section) -> tuple[str, str, str, str, list[tuple[str, str]]]:
    parts = [(part.path, canonical(section.text[part.start : part.end])) for part in section.parts]
    return section.path, canonical(section.number), canonical(section.heading), canonical(section.text), parts


def same(act: Act, prefix: str) -> None:
    one, two = formex.read(written(act), URL), xhtml.read(page(act, prefix=prefix), URL)
    assert [shape(each) for each in one.sections] == [shape(each) for each in two.sections]
    assert canonical(one.title).casefold() == canonical(two.title).casefold()
    assert list(changes.compare(version(one), version(two))) == []
    names = [each.path for each in one.sections]
    for _, _, articles in act.chapters:
        for article in articles:
            assert f"article-{article.number}" in names


@pytest.mark.parametrize("prefix", ["oj-", ""])
@pytest.mark.parametrize("act", [REGULATION, DIRECTIVE, DECISION], ids=["regulation", "directive", "decision"])
def test_each_act_is_the_same_in_every_generation(act: Act, prefix: str) -> None:
    same(act, prefix)


@pytest.mark.parametrize("act", [REGULATION, DIRECTIVE], ids=["regulation", "directive"])
def test_one_word_changed_in_a_point_is_one_change_there(act: Act) -> None:
    """Not a test of itself alone: what differs between the formats is found, and where."""
    before, after = written(act), re.sub(rb"ten years|of a town", b"of a village", page(act))
    found = changes.compare(version(formex.read(before, URL)), version(xhtml.read(after, URL)))
    assert [each.path for each in found] == ["article-2-2-b-ii" if act is REGULATION else "article-2-2-b"]


SAID = ("samples", "shall", "be", "told", "within", "days", "&", "when", "<", "they\u2019re", "\u201cfound\u201d", "to")
WORDS = st.lists(st.sampled_from(SAID), min_size=2)
SENTENCES = WORDS.map(lambda words: "The " + " ".join(words[:12]) + ".")


def points(labels: tuple[tuple[str, ...], ...]) -> st.SearchStrategy[tuple[Point, ...]]:
    if not labels:
        return st.just(())
    below = points(labels[1:])
    texts = st.lists(st.tuples(SENTENCES, below), max_size=len(labels[0]))
    return texts.map(
        lambda found: tuple(
            Point(label=label, text=text, points=under) for label, (text, under) in zip(labels[0], found, strict=False)
        )
    )


LABELS = (("(a)", "(b)", "(c)"), ("(i)", "(ii)"), ("—", "—"))
PARAGRAPHS = st.lists(st.tuples(SENTENCES, points(LABELS)), min_size=1, max_size=3).map(
    lambda found: tuple(
        Paragraph(number=str(number) if len(found) > 1 else "", text=text, points=under)
        for number, (text, under) in enumerate(found, 1)
    )
)
ARTICLES = st.lists(st.tuples(st.sampled_from(["", "Scope", "Final provisions"]), PARAGRAPHS), min_size=1, max_size=4)
ACTS = st.tuples(st.lists(SENTENCES, max_size=3), ARTICLES, st.booleans()).map(
    lambda made: Act(
        title=("REGULATION (EU) 2001/9029 OF THE SAMPLE COUNCIL", "of 5 April 2001", "on samples"),
        recitals=tuple(made[0]),
        chapters=(
            (
                "CHAPTER I" if made[2] else "", "Samples",
                tuple(
                    Article(number=str(number), heading=heading, paragraphs=paragraphs)
                    for number, (heading, paragraphs) in enumerate(made[1], 1)
                ),
            ),
        ),
    )
)  # fmt: skip


@pytest.mark.slow
@examples(40)
@given(act=ACTS, prefix=st.sampled_from(["oj-", ""]))
def test_any_act_is_the_same_in_every_generation(act: Act, prefix: str) -> None:
    same(act, prefix)


@pytest.mark.recorded
def test_a_recorded_act_is_the_same_in_a_zip_and_in_one_file() -> None:
    zipped, single = (formex.read(recorded(name), URL) for name in ("32022L2555.fmx4.zip", "L_2022333EN.01008001.xml"))
    articles = [[shape(each) for each in text.sections if "annex" not in each.path] for text in (zipped, single)]
    assert len(articles[0]) > 46 and articles[0] == articles[1]
