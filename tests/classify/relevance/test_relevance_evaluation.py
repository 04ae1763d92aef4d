"""The figures, and what they must be: on titles of our own, and on the shared ones where they are there."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crawler.classify.relevance import classify, evaluation
from crawler.classify.relevance.labels import load_labels
from crawler.classify.relevance.lexicon import lexicon
from crawler.cli.evaluate import evaluate
from crawler.errors import ConfigError
from tests.classify.relevance.samples import OTHERS, OWN, SHARED

shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared labelled titles are not here: ../shared/relevance")


def _found(*paths: Path) -> dict[str, Any]:
    result = CliRunner().invoke(evaluate, [*map(str, paths), "--json"], catch_exceptions=False)
    assert result.exit_code == 0
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def _must(found: dict[str, Any]) -> None:
    for which in (found, found["grade1_dropped"]):
        assert which["title_summary"]["f1"] >= 0.97
        assert which["title_only"]["f1"] >= 0.95
    assert found["core_recall"] >= 0.99
    assert found["core_recall_with_review"] == 1.0
    assert found["review_share"] <= 0.03
    assert found["hard_false_positive_rate"] <= 0.04
    now, crossed = evaluation.flat(found), evaluation.flat(found["cross_validated"])
    for name in ("title_summary.f1", "title_only.f1", "core_recall", "topics_micro_f1"):
        here, there = now[name], crossed[name]
        assert here is not None, name
        assert there is not None, name
        assert abs(here - there) <= 0.04, name


@pytest.mark.recorded
@shared
def test_the_shared_titles_reach_their_figures() -> None:
    found = _found(SHARED)
    _must(found)
    assert found["topics_micro_f1"] >= 0.80


@pytest.mark.slow
def test_our_own_titles_reach_their_figures() -> None:
    found = _found(OWN)
    _must(found)
    assert found["topics_micro_f1"] >= 0.80
    assert found["titles"] >= 300


@pytest.mark.slow
@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_titles_that_others_labelled_reach_their_figures(path: Path, tmp_path: Path) -> None:
    rows = [row for row in path.read_text("utf-8").splitlines() if json.loads(row)["grade"] != 1]
    found = _found(_file(tmp_path, *rows))
    _must(found)
    assert found["topics_micro_f1"] >= 0.78  # labelled before there was a coding manual; people agree by 0.84 to 0.89
    assert found["titles"] >= 270


def test_titles_labelled_for_their_topics_alone_reach_their_figure() -> None:
    found = _found(OWN.with_name("fresh_topics.jsonl"))
    assert found["topics_micro_f1"] >= 0.84 and found["titles"] == 269  # 0.794 at first sight
    found = _found(OWN.with_name("fresh_more.jsonl"))
    # at first sight 0.823, 0.779 and 0.683, by thirds of the first 435, 0.827 on the next 150, 0.751 on the last 99
    assert found["topics_micro_f1"] >= 0.84 and found["titles"] == 684
    assert min(found["roles"]["precision"], found["aimed_at"]["precision"]) >= 0.84
    assert found["title_summary"]["precision"] >= 0.99


def test_what_is_published_unconfirmed_was_right_as_often_as_the_rules_say() -> None:
    labels = [label for path in (OWN, *OTHERS) for label in load_labels(path)]
    said = [label for label in labels if classify(label.texts(summary=True)).unconfirmed]
    told = lexicon().rules.unconfirmed
    assert (sum(label.relevant for label in said), len(said)) == (told.right, told.of)
    assert told.right >= 0.8 * told.of


@pytest.mark.recorded
@shared
def test_the_shared_titles_of_both_files_reach_their_figures_of_topics() -> None:
    found = _found(SHARED, SHARED.with_name("topics.jsonl"))
    assert found["topics_by_part"]["tuning"]["f1"] >= 0.9
    assert found["roles"]["f1"] >= 0.78
    assert min(found["roles"]["precision"], found["aimed_at"]["precision"]) >= 0.88
    often = [topic for topic, labels in found["topic_labels"].items() if labels >= 20]
    assert [topic for topic in often if found["topics"][topic]["recall"] < 0.8] == []
    assert (
        found["titles"] == found["topics_by_part"]["tuning"]["titles"] + found["topics_by_part"]["held_out"]["titles"]
    )


def test_topics_are_told_by_part_and_readers_where_somebody_gave_them(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {
            "title": f"Human trafficking statistics {number}",
            "kind": "statistics",
            "grade": 3,
            "topics": ["data_monitoring"],
        }
        for number in range(9)
    ]
    rows[0] |= {"roles": ["researcher", "police"], "aimed_at": ["policy_and_research"]}
    path = _file(tmp_path, *rows)
    held_out = sum(label.is_held_out for label in load_labels(path))
    found = _found(path)
    assert 0 < held_out < 9
    assert found["topics_by_part"]["held_out"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "titles": held_out}
    assert found["topics_by_part"]["tuning"]["titles"] == 9 - held_out
    assert found["topic_labels"]["data_monitoring"] == 9
    assert found["roles"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667}
    assert found["aimed_at"]["f1"] == 1.0
    assert found["unconfirmed"] == {"titles": 0, "right": 0, "precision": None}


@pytest.mark.slow
def test_every_figure_has_an_interval_around_it() -> None:
    found = _found(OWN)
    now = evaluation.flat({name: found[name] for name in found["cross_validated"]})
    assert now.keys() == found["intervals"].keys()
    for name, (low, high) in found["intervals"].items():
        here = now[name]
        assert here is not None, name
        assert low <= here <= high, name
    assert found["intervals"].keys() == found["cases"].keys()


def _file(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_figures_are_those_of_the_titles(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        {"title": "Human trafficking", "relevant": 1, "grade": 3, "topics": ["offences_law"], "hard": False},
        {"title": "The slave trade", "relevant": 0, "grade": 0, "topics": [], "hard": True},
        {"title": "Modern slavery", "relevant": 0, "grade": 1, "topics": [], "hard": True},
        {"title": "A road", "summary": "On human trafficking", "relevant": 1, "grade": 3, "topics": [], "hard": True},
    )
    found = _found(path)
    assert found["title_summary"] == {"precision": 0.6667, "recall": 1.0, "f1": 0.8}
    assert found["title_only"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert found["grade1_dropped"]["title_summary"]["f1"] == 1.0
    assert found["core_recall"] == found["core_recall_with_review"] == 1.0
    assert found["core_recall_title_only"] == 0.5
    assert found["hard_false_positive_rate"] == 0.5
    assert [(each["title"], each["input"], each["got"]) for each in found["errors"]] == [
        ("Modern slavery", "title_summary", "in"),
        ("Modern slavery", "title_only", "in"),
        ("A road", "title_only", "out"),
    ]
    assert found["errors"][0]["reasons"][0]["words"] == "Modern slavery"


def test_titles_without_topics_do_not_count_as_having_none(tmp_path: Path) -> None:
    about = {"title": "Gangmasters (Licensing) Act 2004", "relevant": 1, "topics": ["labour_exploitation"]}
    unsaid = {"title": "Child trafficking: practice guide", "relevant": 1}
    found = _found(_file(tmp_path, about, unsaid))
    assert (found["topics_micro_f1"], found["cases"]["topics_micro_f1"]) == (1.0, 1)
    assert found["topics"]["children"] == {"precision": None, "recall": None, "f1": None}
    found = _found(_file(tmp_path, about, {**unsaid, "topics": None}))
    assert (found["topics_micro_f1"], found["cases"]["topics_micro_f1"]) == (1.0, 1)
    found = _found(_file(tmp_path, about, {**unsaid, "topics": []}))
    assert found["topics_micro_f1"] < 1.0
    assert found["cases"]["topics_micro_f1"] == 2


def test_without_grades_there_is_no_figure_of_the_core(tmp_path: Path) -> None:
    path = _file(tmp_path, {"title": "Human trafficking", "relevant": 1}, {"title": "A road", "relevant": 0})
    found = _found(path)
    for name in (
        "core_recall", "core_recall_title_only", "core_recall_with_review", "hard_false_positive_rate",
        "topics_micro_f1",
    ):  # fmt: skip
        assert found[name] is None
        assert found["cross_validated"][name] is None
        assert found["intervals"][name] is None
        assert found["cases"][name] == 0
    assert found["title_summary"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    shown = CliRunner().invoke(evaluate, [str(path)], catch_exceptions=False).stdout
    assert [line.split()[-4:] for line in shown.splitlines() if line.startswith("hard negatives")] == [
        ["0", "\u2013", "\u2013", "\u2013"]
    ]


def test_a_grade_alone_says_what_is_relevant(tmp_path: Path) -> None:
    path = _file(tmp_path, {"title": "Human trafficking", "grade": 3}, {"title": "Modern slavery", "grade": 1})
    found = _found(path)
    assert found["relevant"] == 1
    assert found["core_recall"] == 1.0
    assert found["cases"]["core_recall"] == 1
    assert found["cases"]["grade1_dropped.title_summary.f1"] == 1


def test_where_nothing_is_relevant_and_nothing_in_there_is_neither_precision_nor_recall(tmp_path: Path) -> None:
    found = _found(_file(tmp_path, {"title": "A road", "relevant": 0}))
    assert found["title_summary"] == {"precision": None, "recall": None, "f1": None}
    found = _found(_file(tmp_path, {"title": "Human trafficking", "relevant": 0}))
    assert found["title_summary"] == {"precision": 0.0, "recall": None, "f1": 0.0}


def test_the_number_of_titles_behind_a_figure_is_told(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        {"title": "Human trafficking", "grade": 3, "topics": ["offences_law"]},
        {"title": "Modern slavery", "grade": 2},
        {"title": "The slave trade", "grade": 0, "hard": True, "topics": []},
        {"title": "A road", "grade": 0},
    )
    assert _found(path)["cases"] == {
        **{f"{before}{name}.{figure}": count for before in ("", "grade1_dropped.") for name in ("title_summary",
           "title_only") for figure, count in (("precision", 2), ("recall", 2), ("f1", 4))},
        "core_recall": 1, "core_recall_title_only": 1, "core_recall_with_review": 1, "review_share": 4,
        "hard_false_positive_rate": 1, "topics_micro_f1": 2,
    }  # fmt: skip


def test_words_of_an_address_are_not_looked_at(tmp_path: Path) -> None:
    row = {"title": "Firearms", "url": "https://a.invalid/human-trafficking/modern-slavery", "relevant": 0}
    assert _found(_file(tmp_path, row))["errors"] == []


def test_the_table_shows_figures_and_errors(tmp_path: Path) -> None:
    path = _file(tmp_path, {"title": "Human trafficking", "relevant": 0}, {"title": "A road", "relevant": 1})
    shown = CliRunner().invoke(evaluate, [str(path)], catch_exceptions=False).stdout
    assert "title_summary: Human trafficking" in shown
    assert "expected out, got in" in shown
    assert "expected in, got out (0): nothing counted" in shown


def test_a_file_that_holds_something_else_is_told_in_few_lines(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text("no label\n" * 300, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_labels(path)
    told = str(caught.value).splitlines()
    assert len(told) == 21 and "labels.jsonl:1: not JSON" in told[0] and told[-1].endswith(": 280 more mistakes")


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("{", "labels.jsonl:2: not JSON"),
        ("[1]", "labels.jsonl:2: not a JSON object"),
        ({"relevant": 1}, "labels.jsonl:2: title: missing"),
        ({"title": 3, "relevant": 1}, "labels.jsonl:2: title: 3; expected text"),
        ({"title": "A"}, "labels.jsonl:2: relevant: missing"),
        ({"title": "A", "relevant": "yes"}, "labels.jsonl:2: relevant: 'yes'; expected 0 or 1"),
        ({"title": "A", "grade": None}, "labels.jsonl:2: relevant: missing"),
        ({"title": "A", "grade": 7}, "labels.jsonl:2: grade: 7; expected 0, 1, 2 or 3"),
        ({"title": "A", "grade": 3, "topics": ["law"]}, "labels.jsonl:2: topics: 'law': unknown topic"),
        ({"title": "A", "grade": 3, "roles": ["polic"]}, "labels.jsonl:2: roles: 'polic': unknown role"),
        ({"title": "A", "grade": 3, "topics": "law"}, "labels.jsonl:2: topics: 'law'; expected a list"),
    ],
)
def test_a_mistake_in_the_labels_is_told_with_its_line(tmp_path: Path, row: object, cause: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_labels(_file(tmp_path, {"title": "A", "relevant": 1}, row))
    assert cause in str(caught.value)


def test_labels_that_are_not_there_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path, _file(tmp_path)):
        with pytest.raises(ConfigError):
            load_labels(path)
