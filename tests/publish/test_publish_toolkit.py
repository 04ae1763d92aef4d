"""Pages of the toolkit and of lessons, as a reader gets them: what is read is noted by the fold's own code."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from crawler.classify.toolkit.vocabulary import CLOSED
from crawler.export import export
from crawler.public.sheets import cell
from crawler.publish.paths import encode
from crawler.store import Store
from tests.publish import publish_rows as rows
from tests.publish.publish_asked import whole
from tests.publish.publish_rows import (
    CLOCK,
    NEWS,
    NOW,
    REMOVED,
    RTL,
    SECRET,
    SHUT,
    SHUT_REPORT,
    WHERE,
    site,
)  # fmt: skip
from tests.publish.publish_toolkit import (
    ANSWER,
    BOOKLET,
    COURSE,
    FORMULA,
    MSA,
    REPORT,
    SUSPECTS,
    SUSPECTS_PATH,
    library,
    noted,
    reports,
)

PARTS = ("training", "governance", "resources")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Path:
    path = tmp_path_factory.mktemp("toolkit") / "roundup.db"
    with rows.copied(database, path) as world:
        library(world)
        reports(world)
    noted(path)
    return path


@pytest.fixture
def shown(filled: Path) -> Any:
    return site(filled, WHERE, now=NOW)


async def get(shown: Any, path: str) -> str:
    response = await shown.client.get(path)
    assert response.status_code == 200, (path, response.text[:400])
    return str(response.text)


async def sheet(shown: Any, path: str) -> list[dict[str, str]]:
    response = await shown.client.get(path)
    assert response.status_code == 200 and response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"].startswith("attachment; filename=")
    return list(csv.DictReader(io.StringIO(response.text.lstrip("\ufeff"))))


async def test_training_says_what_the_page_states_and_what_it_does_not(shown: Any) -> None:
    text = await get(shown, "/training")
    assert "3 documents in this part. That is fewer than ten" in text, "two courses, and the release about one"
    entry = text.partition("Modern slavery training for police officers")[2].partition("</li>\n")[0]
    for words in (
        "police</span>",
        "45 minutes</span>",
        "e-learning</span>",
        "free</span>",
        "Modern Slavery Act 2015</span>",
    ):
        assert words in entry, words
    assert "Not stated: level" in entry
    assert 'Sample Home Office</span> <span class="small">(by its publisher)' in entry
    assert "yes</span>" in entry and 'of <span dir="auto">Sample booklet' in entry, "what only its attachment states"
    assert "Last checked <time" in entry and "Official page</a>" in entry


async def test_what_is_stated_in_other_words_is_not_called_unstated(shown: Any) -> None:
    text = await get(shown, "/training?cost=other")
    assert "<strong>1 document</strong> with what you chose" in text
    assert '<option value="other" selected>Other, in its own words' in text
    assert 'Contact us for a quote</span> <span class="small">(in its own words)' in text
    assert "drivers</span>" in text and "&lt;script&gt;" in text and "<script" not in text
    assert "a course for drivers" not in await get(shown, "/training?cost=not-stated")
    assert (await shown.client.get("/governance?form=other")).status_code == 404, "there everything is of our list"
    (row,) = await sheet(shown, "/training.csv?cost=other")
    assert row["cost"] == "Contact us for a quote (in its own words)" and row["length"] == "not stated"


async def test_a_provider_is_named_and_never_an_id(shown: Any) -> None:
    text = await get(shown, "/training")
    assert ">home-office" not in text and "Sample Home Office</span>" in text
    found = await sheet(shown, "/training.csv")
    assert {row["provider"] for row in found} <= {"Sample Home Office (by its source)", ""}
    assert "home-office" not in {row["publisher"] for row in found}


def test_of_what_hangs_on_a_page_and_can_name_people_nothing_is_stored(filled: Path) -> None:
    with Store.open(filled) as store:
        for table in ("toolkit_facts", "lessons"):
            rows_ = store.all(f"select * from {table}")
            assert rows_ and not any(SUSPECTS_PATH in str(row) or SECRET in str(row) for row in rows_), table
            assert not any("case_law" in str(row) or SUSPECTS in str(row) for row in rows_), table


async def test_what_turns_out_to_be_able_to_name_people_is_hidden_at_once(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    Database(filled).conn.backup(Database(path).conn)
    later = Database(path)
    later.execute("update documents set kind = 'case_law' where id in (?, ?)", [BOOKLET, ANSWER])
    later.conn.commit()
    later.close()
    export(path)
    shown = site(path, WHERE, now=NOW)
    text = await get(shown, "/training?certificate=yes")
    assert "Nothing in this part states that" in text and "Sample booklet" not in text
    assert (
        'value="yes"' not in (await get(shown, "/training")).partition('id="at-certificate"')[2].partition("</sel")[0]
    )
    found = await sheet(shown, f"/recommendations.csv?report={REPORT}")
    assert [row["answer"] for row in found] == ["no answer seen by us"] * 3 + ["no answer asked for"]
    assert not any(row["answer at"] or row["answered by"] for row in found)
    assert f"/doc/{encode(ANSWER)}" not in await get(shown, f"/recommendations?report={REPORT}")


async def test_law_that_changed_since_is_told(shown: Any) -> None:
    text = await get(shown, "/training")
    assert "The law it names has changed since:" in text and f'href="/doc/{MSA}"' in text
    assert "2 November 2026</time> (2 changes after the date of this page)" in text
    assert "The law it names has changed since:" in await get(shown, f"/doc/{encode(COURSE)}")
    assert "has changed since" not in await get(shown, "/governance")


async def test_governance_shows_partnership_licence_and_file(shown: Any) -> None:
    text = await get(shown, "/governance")
    assert "terms of reference</span>" in text and "Sampleshire Anti-Slavery Partnership</span>" in text
    assert 'href="https://g.example/terms.docx"' in text and "Word (docx)" in text
    assert "<strong>May be adapted:</strong> yes (" in text
    assert "javascript:" not in text and "<script" not in text and "&lt;script&gt;" in text
    assert RTL in text


@pytest.mark.slow
async def test_a_form_without_script_filters_by_closed_lists(shown: Any) -> None:
    text = await get(shown, "/training?cost=free&level=&audience=police")
    assert "<strong>1 document</strong> with what you chose" in text and '<option value="free" selected>Free' in text
    assert "Nothing in this part states that" in await get(shown, "/training?cost=paid")
    assert "Modern slavery training" in await get(shown, "/training?level=not-stated")
    assert "Modern slavery training" in await get(shown, "/training?cost=paid&cost=free"), "values of a field are or"
    assert "Modern slavery training" in await get(shown, "/training?certificate=yes"), "an attachment states it"
    assert "Modern slavery training" in await get(shown, "/training?nation=Wales"), "it applies in the United Kingdom"
    assert "Nothing in this part states that" in await get(shown, "/training?nation=Ireland")
    for part in PARTS:
        for field, values in CLOSED[part].items():
            for value in values:
                await get(shown, f"/{part}?{field}={value}")


@pytest.mark.parametrize(
    "path",
    [
        "/training?cost=cheap",
        "/training?colour=red",
        "/governance?cost=free",
        "/resources?page=0",
        "/resources?page=9",
        "/resources?page=-1",
        "/resources?page=one",
        "/resources?page=999999",
        "/training?cost=free%00",
        "/recommendations?answer=good",
        "/recommendations?report=nowhere",
        "/recommendations?addressee=x'",
        "/recommendations?page=7",
        "/training.csv?page=2",
        "/training.csv?x=1",
        "/recommendations.csv?page=2",
        "/training?" + "&".join(["cost=free"] * 51),
        f"/recommendations?report={NEWS}",
    ],
)
async def test_what_there_is_none_of_is_not_found(shown: Any, path: str) -> None:
    assert (await shown.client.get(path)).status_code == 404


async def test_many_stand_on_pages_newest_first(shown: Any) -> None:
    text = await get(shown, "/resources")
    assert "54 documents in this part" in text and "fewer than ten" not in text and "Page 1 of 2" in text
    assert text.count('<li class="card">') == 50
    second = await get(shown, "/resources?page=2&form=guide")
    assert 'href="/resources?form=guide" rel="prev"' in second and second.count('<li class="card">') == 3
    dates = [row["updated"] or row["published"] for row in await sheet(shown, "/resources.csv")]
    assert dates == sorted(dates, reverse=True) and len(dates) == 54


async def test_a_library_says_which_of_its_sources_could_not_be_read(filled: Path, shown: Any, tmp_path: Path) -> None:
    """Else silence of a source would read as no new course."""
    public = Database(tmp_path / "public.db")
    Database(filled.with_name("public.db")).conn.backup(public.conn)
    named = "select source from document_sources where document = ?"
    public.execute(f"update sources set trouble = iif(id in ({named}), 'alarm', '')", [COURSE])
    public.conn.commit()
    found = await get(site(tmp_path / "roundup.db", WHERE, now=NOW), "/training")
    assert "Could not be read in full:" in found and "Could not be read in full:" not in await get(shown, "/training")


async def test_sheets_hold_no_formulas(shown: Any) -> None:
    found = await sheet(shown, "/governance.csv")
    assert [row["title"] for row in found if "HYPERLINK" in row["title"]] == [f"'{FORMULA}"]
    (course, *_) = await sheet(shown, "/training.csv?cost=free")
    assert course["length"] == "45 minutes" and course["level"] == "not stated" and course["for whom"] == "police"
    assert course["provider"] == "Sample Home Office (by its source)"
    assert course["law changed since"] == "Modern Slavery Act 2015 (2026-11-02)"
    assert course["our page"] == f"https://roundup.example.org/doc/{encode(COURSE)}"
    for text in ("=1", "+1", "-1", "@x", "\t=1", " =1", "\n=1", "\uff1d1"):
        assert cell(text).startswith("'")


async def test_lessons_stand_by_report_with_addressee_and_answer(shown: Any) -> None:
    text = await get(shown, f"/recommendations?report={REPORT}")
    assert "findings of what you chose: 2 answered, 1 unanswered, 1 with no answer asked for." in text
    assert "no answer seen by us" not in text.partition("<form")[0], "a finding asks for none"
    assert (
        "The Home Office should publish figures." in text and 'Addressed to: <span dir="auto">The Home Office' in text
    )
    assert f'href="/doc/{encode(ANSWER)}?provision=recommendation-1#recommendation-1"' in text
    assert "this number is not in it" in text and "<script" not in text
    assert text.count("Addressed to: <") == 3, "a finding is addressed to nobody"


async def test_one_report_in_two_files_is_listed_once(shown: Any) -> None:
    assert (await get(shown, "/recommendations")).count("Twice the same.") == 1
    assert (await get(shown, f"/recommendations?report={REPORT}/pdf")).count("Twice the same.") == 1


async def test_lessons_are_filtered_by_addressee_and_answer(shown: Any) -> None:
    text = await get(shown, "/recommendations?addressee=home+office")
    assert text.count('class="sec lesson"') == 2, "two spellings of one addressee"
    assert 'value="home office" selected>The Home Office (2)' in text
    assert (await get(shown, "/recommendations?answer=unanswered")).count('class="sec lesson"') == 1
    assert (await get(shown, "/recommendations?answer=unanswered&answer=answered")).count('class="sec lesson"') == 3
    assert (await get(shown, "/recommendations?kind=finding")).count('class="sec lesson"') == 2
    assert (await get(shown, "/recommendations?addressee=not-stated")).count('class="sec lesson"') == 2
    assert "No recommendation is like that" in await get(shown, "/recommendations?answer=whole")
    findings = await sheet(shown, "/recommendations.csv?answer=unasked")
    assert [row["kind"] for row in findings] == ["finding", "finding"]
    unseen = await sheet(shown, "/recommendations.csv?answer=none")
    assert {row["kind"] for row in unseen} == {"recommendation"}, "that of the report that is shut"
    found = await sheet(shown, f"/recommendations.csv?report={REPORT}")
    assert [row["answer"] for row in found] == ["answered", "unanswered", "answered", "no answer asked for"]
    assert found[0]["answer at"].endswith(f"/doc/{encode(ANSWER)}#recommendation-1")
    assert found[1]["answer at"].endswith(f"/doc/{encode(ANSWER)}")


ADDRESSES = [f"/{part}{form}" for part in (*PARTS, "recommendations") for form in ("", ".csv", ".json")]


async def test_what_a_page_lists_is_there_as_objects(shown: Any) -> None:
    answer = await shown.client.get("/resources.json?form=guide")
    found = answer.json()
    assert answer.headers["access-control-allow-origin"] == "*" and found["clock"] == CLOCK
    assert found["total"] == 53 and len(found["resources"]) == 50
    assert found["next"] == "/resources.json?form=guide&page=2"
    rest = (await shown.client.get(found["next"])).json()
    assert len(rest["resources"]) == 3 and rest["next"] is None
    titles = [row["title"] for row in await sheet(shown, "/resources.csv?form=guide")]
    assert [card["title"] for card in found["resources"] + rest["resources"]] == titles
    assert {value["value"] for card in rest["resources"] for value in card["fields"]["form"]} == {"guide"}
    lessons = (await shown.client.get("/recommendations.json?answer=unanswered")).json()
    assert lessons["total"] == 1 and [row["number"] for row in lessons["lessons"]] == ["2"]
    nowhere = await shown.client.get("/recommendations.json?page=7")
    assert nowhere.status_code == 404 and nowhere.json()["ok"] is False


@pytest.mark.parametrize("path", [*ADDRESSES, "/roundup/resources.csv", "/roundup/lessons.json"])
async def test_words_about_people_and_texts_that_are_shut_stand_nowhere(shown: Any, path: str) -> None:
    text = await get(shown, path)
    assert SECRET not in text and REMOVED not in text and SHUT not in text and SUSPECTS_PATH not in text


async def test_a_release_shows_title_date_publisher_and_link_alone(shown: Any) -> None:
    text = await get(shown, "/training")
    entry = text.partition("Training course in the news")[2].partition("</li>\n")[0]
    assert "Pages of this kind can name people" in entry and "<dl" not in entry and "3 days" not in entry
    (row,) = [row for row in await sheet(shown, "/training.csv") if row["title"] == "Training course in the news"]
    assert row["length"] == "" and row["official page"]


async def test_texts_that_are_shut_are_pointed_to(shown: Any) -> None:
    text = await get(shown, f"/recommendations?report={SHUT_REPORT}")
    assert "Recommendation 7" in text and "read it on the official page" in text
    assert 'dir="auto">The council</span>' in text


async def test_empty_libraries_say_so(database: Path) -> None:
    empty = site(database, WHERE, now=NOW)
    for part in PARTS:
        text = await get(empty, f"/{part}")
        assert "0 documents in this part. That is fewer than ten" in text and "Nothing is held by us" in text
        assert await sheet(empty, f"/{part}.csv") == []
    assert "No report with recommendations" in await get(empty, "/recommendations")
    assert await sheet(empty, "/recommendations.csv") == []


@pytest.mark.parametrize(
    "path", [*ADDRESSES[::3], f"/recommendations?report={REPORT}", "/training?cost=free", "/resources?page=2"]
)
async def test_every_page_is_whole(shown: Any, path: str) -> None:
    await whole(shown, path)
