"""European Parliament: what its walks ask first, which entries of a list are kept, and that a list is read whole."""

from typing import Any

import pytest

from crawler import protocols
from crawler.errors import ConfigError, ParseError
from crawler.model import Link, Page
from crawler.protocols import europarl
from crawler.sources import Source
from tests.protocols.parliament_samples import body_of, capture, fixture, query, source, walk

API = "https://data.europarl.europa.eu/api/v2"
SUBJECT = "http://eurovoc.europa.eu/5933"


def of(name: str = "adopted-texts", /, **options: object) -> Source:
    return source("", f"{API}/{name}", "europarl", **options)


def links(name: str = "adopted-texts", clock: str = "2026-11-24T06:00:00Z", /, **options: object) -> list[Link]:
    return list(protocols.start(of(name, **options), walk(clock)))


def entry(number: int, /, **change: object) -> dict[str, Any]:
    name = f"TA-10-2026-{number:04}"
    return {
        "id": f"eli/dl/doc/{name}", "type": "Work", "identifier": name, "document_date": "2026-11-01",
        "work_type": "def/ep-document-types/TEXT_ADOPTED", "title_dcterms": {"en": f"Sample {number}"},
        "is_about": [SUBJECT], **change,
    }  # fmt: skip


def listed(entries: list[dict[str, Any]], url: str = "", total: int | None = None, /, **options: object) -> Page:
    body: dict[str, object] = {"data": entries, "@context": []}
    if total is not None:
        body["meta"] = {"total": total}
    link = Link(url=url or links(**options)[0].url, role="listing")
    return europarl.parse(capture(body, link), of(**options))


def test_years_are_asked_for_together_on_one_page() -> None:
    """A year without any text is answered with nothing at all, and pages come in no stable order."""
    (link,) = links("adopted-texts", "2027-01-02T06:00:00Z")
    assert query(link.url) == {
        "format": "application/ld+json", "offset": "0", "limit": "1000", "year": "2026,2027",
    }  # fmt: skip
    (link,) = links(years=4, search={"work-type": ["TEXT_ADOPTED", "BUDGET_EP_DRAFT"]})
    assert (query(link.url)["year"], query(link.url)["work-type"]) == (
        "2023,2024,2025,2026",
        "TEXT_ADOPTED,BUDGET_EP_DRAFT",
    )
    assert "year" not in query(links("procedures")[0].url)


def test_tracked_texts_and_procedures() -> None:
    assert [link.url for link in links(items=["TA-9-2019-0018"])] == [
        f"{API}/adopted-texts/TA-9-2019-0018?format=application%2Fld%2Bjson"
    ]
    for name in ("2022-0426", "2022/0426(COD)", "procedure:2022/0426"):
        (link,) = links("procedures", items=[name])
        assert link.url == f"{API}/procedures/2022-0426?format=application%2Fld%2Bjson"
    assert [link.role for link in links(items=["TA-9-2019-0018"], search={"title": "x"})] == ["document", "listing"]


def test_address_with_parameters_is_asked_as_it_is_written() -> None:
    url = f"{API}/adopted-texts?year=2019&limit=50"
    assert [link.url for link in protocols.start(source("", url, "europarl"), walk())] == [url]


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("meps", {}, "url: expected /api/v2/ and one of adopted-texts"),
        ("adopted-texts", {"subject": []}, "options.subject: unknown option"),
        ("adopted-texts", {"subjects": ["5933"]}, "'5933'; expected a EuroVoc concept"),
        ("adopted-texts", {"languages": ["eng"]}, "expected an ISO 639-1 code"),
        ("adopted-texts", {"items": ["2022-0426"]}, "names none of the adopted-texts"),
        ("procedures", {"items": ["TA-9-2019-0018"]}, "names none of the procedures"),
        ("procedures", {"items": ["sample"]}, "names none of the procedures"),
        ("adopted-texts", {"search": {"titel": "x"}}, 'did you mean "title"?'),
        ("adopted-texts", {"search": {"person-id": 1}}, "'person-id': unknown parameter"),
        ("adopted-texts", {"years": 0}, "expected at least 1"),
        ("adopted-texts", {"related": "yes"}, "options.related: 'yes'; expected true or false"),
        ("adopted-texts", {"words": [["x"]]}, "options.words[1]: a list; expected text"),
    ],
)
def test_mistakes_are_told(name: str, options: dict[str, object], said: str) -> None:
    wrong = of(name, **options)
    assert said in protocols.problems(wrong)[0]
    with pytest.raises(ConfigError):
        list(protocols.start(wrong, walk()))


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({}, True),
        ({"is_about": SUBJECT}, True),
        ({"is_about": ["https://eurovoc.europa.eu/5933"]}, True),
        ({"is_about": ["http://eurovoc.europa.eu/59331"]}, False),
        ({"is_about": None}, False),
        ({"is_about": [], "title_dcterms": {"en": "On FORCED Labour"}}, True),
        ({"is_about": [], "title_dcterms": {"de": "Sample", "fr": "forced labour"}}, True),
        ({"is_about": [], "title_dcterms": None, "is_realized_by": {"title": {"en": "forced labour"}}}, True),
    ],
)
def test_entries_about_the_subject_or_with_the_words_are_kept(change: dict[str, object], kept: bool) -> None:
    page = listed([entry(1, **change)], subjects=[SUBJECT], words=["forced labour"])
    assert [document.id for document in page.documents] == (["ep:TA-10-2026-0001"] if kept else [])
    assert page.entries == (1 if kept else None), "that nothing is kept is no empty list"


def test_entries_that_state_nothing_are_told() -> None:
    bare = [{"id": f"eli/dl/doc/TA-10-2026-000{n}", "identifier": f"TA-10-2026-000{n}"} for n in (1, 2)]
    page = listed(bare, subjects=[SUBJECT])
    assert [problem.detail for problem in page.problems] == [
        "2 entries state neither subject nor title: whether they belong here is not known"
    ]
    assert len(listed(bare).documents) == 2 and not listed(bare).problems


def test_same_entry_in_another_order_has_the_same_token() -> None:
    """Two answers alike differ in the order of languages and lists."""
    languages = {"en": "Sample 1", "fr": "Exemple"}
    one = entry(1, title_dcterms=languages, is_about=[SUBJECT, "http://eurovoc.europa.eu/1"])
    other = dict(
        reversed(
            entry(
                1, title_dcterms=dict(reversed(languages.items())), is_about=["http://eurovoc.europa.eu/1", SUBJECT]
            ).items()
        )
    )
    assert listed([one]).links == listed([other]).links
    assert listed([one]).links != listed([entry(1)]).links


def server(entries: list[dict[str, Any]], total: bool) -> list[Page]:
    """Walk over a server that gives at most 100 entries, as the engine does."""
    url, pages = links()[0].url, []
    while True:
        start = int(query(url)["offset"])
        limit = 100 if total else int(query(url)["limit"])
        pages.append(listed(entries[start : start + limit], url, len(entries) if total else None))
        following = [link.url for link in pages[-1].links if link.role == "next"]
        if not following:
            return pages
        (url,) = following
        assert len(pages) < 50, "an endless walk"


@pytest.mark.parametrize(
    ("count", "total", "expected"), [(250, True, 3), (2500, False, 3), (1000, False, 2), (40, True, 1)]
)
def test_list_is_read_whole_and_several_pages_are_told(count: int, total: bool, expected: int) -> None:
    pages = server([entry(number) for number in range(1, count + 1)], total)
    assert len({document.id for page in pages for document in page.documents}) == count
    assert len(pages) == expected
    unstable = [problem.detail for page in pages for problem in page.problems]
    assert bool(unstable) == (expected > 1)
    assert all("no stable order" in detail for detail in unstable)


def test_list_that_ends_before_its_total_is_a_gap() -> None:
    page = listed([], f"{API}/adopted-texts?offset=50&limit=50", 60)
    assert [problem.detail for problem in page.problems] == ["the list ends after 50 entries; it says that it has 60"]


@pytest.mark.parametrize(
    "body", [{}, {"data": None}, {"data": "x"}, {"data": ["eli/dl/doc/x"]}, {"data": 1}, {"meta": {"total": 3}}]
)
def test_answer_without_entries_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(ParseError):
        europarl.parse(capture(body, links()[0]), of())


def test_procedures_of_kept_texts_are_asked_weekly() -> None:
    event = {"inverse_decided_on_a_realization_of": ["eli/dl/event/2024-0260M-DEC-DCPL-2026-05-20", "eli/dl/event/x"]}
    page = listed([entry(1, **event)], related=True)
    (found,) = [link for link in page.links if "/procedures/" in link.url]
    assert found.facts["document"] == "procedure:2024/0260M" and found.token == "2026-W48"
    assert not [link for link in listed([entry(1, **event)]).links if "/procedures/" in link.url]


def test_fixture_of_a_list_of_procedures_names_them_by_reference() -> None:
    page = europarl.parse(fixture("europarl", "procedures"), of("procedures"))
    assert [document.title for document in page.documents] == ["2026/0426(COD)", "2026/0260M(NLE)"]
    assert len(body_of("procedures", "europarl")["data"]) == page.entries
