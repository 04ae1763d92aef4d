"""Titles in headlines: what goes first, what stays, and that two documents never share one."""

from pathlib import Path

import pytest

from crawler.entries import headlines, law_headlines, namesakes, word_limits
from crawler.entries.titles import short
from crawler.store import Row, Store
from tests.entries.test_entries_words import change
from tests.entries.worlds import page, publish, told


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (
            "Directive (EU) 2029/36 of the European Parliament and of the Council of 5 April 2029 on preventing and"
            " combating samples and protecting those who take them",
            "Directive (EU) 2029/36 on preventing and combating samples and protecting those who take them",
        ),
        (
            "DIRECTIVE 2029/65/EC OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL of 13 July 2029 on sample funds and the"
            " sample fees of all who hold them (recast) (Text with EEA relevance)",
            "DIRECTIVE 2029/65/EC on sample funds and the sample fees of all who hold them (recast)",
        ),
        (
            "Council Framework Decision 2029/946/JHA of 28 November 2029 on the strengthening of the sample framework"
            " to prevent the facilitation of sample entry",
            "Council Framework Decision 2029/946/JHA on the strengthening of the sample framework to prevent the"
            " facilitation of sample entry",
        ),
        (
            "Richtlinie 2029/65/EU des Europäischen Parlaments und des Rates vom 15. Mai 2029 über Muster und über die"
            " Gebühren für alle",
            "Richtlinie 2029/65/EU über Muster und über die Gebühren für alle",
        ),
        (
            "The Sample Exploitation (Guardians and Support for Samples) Act (Northern Ireland) 2029 (Commencement No."
            " 2, Transitional and Savings Provisions) Order (Northern Ireland) 2029",
            "Sample Exploitation (Guardians and Support for Samples) Act (Northern Ireland) 2029 (Commencement No. 2 …)"
            " Order (Northern Ireland) 2029",
        ),
        (
            "Decision on how the Sample Union Agency for Fair Samples (Europol) dealt with a request for access to"
            " papers concerning counter-smuggling in the Sample Channel (case 555/2029/MAS)",
            "Decision on how Europol dealt with a request for access … concerning counter-smuggling in the Sample"
            " Channel (case 555/2029/MAS)",
        ),
        (
            "Report concerning the implementation of the Sample Convention on Action against Trafficking in Human"
            " Beings by the Republic of Moldova, third evaluation round",
            "Report concerning the implementation … against Trafficking in Human Beings by the Republic of Moldova,"
            " third evaluation round",
        ),
        (
            "Sample modern slavery: statutory guidance for England and Wales (under section 49 of the Sample Act 2029)"
            " and other guidance for Scotland and Northern Ireland (accessible version)",
            "Sample modern slavery: statutory guidance for England and Wales … for Scotland and Northern Ireland",
        ),
        (
            "Sample annual report of the small sample office on the many samples of all its friends and others in the"
            " year 2029-30",
            "Sample annual report of the small sample office on the many samples … in the year 2029-30",
        ),
        (
            "[Sample toolkit for England and Wales: how a victim is found (all forms of it",
            "Sample toolkit for England and Wales: how a victim is found all forms of it",
        ),
        (
            "Regulation (EU) 2029/1 of the European Parliament and of the Council of 16 April 2029 on sample plans and"
            " the samples of each market, amending Directive 2003/6/EC and repealing Commission Directives 2003/124/EC,"
            " 2003/125/EC and 2004/72/EC (Sample Regulation) (Text with EEA relevance)",
            "Regulation (EU) 2029/1 on sample plans and the samples of each market, amending Directive 2003/6/EC …"
            " (Sample Regulation)",
        ),
        (
            "GEMEINSAME MASSNAHME vom 3. Dezember 2028 \u2014 vom Rat aufgrund von Artikel K.9 des Vertrags über die"
            " Europäische Union angenommen \u2014 betreffend Muster und die Einziehung von Mustern (28/699/JI)",
            "GEMEINSAME MASSNAHME vom 3. Dezember 2028 betreffend Muster und die Einziehung von Mustern (28/699/JI)",
        ),
        (
            "Beschluss des Rates vom 3. Dezember 2028 über die Muster aller Mitgliedstaaten und die Gebühren für jedes"
            " von ihnen in dem Jahr und danach",
            "Beschluss vom 3. Dezember 2028 über die Muster aller Mitgliedstaaten und die Gebühren für jedes von"
            " ihnen …",
        ),
        (
            "Regulation (EU) 2029/196 of the European Parliament and of the Council of 7 February 2029 on additional"
            " sample duties on imports of certain samples originating in the United States of America, of which"
            " there are many",
            "Regulation (EU) 2029/196 on additional sample duties on imports of certain samples originating \u2026",
        ),
        ("Sample plan of 5 April 2029", "Sample plan of 5 April 2029"),
    ],
)
def test_a_title_keeps_its_number_its_nation_and_its_subject(title: str, said: str) -> None:
    assert str(short(title, 19)) == said
    assert word_limits.words(said) <= 19


def law(path: str, verb: str, **more: object) -> Row:
    return change("Old words.", "New words.", path=path, verb=verb, kind="changed", **more)


ACT = "The Sample Exploitation Act 2001"


@pytest.mark.parametrize(
    ("rows", "said", "verb"),
    [
        ([law("section-12A", "inserted")], "Section 12A inserted in the Sample Exploitation Act 2001", "Inserted"),
        ([law("section-4", "repealed")], "Repealed: section 4 of the Sample Exploitation Act 2001", "Repealed"),
        (
            [law(f"section-{n}", "", words="[]", status_before="prospective") for n in (2, 3)],
            "In force: sections 2 and 3 of the Sample Exploitation Act 2001",
            "In force",
        ),
        (
            [law("section-5", "words substituted")],
            "Words substituted in section 5 of the Sample Exploitation Act 2001",
            "Words substituted",
        ),
        (
            [law("section-5", "heading changed")],
            "Heading of section 5 changed in the Sample Exploitation Act 2001",
            "Heading changed",
        ),
        (
            [
                law("section-5", "words omitted"),
                law("section-12A", "inserted"),
                law("schedule-1-paragraph-2", "omitted"),
            ],
            "Section 12A inserted, 1 other provision omitted, 1 changed, in the Sample Exploitation Act 2001",
            "Inserted",
        ),
        (
            [
                *(law(f"section-{n}", "words inserted") for n in range(1, 107)),
                *(law(f"section-{n}A", "inserted") for n in range(9, 75)),
                *(law(f"schedule-1-paragraph-{n}", "omitted") for n in range(1, 13)),
                law("section-9A", "heading changed"),
                law("section-200", "moved"),
            ],
            "Sections 9A, 10A, 11A and 63 other provisions inserted, 12 omitted, 106 changed,"
            " in the Sample Exploitation Act 2001",
            "Inserted",
        ),
        (
            [law("part-2-crossheading-grants", "heading changed", heading="Grants and loans")],
            "The cross-heading “Grants and loans” changed in the Sample Exploitation Act 2001",
            "Changed",
        ),
        (
            [law(f"section-{n}", "substituted") for n in range(1, 9)],
            "Sections 1, 2, 3 and 5 other provisions substituted in the Sample Exploitation Act 2001",
            "Substituted",
        ),
    ],
)
def test_a_headline_on_law_has_provision_verb_and_law(rows: list[Row], said: str, verb: str) -> None:
    top = {"id": "a", "title": ACT, "within": ""}
    assert [str(each) for each in headlines.headline_of("changed", rows, top, law=True)] == [said, verb]


def test_a_headline_on_a_law_of_a_long_name_keeps_number_nation_and_subject() -> None:
    title = "Sample Exploitation (Criminal Matters and Support for Samples) Act (Northern Ireland) 2029"
    rows = [law(f"schedule-{n}-paragraph-2", "words omitted") for n in range(1, 9)]
    found = law_headlines.headline(rows, title)
    assert found is not None
    assert str(found[0]) == f"Words omitted in 8 provisions of the {title}"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("", "repealed", "Repealed: Sample Act"),
        ("open", "closed", "New status “closed”: Sample Act"),
        ("prospective", "in force", "In force: Sample Act"),
        ("repealed", "", "No longer repealed: Sample Act"),
    ],
)
def test_a_new_status_is_the_verb(before: str, after: str, said: str) -> None:
    row = {**change("", "", kind="status"), "before": before, "after": after}
    assert (
        str(headlines.headline_of("status", [row], {"id": "a", "title": "Sample Act", "within": ""}, law=True)[0])
        == said
    )


def test_what_was_only_noted_or_changed_in_form_is_not_told_as_changed() -> None:
    top = {"id": "a", "title": "Sample guidance", "within": ""}
    noted, form = change("", "", kind="note"), change("a.", "a;", significance="editorial")
    assert str(headlines.headline_of("changed", [noted], top, law=False)[0]) == "Updated: Sample guidance"
    assert str(headlines.headline_of("changed", [form], top, law=True)[0]) == "Changed in form only: Sample guidance"


def test_documents_of_one_title_are_told_apart(tmp_path: Path) -> None:
    name = "Sample report on slavery"
    publish(tmp_path, {3: name, 4: name, 5: name})
    titles = [row["title"] for row in told(tmp_path) if row["document"]]
    assert len(set(titles)) == 3 and all(each.startswith(f"New: {name} (") for each in titles), titles


def test_what_tells_documents_apart_comes_in_its_order(tmp_path: Path) -> None:
    publish(tmp_path, {3: "Sample report on slavery", 4: "Sample report on slavery of women"})
    with Store.open(tmp_path / "roundup.db") as store:
        top = store.one("select * from documents where id=?", page(3)) or {}
        assert namesakes.distinction(store, top) is None
        same = {"title": top["title"]}
        store.update("documents", {"id": page(4)}, same)
        assert str(namesakes.distinction(store, top)) == page(3).partition("://")[2]
        store.update("documents", {"id": page(4)}, {**same, "published": "2026-02-01"})
        store.update("documents", {"id": page(3)}, {"published": "2026-02-03"})
        assert str(namesakes.distinction(store, top)) == "published 3 February 2026"
        for number in ("uksi/2029/3", "uksi/2029/4"):
            store.insert("documents", {**top, "id": number, "root": number, "current": None})
        assert str(namesakes.distinction(store, {**top, "id": "uksi/2029/3"})) == "SI 2029/3"


def test_titles_that_are_short_alike_are_told_apart(tmp_path: Path) -> None:
    name = "Sample report on modern slavery and all who were held in it, of an office, for the years from 2001 to 2029"
    publish(tmp_path, {3: f"{name} (recast)", 4: f"{name} (updated)", 5: f"{name} (PDF version)"})
    titles = [row["title"] for row in told(tmp_path) if row["document"]]
    assert len({each.casefold() for each in titles}) == 3 and all(word_limits.words(each) <= 20 for each in titles), (
        titles
    )
