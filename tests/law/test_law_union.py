"""What acts of the EU say of their own beginning: in force, applying and to be transposed are three things."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.ingest import own_words
from crawler.law import (
    Origin,
    Step,
    Steps,
    UnionStep,
    differing,
    law_state_without_text,
    parts_of,
    provision_state,
    union_steps,
)
from crawler.law.days import number
from crawler.model import Annotation, Section, Version

JOURNAL = Origin(published="2014-06-12", adopted="2014-04-16")


def said(text: str, heading: str = "") -> list[tuple[str, str, tuple[str, ...] | str]]:
    """Return event, day and provisions of what an article says."""
    return [(step.event, step.date, step.paths or step.words) for step in union_steps(text, JOURNAL, heading)]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("This Regulation shall enter into force on the twentieth day following that of its publication", "2014-07-02"),
        ("This Directive shall enter into force on the 20th day following its publication in it", "2014-07-02"),
        ("This Decision shall enter into force on the day following that of its publication", "2014-06-13"),
        ("This Regulation shall enter into force on the third day following that of its publication", "2014-06-15"),
        ("This Framework Decision shall take effect on the day of its publication", "2014-06-12"),
        ("This Decision shall take effect on the date of its adoption", "2014-04-16"),
        ("This Regulation shall enter into force two months after its publication", "2014-08-12"),
        ("This Regulation shall enter into force on the first day of the second month following its "
         "publication", "2014-08-01"),
        ("This Regulation shall enter into force on 1 January 2015", "2015-01-01"),
        ("Dieser Rahmenbeschluss tritt am zwanzigsten Tag nach seiner Veröffentlichung in Kraft", "2014-07-02"),
        ("Diese Richtlinie tritt am 20. Tag nach ihrer Veröffentlichung im Amtsblatt in Kraft", "2014-07-02"),
        ("Diese Gemeinsame Maßnahme wird verkündet und tritt am Tag ihrer Veröffentlichung in Kraft", "2014-06-12"),
        ("Diese Verordnung tritt am Tag nach ihrer Veröffentlichung im Amtsblatt in Kraft", "2014-06-13"),
        ("Le présent règlement entre en vigueur le vingtième jour suivant celui de sa publication", "2014-07-02"),
        ("La présente directive entre en vigueur le jour suivant celui de sa publication", "2014-06-13"),
        ("El presente Reglamento entrará en vigor a los veinte días de su publicación", "2014-07-02"),
        ("El presente Reglamento entrará en vigor el día siguiente al de su publicación", "2014-06-13"),
        ("O presente regulamento entra em vigor no vigésimo dia seguinte ao da sua publicação", "2014-07-02"),
    ],
)  # fmt: skip
def test_the_day_of_entry_into_force_is_counted_from_the_journal(words: str, day: str) -> None:
    assert said(f"{words}.") == [("in force", day, "")]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 90))
def test_days_after_publication_are_those_of_the_calendar(published: date, days: int) -> None:
    words = f"This Regulation shall enter into force on the {days}th day following that of its publication."
    assert number(f"{days}th") == days
    (step,) = union_steps(words, Origin(published=published.isoformat()))
    assert step.date == (published + timedelta(days=days)).isoformat()


def test_without_the_day_of_the_journal_the_words_stand_for_it() -> None:
    words = "This Regulation shall enter into force on the twentieth day following that of its publication."
    (step,) = union_steps(words, Origin(adopted="2014-04-16"))
    assert (step.date, step.qualification) == ("", "on the twentieth day following that of its publication")


@pytest.mark.parametrize(
    "words",
    [
        "It shall take effect the day following the publication of the decision in the Official Journal.",
        "A delegated act adopted pursuant to Article 5 shall enter into force only if no objection has been expressed.",
        "Until amendments to this Regulation enter into force on 1 May 2015, protection shall not exist.",
        "In Regulation (EU) 1/2001, Article 9 is replaced by the following: This Regulation shall apply on 1.",
        "Directive 95/46/EC is repealed with effect from 25 May 2018.",
        "This Regulation shall apply to providers of platforms that are established in the Union.",
        "Those provisions shall not apply from 1 May 2015.",
    ],
)
def test_what_is_said_of_something_else_is_not_read(words: str) -> None:
    assert said(words) == []


def test_an_act_that_only_applies_says_so_for_itself_alone() -> None:
    assert said("This Decision shall apply from 1 May 2015.") == [("applies", "2015-05-01", "")]
    assert said("Article 4 shall apply from 1 May 2015.") == []
    assert said("Article 4 shall apply from 1 May 2015.", "Application") == [("applies", "2015-05-01", ("article-4",))]


@pytest.mark.parametrize(
    ("words", "day", "limit"),
    [
        ("from 10 July 2027, except in relation to entities referred to in Article 3", "2027-07-10",
         "except in relation to entities referred to in Article 3"),
        ("from 29 November 2026 for new types of vehicles", "2026-11-29", "for new types of vehicles"),
        ("from 4 August 2024 to 3 February 2025", "2024-08-04", "to 3 February 2025"),
    ],
)  # fmt: skip
def test_what_limits_the_application_of_an_act_goes_with_its_day(words: str, day: str, limit: str) -> None:
    (step,) = union_steps(f"This Regulation shall apply {words}.", JOURNAL)
    assert (step.date, step.qualification) == (day, limit)


def test_provisions_with_a_list_of_days_of_their_own_are_not_among_the_rest() -> None:
    text = (
        "This Regulation shall apply from 2 August 2026. However: (c) Chapter III, Sections 1 and 2, with the "
        "exception of Article 6(5), shall apply from: (i) 2 December 2027 as regards systems; and (ii) 2 August 2028."
    )
    whole, chapter = union_steps(text, JOURNAL, "Application")
    assert (whole.date, whole.is_rest, chapter.date, chapter.qualification) == (
        "2026-08-02", True, "", "on days of their own",
    )  # fmt: skip


def test_what_is_said_of_chapters_is_said_of_their_articles() -> None:
    text = (
        "This Regulation shall apply from 2 August 2026. However: (a) Chapters I and II shall apply from 2 February "
        "2025; (b) Chapter III, Section 4, and Article 78 shall apply from 2 August 2025."
    )
    made = [
        Step(path=path, source="own provision", state=step.event, date=step.date, is_rest=step.is_rest)
        for step in union_steps(text, JOURNAL, "Application")
        for path in step.paths or ("",)
    ]
    holders = parts_of(
        ["chapter-i", "article-1", "chapter-ii", "article-5", "chapter-iii", "chapter-iii-section-1", "article-6",
         "chapter-iii-section-4", "article-28", "chapter-ix", "article-78", "annex-i"]
    )  # fmt: skip
    steps = Steps(made, holders)
    told = {path: {step.date for step, how in steps.about(path) if how != "rest"} for path in holders}
    assert told == {
        "article-1": {"2025-02-02"}, "article-5": {"2025-02-02"}, "article-6": set(), "article-28": {"2025-08-02"},
        "article-78": {"2025-08-02"},
    }  # fmt: skip


def test_application_is_told_apart_from_entry_into_force_and_has_its_own_exceptions() -> None:
    text = (
        "1. This Regulation shall enter into force on the twentieth day following that of its publication. 2. It shall "
        "apply from 3 July 2016, with the exception of: (a) Article 4(2) and (3), which shall apply from 3 January "
        "2018; "
        "(b) Chapter II and Article 7, which shall apply from the date of entry into force of this Regulation; and (c) "
        "the third subparagraph of Article 17(2), which shall apply from the date of application of the acts."
    )
    assert said(text) == [
        ("in force", "2014-07-02", ""),
        ("applies", "2016-07-03", ""),
        ("applies", "2018-01-03", ("article-4-2", "article-4-3")),
        ("applies", "2014-07-02", ("chapter-ii", "article-7")),
        ("applies", "", "the third subparagraph of Article 17(2)"),
    ]
    assert [step.is_rest for step in union_steps(text, JOURNAL)][:2] == [False, True]
    limited = union_steps(
        "This Regulation shall apply from 1 May 2015 with the exception of Article 9.", JOURNAL, "Application"
    )
    assert [(step.date, step.qualification) for step in limited] == [("2015-05-01", "with the exception of Article 9")]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Member States shall bring into force the laws, regulations and administrative provisions necessary to "
         "comply with this Directive by 6 April 2013 at the latest.", "2013-04-06"),
        ("By 17 October 2024, Member States shall adopt and publish the measures necessary to comply with this "
         "Directive.", "2024-10-17"),
        ("Member States shall adopt and publish, by 3 July 2016, the laws necessary to comply with this Directive.",
         "2016-07-03"),
        ("Member States shall take the necessary measures to comply with this Framework Decision no later than 1 "
         "August 2004.", "2004-08-01"),
        ("Die Mitgliedstaaten erlassen und veröffentlichen bis zum 3. Juli 2017 die Vorschriften, die erforderlich "
         "sind, um dieser Richtlinie nachzukommen.", "2017-07-03"),
        ("Les États membres adoptent, au plus tard le 6 avril 2013, les dispositions nécessaires pour se conformer à "
         "la présente directive.", "2013-04-06"),
    ],
)  # fmt: skip
def test_the_last_day_of_transposition_is_a_fact_of_its_own(words: str, day: str) -> None:
    assert said(words) == [("to be transposed", day, "")]
    assert said(f"{words} They shall apply those measures from 18 October 2024.")[1:] in (
        [], [("applies", "2024-10-18", "the measures of member states")],
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "1. Member States shall apply those measures from 3 January 2018 except for the provisions on Article 65(2), "
        "which shall apply from 3 September 2019. 2. Member States shall apply the measures referred to in Article 92 "
        "from 3 July 2015.",
        "(1) Die Mitgliedstaaten wenden diese Maßnahmen ab dem 3. Januar 2018 an, mit Ausnahme der Bestimmungen zu "
        "Artikel 65 Absatz 2, die ab dem 3. September 2019 gelten. (2) Die Mitgliedstaaten wenden die Maßnahmen nach "
        "Artikel 92 ab dem 3. Juli 2015 an.",
    ],
)  # fmt: skip
def test_measures_with_days_of_their_own_are_told_apart(words: str) -> None:
    steps = union_steps(words, JOURNAL, "Transposition")
    assert [(step.date, bool(step.qualification), "92" in step.qualification) for step in steps] == [
        ("2018-01-03", False, False), ("2019-09-03", True, False), ("2015-07-03", True, True),
    ]  # fmt: skip


def version(*articles: str, annotations: tuple[Annotation, ...] = (), document: str = "celex:32001R9001") -> Version:
    """Return a consolidation with these articles."""
    sections = tuple(
        Section(path=f"article-{place}", number=f"Article {place}", text=text) for place, text in enumerate(articles, 1)
    )
    return Version(
        document=document, title="Sample", sections=sections, representation="structured", valid_from="2020-05-01",
        annotations=annotations, leaves_out=("recital",),
    )  # fmt: skip


def test_an_act_is_in_force_by_its_own_words_and_what_was_put_in_later_at_the_latest_since_its_consolidation() -> None:
    mark = Annotation(id="32019R1", kind="mark", path="article-1", place="number", text="inserted")
    words = (
        "This Regulation shall enter into force on the twentieth day following that of its publication. It shall apply "
        "from 3 July 2016."
    )
    steps = list(own_words.of_union_text(version("Words.", "Others.", words, annotations=(mark,)), JOURNAL))
    assert law_state_without_text(steps, "2026-01-01").summary == "2014-07-02"
    states = {path: provision_state(Steps(steps), path, "2026-01-01") for path in ("article-1", "article-2")}
    assert [(each.since, each.is_latest) for each in states.values()] == [("2020-05-01", True), ("2014-07-02", False)]
    assert (states["article-1"].applies, states["article-2"].applies) == ("", "2016-07-03")
    assert [step.authority for step in steps if step.source == "own provision"] == ["art. 3", "art. 3"]


def test_an_article_with_a_letter_was_put_in_with_a_mark_or_without() -> None:
    whole = version("This Regulation shall enter into force on 1 May 2015.")
    between = tuple(Section(path=path, number="Article", text="Words.") for path in ("article-5a", "article-6"))
    changed = Annotation(id="32019R1", kind="mark", path="article-5a", place="text", text="inserted")
    for marks in ((), (changed,)):
        consolidated = replace(whole, sections=(*whole.sections, *between), annotations=marks)
        steps = Steps(list(own_words.of_union_text(consolidated, JOURNAL)))
        found = [provision_state(steps, path, "2026-01-01") for path in ("article-5a", "article-6")]
        assert [(each.since, each.is_latest) for each in found] == [("2020-05-01", True), ("2015-05-01", False)]
    published = replace(whole, sections=(*whole.sections, *between), leaves_out=())
    assert not [step for step in own_words.of_union_text(published, JOURNAL) if step.source == "insertion"]


def test_a_regulation_is_not_transposed() -> None:
    words = "Member States shall take the measures necessary to comply with Articles 22 and 23 by 3 July 2016."
    assert [step.words for step in union_steps(words, JOURNAL)] == ["Articles 22 and 23"]
    of_kind = {
        kind: list(own_words.of_union_text(version(words, document=f"celex:32001{kind}9001"), JOURNAL)) for kind in "LR"
    }
    found = {kind: [step.state for step in steps if step.source != "default"] for kind, steps in of_kind.items()}
    assert found == {"L": ["to be transposed"], "R": []}


def test_a_regulation_that_says_nothing_is_in_force_as_the_treaty_provides() -> None:
    """On the twentieth day behind that of its journal, where its whole text was read; a decision may be notified."""
    silent = version("This Regulation concerns samples.")
    days = [
        [(step.date, step.source) for step in own_words.of_union_text(each, JOURNAL)]
        for each in (
            silent,
            version("Dieser Beschluss tritt bald in Kraft."),
            replace(silent, partial=True),
            replace(silent, document="celex:32001D9001"),
        )
    ]
    assert days == [[("2014-07-02", "default")], [], [], []]


def test_of_two_sources_the_own_words_count_and_both_are_kept() -> None:
    own = list(own_words.of_union_text(version("This Regulation shall enter into force on 1 May 2015."), JOURNAL))
    stated = Step(path="", state="in force", source="metadata", date="2014-01-01")
    assert law_state_without_text([*own, stated], "2026-01-01").summary == "2015-05-01"
    assert differing([*own, stated]) == (("in force", "2015-05-01", "2014-01-01"),)


def test_nothing_in_a_hostile_text_takes_long_or_fails() -> None:
    for text in ("Member States shall " * 5000, "Article 1, " * 9000, "(a) shall apply from " * 4000, "1. " * 9000):
        assert isinstance(union_steps(text, JOURNAL), tuple)
    assert union_steps("", JOURNAL) == ()
    assert UnionStep(event="applies").paths == ()
