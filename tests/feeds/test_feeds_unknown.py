"""What no filter knows: names and values that are refused."""

import pytest

from crawler.entries import headlines
from crawler.feeds import CHANGES, FACETS, UnknownFilterError, chosen
from crawler.feeds.facets import SHARED, title
from crawler.sources.vocabulary import AIMED_AT, EXPLOITATION, JURISDICTIONS, KINDS, ROLES, TOOLKIT, TOPICS

CLOSED = [name for name, facet in FACETS.items() if facet.values is not None and not facet.more]


def test_the_lists_are_those_of_the_vocabulary() -> None:
    lists = {"topic": TOPICS, "role": ROLES, "aimed_at": AIMED_AT, "exploitation": EXPLOITATION, "toolkit": TOOLKIT,
             "jurisdiction": JURISDICTIONS, "kind": KINDS}  # fmt: skip
    for facet, values in lists.items():
        assert list(FACETS[facet].values or ()) == list(values)


@pytest.mark.parametrize("facet", CLOSED)
def test_values_of_no_closed_list_are_refused(facet: str) -> None:
    for value in ("Atlantis", "x' or 1=1 --", "children\x00", "é", "CHILDREN", " "):
        with pytest.raises(UnknownFilterError, match=f"There is no “.*” under “{FACETS[facet].label}”"):
            chosen([(facet, value)])


@pytest.mark.parametrize("name", ["x", "e.id", "", "Topic", "facet", "entry", "topic[]", "topic "])
def test_unknown_names_are_refused(name: str) -> None:
    with pytest.raises(UnknownFilterError, match="There is no filter “"):
        chosen([(name, "children")])


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("aimed_at", "housin"), "Did you mean “Housing"), (("aimed_at", "Housing"), "(housing)?"),
        (("aimedat", "housing"), "Did you mean “Service or profession” (aimed_at)?"),
        (("topics", "x"), "“Topic” (topic)?"),
        (("topic", "childern"), "(children)?"), (("Where it applies", "Wales"), "(jurisdiction)?"),
        (("topic", "labor exploitation"), "(labour_exploitation)?"),
    ],
)  # fmt: skip
def test_what_was_probably_meant_is_said(pair: tuple[str, str], said: str) -> None:
    with pytest.raises(UnknownFilterError) as found:
        chosen([pair])
    assert said in str(found.value)


def test_what_is_like_nothing_gets_the_choices_in_words() -> None:
    with pytest.raises(UnknownFilterError) as found:
        chosen([("qqqq", "x")])
    assert "Where it applies" in str(found.value) and "aimed_at" not in str(found.value)
    with pytest.raises(UnknownFilterError) as found:
        chosen([("topic", "z" * 5000)])
    assert "Labour exploitation" in str(found.value) and "labour_exploitation" not in str(found.value)
    assert len(str(found.value)) < 1200


def test_too_many_values_are_refused() -> None:
    with pytest.raises(UnknownFilterError, match="more than 50"):
        chosen([("publisher", str(number)) for number in range(51)])


def test_every_kind_of_entry_can_be_asked_for() -> None:
    assert set(headlines._ORDER) | {"watching", "late", "older", "several", "list"} == set(CHANGES)


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([], ""),
        ([("jurisdiction", "European Union"), ("topic", "labour_exploitation"), ("kind", "report"),
          ("kind", "guidance")], "labour exploitation; European Union; guidance or report"),
        ([("exploitation", "labour")], "type of exploitation: labour exploitation"),
        ([("role", "police"), ("aimed_at", "police")], "for police lead; aimed at police"),
        ([("significance", "legal effect"), ("significance", "substantive")], "legal effect or substantive change"),
        ([("change", "gone"), ("change", "withdrawn")], "what happened: no longer found or withdrawn"),
        ([("publisher", "ho"), ("source", "a")], "published by Home Office; from a"),
        ([("kind", "act"), ("kind", "asp"), ("kind", "si")],
         "Act or Act of the Scottish Parliament or statutory instrument"),
        ([("topic", "identification_nrm"), ("toolkit", "training")],
         "identification and referral (NRM); training library"),
        ([("document", "d"), ("section", "section-45-1"), ("section", "who-acts")],
         "d; Section 45(1) or Who acts and below"),
    ],
)  # fmt: skip
def test_a_title_says_the_filter_in_words(pairs: list[tuple[str, str]], words: str) -> None:
    assert title(chosen(pairs).pairs, {("publisher", "ho"): "Home Office"}) == words


def test_no_two_values_have_the_same_words() -> None:
    every = [(facet, value) for facet in [*CLOSED, "jurisdiction", "kind"] for value in FACETS[facet].values or ()]
    titles = {pair: title((pair,)) for pair in every}
    assert len(set(titles.values())) == len(titles), sorted(titles.items(), key=lambda pair: pair[1])
    assert set(SHARED) < set(FACETS)
