"""Short ways to classify."""

from pathlib import Path

from crawler.classify.relevance import Classified, Texts, classify

OWN = Path(__file__).with_name("own_titles.jsonl")
OTHERS = sorted(Path(__file__).with_name("others").glob("*.jsonl"))
"""Titles that other people labelled, who knew nothing of the rules."""
SHARED = Path(__file__).parents[4] / "shared" / "relevance" / "labelled.jsonl"


def said(title: str, publisher: str = "", kind: str = "", *, summary: str = "", identifier: str = "") -> Classified:
    """Return what is said of a title."""
    identifiers = (identifier,) if identifier else ()
    return classify(Texts(title=title, summary=summary, publisher=publisher, kind=kind, identifiers=identifiers))


def topics(title: str, publisher: str = "", kind: str = "", *, summary: str = "") -> set[str]:
    """Return the topics of a title."""
    return {topic.value for topic in said(title, publisher, kind, summary=summary).topics}


def values(classified: Classified, facet: str) -> set[str]:
    """Return the values of a facet."""
    return {found.value for found in classified.facets.get(facet, ())}
