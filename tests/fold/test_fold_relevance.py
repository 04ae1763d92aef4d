"""What belongs in the round-up: who decides, what is asked for, and what is never news."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.derive import relevance
from crawler.export import export
from crawler.public import review
from crawler.public.database import connect
from crawler.run import session
from crawler.run.options import ARCHIVE, DATABASE
from crawler.store import Store
from crawler.worker import Worker
from tests.fold import world
from tests.fold.relevance_world import (
    ALL,
    HOST,
    PART,
    TITLES,
    Rules,
    address,
    bands,
    corrections,
    crawl,
    document,
    doubtful,
    entries,
    publish,
)
from tests.fold.world import Site, same


@pytest.fixture
def site() -> Site:
    made = Site()
    publish(made, "known")
    return made


def test_of_what_is_out_only_the_title_is_kept_and_its_page_is_not_asked_for(tmp_path: Path, site: Site) -> None:
    crawl(tmp_path, site, 0)
    publish(site, "known", "signs", "report")
    site.asked.clear()
    crawl(tmp_path, site, 1)
    assert address("report") in site.asked and address("signs") not in site.asked
    assert bands(tmp_path) == {"known": ("in", "words"), "report": ("in", "words"), "signs": ("out", "words")}
    assert entries(tmp_path) == [("report", "announced", 1)]
    with Store.open(tmp_path / DATABASE) as store:
        row = store.one("select title, summary, checked, current from documents where id=?", document("signs"))
        assert row == {"title": TITLES["signs"], "summary": "", "checked": None, "current": None}
        why = json.loads(store.value("select why from relevance where document=?", document("report")))
    places = [TITLES["report"][each["start"] : each["end"]] for each in why if each["place"] == "title"]
    assert places == [each["words"] for each in why if each["place"] == "title"] and "human trafficking" in places[0]
    same(tmp_path)


def test_a_source_that_is_kept_as_a_whole_keeps_what_is_out_but_tells_nothing_of_it(tmp_path: Path, site: Site) -> None:
    crawl(tmp_path, site, 0, text=ALL)
    publish(site, "known", "signs")
    crawl(tmp_path, site, 1, text=ALL)
    assert address("signs") in site.asked and entries(tmp_path) == []
    with Store.open(tmp_path / DATABASE) as store:
        assert store.value("select current from documents where id=?", document("signs"))
        assert store.value("select count(*) from changes where kind='new' and document=?", document("signs")) == 1
    same(tmp_path)


def test_what_a_source_says_its_documents_are_about_decides_for_all_of_them(tmp_path: Path, site: Site) -> None:
    text = ALL.replace("expect:", "topics: [children]\n    toolkit: [training]\n    expect:")
    crawl(tmp_path, site, 0, text=text)
    publish(site, "known", "signs")
    crawl(tmp_path, site, 1, text=text)
    assert bands(tmp_path)["signs"] == ("in", "source") and entries(tmp_path) == [("signs", "announced", 1)]
    with Store.open(tmp_path / DATABASE) as store:
        assert store.value("select 1 from document_topics where topic='children' and document=?", document("signs"))
        facets = store.all("select facet, value from document_facets where document=?", document("signs"))
        told = store.all("select facet, value from entry_facets")
    assert {"facet": "toolkit", "value": "training"} in facets
    assert {"facet": "jurisdiction", "value": "Scotland"} in facets, (
        "what applies in the United Kingdom does there, too"
    )
    assert {"facet": "topic", "value": "children"} in told and {"facet": "toolkit", "value": "training"} in told
    readers = [row for row in (*facets, *told) if row["facet"] in ("aimed_at", "role", "exploitation")]
    assert readers == [], "whom a document is for is said by its own words, never by its source"
    crawl(
        tmp_path, site, 2, text=text.replace("children", "health_is_none").replace("health_is_none", "victim_support")
    )
    with Store.open(tmp_path / DATABASE) as store:
        assert [
            row["topic"] for row in store.all("select topic from document_topics where document=?", document("signs"))
        ]
        assert not store.value("select 1 from document_topics where topic='children'"), "they follow sources.yaml"
    same(tmp_path)


def test_a_person_decides_and_that_is_no_news(tmp_path: Path, site: Site) -> None:
    publish(site, "known", "signs")
    crawl(tmp_path, site, 0)
    publish(site, "known", "signs", "report", "fees")
    crawl(tmp_path, site, 1)
    decided = f'relevance: {{"{document("fees")}": in, "{address("fees")}x": out, "{document("report")}": out}}'
    site.asked.clear()
    crawl(tmp_path, site, 2, decisions=decided)
    assert bands(tmp_path)["fees"] == ("in", "decision") and bands(tmp_path)["report"] == ("out", "decision")
    assert corrections(tmp_path) == [("fees", "out", "in", "rules"), ("report", "in", "out", "rules")]
    assert entries(tmp_path) == [("report", "announced", 1)], "what was announced stays; what comes in is no news"
    crawl(tmp_path, site, 3, decisions=decided)
    assert address("fees") in site.asked, "its page is read after all"
    crawl(tmp_path, site, 4)
    assert bands(tmp_path)["fees"] == ("out", "words") and len(corrections(tmp_path)) == 4
    assert entries(tmp_path) == [("report", "announced", 1)]
    same(tmp_path)


@pytest.mark.parametrize("sure", [True, False])
def test_what_nobody_decides_is_published_after_two_weeks_if_it_is_sure(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    monkeypatch.setattr(relevance, "words", Rules(lambda texts, **more: doubtful(texts, sure=sure, **more)))
    crawl(tmp_path, site, 0, text=ALL)
    publish(site, "known", "fees")
    for day in (1, 8, 14.9):
        crawl(tmp_path, site, day, text=ALL)
        assert bands(tmp_path)["fees"] == ("review", "words") and entries(tmp_path) == []
    crawl(tmp_path, site, 15, text=ALL)
    assert entries(tmp_path) == ([("fees", "announced", 0)] if sure else [])
    words = f"<h1>{TITLES['fees']}</h1><p>Other sample words than before, many more.</p>"
    site.put(address("fees"), f"<html><main>{words}</main></html>")
    site.feed([(address("known"), TITLES["known"], "x"), (address("fees"), TITLES["fees"], "New.")])
    crawl(tmp_path, site, 16, text=ALL)
    assert entries(tmp_path) == ([("fees", "announced", 0)] * 2 if sure else [])
    same(tmp_path)


def test_what_a_person_lets_in_from_the_list_is_told_with_all_that_waited(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relevance, "words", Rules(doubtful))
    crawl(tmp_path, site, 0, text=ALL)
    publish(site, "known", "fees")
    crawl(tmp_path, site, 1, text=ALL)
    crawl(tmp_path, site, 3, text=ALL, decisions=f'relevance: {{"{document("fees")}": in}}')
    assert entries(tmp_path) == [("fees", "announced", 1)]
    with Store.open(tmp_path / DATABASE) as store:
        row = store.one("select kind, late from entries where document=?", document("fees"))
    assert row is not None and row["kind"] == "new" and "relevance was decided" in row["late"]
    crawl(tmp_path, site, 5, text=ALL, decisions=f'relevance: {{"{document("fees")}": in}}')
    assert len(entries(tmp_path)) == 1
    same(tmp_path)


@pytest.mark.parametrize(("before", "after"), [("out", "in"), ("in", "out"), ("review", "in")])
def test_another_rule_is_our_correction_and_never_news(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    monkeypatch.setattr(relevance, "words", Rules(lambda texts, **more: doubtful(texts, before, sure=False, **more)))
    crawl(tmp_path, site, 0, text=ALL)
    publish(site, "known", "fees")
    crawl(tmp_path, site, 1, text=ALL)
    told = entries(tmp_path)
    monkeypatch.setattr(relevance, "words", Rules(lambda texts, **more: doubtful(texts, after, sure=False, **more)))
    with Archive.open(tmp_path / ARCHIVE) as archive, Worker() as worker:
        monkeypatch.setattr(session, "reader", lambda worker: world.read)
        session.rebuild_into(tmp_path, archive, worker)
    crawl(tmp_path, site, 2, text=ALL)
    assert corrections(tmp_path) == [("fees", before, after, "rules")]
    announced = [each for each in entries(tmp_path) if each[1] != "silent"]
    assert announced == told, "nothing new is announced, and nothing that was is taken back"
    crawl(tmp_path, site, 3, text=ALL)
    assert len(corrections(tmp_path)) == 1 and [each for each in entries(tmp_path) if each[1] != "silent"] == told
    same(tmp_path)


def test_every_edition_of_a_series_is_in_whatever_its_title_says(tmp_path: Path, site: Site) -> None:
    series = (
        "series:\n  - {id: fees, name: Sample fees, publisher: sample, sources: [news], title: fees, every: 365d}\n"
    )
    crawl(tmp_path, site, 0, text=PART + series)
    publish(site, "known", "fees", "signs")
    crawl(tmp_path, site, 1, text=PART + series)
    assert bands(tmp_path)["fees"] == ("in", "series") and bands(tmp_path)["signs"] == ("out", "words")
    assert address("fees") in site.asked and entries(tmp_path) == [("fees", "announced", 1)]
    same(tmp_path)


def test_what_we_write_into_sources_yaml_is_our_correction_and_no_news(tmp_path: Path, site: Site) -> None:
    crawl(tmp_path, site, 0, text=ALL)
    publish(site, "known", "signs", "fees")
    crawl(tmp_path, site, 1, text=ALL)
    dedicated = ALL.replace("expect:", "topics: [children]\n    expect:")
    series = (
        "series:\n  - {id: fees, name: Sample fees, publisher: sample, sources: [news], title: fees, every: 365d}\n"
    )
    crawl(tmp_path, site, 2, text=dedicated)
    assert bands(tmp_path)["signs"] == ("in", "source") and entries(tmp_path) == []
    crawl(tmp_path, site, 3, text=ALL)
    assert bands(tmp_path)["signs"] == ("out", "words"), "what nothing in sources.yaml says any more is judged anew"
    crawl(tmp_path, site, 4, text=ALL + series)
    crawl(tmp_path, site, 5, text=ALL)
    assert bands(tmp_path)["fees"] == ("out", "words") and entries(tmp_path) == []
    told = corrections(tmp_path)
    assert told.count(("signs", "out", "in", "rules")) == told.count(("signs", "in", "out", "rules")) == 1
    assert told.count(("fees", "out", "in", "rules")) == 2 and told.count(("fees", "in", "out", "rules")) == 2
    same(tmp_path)


def test_what_is_given_another_title_is_followed_all_the_same(tmp_path: Path, site: Site) -> None:
    crawl(tmp_path, site, 0, text=ALL)
    publish(site, "known", "report")
    crawl(tmp_path, site, 1, text=ALL)
    for day, words in ((2, "Call 0800 0121 700."), (3, "Call 0800 0121 701.")):
        body = f"<h1>Sample: annual report of the unit</h1><h2>Part</h2><p>{words}</p>"
        site.put(address("report"), f"<html><main>{body}</main></html>")
        site.feed([(address("report"), "Sample: annual report of the unit", f"A sample, {words}")])
        crawl(tmp_path, site, day, text=ALL)
    assert bands(tmp_path)["report"] == ("in", "words")
    assert [each[0] for each in entries(tmp_path)] == ["report"] * 3, "new, then the title, then the number"
    same(tmp_path)


def test_rules_that_put_something_on_the_list_give_people_two_weeks(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relevance, "words", Rules(lambda texts, **more: doubtful(texts, "out", **more)))
    crawl(tmp_path, site, 0, text=ALL)
    publish(site, "known", "fees")
    crawl(tmp_path, site, 1, text=ALL)
    monkeypatch.setattr(relevance, "words", Rules(doubtful))
    with Archive.open(tmp_path / ARCHIVE) as archive, Worker() as worker:
        monkeypatch.setattr(session, "reader", lambda worker: world.read)
        session.rebuild_into(tmp_path, archive, worker)
    for day in (20, 33):
        crawl(tmp_path, site, day, text=ALL)
        assert entries(tmp_path) == [], "it is on the list since day 20"
    crawl(tmp_path, site, 35, text=ALL)
    assert entries(tmp_path) == [("fees", "announced", 0)]
    same(tmp_path)


def test_what_the_list_says_counts_when_its_page_says_less(tmp_path: Path, site: Site) -> None:
    crawl(tmp_path, site, 0)
    publish(site, "known", "fees")
    site.feed([(address("known"), TITLES["known"], "x"), (address("fees"), TITLES["fees"], "On human trafficking.")])
    crawl(tmp_path, site, 1)
    assert bands(tmp_path)["fees"] == ("in", "words")
    with Store.open(tmp_path / DATABASE) as store:
        assert store.value("select current from documents where id=?", document("fees")), "its text is kept"
    same(tmp_path)


def test_a_page_of_a_list_that_a_person_lets_in_is_read_though_the_list_is_as_it_was(tmp_path: Path) -> None:
    text = PART.replace("protocol: feed", "protocol: listing").replace("follow: true", "options: {entry: li, link: a}")
    site = Site()
    entries_of = "".join(f"<li><a href='/doc/{name}'>{TITLES[name]}</a></li>" for name in ("known", "fees"))
    site.put(f"{HOST}/feed.xml", f"<html><body><ul>{entries_of}</ul></body></html>")
    for name in ("known", "fees"):
        site.put(address(name), f"<html><main><h1>{TITLES[name]}</h1><p>Sample words on {name}.</p></main></html>")
    crawl(tmp_path, site, 0, text=text)
    assert address("known") in site.asked and address("fees") not in site.asked
    for day in (1, 2):
        crawl(tmp_path, site, day, text=text, decisions=f'relevance: {{"{document("fees")}": in}}')
    assert address("fees") in site.asked
    same(tmp_path)


@pytest.mark.parametrize("subject", ["", "modern slavery and "])
def test_what_its_source_alone_brings_in_has_labels_by_words_only_where_these_speak_of_the_subject(
    tmp_path: Path, subject: str
) -> None:
    title, made = f"Sample: {subject}deaths of residents in care homes", Site()
    made.feed([(address("one"), title, "")])
    made.put(address("one"), f"<html><body><main><h1>{title}</h1><p>Sample words.</p></main></body></html>")
    crawl(tmp_path, made, 0, text=ALL.replace("    expect:", "    topics: [offences_law]\n    expect:"))
    with Store.open(tmp_path / DATABASE) as store:
        topics = {row["topic"] for row in store.all("select topic from document_topics")}
        labels = {row["value"] for row in store.all("select value from document_facets where facet='exploitation'")}
    assert ("offences_law" in topics, labels == {"labour"}) == (not subject, bool(subject))


@pytest.mark.parametrize(("said", "told"), [(1, set()), (9, {"victim_support"})])
def test_what_a_long_text_names_in_passing_gives_no_label(tmp_path: Path, said: int, told: set[str]) -> None:
    title, made = "Sample: pensions and compensation", Site()
    text = "The office pays a pension each month. " * 200 + "The Policing and Crime Act 2009. " * said
    made.feed([(address("one"), title, "")])
    made.put(address("one"), f"<html><body><main><h1>{title}</h1><p>{text}</p></main></body></html>")
    crawl(tmp_path, made, 0, text=ALL.replace("    expect:", "    topics: [offences_law]\n    expect:"))
    with Store.open(tmp_path / DATABASE) as store:
        topics = {row["topic"] for row in store.all("select topic from document_topics")}
    assert topics & {"victim_support"} == told


@pytest.mark.parametrize(("title", "place"), [("Deaths in care", "United Kingdom"), ("Deaths, Wales", "Wales")])
def test_a_document_is_of_the_place_that_its_title_states(tmp_path: Path, title: str, place: str) -> None:
    made = Site()
    made.feed([(address("one"), title, "")])
    made.put(address("one"), f"<html><body><main><h1>{title}</h1><p>Sample words.</p></main></body></html>")
    crawl(tmp_path, made, 0, text=ALL)
    with Store.open(tmp_path / DATABASE) as store:
        assert store.value("select jurisdiction from documents") == place


@pytest.mark.parametrize("part", ["round-up", "resources"])
def test_words_say_which_tool_it_is_that_a_source_of_tools_brings_in(tmp_path: Path, part: str) -> None:
    title, made = "Partnership agreement: a sample template", Site()
    made.feed([(address("one"), title, "")])
    made.put(address("one"), f"<html><body><main><h1>{title}</h1><p>Sample words.</p></main></body></html>")
    text = ALL.replace("    expect:", f"    topics: [victim_support]\n    toolkit: [{part}]\n    expect:")
    crawl(tmp_path, made, 0, text=text)
    with Store.open(tmp_path / DATABASE) as store:
        topics = {row["topic"] for row in store.all("select topic from document_topics")}
    assert topics == {"partnership_governance" if part == "resources" else "victim_support"}, "its source's, else none"


def test_what_a_site_says_of_each_of_its_pages_is_no_subject_of_one(tmp_path: Path) -> None:
    made, site = Site(), "A sample toolkit for anti-slavery partnerships."
    made.feed([(address(name), TITLES[name], site) for name in ("known", "fees", "signs")])
    for name in ("known", "fees", "signs"):
        made.put(address(name), f"<html><main><h1>{TITLES[name]}</h1><p>Sample words.</p></main></html>")
    crawl(tmp_path, made, 0, text=ALL)
    with Store.open(tmp_path / DATABASE) as store:
        assert not store.value("select 1 from document_topics where topic='partnership_governance'")
        assert store.value("select count(*) from relevance where band='in'") == 3


def test_what_came_of_reports_is_told_to_readers(tmp_path: Path, site: Site) -> None:
    reports = "reports: [{date: 2026-11-02, reported: A link, outcome: Mended, about: a/b}]"
    crawl(tmp_path, site, 1, decisions=reports)
    crawl(tmp_path, site, 2, decisions=reports)
    with closing(connect(export(tmp_path / DATABASE))) as public:
        (told,) = review.reports(public)
    assert (told["date"], told["reported"], told["outcome"], told["kind"]) == ("2026-11-02", "A link", "Mended", "")
    crawl(tmp_path, site, 3)
    with closing(connect(export(tmp_path / DATABASE))) as public:
        assert review.reports(public) == []
