"""How good the rules are on labelled titles: figures, their intervals, and what stays of them on unseen titles.

Cross-validation chooses what can be chosen (the border of *in*, the strength of a topic) anew on each training part and
judges on the part that is left out. The words and weights themselves are made by hand; see ``docs/relevance.md`` for
how they did on titles nobody had looked at.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from crawler.classify.relevance.classify import classify
from crawler.classify.relevance.labels import CORE, MARGINAL, Labelled
from crawler.classify.relevance.lexicon import Lexicon, lexicon
from crawler.classify.relevance.values import Classified

STRENGTHS = (0.35, 0.45, 0.55, 0.65, 0.8)
"""Borders of a topic that cross-validation chooses from, beside the one in the file."""
SEED, RESAMPLES, FOLDS, REPEATS = 20261124, 1000, 5, 5
Figures = dict[str, float | None]
"""Figures by name; None where no title is behind one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleResult:
    """A labelled title, what the rules say of it, and the topics they would give from other strengths on."""

    label: Labelled
    full: Classified
    title: Classified
    topics: Mapping[float, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What counts for the figures: in with title and summary, in with the title alone, in review, and the topics.

    ``unconfirmed``: in review, and published without a person. What is not in has no topics and concerns nobody.
    """

    label: Labelled
    full: bool
    title: bool
    review: bool
    unconfirmed: bool
    topics: frozenset[str]
    roles: frozenset[str]
    aimed_at: frozenset[str]


def judge(labels: Sequence[Labelled], rules: Lexicon | None = None) -> tuple[TitleResult, ...]:
    """Return what the rules, ours where none are given, say of labelled titles."""
    used = rules or lexicon()
    borders = used.rules.borders
    others = {
        strength: replace(used, rules=replace(used.rules, borders=replace(borders, topic=strength)))
        for strength in {*STRENGTHS, borders.topic}
    }
    found = []
    for label in labels:
        full, title = label.texts(summary=True), label.texts(summary=False)
        topics = {strength: _topics(classify(full, other)) for strength, other in others.items()}
        found.append(TitleResult(label=label, full=classify(full, used), title=classify(title, used), topics=topics))
    return tuple(found)


def _topics(classified: Classified) -> frozenset[str]:
    return frozenset(topic.value for topic in classified.topics)


def outcomes(judged: Sequence[TitleResult], border: float, review: float, strength: float) -> list[Outcome]:
    """Return the outcomes at some borders."""
    return [
        Outcome(
            label=each.label,
            full=each.full.score >= border,
            title=each.title.score >= border,
            review=review <= each.full.score < border,
            unconfirmed=each.full.unconfirmed,
            topics=each.topics[strength] if each.full.score >= border else frozenset(),
            roles=_values(each.full, "role", border),
            aimed_at=_values(each.full, "aimed_at", border),
        )
        for each in judged
    ]


def _values(classified: Classified, facet: str, border: float) -> frozenset[str]:
    return frozenset(found.value for found in classified.facets.get(facet, ()) if classified.score >= border)


def outcomes_at_borders(judged: Sequence[TitleResult], rules: Lexicon | None = None) -> list[Outcome]:
    """Return the outcomes at the borders in the file."""
    borders = (rules or lexicon()).rules.borders
    return outcomes(judged, borders.in_, borders.review, borders.topic)


def figures(found: Sequence[Outcome]) -> dict[str, Figures | float | dict[str, Figures] | None]:
    """Return the figures of outcomes, by the names of ``roundup evaluate --json``."""
    kept, core, hard = _kept(found), _core(found), _hard(found)
    return {
        "title_summary": rates([(each.label.relevant, each.full) for each in found]),
        "title_only": rates([(each.label.relevant, each.title) for each in found]),
        "grade1_dropped": {
            "title_summary": rates([(each.label.relevant, each.full) for each in kept]),
            "title_only": rates([(each.label.relevant, each.title) for each in kept]),
        },
        "core_recall": _share(core, lambda each: each.full),
        "core_recall_title_only": _share(core, lambda each: each.title),
        "core_recall_with_review": _share(core, lambda each: each.full or each.review),
        "review_share": _share(found, lambda each: each.review),
        "hard_false_positive_rate": _share(hard, lambda each: each.full),
        "topics_micro_f1": topics_of(found)["f1"],
    }


def cases(found: Sequence[Outcome]) -> dict[str, int]:
    """Return how many titles are behind each figure, by its name on one level."""
    kept, core = _kept(found), len(_core(found))
    counts: dict[str, int] = {}
    for before, titles in (("", found), ("grade1_dropped.", kept)):
        for name, said in (
            ("title_summary", sum(each.full for each in titles)),
            ("title_only", sum(each.title for each in titles)),
        ):
            counts |= {
                f"{before}{name}.precision": said,
                f"{before}{name}.recall": sum(each.label.relevant for each in titles),
                f"{before}{name}.f1": len(titles),
            }
    return counts | {
        "core_recall": core,
        "core_recall_title_only": core,
        "core_recall_with_review": core,
        "review_share": len(found),
        "hard_false_positive_rate": len(_hard(found)),
        "topics_micro_f1": sum(each.label.topics is not None for each in found),
    }


def _kept(found: Sequence[Outcome]) -> list[Outcome]:
    return [each for each in found if each.label.grade != MARGINAL]


def _core(found: Sequence[Outcome]) -> list[Outcome]:
    return [each for each in found if each.label.grade == CORE]


def _hard(found: Sequence[Outcome]) -> list[Outcome]:
    return [each for each in found if each.label.hard and not each.label.relevant]


def rates(pairs: Sequence[tuple[bool, bool]]) -> Figures:
    """Return precision, recall and F1 of pairs of what was wanted and what was said."""
    hits = sum(wanted and said for wanted, said in pairs)
    return _f1(hits, sum(said for _, said in pairs), sum(wanted for wanted, _ in pairs))


def topics_of(found: Sequence[Outcome], topic: str = "") -> Figures:
    """Return precision, recall and F1 of all topics together, or of one; titles nobody gave topics do not count."""
    pairs = [(each.label.topics, each.topics) for each in found if each.label.topics is not None]
    return _micro([(want & {topic}, got & {topic}) for want, got in pairs] if topic else pairs)


def concern_figures(found: Sequence[Outcome]) -> dict[str, Figures]:
    """Return precision, recall and F1 of roles and of whom titles are aimed at; those nobody gave any do not count."""
    roles = [(each.label.roles, each.roles) for each in found if each.label.roles is not None]
    aimed_at = [(each.label.aimed_at, each.aimed_at) for each in found if each.label.aimed_at is not None]
    return {"roles": _micro(roles), "aimed_at": _micro(aimed_at)}


def parts(found: Sequence[Outcome]) -> dict[str, dict[str, float | None]]:
    """Return the figures of topics by part: the titles that words were taken from, and those that are held out."""
    return {
        name: {**topics_of(part), "titles": sum(each.label.topics is not None for each in part)}
        for name, part in (
            ("tuning", [each for each in found if not each.label.is_held_out]),
            ("held_out", [each for each in found if each.label.is_held_out]),
        )
    }


def review_counts(found: Sequence[Outcome]) -> dict[str, dict[str, float | None]]:
    """Return how many titles are in review, of which how many are relevant; the same of what goes unconfirmed."""
    return {
        name: _right(some)
        for name, some in (
            ("review", [each for each in found if each.review]),
            ("unconfirmed", [each for each in found if each.unconfirmed]),
        )
    }


def _right(found: Sequence[Outcome]) -> dict[str, float | None]:
    right = sum(each.label.relevant for each in found)
    return {"titles": len(found), "right": right, "precision": _ratio(right, len(found))}


def _micro(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> Figures:
    hits = sum(len(want & got) for want, got in pairs)
    return _f1(hits, sum(len(got) for _, got in pairs), sum(len(want) for want, _ in pairs))


def _f1(hits: int, said: int, wanted: int) -> Figures:
    return {
        "precision": _ratio(hits, said),
        "recall": _ratio(hits, wanted),
        "f1": _ratio(2 * hits, said + wanted),
    }


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _share(found: Sequence[Outcome], fits: Callable[[Outcome], bool]) -> float | None:
    return _ratio(sum(map(fits, found)), len(found))


def flat(found: Mapping[str, object], before: str = "") -> dict[str, float | None]:
    """Return figures within figures as one level: ``title_only.f1``."""
    result: dict[str, float | None] = {}
    for name, value in found.items():
        if isinstance(value, Mapping):
            result |= flat(value, f"{before}{name}.")
        elif value is None or isinstance(value, int | float):
            result[before + name] = value if value is None else float(value)
    return result


def intervals(found: Sequence[Outcome], resamples: int = RESAMPLES) -> dict[str, tuple[float, float] | None]:
    """Return the 95 % bootstrap interval of each figure, None where there is no figure.

    The same titles always give the same. A sample in which no title is behind a figure says nothing about it.
    """
    random = Random(SEED)
    drawn = [flat(figures(random.choices(found, k=len(found)))) for _ in range(resamples)]
    return {
        name: None if figure is None else _interval([each[name] for each in drawn])
        for name, figure in flat(figures(found)).items()
    }


def _interval(drawn: Sequence[float | None]) -> tuple[float, float] | None:
    ranked = sorted(each for each in drawn if each is not None)
    if not ranked:
        return None
    return ranked[int(0.025 * len(ranked))], ranked[max(int(0.975 * len(ranked)) - 1, 0)]


def cross_validated(
    judged: Sequence[TitleResult], rules: Lexicon | None = None, repeats: int = REPEATS
) -> list[Outcome]:
    """Return the outcomes of titles when each was left out of choosing the borders, of all repeats together."""
    share = (rules or lexicon()).rules.borders
    found: list[Outcome] = []
    for repeat in range(repeats):
        parts = folds(judged, Random(SEED + repeat))
        for part in parts:
            training = [each for other in parts if other is not part for each in other]
            border, strength = _chosen(training, share.in_, share.topic)
            found += outcomes(part, border, border * share.review / share.in_, strength)
    return found


def folds(judged: Sequence[TitleResult], random: Random) -> list[list[TitleResult]]:
    """Return the titles in parts with the same share of every grade, of hard and of easy ones."""
    parts: list[list[TitleResult]] = [[] for _ in range(FOLDS)]
    groups: dict[tuple[int, bool, bool], list[TitleResult]] = {}
    for each in judged:
        grade = -1 if each.label.grade is None else each.label.grade
        groups.setdefault((grade, each.label.relevant, each.label.hard), []).append(each)
    place = 0
    for _, group in sorted(groups.items()):
        random.shuffle(group)
        for each in group:
            parts[place % FOLDS].append(each)
            place += 1
    return [part for part in parts if part]


def _chosen(training: Sequence[TitleResult], border: float, strength: float) -> tuple[float, float]:
    """Return the border of *in* and the strength of a topic that do best; of equals the one nearest to the file's."""
    borders = {border, *(round(border * step / 10, 2) for step in range(5, 16))}
    ranked = sorted(borders, key=lambda each: (-_both(training, each), abs(each - border), each))
    reached = {
        each: topics_of(outcomes(training, ranked[0], 0.0, each))["f1"] or 0.0
        for each in (training[0].topics if training else (strength,))
    }
    return ranked[0], min(reached, key=lambda each: (-reached[each], abs(each - strength), each))


def _both(training: Sequence[TitleResult], border: float) -> float:
    """Return F1 with and without summaries, together."""
    return sum(
        rates([(each.label.relevant, score >= border) for each, score in pairs])["f1"] or 0.0
        for pairs in (
            [(each, each.full.score) for each in training],
            [(each, each.title.score) for each in training],
        )
    )
