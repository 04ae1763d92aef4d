"""Results: one of each family of documents, with the provision that answers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.law.days import MONTHS
from crawler.public.search.score import Importance, Passage, Row, Scored, dated
from crawler.public.search.stems import words

MIN_PROVISION_SHARE = 0.15
"""Share that a provision must say of what the title does not; of less, the document is shown as a whole."""

MAX_SHORT_PROVISIONS = 2
"""Of a document that has no more, one is always shown."""

MIN_ALSO_SHARE = 0.6

MIN_EDITION_SHARE = 0.8
"""What an edition must score of the best one to go before it by its day: it answers as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One result: a document, its passage where a provision answers, else None.

    ``also`` is another provision of it that answers nearly as well, ``others`` are further parts of its family.
    """

    scored: Scored
    passage: Passage | None
    also: Passage | None
    others: Sequence[Scored]

    @property
    def path(self) -> str:
        """The path of the provision that answers, empty where the document as a whole does."""
        return str(self.passage.row["path"]) if self.passage else ""


def families(scored: Sequence[Scored], asked: Importance) -> list[Result]:
    """Return results, one for each family: its best member, and its other ones; of editions the newest first."""
    members: dict[str, list[Scored]] = {}
    for one in scored:
        members.setdefault(one.document["original"] or one.document["root"], []).append(one)
    return _newest_edition_first([_result(family) for family in members.values()], asked)


def _result(family: Sequence[Scored]) -> Result:
    passage = _answering(family[0])
    return Result(scored=family[0], passage=passage, also=_also(family[0], passage), others=family[1:4])


def _newest_edition_first(results: list[Result], asked: Importance) -> list[Result]:
    """Return results with editions of one another in the order of their days, in the places that they have."""
    editions: dict[tuple[str, ...], list[int]] = {}
    for place, result in enumerate(results):
        title = _without_edition(result.scored.document, asked)
        best = editions.setdefault(title, [place])[0]
        if place > best and result.scored.score >= MIN_EDITION_SHARE * results[best].scored.score:
            editions[title].append(place)
    ordered = list(results)
    for places in editions.values():
        newest = sorted((results[place] for place in places), key=_edition, reverse=True)
        for place, result in zip(places, newest, strict=True):
            ordered[place] = result
    return ordered


def _without_edition(document: Row, asked: Importance) -> tuple[str, ...]:
    """Return what editions of a document have in common: publisher, and title without numbers and months.

    Those that are asked for stay, of its title and of its day.

    Where the newest is asked for, all that a publisher has of one kind are editions.
    """
    publisher = document["publisher"] or ""
    if asked.query.asks_newest:
        return (publisher, document["kind"])
    asked_for = asked.stems | {word.typed for word in asked.query.words}
    said = (word for word in words(document["title"]) if word in asked_for or not (word.isdigit() or word in MONTHS))
    return (publisher, *said, *sorted(dated(document) & asked.days if asked.days else ()))


def _edition(result: Result) -> str:
    document = result.scored.document
    return max(document["published"] or "", document["updated"] or "")


def _also(scored: Scored, passage: Passage | None) -> Passage | None:
    """Return another provision that answers nearly as well as the one shown, None where there is none."""
    others = [other for other in scored.passages if passage and other.row["path"] != passage.row["path"]]
    near = [other for other in others if passage and other.share >= MIN_ALSO_SHARE * passage.share]
    return near[0] if near else None


def _answering(scored: Scored) -> Passage | None:
    """Return the passage that answers, None where the document as a whole does."""
    best = next(iter(scored.passages), None)
    if best is None:
        return None
    is_short = scored.document["provisions"] <= MAX_SHORT_PROVISIONS
    return best if best.is_cited or is_short or best.gain >= MIN_PROVISION_SHARE else None
