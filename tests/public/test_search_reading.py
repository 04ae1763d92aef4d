"""How a question is read: provisions, numbers, words that count less, alternatives; any text at all."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import SourcesError
from crawler.public.search import MAX_QUERY_CHARACTERS
from crawler.public.search.parse_query import MAX_QUERY_WORDS, Query, parse_query, search_rules
from crawler.public.search.stems import TOKENIZER, stems, words
from crawler.sources.search_rules import MAX_BEST_BETS, read_search_rules

BITS = (
    "section", "s", "ss.", "s54", "54(2)", "(", ")", "8", "1-99999", "to", "and", "schedule", "para", "annex", "E",
    "2024/1712", "2015", "c.", "30", '"', "\u201c", "'", "ECAT", "NEAR", "OR", "*", "^", "§", "\u0663", "3.4.5.6",
    "32011L0036", "IV", "https://www.legislation.gov.uk/ukpga/2015/30/section/45", "http://[", "celex:", "x" * 60,
    "come into force", "how many", "[2011] UKSC 1", "COM(2025) 8", "\x00", "\u202e",
)  # fmt: skip


def read(text: str) -> Query:
    return parse_query(text, search_rules())


def said(text: str) -> dict[str, set[str]]:
    """Return the words of a question, each with the ways to say it."""
    return {word.typed: {term.words for term in word.terms} for word in read(text).words}


@given(st.text(max_size=300) | st.lists(st.sampled_from(BITS), max_size=40).map(" ".join))
def test_any_text_is_a_question_of_bounded_length(text: str) -> None:
    query = read(text)
    assert len(query.text) <= MAX_QUERY_CHARACTERS and len(query.words) <= MAX_QUERY_WORDS
    assert all(word.weight > 0 and word.terms for word in query.words)
    assert all("\x00" not in term.words for word in query.words for term in word.terms)


def test_a_long_question_costs_no_more_than_a_short_one() -> None:
    assert read("section " * 100_000).text == read("section " * 1_000).text


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("s.45 defence", ["section 45"]),
        ("ss 45 and 46", ["section 45", "section 46"]),
        ("sec 45(1)(a)", ["section 45(1)(a)"]),
        ("art 4 ECAT", ["article 4"]),
        ("sch 4", ["schedule 4"]),
        ("reg 3", ["regulation 3"]),
        ("para 3 of sch. 2", ["schedule 2, paragraph 3"]),
        ("annex e", ["annex E"]),
        ("https://www.legislation.gov.uk/ukpga/2015/30/section/45", ["section 45"]),
        ("schedule a meeting", []),
        ("Regulation (EU) 2024/3015", []),
        ("regulations 2019", []),
        ("Sample Fees Regulations 2016 and 2019, regulation 3", ["regulation 3"]),
        ("section 1, 2015 act", ["section 1"]),
        ("section 2019(2)", ["section 2019(2)"]),
    ],
)
def test_provisions_are_read_however_they_are_cited(text: str, cited: list[str]) -> None:
    assert [provision.words for provision in read(text).cited] == cited


def test_short_names_are_looked_for_in_full_and_everyday_words_as_the_law_has_them() -> None:
    assert "national referral mechanism" in said("NRM form")["nrm"]
    assert "imprisonment" in said("prison for trafficking")["prison"]
    assert "sexual services" in said("paying for sex")["sex"]
    assert said("how many victims")["how"] == {"statistics", "figures"}
    assert "how" not in said("how many days") and "working days" in said("how many days")["days"]
    assert said("Bericht Schweiz")["schweiz"] == said("rapport Suisse")["suisse"] - {"suisse"} | {"schweiz"}
    assert {"statistics"} <= read("how many victims").kinds and "statistics" not in read("how many days").kinds
    assert "act" not in read("report on the Act").kinds and "act" in read("report of the Act").kinds


def test_a_number_of_several_parts_is_one_word() -> None:
    assert list(said("C-66/18 on N. Ireland")) == ["northern", "ireland", "C-66/18"]


def test_initials_are_one_name() -> None:
    assert list(said("S.M. v. Croatia")) == ["s m", "croatia"] and said("S.M. v. Croatia")["s m"] == {"s m", "sm"}
    assert "e g" not in said("coercion e.g. threats") and list(said("s.45 of 2015 c.30"))[-1] == "section 45"


def test_words_that_only_shape_a_question_count_less() -> None:
    weights = {word.typed: word.weight for word in read("what is the latest guidance of March 2023 on consent").words}
    assert weights == {"latest": 0.35, "guidance": 0.35, "march": 0.35, "2023": 0.6, "consent": 1.0}


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("when did section 54 come into force", "start"),
        ("is it in force", "start"),
        ("when did it start", "start"),
        ("what changed in section 45", "change"),
        ("section 45", ""),
    ],
)
def test_what_is_asked_of_a_provision_is_read(text: str, asks: str) -> None:
    assert read(text).asks == asks


def test_a_question_of_nothing_but_common_words_is_looked_for_as_it_is() -> None:
    assert list(said("the of and")) == ["the", "of", "and"]
    assert read("?!").words == () and read("").words == ()


@given(st.text(max_size=60))
def test_words_are_stemmed_as_the_index_does(text: str) -> None:
    index = sqlite3.connect(":memory:")
    index.execute(f"create virtual table t using fts5(x, tokenize='{TOKENIZER}')")
    index.execute("create virtual table v using fts5vocab(t, instance)")
    for word in words(text):
        index.execute("delete from t")
        index.execute("insert into t values (?)", [word])
        expected = [row[0] for row in index.execute("select term from v order by offset")]
        assert stems(word)[:1] == (expected[:1] or [word])
    index.close()


def test_the_rules_are_read_strictly() -> None:
    rules = search_rules()
    assert rules.lead[0] == "ukpga/2015/30" and len(rules.best_bets) <= MAX_BEST_BETS
    assert not rules.ignored & rules.shaping
    with pytest.raises(SourcesError, match="best_bets"):
        read_search_rules("lead: [a]\nignored: a\nshaping: b\nthesaurus: {}\nbest_bets: [{asked: [x]}]\n", "x.yaml")
