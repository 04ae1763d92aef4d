"""The command that measures the rules of relevance: evaluate."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from crawler.classify.relevance import Classified, evaluation, version
from crawler.classify.relevance.labels import Labelled, load_labels
from crawler.sources.vocabulary import TOPICS
from crawler.text import counted

_NAMES = {
    "title_summary.f1": "title and summary: F1",
    "title_summary.precision": "    precision",
    "title_summary.recall": "    recall",
    "title_only.f1": "title alone: F1",
    "title_only.precision": "    precision",
    "title_only.recall": "    recall",
    "grade1_dropped.title_summary.f1": "grade 1 dropped, title and summary: F1",
    "grade1_dropped.title_only.f1": "grade 1 dropped, title alone: F1",
    "core_recall": "core (grade 3) that is in",
    "core_recall_title_only": "core that is in, title alone",
    "core_recall_with_review": "core that is in or in review",
    "review_share": "titles in review",
    "hard_false_positive_rate": "hard negatives that are in",
    "topics_micro_f1": "topics: micro F1",
}

_PARTS = {"tuning": "titles that words are taken from", "held_out": "titles held out"}


@click.command()
@click.argument("labels", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.option(
    "--repeats", type=click.IntRange(min=1, max=100), default=evaluation.REPEATS, show_default=True,
    help="How often the cross-validation is repeated.",
)  # fmt: skip
def evaluate(labels: tuple[Path, ...], as_json: bool, repeats: int) -> None:
    """Measure the rules of relevance on labelled titles, one JSON object a line, of all files together.

    Positive is the band in. Each figure comes with its number of titles, 95 % bootstrap interval and cross-validation.
    """
    judged = evaluation.judge([label for file in labels for label in load_labels(file)])
    found = _measured(judged, repeats)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for line in _table(found):
        click.echo(line)


def _measured(judged: Sequence[evaluation.TitleResult], repeats: int) -> dict[str, Any]:
    tuned = evaluation.outcomes_at_borders(judged)
    crossed = evaluation.cross_validated(judged, repeats=repeats)
    return {
        **evaluation.figures(tuned),
        "cross_validated": evaluation.figures(crossed),
        "intervals": evaluation.intervals(tuned),
        "cases": evaluation.cases(tuned),
        "topics": {topic: evaluation.topics_of(tuned, topic) for topic in TOPICS},
        "topic_labels": {topic: _labels(judged, topic) for topic in TOPICS},
        "topics_by_part": evaluation.parts(tuned),
        **evaluation.concern_figures(tuned),
        **evaluation.review_counts(tuned),
        "titles": len(judged),
        "relevant": sum(each.label.relevant for each in judged),
        "rules": version(),
        "errors": list(_errors(judged)),
    }


def _labels(judged: Sequence[evaluation.TitleResult], topic: str) -> int:
    return sum(topic in (each.label.topics or ()) for each in judged)


def _errors(judged: Sequence[evaluation.TitleResult]) -> Iterator[dict[str, Any]]:
    """Yield the titles that the rules get wrong, with the summary or without."""
    for each in judged:
        for name, got in (("title_summary", each.full), ("title_only", each.title)):
            if (got.band == "in") != each.label.relevant:
                yield _error(each.label, name, got)


def _error(label: Labelled, name: str, got: Classified) -> dict[str, Any]:
    return {
        "input": name,
        "title": label.title,
        "publisher": label.publisher,
        "expected": "in" if label.relevant else "out",
        "got": got.band,
        "grade": label.grade,
        "score": got.score,
        "reasons": [
            {"place": each.place, "words": each.words, "weight": round(each.weight, 3), "rule": each.rule}
            for each in got.reasons
        ],
    }


def _subjects(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the figures of topics by part and one by one, of roles and aimed at, and of what waits for a person."""
    yield f"{'':<42}{'titles':>7}{'precision':>11}{'recall':>8}{'F1':>8}"
    parts = found["topics_by_part"]
    rows = [(f"topics, {words}", parts[name]["titles"], parts[name]) for name, words in _PARTS.items()]
    rows += [(f"    {topic}", found["topic_labels"][topic], each) for topic, each in found["topics"].items()]
    rows += [(words, None, found[name]) for name, words in (("roles", "roles"), ("aimed_at", "aimed at"))]
    for words, titles, each in rows:
        count = "" if titles is None else titles
        yield f"{words:<42}{count:>7}{_shown(each['precision']):>11}{_shown(each['recall']):>8}{_shown(each['f1']):>8}"
    for name, words in (("review", "in review"), ("unconfirmed", "    of these published unconfirmed")):
        yield f"{words:<42}{found[name]['titles']:>7}{_shown(found[name]['precision']):>11}"


def _shown(figure: float | None) -> str:
    return "\u2013" if figure is None else f"{figure:.3f}"


def _table(found: Mapping[str, Any]) -> Iterator[str]:
    figures = evaluation.flat({name: found[name] for name in found["cross_validated"]})
    crossed = evaluation.flat(found["cross_validated"])
    yield f"{counted(found['titles'], 'title')}, {found['relevant']} relevant, rules {found['rules']}"
    yield f"{'':<42}{'titles':>7}{'now':>7}{'95 % interval':>17}{'cross-validated':>17}"
    for name, words in _NAMES.items():
        within = " - ".join(map(_shown, found["intervals"][name] or (None,)))
        yield (f"{words:<42}{found['cases'][name]:>7}{_shown(figures[name]):>7}{within:>17}{_shown(crossed[name]):>17}")
    yield from _subjects(found)
    yield f"{len(found['errors'])} wrong"
    for each in found["errors"]:
        why = "; ".join(f"{reason['words']} {reason['weight']:+g} ({reason['rule']})" for reason in each["reasons"])
        yield f"{each['input']}: {each['title']}"
        yield f"    expected {each['expected']}, got {each['got']} ({each['score']:g}): {why or 'nothing counted'}"
