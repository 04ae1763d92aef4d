"""The blocks that people keep by hand beside the sources, read strictly from a file and leniently from the archive.

Nothing that was captured is filed under them. So of an old file an entry that does not pass any more is left out, and
so is a value that need not be there; in the end there may be none.
"""

from typing import TypeVar
from urllib.parse import urlsplit

from crawler.sources import neutral_citations, validators
from crawler.sources.curated.values import (
    ByHand,
    Collection,
    Curated,
    Judgment,
    Judgments,
    KeptByHand,
    Series,
)
from crawler.sources.diagnostics import Problems, passing
from crawler.sources.rules import Raw, check_name, check_twice, entries, mapping
from crawler.sources.yaml_positions import Place

_Model = TypeVar("_Model")


def check_curated(file: Raw, problems: Problems) -> None:
    """Record what is wrong with these blocks in the light of the rest of the file."""
    check_twice(file, ("series",), "id", problems)
    check_twice(file, ("collections",), "id", problems)
    check_twice(file, ("judgments", "list"), "citation", problems)
    known = [name for _, raw in entries(file, "sources") if isinstance(name := raw.get("id"), str)]
    publishers = mapping(file, "publishers")
    for place, raw in (*entries(file, "series"), *entries(file, "collections")):
        named = raw.get("sources")
        for number, name in enumerate(named if isinstance(named, list) else ()):
            check_name(name, known, "sources", (*place, "sources", number), problems)
    for place, raw in entries(file, "series"):
        check_name(raw.get("publisher"), publishers, "publishers", (*place, "publisher"), problems)
    for place, raw in entries(file, "collections"):
        if not raw.get("documents") and not raw.get("sources"):
            problems.add(place, "empty; expected documents, sources, or both")
    for place, raw in entries(file, "judgments", "list"):
        _check_judgment(raw, place, problems)
    _check_by_hand(file, publishers, problems)


def curated_of_archive(file: Raw) -> Curated:
    """Return these blocks of a file that was right when it was archived: what does not pass is left out."""
    return Curated(
        series=_passing(Series, file, "id", "series"),
        collections=_passing(Collection, file, "id", "collections"),
        judgments=Judgments(
            reviewed=_reviewed(file, "judgments"), kept=_passing(Judgment, file, "citation", "judgments", "list")
        ),
        by_hand=ByHand(reviewed=_reviewed(file, "by_hand"), kept=_passing(KeptByHand, file, "id", "by_hand", "list")),
    )


def _reviewed(file: Raw, block: str) -> str:
    try:
        return neutral_citations.day(mapping(file, block).get("reviewed"))
    except ValueError:
        return ""


def _passing(model: type[_Model], file: Raw, key: str, *block: str) -> tuple[_Model, ...]:
    found: dict[object, _Model] = {}
    for _, raw in entries(file, *block):
        value = passing(model, raw)[0]
        if value is not None:
            found.setdefault(getattr(value, key), value)
    return tuple(found.values())


def _check_judgment(raw: Raw, place: Place, problems: Problems) -> None:
    """Record a date or an address that cannot be those of the judgment with this citation."""
    try:
        text = neutral_citations.citation(raw.get("citation"))
        decided = neutral_citations.part_day(raw.get("date"))
        where = neutral_citations.official(raw.get("url"))
    except ValueError:
        return  # The shape of the entry says so already.
    if abs(int(decided[:4]) - neutral_citations.year(text)) > 1:
        problems.add((*place, "date"), f"{decided}; expected a day of about the year of {text}")
    parts = urlsplit(where)
    if parts.netloc == neutral_citations.FIND_CASE_LAW and parts.path.rstrip("/") != neutral_citations.path(text):
        problems.add(
            (*place, "url"), f"{where!r}; expected https://{parts.netloc}{neutral_citations.path(text)} for {text}"
        )


def _check_by_hand(file: Raw, publishers: Raw, problems: Problems) -> None:
    """Record documents by hand that stand twice, or whose publisher looks like an id of which there is no entry."""
    taken: set[tuple[str, ...]] = set()
    for place, raw in entries(file, "by_hand", "list"):
        named = raw.get("publisher")
        if isinstance(named, str) and validators.is_slug(named):
            check_name(named, publishers, "publishers", (*place, "publisher"), problems)
        key = (raw.get("title"), named, raw.get("date"))
        if (spelled := tuple(map(str, key))) in taken and None not in key:
            problems.add((*place, "title"), "stands twice with this publisher and date; expected one of its own")
        taken.add(spelled)
