"""The blocks ``series``, ``collections`` and ``judgments``, read strictly from a file and leniently from the archive.

Nothing that was captured is filed under them. So of an old file an entry that does not pass any more is left out, and
so is a value that need not be there; in the end there may be none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import ValidationError

from crawler.sources import citations
from crawler.sources.curated.models import CollectionShape, JudgmentShape, JudgmentsShape, SeriesShape
from crawler.sources.curated.values import Collection, Curated, Judgment, Judgments, Series
from crawler.sources.diagnostics import Problems, Strict, check, meant
from crawler.sources.rules import Raw, mapping
from crawler.sources.yaml_positions import Place

BLOCKS = ("series", "collections", "judgments")
"""All of them optional."""

_Model = TypeVar("_Model", bound=Strict)


def curated(file: Raw, problems: Problems) -> Curated:
    """Give the three blocks of a file; what is wrong with them is noted."""
    series = list(_entries(SeriesShape, file.get("series"), ("series",), "id", problems))
    collections = list(_entries(CollectionShape, file.get("collections"), ("collections",), "id", problems))
    known = [name for each in _listed(file.get("sources")) if isinstance(name := mapping(each).get("id"), str)]
    for place, raw in _raw(file, ("series",), ("collections",)):
        _check_sources(raw, place, known, problems)
    for place, raw in _raw(file, ("series",)):
        _check_publisher(raw, place, mapping(file, "publishers"), problems)
    for place, raw in _raw(file, ("collections",)):
        if not raw.get("documents") and not raw.get("sources"):
            problems.add(place, "empty; expected documents, sources, or both")
    return Curated(
        series=tuple(_series(each) for each in series),
        collections=tuple(_collection(each) for each in collections),
        judgments=_judgments(file, problems),
    )


def recorded(file: Raw) -> Curated:
    """Give the three blocks of a file that was right when it was archived: what does not pass is left out."""
    block = mapping(file, "judgments")
    kept = _passing_all(JudgmentShape, block.get("list"), "citation")
    reviewed = _passing(JudgmentsShape, {"reviewed": block.get("reviewed"), "list": [None]})
    return Curated(
        series=tuple(_series(each) for each in _passing_all(SeriesShape, file.get("series"), "id")),
        collections=tuple(_collection(each) for each in _passing_all(CollectionShape, file.get("collections"), "id")),
        judgments=Judgments(reviewed=reviewed.reviewed if reviewed else "", kept=tuple(map(_judgment, kept))),
    )


def _entries(model: type[_Model], value: object, place: Place, key: str, problems: Problems) -> Iterator[_Model]:
    """Give the entries of a list that pass, each with a key of its own."""
    if value is not None and not isinstance(value, list):
        problems.add(place, "expected a list")
    taken: set[object] = set()
    for number, entry in enumerate(_listed(value)):
        name = mapping(entry).get(key)
        if isinstance(name, str) and name in taken:
            problems.add((*place, number, key), "stands twice; expected one of its own")
        taken.add(name if isinstance(name, str) else None)
        shape = check(model, entry, (*place, number), problems)
        if shape is not None:
            yield shape


def _judgments(file: Raw, problems: Problems) -> Judgments:
    if "judgments" not in file:
        return Judgments()
    shape = check(JudgmentsShape, file["judgments"], ("judgments",), problems)
    listed = mapping(file, "judgments").get("list")
    kept = [_judgment(each) for each in _entries(JudgmentShape, listed, ("judgments", "list"), "citation", problems)]
    for place, raw in _raw(file, ("judgments", "list")):
        _check_judgment(raw, place, problems)
    return Judgments(reviewed=shape.reviewed if shape else "", kept=tuple(kept))


def _check_judgment(raw: Raw, place: Place, problems: Problems) -> None:
    """Note a date or an address that cannot be those of the judgment with this citation."""
    try:
        text = citations.citation(raw.get("citation"))
        decided, where = date.fromisoformat(citations.day(raw.get("date"))), citations.official(raw.get("url"))
    except ValueError:
        return  # The shape of the entry says so already.
    if abs(decided.year - citations.year(text)) > 1:
        problems.add((*place, "date"), f"{decided}; expected a day of about the year of {text}")
    parts = urlsplit(where)
    if parts.netloc == citations.FIND_CASE_LAW and parts.path.rstrip("/") != citations.path(text):
        problems.add((*place, "url"), f"{where!r}; expected https://{parts.netloc}{citations.path(text)} for {text}")


def _check_sources(raw: Raw, place: Place, known: Sequence[str], problems: Problems) -> None:
    for number, name in enumerate(_listed(raw.get("sources"))):
        if isinstance(name, str) and name not in known:
            cause = f"{name!r}; expected an entry of the block sources{meant(name, known)}"
            problems.add((*place, "sources", number), cause)


def _check_publisher(raw: Raw, place: Place, publishers: Raw, problems: Problems) -> None:
    name = raw.get("publisher")
    if isinstance(name, str) and name not in publishers:
        near = meant(name, publishers)
        problems.add((*place, "publisher"), f"{name!r}; expected an entry of the block publishers{near}")


def _raw(file: Raw, *places: tuple[str, ...]) -> Iterator[tuple[Place, Raw]]:
    """Give the entries of lists as they stand in the file, each with its place."""
    for place in places:
        value: object = file
        for key in place:
            value = mapping(value).get(key)
        for number, entry in enumerate(_listed(value)):
            yield (*place, number), mapping(entry)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _passing_all(model: type[_Model], value: object, key: str) -> list[_Model]:
    found: dict[object, _Model] = {}
    for entry in _listed(value):
        shape = _passing(model, mapping(entry))
        if shape is not None:
            found.setdefault(getattr(shape, key), shape)
    return list(found.values())


def _passing(model: type[_Model], entry: Mapping[str, object]) -> _Model | None:
    """Give an entry without the keys that do not pass and need not be there, None where another one does not pass."""
    given = dict(entry)
    while True:
        try:
            return model.model_validate(given)
        except ValidationError as error:
            key = str(error.errors(include_url=False)[0]["loc"][0])
        field = model.model_fields.get(key)
        if key not in given or (field is not None and field.is_required()):
            return None
        del given[key]


def _series(shape: SeriesShape) -> Series:
    return Series(
        id=shape.id,
        name=shape.name,
        publisher=shape.publisher,
        sources=tuple(dict.fromkeys(shape.sources)),
        title=shape.title,
        every=shape.every,
        late=shape.late,
        kind=shape.kind,
        note=shape.note or "",
    )


def _collection(shape: CollectionShape) -> Collection:
    return Collection(
        id=shape.id,
        name=shape.name,
        about=shape.about,
        documents=tuple(dict.fromkeys(shape.documents)),
        sources=tuple(dict.fromkeys(shape.sources)),
    )


def _judgment(shape: JudgmentShape) -> Judgment:
    return Judgment(
        citation=shape.citation,
        court=shape.court,
        date=shape.date,
        url=shape.url,
        provisions=tuple(shape.provisions),
        note=shape.note or "",
    )
