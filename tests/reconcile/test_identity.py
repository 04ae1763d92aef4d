"""Which document a page is: laws of what its names, its bytes and its redirects mean, without a database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Capture, Document, Link, Page, Section, Version
from crawler.reconcile import content_ids, identity
from crawler.reconcile.content_ids import NO_REDIRECT, redirect_result
from crawler.reconcile.intents import Absorb, Identify, Intent, Merge
from crawler.reconcile.known import AddressState, ArrivalState, DocumentState, Holder, Names, TextsState
from crawler.reconcile.reading import Origin, Wording
from crawler.reconcile.streams import Head, StreamState
from crawler.sources import loads
from crawler.text import stamp
from tests.fold.relevance_world import PART

CLOCK = datetime(2026, 3, 2, 6, tzinfo=UTC)
SOURCE = loads(PART, "sources.yaml").sources["news"]
URL, OTHER = "https://a.sample.invalid/new.pdf", "https://a.sample.invalid/old.pdf"
NAMES = ("url:https://a.sample.invalid/1", "url:https://a.sample.invalid/2", "sample/1", "sample/2", "sample/3")
IDS = st.sampled_from([None, *NAMES])


def origin(url: str = URL, hops: tuple[str, ...] = (), *, title: str = "", media: str = "application/pdf") -> Origin:
    link = Link(url=(*hops, url)[0], role="document", facts={"title": title} if title else {})
    headers = (("content-type", media),)
    capture = Capture(url=url, time=CLOCK, link=link, status=200, hops=hops, headers=headers)
    return Origin(
        clock=CLOCK, source=SOURCE, capture=capture, cause="source", fetch=9, time=stamp(CLOCK), digest="d",
        is_fresh=True,
    )  # fmt: skip


def after(names: Names, intents: Iterable[Intent]) -> Names:
    """Return to what names lead after intents."""
    known = dict(names.documents)
    for intent in intents:
        match intent:
            case Identify(alias=alias, document=document):
                known[alias] = DocumentState(id=document)
            case Merge(old=old, new=new):
                moved = {old, new} | {name for name, each in known.items() if each is not None and each.id == old}
                known |= {name: DocumentState(id=new) for name in moved}
    return Names(documents=known, alternates=names.alternates)


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, IDS)), st.permutations(NAMES))
def test_names_of_one_document_become_one_and_stay_one(led: dict[str, str | None], given_names: list[str]) -> None:
    own, *aliases = given_names
    # A name that is a document leads to itself, and an alias to a document.
    held = {each for each in led.values() if each is not None}
    known = {name: name if name in held else each for name, each in led.items()}
    names = Names(documents={name: None if each is None else DocumentState(id=each) for name, each in known.items()})
    document = Document(id=own, title="Sample", url="", aliases=tuple(aliases))
    name, merges = identity.strongest(names, document)
    once = after(names, merges)
    assert identity.strongest(once, document) == (once.id(own), ())
    assert once.id(own) == name or names.is_new(own)
    strong = [each for each in known.values() if each is not None and not each.startswith("url:")]
    assert not (strong and name.startswith("url:"))
    assert not any(merge.new.startswith("url:") for merge in merges)


@given(st.sampled_from(["http://a.sample.invalid/1", "https://www.a.sample.invalid/1", "https://a.sample.invalid/1/"]))
def test_an_address_spelled_otherwise_is_recognised_once(url: str) -> None:
    document = Document(id=f"url:{url}", title="Sample", url=url)
    held = DocumentState(id=NAMES[0])
    loaded = identity.names_on(Page(documents=(document,)), origin())
    names = Names(documents={name: held if name == NAMES[0] else None for name in loaded})
    recognised = identity.recognise(names, [document, document])
    assert recognised == (Identify(alias=document.id, document=held.id),)
    assert not identity.recognise(after(names, recognised), [document])


TEXT = Section(path="part", heading="Part", text="Sample words. " * 40)
OWN = Document(id=f"url:{URL}", title="Sample", url=URL, kind="report")
PAGE = Page(
    documents=(OWN,), versions=(Version(document=OWN.id, title="Sample", sections=(TEXT,), representation="pdf"),)
)
UNKNOWN = Names(documents={OWN.id: None, f"url:{URL}": None, f"url:{OTHER}": None})


def holder(outcome: str, number: int = 1) -> Holder:
    url = OTHER if number == 1 else OTHER.replace("old", f"old{number}")
    document = DocumentState(id=f"url:{url}", url=url, kind="report", publisher=SOURCE.publisher, checked=stamp(CLOCK))
    return Holder(
        url=url, document=document, answer=AddressState(fetch=number, landing=url, outcome=outcome), walk="",
        listed_title="", listed=True, is_listed_instead=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "outcomes, place",
    [
        ([], "own"),
        (["accepted"], "copy"),
        (["unchanged"], "copy"),
        (["missing"], "new"),
        (["accepted", "accepted"], "own"),
        (["missing", "missing"], "own"),
    ],
)
def test_the_same_bytes_at_a_new_address(outcomes: list[str], place: str) -> None:
    holders = tuple(holder(outcome, number) for number, outcome in enumerate(outcomes, 1))
    role = identity.address_role(
        ArrivalState(holders=holders), UNKNOWN, PAGE, origin(), streams=(), arrival=NO_REDIRECT
    )
    assert role.place == place
    assert [isinstance(each, Absorb) for each in role.intents] == ([] if place == "own" else [True])


@given(st.sampled_from(["kind", "publisher", "host", "title"]))
def test_what_differs_in_more_than_its_address_is_another_document(field: str) -> None:
    one = holder("missing")
    other = {
        "kind": replace(one, document=replace(one.document, kind="news")),
        "publisher": replace(one, document=replace(one.document, publisher="somebody")),
        "host": replace(one, url="https://b.sample.invalid/old.pdf"),
        "title": one,
    }[field]
    read = origin(title="Another title", media="text/html") if field == "title" else origin()
    role = identity.address_role(ArrivalState(holders=(other,)), UNKNOWN, PAGE, read, streams=(), arrival=NO_REDIRECT)
    assert role == identity.OWN


STATUSES = st.lists(st.sampled_from([301, 302, 303, 307, 308]), min_size=1, max_size=3)


@given(STATUSES, st.booleans(), st.booleans(), st.booleans())
def test_a_page_moves_only_by_permanent_redirects_and_its_own_words(
    hops: list[int], is_shared: bool, is_read: bool, is_same: bool
) -> None:
    row = DocumentState(id=f"url:{OTHER}", url=OTHER, checked=stamp(CLOCK) if is_read else None)
    own = Document(id=row.id, title="Sample", url=OTHER)
    names = Names(documents={own.id: row, f"url:{URL}": None})
    read = origin(URL, (OTHER,) * len(hops), media="text/html")
    wording = Wording.of(replace(PAGE.versions[0], document=row.id, representation="html"))
    state = StreamState() if is_same else StreamState(heads=(head(row.id),))
    way = ArrivalState(hops=tuple(hops), is_shared=is_shared)
    result = redirect_result(way, names, own, read, ((state, wording),))
    if result.moved:
        assert {301, 308} >= set(hops)
        assert is_read and is_same
    assert bool(result.held) == (is_read and not is_same)
    assert bool(result.intents) == bool(result.held)
    if result.address == "":
        assert result.held or (result.lasting and not is_shared)


def head(document: str) -> Head:
    return Head(
        id="v", document=document, representation="html", language="en", title="Sample", label="", valid_from=None,
        status="", digest="another", note="", is_partial=False, characters=900, source=SOURCE.id,
        options_digest=SOURCE.options_digest, fetch=1, annotations="[]",
    )  # fmt: skip


CONTENT = "govuk:0f1e2d3c-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    "title, words, is_apart",
    [
        ("Sample guidance", "other words", False),
        ("Visas of quite another kind", "Sample words. " * 40, False),
        ("Visas of quite another kind", "Nothing of this was there before, not one pair of it.", True),
    ],
)
def test_a_content_id_alone_makes_no_document(title: str, words: str, is_apart: bool) -> None:
    url = "https://www.gov.uk/new"
    own = Document(id=CONTENT, title=title, url=url)
    section = Section(path="part", heading="", text=words)
    page = Page(
        documents=(own,), versions=(Version(document=CONTENT, title=title, sections=(section,), representation="html"),)
    )
    row = DocumentState(id=CONTENT, title="Sample guidance", url="https://www.gov.uk/old", checked=stamp(CLOCK))
    names = Names(documents={CONTENT: row, f"url:{url}": None})
    assert identity.is_doubtful(names, page)
    texts = TextsState(words={"en": "Sample words. " * 40}, is_read_now=False)
    assert (content_ids.apart(names, page, texts).documents[0].id == f"url:{url}") == is_apart
    reached = Names(documents={CONTENT: row, f"url:{url}": row})
    assert not identity.is_doubtful(reached, page)
