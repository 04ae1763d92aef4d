"""Significance and flags: what is never editorial, what always is, and that the flags are a closed set."""

import itertools
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.changes import COMMENTARY, FLAGS, compare, flags, significance
from crawler.changes.boilerplate import bare
from crawler.changes.facts import facts
from crawler.model import Difference, Part, Representation, Section, Version


def changed(before: str, after: str, representation: Representation = "html", **facts: Any) -> Difference:
    base: dict[str, Any] = {"path": "apply", "heading": "Apply", **facts}
    old, new = (
        Version(
            document="govuk:sample",
            title="Sample",
            sections=(Section(text=text, **base),),
            representation=representation,
        )
        for text in (before, after)
    )
    (found,) = compare(old, new)
    return found


@pytest.mark.parametrize(
    ("before", "after", "flag"),
    [
        ("open", "closed", "procedure"),
        ("", "open", "procedure"),
        ("Committee stage (Lords)", "Report stage (Lords)", "procedure"),
        ("", "repealed", "status"),
        ("prospective", "in force", "status"),
        ("In force", "No longer in force", "status"),
        ("proposed", "in force", "status"),
    ],
)
def test_a_legal_status_and_a_state_of_procedure_have_different_flags(before: str, after: str, flag: str) -> None:
    old = Version(document="d", title="Sample", sections=(), representation="html", status=before)
    (found,) = compare(old, replace(old, status=after))
    assert found.flags == (flag,) and flag in dict(FLAGS)


@pytest.mark.parametrize(
    ("heading", "before", "after", "weight"),
    [
        ("Last updated", "7 July 2020", "15 September 2020", "editorial"),
        ("Release date", "7 July 2020", "15 September 2020", "substantive"),
        ("Last updated", "7 July 2020 by 3 people", "15 September 2020 by 4 people", "substantive"),
    ],
)
def test_a_part_that_is_the_pages_own_date_is_form(heading: str, before: str, after: str, weight: str) -> None:
    found = changed(before, after, heading=heading, path="date")
    assert found.significance == weight
    assert weight == "substantive" or found.flags == ()


FACTS = [
    ("duty word", "You may tell the police.", "You must tell the police."),
    ("duty word", "It should be sent.", "It is to be sent."),
    ("negation", "It must be shared.", "It must not be shared."),
    ("negation", "A must not enter; B must", "A must enter; B must not"),
    ("negation", "You don't pay.", "You do pay."),
    ("time limit", "within 5 days of it", "within 7 days of it"),
    ("time limit", "within 5 days of it", "within 5 working days of it"),
    ("time limit", "for twenty-eight (28) days", "for thirty (30) days"),
    ("time limit", "a 45-day period", "a 30-day period"),
    ("time limit", "one month later", "two months later"),
    ("date", "It starts on 3 May 2024.", "It starts on 4 May 2024."),
    ("date", "those published on 3 May 2024 count", "those published on 4 May 2024 count"),
    ("date", "until 2024-05-03 only", "until 2024-06-03 only"),
    ("money", "The fee is \u00a31,000.", "The fee is \u00a31,500."),
    ("money", "The fee is \u00a35.", "The fee is \u20ac5."),
    ("money", "under 50% of it", "under 50 of it"),
    ("money", "a turnover of 36 million pounds", "a turnover of 40 million pounds"),
    ("number", "a rate of 3.5 now", "a rate of 35 now"),
    ("number", "under section 45 here", "under section 45A here"),
    ("number", "two people agree", "three people agree"),
    ("contact", "Call 0800 0121 700 now", "Call 0800 0121 701 now"),
    ("contact", "Write to a.b@x.invalid now", "Write to a.b@y.invalid now"),
    ("contact", "at London SW1A 2AA", "at London SW1A 2AB"),
    ("contact", "at 10 Sample Street, London", "at 11 Sample Street, London"),
    ("link", "on www.gov.uk/Report-it today", "on www.gov.uk/report-it today"),
    ("link", "see https://sample.invalid/a.", "see https://sample.invalid/a-"),
    ("form", "fill in nrm-form.pdf now", "fill in nrm_form.pdf now"),
    ("form", "Use form MS1 now", "Use form MS2 now"),
    ("version number", "This is version 3.8 of it", "This is version 3.9 of it"),
    ("version number", "This is v3.8 of it", "This is v38 of it"),
]


@pytest.mark.parametrize(("flag", "before", "after"), FACTS)
def test_a_changed_fact_has_its_flag_and_is_never_editorial(flag: str, before: str, after: str) -> None:
    for one, two in ((before, after), (after, before)):
        found = changed(one, two)
        assert flag in found.flags
        assert found.significance == "substantive"
        assert changed(one, two, "structured").significance == "legal effect"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the Act, and so", "the Act; and so"),
        ("The ACT applies in 5 days", "the act applies in 5 days."),
        ("Go on line; it is free.", "Go online - it is free."),
        ("Call 0800 0121 700 now", "Call 08000 121 700 now"),
        ("Updated 3 May 2024. Text here.", "Updated 4 June 2025. Text here."),
        (
            "Text. This page was last updated on 3 May 2024 at 9:30am.",
            "Text. This page was last updated on 4 May 2024.",
        ),
        ("Text. Published: 3 May 2024", "Text."),
        ("Last Updated: 3 rd March 2026 Text.", "Last Updated: 27th April 2026 Text."),
        ("Sample form (accessible version); other", "Sample form; other"),
        ("Skip to main content Text.", "Back to top Text."),
        ("It is: one thing, another", "It is: \u2022 one thing \u2022 another"),
    ],
)
def test_nothing_but_form_is_editorial(before: str, after: str) -> None:
    for representation in ("html", "structured"):
        found = changed(before, after, representation)
        assert found.significance == "editorial"
        assert set(found.flags) <= {"list"}


def test_a_word_is_substantive_outside_the_law_and_has_legal_effect_in_it() -> None:
    one, two = "A victim is supported.", "A survivor is supported."
    assert changed(one, two).significance == "substantive"
    assert changed(one, two, "pdf").significance == "substantive"
    assert changed(one, two, "structured").significance == "legal effect"
    for word in COMMENTARY:
        assert changed(one, two, "structured", path=word).significance == "substantive"
        assert changed(one, two, "structured", path=f"{word}-1").significance == "substantive"
    assert changed(one, two, "structured", path="notebook").significance == "legal effect"


def test_a_wording_replaced_word_for_word_but_typography_has_no_flag() -> None:
    found = changed("\u201cmust\u201d act within 5 days, not later", '"must" act within 5 days: not later')
    assert (found.significance, found.flags) == ("editorial", ())


@pytest.mark.parametrize(
    ("before", "after", "raised"),
    [
        ("anyone 18 years old", "anyone 16 years old", ("number",)),
        ("anyone 18 years of age", "anyone 16 years of age", ("number",)),
        ("under S.I. No. 5 it is", "under S.I. 5 it is", ()),
        ("from May onwards", "from June onwards", ()),
        ("on page 3 see version 3.8", "on page 3 see v3.8", ()),
        ("the first day", "the last day", ()),
    ],
)
def test_a_fact_is_not_taken_for_another(before: str, after: str, raised: tuple[str, ...]) -> None:
    assert changed(before, after).flags == raised


def test_lists_are_counted_by_parts_or_by_marks() -> None:
    assert "list" in changed("They are: (a) one; (b) two", "They are: (a) one; (b) two; or (c) three").flags
    assert "list" not in changed("under section 3(a) it is", "under section 3(a) or (b) it is").flags
    parts = (Part(path="apply-1", start=0, end=3), Part(path="apply-2", start=4, end=7))
    base = Section(path="apply", text="one two")
    old, new = (
        Version(document="d", title="t", sections=(section,), representation="structured")
        for section in (replace(base, parts=parts[:1]), replace(base, text="one TWO and", parts=parts))
    )
    assert compare(old, new)[0].flags == ("list",)


def test_added_removed_and_renumbered() -> None:
    def version(*sections: Section, representation: Representation = "html") -> Version:
        return Version(document="d", title="t", sections=sections, representation=representation)

    duty = Section(path="duty", number="2", text="You must tell the police within 5 days.")
    stamp = Section(path="about", text="Last updated: 3 May 2024")
    other = replace(duty, path="duty-2", number="3")
    for representation, weight, number in (("html", "substantive", "editorial"), ("structured", "legal effect", None)):
        kind: Any = representation
        empty = version(representation=kind)
        (added,) = compare(empty, version(duty, representation=kind))
        (removed,) = compare(version(duty, representation=kind), empty)
        assert (added.significance, added.flags) == (removed.significance, removed.flags) == (weight, ())
        assert compare(empty, version(stamp, representation=kind))[0].significance == "editorial"
        (renumbered,) = compare(version(duty, representation=kind), version(other, representation=kind))
        assert renumbered.significance == (number or weight)


def test_the_document_itself() -> None:
    old = Version(document="d", title="Guidance (version 3.8)", sections=(), representation="html", status="in force")
    titled = compare(old, replace(old, title="Guidance (version 3.9)"))
    assert [(one.kind, one.significance, one.flags) for one in titled] == [
        ("retitled", "substantive", ("version number",))
    ]
    assert compare(old, replace(old, title="GUIDANCE - version 3.8"))[0].significance == "editorial"
    assert compare(old, replace(old, status="repealed"))[0].significance == "substantive"
    law = replace(old, representation="structured")
    assert compare(law, replace(law, status="repealed"))[0].significance == "legal effect"


def test_the_public_functions_say_what_compare_says() -> None:
    for _, before, after in FACTS:
        found = changed(before, after)
        bare = replace(found, significance="substantive", flags=())
        assert (significance(bare, "html"), flags(bare)) == (found.significance, found.flags)


def test_every_flag_is_in_the_closed_set_in_its_order_and_has_a_meaning() -> None:
    names = [name for name, _ in FLAGS]
    assert len(names) == len(set(names)) and all(meaning for _, meaning in FLAGS)
    assert {flag for flag, _, _ in FACTS} | {"list", "status", "procedure"} == set(names)
    found = changed("You may pay \u00a35 in 3 days", "You must not pay \u00a36 in 4 days")
    assert found.flags == ("duty word", "negation", "time limit", "money")


@given(st.text(alphabet=st.sampled_from("0 1.5,:/-+@%\u00a3()aAvMay\n\u2019"), max_size=60))
def test_facts_are_in_order_and_share_no_character(text: str) -> None:
    found = facts(text)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert {one.flag for one in found} <= {name for name, _ in FLAGS}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Code View (170502-code.pdf) More", "Code View (2019-09/code-of-practice.pdf) More", "editorial"),
        ("Code View (code (adults) 2.pdf)", "Code View", "editorial"),
        ("Report View Plan View", "Report View (2018/08/report.pdf) Plan View", "editorial"),
        ("Form View (nrm-form-a.pdf)", "Form View (nrm-form-b.pdf)", "substantive"),
        ("Code View (code-v2.0.pdf)", "Code View (code-v3.0.pdf)", "substantive"),
        ("Code View (a.pdf)", "New code View (b.pdf)", "substantive"),
        ("Call us (0800 0121 700)", "Call us (0800 0121 701)", "substantive"),
    ],
)
def test_the_address_of_a_file_alone_is_no_change_of_substance_but_of_a_form(
    before: str, after: str, expected: str
) -> None:
    assert changed(before, after).significance == expected
    assert changed(before, after, "structured").significance == "legal effect"


@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        ("May 2029 © Crown copyright", "June 2029 © Crown copyright", "editorial"),
        ("This publication is available at [a.gov.uk/x]", "This publication is available at [b.gov.uk/x]", "editorial"),
        ("May 2029 © Crown, call 0300 123 2040", "May 2029 © Crown, call 0300 123 2041", "substantive"),
        ("Ask by May 2029", "Ask by June 2029", "substantive"),
    ],
)
def test_the_imprint_is_form(before: str, after: str, weight: str) -> None:
    found = changed(f"Ask the office.\n{before}\nThank you.", f"Ask the office.\n{after}\nThank you.")
    assert found.significance == weight


@pytest.mark.parametrize(
    ("edits", "weight"),
    [
        ((("on the form", "on a form"),), "substantive"),
        ((("on the form", "on the form!"), ("Updated 3 May 2024", "Updated 4 May 2024")), "editorial"),
    ],
)
def test_of_a_long_wording_only_what_is_near_an_edit_is_read_for_what_it_says(
    edits: tuple[tuple[str, str], ...], weight: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def counted(text: str) -> str:
        read.append(len(text))
        return bare(text)

    monkeypatch.setattr(sys.modules["crawler.changes.significance"], "bare", counted)
    filler = " ".join(f"Sample word {number} of a long text." for number in range(1_000))
    before = after = f"{filler} Write it on the form. {filler} Updated 3 May 2024. {filler}"
    for old, new in edits:
        after = after.replace(old, new)
    assert changed(before, after).significance == weight
    assert 0 < sum(read) < 10_000 < len(filler)


def test_files_in_another_order_are_form() -> None:
    found = changed("Annex A; Annex B", "Annex B; Annex A", path="documents", heading="Documents")
    assert significance(found, "html") == "editorial"
