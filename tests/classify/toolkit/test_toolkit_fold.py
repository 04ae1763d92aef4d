"""The toolkit through the fold: noted, taken away, answered; and the archive alone tells the same."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from crawler.store import Store
from tests.fold.test_fold_laws import live
from tests.fold.world import SOURCES, START, Site, crawl, same

FEED = "https://a.sample.invalid/feed.xml"
PAGES = "https://a.sample.invalid/p/{}"
TRAINING = SOURCES.replace("kind: guidance", "kind: training\n    toolkit: [training, resources]")
REPORTS = SOURCES.replace("kind: guidance", "kind: report")
COURSE = (
    "<main><h1>Modern slavery training for police officers</h1><p>A free e-learning course that takes 45 minutes. It"
    " covers section 52 of the Modern Slavery Act 2015.</p></main>"
)
REPORT = (
    "<main><h1>The hidden crime of labour exploitation</h1><p>A report.</p><h2>Recommendation 1</h2><p>The Home Office"
    " should publish figures.</p><h2>Recommendation 2</h2><p>Police forces must train responders.</p></main>"
)
RESPONSE = (
    "<main><h1>Government response to the hidden crime of labour exploitation</h1><h2>Recommendation 1</h2>"
    "<p>Accepted.</p></main>"
)


def world(**pages: str) -> Site:
    site = Site()
    return publish(site, **pages)


def publish(site: Site, **pages: str) -> Site:
    """Put pages, each under the title of its first heading, and a feed that lists them."""
    entries = []
    for name, body in pages.items():
        site.put(PAGES.format(name), f"<html><body>{body}</body></html>")
        entries.append(
            (
                PAGES.format(name),
                body.partition("<h1>")[2].partition("</h1>")[0],
                f"Revision {sha256(body.encode()).hexdigest()[:6]}.",
            )
        )
    site.feed(entries)
    return site


def stated(store: Store, part: str = "training") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in store.all("select field, value from toolkit_facts where part=? order by field, value", part):
        found.setdefault(row["field"], []).append(row["value"])
    return found


def answers(store: Store) -> list[tuple[str, str | None, str]]:
    rows = store.all("select number, answer, answered_at from lessons order by document, number")
    return [(row["number"], row["answer"], row["answered_at"]) for row in rows]


def test_training_is_noted_and_what_no_longer_holds_goes(tmp_path: Path) -> None:
    site = world(course=COURSE)
    crawl(tmp_path, site, START, text=TRAINING)
    with live(tmp_path) as store:
        assert stated(store) == {
            "audience": ["police"], "cost": ["free"], "form": ["e-learning"], "law": ["ukpga/2015/30"],
            "length": ["45 minutes"], "nation": ["United Kingdom"], "part": ["kind", "source"],
            "provider": ["Sample Office"],
        }  # fmt: skip
        rows = store.all("select place, words from toolkit_facts where part='training' and field='audience'")
        assert [(row["place"], row["words"]) for row in rows] == [("title", "police")]
        assert set(stated(store, "resources")) >= {"part", "law"}
    publish(site, course=COURSE.replace("free e-learning", "face-to-face").replace("45 minutes", "2 days"))
    crawl(tmp_path, site, START + timedelta(days=1), text=TRAINING)
    with live(tmp_path) as store:
        assert stated(store)["length"] == ["2 days"] and "cost" not in stated(store)
    same(tmp_path)


def test_what_is_out_is_in_no_library(tmp_path: Path) -> None:
    text = TRAINING.replace("    topics: [offences_law]\n", "")
    garden = "<main><h1>Training for gardeners</h1><p>A free course on roses that takes 2 days.</p></main>"
    crawl(tmp_path, world(garden=garden), START, text=text)
    with live(tmp_path) as store:
        assert store.value("select band from relevance") == "out"
        assert stated(store) == {} and stated(store, "resources") == {}
    same(tmp_path)


def test_pages_that_name_people_are_never_read_for_facts(tmp_path: Path) -> None:
    for kind in ("news", "case_law"):
        data = tmp_path / kind
        text = TRAINING.replace("kind: training", f"kind: {kind}")
        crawl(data, world(course=COURSE, report=REPORT), START, text=text)
        with live(data) as store:
            assert {row["field"] for row in store.all("select field from toolkit_facts")} <= {"part"}
            assert not any(
                "police" in row["words"] for row in store.all("select words from toolkit_facts where place<>'title'")
            )
            assert {row["place"] for row in store.all("select place from toolkit_facts")} <= {"title", "source"}
            assert store.all("select * from lessons") == []
        same(data)


def test_a_law_of_the_source_is_no_resource(tmp_path: Path) -> None:
    text = TRAINING.replace("kind: training", "kind: act")
    crawl(tmp_path, world(course=COURSE), START, text=text)
    with live(tmp_path) as store:
        assert store.value("select band from relevance") == "in"
        assert stated(store) == {} and stated(store, "resources") == {}


def test_words_alone_put_into_a_library_what_states_something_of_it(tmp_path: Path) -> None:
    """The rules find "training" in both titles; only one of them says what kind of training it is."""
    text = SOURCES
    other = (
        "<main><h1>Modern slavery: why training matters to partners</h1><p>An essay on human trafficking.</p></main>"
    )
    crawl(tmp_path, world(course=COURSE, essay=other), START, text=text)
    with live(tmp_path) as store:
        rows = store.all("select document from toolkit_facts where part='training' and field='part' and value='words'")
        assert [row["document"] for row in rows] == [f"url:{PAGES.format('course')}"]
    same(tmp_path)


def test_a_title_that_names_a_form_of_governance_is_enough(tmp_path: Path) -> None:
    title = "<main><h1>Sampleshire Joint Board: protocol on the use of rooms</h1><p>Text.</p></main>"
    for kind, parts in (("resource", ["words"]), ("report", None)):
        crawl(tmp_path / kind, world(page=title), START, text=SOURCES.replace("kind: guidance", f"kind: {kind}"))
        with live(tmp_path / kind) as store:
            assert stated(store, "governance").get("part") == parts
            rows = store.all("select place, words from toolkit_facts where part='governance' and field='part'")
            assert [tuple(row.values()) for row in rows] == ([("title", "protocol")] if parts else [])


def test_lessons_are_answered_whichever_came_first(tmp_path: Path) -> None:
    for name, first, then in (
        ("report", {"report": REPORT}, {"report": REPORT, "answer": RESPONSE}),
        ("answer", {"answer": RESPONSE}, {"report": REPORT, "answer": RESPONSE}),
    ):
        data = tmp_path / name
        site = world(**first)
        crawl(data, site, START, text=REPORTS)
        with live(data) as store:
            assert answers(store) == ([("1", None, ""), ("2", None, "")] if name == "report" else [])
        publish(site, **then)
        crawl(data, site, START + timedelta(days=1), text=REPORTS)
        with live(data) as store:
            answer = f"url:{PAGES.format('answer')}"
            assert answers(store) == [("1", answer, "recommendation-1"), ("2", answer, "no such number")]
            rows = store.all(
                "select l.addressee, s.text from lessons l join sections s on s.id=l.section order by l.number"
            )
            assert [row["addressee"] for row in rows] == ["The Home Office", "Police forces"]
            assert rows[0]["text"] == "The Home Office should publish figures."
        same(data)


def test_a_response_that_is_amended_answers_more(tmp_path: Path) -> None:
    site = world(report=REPORT, answer=RESPONSE)
    crawl(tmp_path, site, START, text=REPORTS)
    publish(site, report=REPORT, answer=RESPONSE.replace("Accepted.", "Accepted, with recommendation 2."))
    crawl(tmp_path, site, START + timedelta(days=1), text=REPORTS)
    with live(tmp_path) as store:
        assert [at for _, _, at in answers(store)] == ["recommendation-1", "recommendation-1"]
    publish(site, report=REPORT, answer=RESPONSE.replace("Government response to the", "Notes on the"))
    crawl(tmp_path, site, START + timedelta(days=2), text=REPORTS)
    with live(tmp_path) as store:
        assert [(at, answer) for _, answer, at in answers(store) if at] == [], "it is called a response no more"
    same(tmp_path)


def test_a_lesson_that_goes_is_gone(tmp_path: Path) -> None:
    site = world(report=REPORT)
    crawl(tmp_path, site, START, text=REPORTS)
    publish(site, report=REPORT.replace("Recommendation 2", "Background"))
    crawl(tmp_path, site, START + timedelta(days=1), text=REPORTS)
    with live(tmp_path) as store:
        assert [number for number, _, _ in answers(store)] == ["1"]
    same(tmp_path)


LISTED = (
    "<main><h1>The hidden crime of labour exploitation</h1><p>A report.</p><h2>Recommendations</h2><ol><li>The Home"
    " Office should publish figures.</li><li>Police forces must train responders.</li></ol><p>Thank you.</p></main>"
)


def test_entries_of_one_list_are_lessons_with_their_answers(tmp_path: Path) -> None:
    site = world(report=LISTED, response=RESPONSE)
    crawl(tmp_path, site, START, text=REPORTS)
    with live(tmp_path) as store:
        rows = store.all(
            "select l.number, l.addressee, substr(s.text, l.begins + 1, l.ends - l.begins) as words, l.answered_at"
            " from lessons l join sections s on s.id = l.section order by l.number"
        )
        assert [tuple(row.values()) for row in rows] == [
            ("1", "The Home Office", "The Home Office should publish figures.", "recommendation-1"),
            ("2", "Police forces", "Police forces must train responders.", "no such number"),
        ]
    same(tmp_path)


RUNNING = (
    "<main><h1>The hidden crime of labour exploitation</h1><p>A report with one recommendation.</p><h2>Counting</h2>"
    "<p>34. Few are counted. We recommend that the Home Office publishes figures.</p><p>35. More follows.</p></main>"
)


def test_a_report_recommends_in_its_text_and_guidance_only_advises(tmp_path: Path) -> None:
    for name, text, expected in (
        ("report", REPORTS, [("paragraph 34", "the Home Office")]),
        ("guidance", SOURCES, []),
    ):
        crawl(tmp_path / name, world(report=RUNNING), START, text=text)
        with live(tmp_path / name) as store:
            rows = store.all("select number, addressee from lessons")
            assert [(row["number"], row["addressee"]) for row in rows] == expected
