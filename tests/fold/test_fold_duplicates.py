"""One report, many publishers: what is the same is one, what only looks so stays apart."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.changes import near_duplicates
from crawler.derive import duplicates
from crawler.store import Store, documents, merging
from tests.fold.europe import HOSTS, Europe, html, of, pdf, prose
from tests.fold.world import opened


@pytest.fixture
def europe(tmp_path: Path) -> Europe:
    return Europe(tmp_path / "data")


TEXT = prose(1, 500)


def test_one_report_of_three_publishers_in_two_languages_is_one(europe: Europe) -> None:
    title = "Third evaluation report on Sampleland"
    first = europe.publish(
        "council", "greta", title, html(title, TEXT, front="GRETA(2021)12\nStrasbourg, 20 October 2021")
    )
    named = "Troisième rapport sur la Sampleland (GRETA(2021)12)"
    french = europe.publish("mirror", "greta-fr", named, html(named, prose(77), language="fr"))
    retold = europe.publish("office", "report", "Report on Sampleland", html("Report on Sampleland", TEXT))
    europe.crawl()
    assert europe.copies() == {french: (first, "translation", "identifier"), retold: (first, "copy", "text")}
    europe.same_again()


def test_the_same_file_at_two_publishers_is_one_whatever_it_is_called(europe: Europe) -> None:
    first = europe.publish("council", "a.pdf", "A report", pdf(TEXT))
    europe.crawl()
    copy = europe.publish("office", "download/17.pdf", "Download", pdf(TEXT))
    other = europe.publish("mirror", "b.pdf", "Another one", pdf(prose(3)))
    europe.crawl()
    assert europe.copies() == {copy: (first, "copy", "digest")}
    assert other not in europe.copies()
    europe.same_again()


def test_the_original_is_what_came_first_and_never_a_copy(europe: Europe) -> None:
    late = europe.publish("mirror", "r", "The report", html("The report", TEXT))
    europe.crawl()
    second = europe.publish("council", "r", "The report", html("The report", TEXT))
    europe.crawl()
    third = europe.publish("office", "r", "The report", html("The report", TEXT + " and a footer of ours"))
    europe.crawl()
    assert europe.copies() == {second: (late, "copy", "text"), third: (late, "copy", "text")}
    europe.same_again()


def test_two_that_seemed_two_are_one_with_a_third_that_says_so(europe: Europe) -> None:
    first = europe.publish("council", "r", "Report on forced work", html("Report on forced work", TEXT))
    numbered = europe.publish(
        "office", "r", "Report on forced work", html("Report on forced work", prose(8, 60), front="COM(2025) 8 final")
    )
    europe.crawl()
    assert europe.copies() == {}
    both = europe.publish(
        "mirror", "r", "Report on forced work (COM(2025) 8)", html("Report on forced work (COM(2025) 8)", TEXT)
    )
    europe.crawl()
    assert {name: row[0] for name, row in europe.copies().items()} == {numbered: first, both: first}
    europe.same_again()


APART: dict[str, tuple[tuple[str, str, str], tuple[str, str, str]]] = {
    "an edition with another year": (
        ("Annual report 2024", prose(4, year="2024"), ""),
        ("Annual report 2025", prose(4, year="2025"), ""),
    ),
    "an edition that says so in its text alone": (
        ("Annual report", prose(4, year="2024"), ""),
        ("Annual report", prose(4, year="2025"), ""),
    ),
    "an edition whose title alone says so": (("Guidance 3.8", TEXT, ""), ("Guidance, version 3.9", TEXT, "")),
    "one number, two editions": (
        ("Global report 2022", prose(5), "ISBN 978-0-306-40615-7"),
        ("Global report 2024", prose(6), "ISBN 978-0-306-40615-7"),
    ),
    "another country": (
        ("Evaluation report", prose(4, country="Ireland"), "GRETA(2021)12"),
        ("Evaluation report", prose(4, country="Malta"), "GRETA(2021)13"),
    ),
    "another country, without numbers": (
        ("Evaluation report", prose(4, country="Ireland"), ""),
        ("Evaluation report", prose(4, country="Malta"), ""),
    ),
    "two companies with one template": (
        ("Modern slavery statement", prose(4, company="Ashwood"), ""),
        ("Modern slavery statement", prose(4, company="Birchfield"), ""),
    ),
    "two instruments with one explanatory note": (
        ("Regulations (S.I. 2015/1833)", prose(4, number="1833"), ""),
        ("Regulations (S.I. 2016/244)", prose(4, number="244"), ""),
    ),
    "a report and its response": (
        ("Reducing sample slavery (HC 630), Session 2017-19", prose(5), ""),
        ("Government response to Reducing sample slavery (HC 630), Session 2017-19", prose(6), ""),
    ),
    "a report and its summary": (
        ("Report on forced work (COM(2025) 8)", prose(5), ""),
        ("Report on forced work (COM(2025) 8): executive summary", prose(6), ""),
    ),
    "a draft and what became of it": (("Guidance for samples", TEXT, ""), ("Draft guidance for samples", TEXT, "")),
    "a paper of another session": (
        ("Sample slavery inquiry (HC 12)", prose(5), "Session 2022-23"),
        ("Prisons of samples (HC 12)", prose(6), "Session 2023-24"),
    ),
    "a text that cites the other": (
        ("Report on forced work (COM(2025) 8)", prose(5), ""),
        ("What we think of forced work", prose(6), "We have read COM(2025) 8 final and think much of it."),
    ),
    "a covering note that names it": (
        ("Report on forced work", prose(5), "COM(2025) 8 final"),
        ("Note on forced work", prose(6), "No. prev. doc.: COM(2025) 8 final"),
    ),
    "long texts that state one number but share no word": (
        ("Report on forced work", prose(5, 900), "COM(2025) 8 final"),
        ("Report on forced work", prose(6, 900), "COM(2025) 8 final"),
    ),
    "a notice too short to tell": (("Leaflet", "A leaflet of ours.", ""), ("Leaflet", "A leaflet of ours.", "")),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", APART)
def test_what_only_looks_the_same_stays_apart(europe: Europe, case: str) -> None:
    for name, (title, text, front) in zip(("council", "office"), APART[case], strict=True):
        europe.publish(name, "r", title, html(title, text, front=front))
    europe.crawl()
    assert europe.copies() == {}
    europe.same_again()


@pytest.mark.slow
def test_what_stays_apart_is_one_without_what_keeps_it_apart(europe: Europe) -> None:
    """The cases above would be found if they were the same: this test fails where nothing is ever found."""
    for number, ((title, text, front), _) in enumerate(APART.values()):
        for name in ("council", "office"):
            europe.publish(name, f"r{number}", title, html(f"{title}", f"{text} {prose(100 + number)}", front=front))
    europe.crawl()
    assert len(europe.copies()) == len(APART)


def test_several_of_one_site_that_state_one_number_are_none_of_them(europe: Europe) -> None:
    title = "Report on forced work (COM(2025) 8)"
    europe.publish("council", "r", title, html(title, prose(5)))
    for number in (1, 2):
        europe.publish("office", f"r{number}", title, html(title, prose(20 + number, 80)))
    europe.crawl()
    assert europe.copies() == {}


def test_a_release_of_two_bodies_is_one_by_its_text_alone(europe: Europe) -> None:
    """Numbers in news are those of other documents, and names of people decide nothing."""
    title = "Joint action day (COM(2025) 8)"
    first = europe.publish("council", "r", title, html(title, TEXT))
    same = europe.publish("bureau", "r", title, html(title, TEXT))
    europe.publish("bureau", "other", "Another day (COM(2025) 8)", html("Another day (COM(2025) 8)", prose(9)))
    europe.crawl()
    assert europe.copies() == {same: (first, "copy", "text")}
    with opened(europe.data) as state:
        rows = state.store.all("select document, value from document_identifiers")
        assert {row["document"] for row in rows} == {first}


def test_a_copy_that_says_something_else_later_stays_one_and_its_changes_are_its_own(europe: Europe) -> None:
    first = europe.publish("council", "r", "The report", html("The report", TEXT))
    copy = europe.publish("office", "r", "The report", html("The report", TEXT))
    europe.crawl()
    europe.publish("office", "r", "The report", html("The report", prose(50)))
    europe.crawl()
    europe.listed["office"] = [(url, title, "Updated.") for url, title, _ in europe.listed["office"]]
    europe.crawl()
    assert europe.copies() == {copy: (first, "copy", "text")}
    europe.same_again()


def test_a_document_is_compared_again_when_its_text_is_read_for_the_first_time(europe: Europe) -> None:
    first = europe.publish("council", "r", "The report", html("The report", TEXT))
    listed = europe.publish("office", "r", "The report", html("The report", TEXT))
    europe.site.down.add(listed.removeprefix("url:"))
    europe.crawl()
    assert europe.copies() == {}
    europe.site.down.clear()
    europe.crawl()
    assert europe.copies() == {listed: (first, "copy", "text")}
    europe.same_again()


def test_what_is_unchanged_is_not_compared_again(europe: Europe, monkeypatch: pytest.MonkeyPatch) -> None:
    europe.publish("council", "r", "The report", html("The report", TEXT))
    europe.crawl()
    compared: list[str] = []

    def marks(text: str) -> tuple[int, ...]:
        compared.append(text)
        return ()

    monkeypatch.setattr(near_duplicates, "marks", marks)
    europe.crawl()
    assert compared == []
    europe.publish("office", "r", "The report", html("The report", TEXT))
    europe.crawl()
    assert len(compared) == 1


# Families, and identities learned late


@pytest.fixture
def store(europe: Europe) -> Iterator[Store]:
    europe.publish("council", "r", "The report", html("The report", TEXT))
    europe.crawl()
    with opened(europe.data) as state:
        yield state.store


def add(store: Store, name: str, source: str, title: str, parent: str | None = None) -> str:
    row = store.one("select * from documents limit 1") or {}
    documents.create(
        store,
        {**row, "id": name, "root": parent or name, "parent": parent, "title": title, "source": source,
         "publisher": source, "url": f"{HOSTS[source]}/{name}", "current": None, "summary": "", "kind": "report"},
    )  # fmt: skip
    return name


def find(store: Store) -> Mapping[str, tuple[str, str, str]]:
    duplicates.find(SimpleNamespace(store=store, now="2026-04-01T06:00:00Z"))  # type: ignore[arg-type]
    return of(store)


def family(store: Store, source: str, title: str, attached: str) -> tuple[str, str]:
    top = add(store, f"{source}:page", source, title)
    return top, add(store, f"{source}:page/file", source, attached, parent=top)


def test_pages_whose_attachments_are_the_same_are_the_same_where_their_title_is(store: Store) -> None:
    one = family(store, "council", "Report on sample slavery", "Report on sample slavery (COM(2025) 8)")
    two = family(store, "office", "The report on sample slavery", "Full text of sample slavery, COM(2025) 8 final")
    three = family(store, "mirror", "Things worth reading this year", "Report on sample slavery (COM(2025) 8)")
    found = find(store)
    assert {name: row[0] for name, row in found.items()} == {two[1]: one[1], two[0]: one[0], three[1]: one[1]}


def test_what_belongs_to_one_publication_is_no_copy_of_it(store: Store) -> None:
    top = add(store, "council:page", "council", "Report on sample slavery (COM(2025) 8)")
    add(store, "council:page/pdf", "office", "Report on sample slavery (COM(2025) 8)", parent=top)
    assert find(store) == {}


def test_two_ids_of_one_register_are_two_documents(store: Store) -> None:
    add(store, "govuk:1", "council", "Report on sample slavery (COM(2025) 8)")
    add(store, "govuk:2", "office", "Report on sample slavery (COM(2025) 8)")
    assert find(store) == {}


@pytest.mark.parametrize("way", ["rename", "merge"])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_an_identity_learned_late_leaves_no_copy_of_nothing(store: Store, way: str, which: int) -> None:
    title = "Report on sample slavery (COM(2025) 8)"
    names = [
        add(store, f"url:https://{host}.sample.invalid/x", host, title) for host in ("council", "office", "mirror")
    ]
    assert find(store) == {names[1]: (names[0], "copy", "identifier"), names[2]: (names[0], "copy", "identifier")}
    if way == "rename":
        merging.rename(store, names[which], "celex:52025DC0008")
    else:
        merging.merge(store, names[which], names[which - 1])
    assert store.all("pragma foreign_key_check") == []
    assert store.value("select count(*) from duplicates where original in (select document from duplicates)") == 0
    assert store.value("select count(*) from duplicates where document=original") == 0
    assert len(of(store)) == (2 if way == "rename" else 1)
    assert find(store) == of(store)


def test_a_translation_of_what_is_held_is_no_news_and_a_copy_is(europe: Europe) -> None:
    title = "Third evaluation report on human trafficking in Sampleland"
    front = "GRETA(2021)12\nStrasbourg, 20 October 2021"
    first = europe.publish("council", "greta", title, html(title, TEXT, front=front))
    europe.crawl()
    named = "Troisième rapport sur la traite des êtres humains, human trafficking (GRETA(2021)12)"
    french = europe.publish("mirror", "greta-fr", named, html(named, prose(77), language="fr"))
    retold = europe.publish("office", "report", title, html(title, TEXT))
    europe.crawl()
    assert {name: relation for name, (_, relation, _) in europe.copies().items()} == {
        french: "translation",
        retold: "copy",
    }
    with opened(europe.data) as state:
        told = state.store.all("select document from entries where document is not null")
    assert [row["document"] for row in told] == [retold]
    assert first not in europe.copies()
