"""Procedures of the European Parliament: what they are about, where they stand, and their events as dates.

A stage is something that happens to a procedure, no document. Rapporteurs are people and are not read.
"""

from collections.abc import Iterable, Iterator

from crawler.errors import IdentifierError
from crawler.identifiers import europarl_id
from crawler.model import Capture, Document, Page, Problem, Statement, Version
from crawler.protocols.europarl.options import Options
from crawler.protocols.europarl.values import chosen, code, day, first, objects, references, said, texts, titles
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.parliament.access import dates
from crawler.sources import Source

OEIL = "https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference="
_STAGES = {
    "RDG1": "first reading",
    "RDG2": "second reading",
    "RDG3": "third reading",
    "CONCIL": "conciliation",
    "PREPAR": "preparatory phase",
    "AWAITING_DECISION": "awaiting decision",
}
"""Phases seen in answers; https://publications.europa.eu/resource/authority/procedure-phase has more."""

_ADOPTED = "TA-"
"""Ids of texts that the plenary adopted begin so."""
_PUBLISHED = "PUBLICATION_OFFICIAL_JOURNAL"
"""The activity that ends a procedure: its act is published. The stage that is stated beside it is that before."""
_WORDS = {_PUBLISHED: "publication in the Official Journal", "SIGNATURE": "signature of the act"}
"""Activities that their codes do not say in words."""
_DECISIONS = {"PLENARY_ADOPT_POSITION": "position adopted by Parliament", "": "text adopted by Parliament"}
"""What the plenary does by adopting a text, by the activity; where none is stated it adopts the text itself."""
_ONE_READING = frozenset({"INI", "INL", "RSP"})
"""Types of procedures that end with a resolution of the Parliament."""

_TYPES = frozenset({
    "ACI", "APP", "AVC", "BUD", "BUI", "CNS", "COD", "COS", "DCE", "DEA", "DEC", "GBD", "IMM", "INI", "INL", "INS",
    "NLE", "REG", "RPS", "RSO", "RSP", "SYN",
})  # fmt: skip
"""https://data.europarl.europa.eu/def/ep-procedure-types"""


def identity(item: Item) -> str:
    """Return the id of the procedure an object is about."""
    stated = first(item, "process_id") or code(first(item, "id") or "")
    try:
        return europarl_id(stated)
    except IdentifierError:
        raise item.wrong("process_id", f"is {stated[:60]!r}, no procedure") from None


def process(item: Item, source: Source) -> tuple[Document, tuple[Problem, ...]]:
    """Return the procedure an object describes, and what is unknown in it."""
    name = identity(item)
    labels = texts(item, "label")
    stage = code(first(item, "current_stage") or "")
    kinds = [code(each) for each in texts(item, "process_type")]
    unknown = [f"process_type {each!r}" for each in kinds if each not in _TYPES]
    unknown += [f"current_stage {stage!r}"] if stage and stage not in _STAGES else []
    reference = name.partition(":")[2]
    document = Document(
        id=name,
        title=chosen(titles(item, "process_title"), Options.of(source).languages) or next(iter(labels), reference),
        url=OEIL + next(iter(labels), reference),
        kind="parliament",
        status=_status(item, kinds, stage) or None,
        updated=max((at for each in objects(item, "consists_of") if (at := _day(each))), default=None),
        aliases=labels,
    )
    return document, tuple(Problem(kind="unknown value", detail=each) for each in unknown)


def procedure(item: Item, capture: Capture, source: Source) -> Page:
    """Read one procedure: its title by language, its events, and the texts it made."""
    document, unknown = process(item, source)
    by_language = titles(item, "process_title")
    versions = [
        Version(
            document=document.id,
            title=by_language[language],
            sections=(),
            representation="summary",
            language=language,
            status=(document.status or "") if language == Options.of(source).languages[0] else "",
        )
        for language in Options.of(source).languages
        if language in by_language
    ]
    return Page(
        documents=(document,),
        versions=tuple(versions),
        statements=(*dates(document.id, _events(item)), *_texts(item, document.id)),
        problems=unknown,
    )


def _day(event: Item) -> str | None:
    return day(event, "activity_date")


def _events(item: Item) -> Iterator[tuple[str, str, str | None]]:
    # Of what happened on one day its outcome comes last.
    for each in sorted(objects(item, "consists_of"), key=lambda each: bool(_adopted(each))):
        stage = code(first(each, "occured_at_stage") or "")
        yield _event(each), _STAGES.get(stage, said(stage)), _day(each)
    for each in objects(item, "was_scheduled_in"):
        yield f"{_event(each)} (foreseen)", "", _day(each)


def _event(each: Item) -> str:
    """Return an event in words: the activity, or what kind of thing it is where no activity is stated."""
    activity = code(first(each, "had_activity_type") or "")
    if text := _adopted(each):
        return f"{_DECISIONS.get(activity, said(activity))} ({text})"
    return _WORDS.get(activity) or said(activity or code(first(each, "type") or "event"))


def _adopted(event: Item) -> str:
    """Return the number of the text that the plenary adopted by an event, empty where it adopted none."""
    texts = (code(each) for each in references(event, "decided_on_a_realization_of"))
    return next((text for text in texts if text.startswith(_ADOPTED)), "")


def _status(item: Item, kinds: Iterable[str], stage: str) -> str:
    """Return how a procedure stands: by what was adopted or published, else by the stage that is stated."""
    if _is_adopted(item, kinds):
        return "adopted"
    done = {code(first(each, "had_activity_type") or "") for each in objects(item, "consists_of")}
    return "procedure completed" if _PUBLISHED in done else _STAGES.get(stage, said(stage))


def _is_adopted(item: Item, kinds: Iterable[str]) -> bool:
    """Whether a resolution has been adopted, whatever the stage that is stated still."""
    return not _ONE_READING.isdisjoint(kinds) and any(_adopted(each) for each in objects(item, "consists_of"))


def _texts(item: Item, document: str) -> Iterator[Statement]:
    """Yield the texts of a procedure, of which those that we hold learn that they belong to it."""
    for reference in references(item, "created_a_realization_of"):
        try:
            text = europarl_id(code(reference))
        except IdentifierError:
            continue
        yield Statement.relation(text, "part of procedure", document)
