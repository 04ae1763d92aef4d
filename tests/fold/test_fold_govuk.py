"""Pages of GOV.UK that a search finds: what was over already, what hangs on a page, what is yet to come."""

import json
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.feeds import Filter
from crawler.feeds.labels import event
from crawler.public.database import connect
from crawler.public.entries import newest
from crawler.run.publish import export
from crawler.store import documents
from tests.fold.samples import guidance, sources
from tests.fold.test_fold_laws import live
from tests.fold.test_fold_restored import SEARCH, SEARCHED
from tests.fold.world import START, Site, crawl, same

SITE = "https://www.gov.uk"
TODAY = "2026-03-03T05:00:00Z"
NOTICE = {"explanation": "<p>Replaced by other guidance.</p>", "withdrawn_at": "2026-02-20T08:00:00Z"}


@dataclass
class Govuk:
    """A search and the pages that it finds, each by its path; the newest is listed first."""

    data: Path
    site: Site = field(default_factory=Site)
    listed: dict[str, dict[str, Any]] = field(default_factory=dict)
    day: int = 0

    def put(self, name: str, published: str = TODAY, like: str = "", *, named: bool = True, **more: Any) -> str:
        """Put a page, which the search lists unless it is a part of another, with its id if ``named``; return that.

        It has the id of the page that it is ``like``.
        """
        number, type = int.from_bytes((like or name).encode()[-6:], "big"), str(more.pop("type", "guidance"))
        content_id, path = f"00000000-0000-4000-8000-{number:012x}", f"/government/publications/{name}"
        facts: dict[str, Any] = {"title": f"Sample {name.replace('-', ' ')}", "first_published_at": published} | more
        page = guidance(base_path=path, content_id=content_id, document_type=type, updated=published, **facts)
        self.site.put(f"{SITE}/api/content{path}", page, media="application/json")
        if type != "html_publication":
            self.listed[name] = {
                "title": facts["title"], "link": path, "public_timestamp": published,
                "content_store_document_type": type, **({"content_id": content_id} if named else {}),
            }  # fmt: skip
        return f"govuk:{content_id}"

    def crawl(self, **how: Any) -> None:
        found = {"results": list(self.listed.values())[::-1], "total": len(self.listed), "start": 0}
        self.site.put(SEARCH, json.dumps(found), media="application/json")
        crawl(self.data, self.site, START + timedelta(days=self.day), text=sources(SEARCHED), **how)
        self.day += 1

    def entries(self) -> list[dict[str, Any]]:
        """Return the entries of documents in the order of their crawls."""
        with live(self.data) as store:
            return store.all("select * from entries where document is not null order by crawl, title")


@pytest.fixture
def world(tmp_path: Path) -> Govuk:
    """A search that was walked once, so that what it finds is news."""
    made = Govuk(tmp_path)
    made.put("known", published="2026-01-05T09:00:00Z")
    made.crawl()
    return made


@pytest.mark.parametrize("named", [True, False])
def test_what_was_withdrawn_before_it_was_seen_is_told_as_that_with_its_day(world: Govuk, named: bool) -> None:
    name = world.put("referral-form", withdrawn_notice=NOTICE, named=named)
    world.crawl()
    (entry,) = world.entries()
    assert (entry["kind"], entry["title"], entry["verb"], entry["day"]) == (
        "new", "Already withdrawn when first seen: Sample referral form", "Already withdrawn when first seen",
        "2026-02-20",
    )  # fmt: skip
    said = "Withdrawn on 20 February 2026. The publisher says: “Replaced by other guidance.”"
    assert entry["summary"].startswith(said)
    with live(world.data) as store:
        row = store.one("select availability, availability_since from documents where id=?", name)
        assert row == {"availability": "withdrawn", "availability_since": "2026-02-20T08:00:00Z"}
    same(world.data)


def test_what_is_withdrawn_after_it_was_told_is_withdrawn(world: Govuk) -> None:
    world.put("referral-form")
    world.crawl()
    later = "2026-03-04T05:00:00Z"
    world.put("referral-form", withdrawn_notice=NOTICE | {"withdrawn_at": later}, published=later)
    world.crawl()
    told = [(entry["title"], entry["day"]) for entry in world.entries()]
    assert told == [("New: Sample referral form", TODAY[:10]), ("Withdrawn: Sample referral form", later[:10])]


@pytest.mark.parametrize(
    ("type", "headline"),
    [("consultation_outcome", "Already closed when first seen: Sample plans"),
     ("closed_consultation", "Already closed when first seen: Sample plans"),
     ("open_consultation", "New: Sample plans")],
)  # fmt: skip
def test_a_consultation_that_was_over_before_it_was_seen_is_told_as_that(
    world: Govuk, type: str, headline: str
) -> None:
    closing = {"closing_date": "2026-05-06T23:45:00+01:00"} if type == "open_consultation" else {}
    world.put("plans", type=type, details={"body": "<p>Sample.</p>", "change_history": [], **closing})
    world.crawl()
    (entry,) = world.entries()
    assert entry["title"] == headline
    assert entry["summary"].endswith("Status: open. It closes on 6 May 2026.") == bool(closing)


def attached(*names: str) -> dict[str, Any]:
    """Return the details of a page with HTML attachments."""
    listed = [
        {
            "attachment_type": "html",
            "title": f"Sample {name.replace('-', ' ')}",
            "url": f"/government/publications/{name}",
        }
        for name in names
    ]
    return {"body": "<p>Sample words.</p>", "change_history": [], "attachments": listed}


@pytest.mark.parametrize("dated", ["2026-03-01T09:00:00Z", "2019-05-06T09:00:00Z"])
@pytest.mark.parametrize("late", [False, True])
def test_parts_of_a_page_that_was_there_already_are_read_with_it_and_one_that_comes_later_is_added(
    world: Govuk, late: bool, dated: str
) -> None:
    """A page of years ago that a search finds now is told as that; its attachments with it, whenever they are read.

    One that is added later is new on it, whatever its own page dates it.
    """
    old = "2019-05-06T09:00:00Z"
    world.put("annex-a", type="html_publication", published=dated)
    world.put("old-guidance", published=old, details=attached("annex-a"))
    world.crawl(late=lambda n: late and n == 3)
    world.crawl()
    (found,) = world.entries()
    assert found["title"] == "Newly listed: Sample old guidance"
    assert late or "Attachment: Sample annex a." in found["summary"]
    today = "2026-03-04T05:00:00Z"
    world.put("annex-b", type="html_publication", published=dated)
    world.put("old-guidance", published=today, details=attached("annex-a", "annex-b"))
    world.crawl()
    _, entry = world.entries()
    assert entry["summary"] == "Attachment added: Sample annex b."
    same(world.data)


def test_the_newest_note_of_a_page_is_told_with_it_and_its_attachments_as_it_lists_them(world: Govuk) -> None:
    world.put("annex-z", type="html_publication")
    world.put("annex-a", type="html_publication")
    notes = [("2026-03-01T09:00:00Z", "Added the second annex."), ("2025-03-01T09:00:00Z", "First published.")]
    history = [{"public_timestamp": day, "note": note} for day, note in notes]
    world.put("annexes", details={**attached("annex-z", "annex-a"), "change_history": history})
    world.crawl()
    (entry,) = world.entries()
    assert "Attachments: Sample annex z and Sample annex a." in entry["summary"]
    assert entry["summary"].endswith("The publisher, on 1 March 2026: \u201cAdded the second annex.\u201d")


def test_a_note_for_which_a_summary_has_no_room_is_told_for_titles_of_attachments_or_stands_below(world: Govuk) -> None:
    names = [f"annex-on-how-a-sample-is-kept-and-shown-to-those-who-want-{end}" for end in ("copies", "others")]
    for name in names:
        world.put(name, type="html_publication")
    long = (
        f"The following were removed as they are out of date: {', '.join(f'form {n} for copies' for n in range(12))}."
    )
    described = "This says how a sample is kept by those who have one in their care, and by whom it is asked for."
    for page, note in (("rules", "Removed one form for asking for a copy of the register by post."), ("terms", long)):
        notes = [("2026-03-01T09:00:00Z", note), ("2025-03-01T09:00:00Z", "First published.")]
        history = [{"public_timestamp": day, "note": note} for day, note in notes]
        details = {**attached(*(names if page == "rules" else ())), "change_history": history}
        world.put(page, details=details, description=described)
    world.crawl()
    short, cut = world.entries()
    assert "It has attachments, which its page names." in short["summary"]
    assert short["summary"].endswith("by post.\u201d") and not short["note"]
    assert cut["summary"].endswith("The publisher\u2019s note of 1 March 2026 is below.")
    assert cut["note"] == f"1 March 2026: {long}"


def test_the_titles_of_attachments_say_where_a_page_applies(world: Govuk) -> None:
    for name, nations in (("law", "England and Wales"), ("advice", "Scotland and Northern Ireland")):
        world.put(name, type="html_publication", title=f"Sample {name} for {nations}")
    details = attached("law", "advice")
    details["attachments"][0]["title"] += " for England and Wales"
    details["attachments"][1]["title"] += " for Scotland and Northern Ireland"
    world.put("page", details=details)
    world.crawl()
    (entry,) = world.entries()
    assert entry["jurisdiction"] == "United Kingdom"


def announced(state: str, day: str) -> dict[str, Any]:
    more = {"cancellation_reason": "A sample."} if state == "cancelled" else {}
    return {
        "type": "official_statistics_announcement",
        "details": {"display_date": day, "state": state, "format_sub_type": "official", **more},
    }


def test_statistics_that_are_announced_are_told_with_the_day_as_stated(world: Govuk) -> None:
    steps = (
        (announced("provisional", "April to May 2026"), "To be released in April to May 2026 (provisional)"),
        (announced("confirmed", "7 May 2026 9:30am"), "To be released on 7 May 2026 9:30am (confirmed)"),
        (announced("confirmed", "8 May 2026 9:30am"), "To be released on 8 May 2026 9:30am (confirmed)"),
        (announced("cancelled", "8 May 2026 9:30am"), "Release of 8 May 2026 9:30am cancelled"),
    )
    for day, (page, _) in enumerate(steps):
        world.put("referral-statistics", **page, published=f"2026-03-{3 + day:02}T05:00:00Z")
        world.crawl()
    said = [(entry["title"], entry["verb"], entry["document_kind"]) for entry in world.entries()]
    assert said == [(f"{lead}: Sample referral statistics", lead, "notice") for _, lead in steps]
    same(world.data)


def test_a_release_that_was_moved_before_we_read_of_it_is_told_with_the_day_before(world: Govuk) -> None:
    page = announced("confirmed", "7 May 2026 9:30am")
    page["details"] |= {"previous_display_date": "6 May 2026 9:30am", "latest_change_note": "It was mistyped."}
    world.put("referral-statistics", **page)
    world.crawl()
    (entry,) = world.entries()
    before = "Its release was announced for another day before: 6 May 2026 9:30am."
    assert f"{before} The publisher says: “It was mistyped.”" in entry["summary"]


def test_a_release_to_come_is_not_old_and_documents_that_are_have_their_last_update(world: Govuk) -> None:
    world.put("referral-statistics", **announced("confirmed", "7 May 2026 9:30am"), published="2024-05-04T09:00:00Z")
    facts: dict[str, Any] = {"published": "2024-05-04T09:00:00Z", "public_updated_at": "2026-02-25T09:00:00Z"}
    for name in ("fees", "prices"):
        world.put(name, **facts, details=body("Sample words."))
    world.crawl()
    assert [entry["title"] for entry in world.entries()] == [
        "To be released on 7 May 2026 9:30am (confirmed): Sample referral statistics"
    ]
    with closing(connect(export(world.data))) as public:
        (older,) = (each for each in newest(public, Filter()) if each.kind == "older")
    assert [(one.date[:10], one.updated[:10]) for one in older.documents] == [("2024-05-04", "2026-02-25")] * 2


def test_of_a_draft_that_states_no_day_of_its_withdrawal_none_is_told(world: Govuk) -> None:
    details = body("Sample words.") | {"metadata": {"sifting_status": "withdrawn"}}
    world.put("draft", type="statutory_instrument", details=details)
    world.crawl()
    with closing(connect(export(world.data))) as public:
        (told,) = (each for each in newest(public, Filter()) if each.document)
    assert told.verb == "Already withdrawn when first seen" and event(told)[0] != "Withdrawn"


def body(words: str) -> dict[str, Any]:
    return {"body": f"<p>{words}</p>", "change_history": []}


FEES = "The sample office asks for a fee of four pounds for every copy of the register that it sends out."
ROADS = "Drivers must leave two lanes open at all times when a bridge in the valley is being painted again."


def test_an_unrelated_page_under_the_id_of_another_is_a_document_of_its_own(world: Govuk) -> None:
    first = world.put("fees", details=body(FEES), named=False)
    world.crawl()
    other: dict[str, Any] = {"like": "fees", "named": False, "published": "2026-03-04T05:00:00Z"}
    world.put("bridges", title="Works on bridges", details=body(ROADS), **other)
    world.crawl()
    world.crawl()
    told = [(entry["title"], entry["document"]) for entry in world.entries()]
    bridges = f"url:{SITE}/government/publications/bridges"
    assert told == [("New: Sample fees", first), ("New: Works on bridges", bridges)]
    same(world.data)


def test_the_title_of_a_text_that_is_held_is_not_taken(world: Govuk) -> None:
    """An answer that was cut short may have lost a part of its title, too."""
    fees = world.put("fees", details=body(FEES * 20))
    world.crawl()
    world.put("fees", title="Sample", details=body(FEES), published="2026-03-04T05:00:00Z")
    world.listed["fees"]["title"] = "Sample fees"
    world.crawl()
    with live(world.data) as store:
        assert store.value("select count(*) from quarantine") == 1
        assert store.value("select title from documents where id=?", fees) == "Sample fees"
    same(world.data)


def test_two_pages_under_one_id_that_stand_at_once_are_two_documents(world: Govuk) -> None:
    ids = [
        world.put(name, details=body(FEES), title="Sample fees", like="fees", named=False)
        for name in ("fees", "a-fees")
    ]
    for _ in range(2):
        world.crawl()
    assert ids[0] == ids[1] and len({entry["document"] for entry in world.entries()}) == 2
    same(world.data)


@pytest.mark.parametrize(("office", "known"), [("Sample Office", True), ("Roads Office", False)])
def test_a_page_in_another_language_is_a_translation_where_one_body_published_both(
    world: Govuk, office: str, known: bool
) -> None:
    offices = [{"organisations": [{"title": name}]} for name in ("Sample Office", office)]
    first = world.put("fees", details=body(FEES), links=offices[0], named=False)
    world.crawl()
    world.put(
        "ffioedd",
        title="Gwaith ar bontydd",
        locale="cy",
        details=body(ROADS),
        links=offices[1],
        like="fees",
        named=False,
    )
    world.crawl()
    assert (world.entries()[-1]["document"] == first) is known


@pytest.mark.parametrize(
    ("title", "words"), [("Sample prices", FEES.replace("four", "five")), ("Sample fees of today", ROADS)]
)
def test_a_page_that_moved_keeps_its_id_where_its_title_or_text_is_alike(world: Govuk, title: str, words: str) -> None:
    first = world.put("fees", details=body(FEES), named=False)
    world.crawl()
    more: dict[str, Any] = {"title": title, "details": body(words), "like": "fees", "named": False}
    world.put("prices", published="2026-03-04T05:00:00Z", **more)
    world.crawl()
    assert [entry["document"] for entry in world.entries()] == [first, first]
    assert world.entries()[-1]["title"] == f"Renamed: {title}"
    same(world.data)


@pytest.mark.parametrize("held", [True, False])
def test_an_address_that_redirects_to_a_document_is_an_alias_of_it(world: Govuk, held: bool) -> None:
    old, new = "/government/publications/old-place", "/government/publications/new-place"
    redirect: dict[str, Any] = {
        "base_path": old, "content_id": None, "document_type": "redirect", "schema_name": "redirect", "locale": "en",
        "title": None, "links": {}, "details": {}, "updated_at": TODAY,
        "redirects": [{"path": old, "type": "exact", "destination": new}],
    }  # fmt: skip
    name = world.put("new-place", named=False)
    listed = dict(world.listed)
    if held:
        world.crawl()
    else:
        del world.listed["new-place"]
    world.listed["old-place"] = listed["new-place"] | {"link": old, "public_timestamp": "2026-03-04T05:00:00Z"}
    world.site.put(f"{SITE}/api/content{old}", json.dumps(redirect), media="application/json")
    world.crawl()
    world.crawl()
    with live(world.data) as store:
        found = documents.find(store, f"{SITE}{old}")
        assert found is not None and found["id"] == name
        assert store.value("select count(*) from documents") == 2, "and the page that was known"
    assert [entry["title"] for entry in world.entries()] == ["New: Sample new place"]
    same(world.data)


@pytest.mark.parametrize(
    ("type", "title", "place"),
    [
        ("notice", "Sample works", ""),
        ("guidance", "Sample works", ""),
        ("guidance", "Sample UK works", "United Kingdom"),
    ],
)
def test_where_something_applies_its_publisher_alone_does_not_say(
    world: Govuk, type: str, title: str, place: str
) -> None:
    document = world.put("works", type=type, title=title)
    world.crawl()
    assert world.entries()[-1]["jurisdiction"] == place
    with live(world.data) as store:
        assert store.value("select 1 from document_facets where document=? and value='United Kingdom'", document), (
            "readers who look for what its publisher is of find it"
        )
