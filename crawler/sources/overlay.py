"""local.yaml over sources.yaml: what those who run a round-up change, without touching the registry they got."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from crawler.sources.diagnostics import hint, keys_of, one_of, unknown
from crawler.sources.rules import mapping
from crawler.sources.values import SourcesFile
from crawler.sources.yaml_positions import Place

FILE = "local.yaml"
BLOCKS = ("settings", "hosts", "publishers", "sources")
CHANGEABLE = ("enabled", "reason", "schedule", "expect")
"""Keys that may be changed of a source that the registry has; to read it otherwise is to watch another source."""
REQUIRED = frozenset({"publisher", "kind", "protocol", "url", "expect"})
"""What a new source states. One that states it all counts as new where the registry got one of its id later."""

Note = Callable[[Place, str], None]
"""Told what is wrong at a place of local.yaml."""


@dataclass(slots=True)
class Overlaid:
    """The value of both files, and for each place that local.yaml states, where it stands there."""

    value: object
    note: Note
    places: dict[Place, Place] = field(default_factory=dict)

    def put(self, under: object, over: object, place: Place, at: Place) -> object:
        """Return a value with what stands over it: mappings key by key, anything else as a whole."""
        self.places[place] = at
        if isinstance(over, list):
            for number, each in enumerate(over):
                self.put(None, each, (*place, number), (*at, number))
        if not isinstance(over, dict):
            return over
        kept = under if isinstance(under, dict) else {}
        return kept | {key: self.put(kept.get(key), each, (*place, key), (*at, key)) for key, each in over.items()}


def overlaid(under: object, over: object, note: Note) -> Overlaid:
    """Return the blocks of sources.yaml with those of local.yaml over them; ``note`` is told what is wrong with these.

    Settings, hosts and publishers are merged by key; of a source known by its id some keys are changed, another is new
    and comes last. What is wrong is taken over where it can be, so that an old local.yaml says what it said.
    """
    found = Overlaid(value=under, note=note)
    if not isinstance(over, dict):
        if over is not None:
            note((), f"not a mapping; expected some of the blocks {', '.join(BLOCKS)}")
        return found
    value = dict(mapping(under))
    for block, stated in over.items():
        if block not in BLOCKS:
            note((block,), _unknown(block))
        elif block == "sources":
            value[block] = _sources(found, value.get(block), stated)
        elif isinstance(stated, dict):
            value[block] = found.put(value.get(block), stated, (block,), (block,))
        else:
            note((block,), "expected a mapping")
    found.value = value
    return found


def _unknown(block: str) -> str:
    if block in keys_of(SourcesFile):
        return f"cannot be changed here; {one_of(BLOCKS)}; for another one name a registry of yours with --sources"
    return unknown(block, BLOCKS, "block")


def _sources(found: Overlaid, under: object, over: object) -> object:
    if not isinstance(over, list):
        found.note(("sources",), "expected a list of sources, each with its id")
        return under
    listed = list(under) if isinstance(under, list) else []
    known = {str(name): number for number, each in enumerate(listed) if (name := mapping(each).get("id"))}
    seen: set[str] = set()
    for number, entry in enumerate(over):
        at: Place = ("sources", number)
        name = mapping(entry).get("id")
        if not isinstance(entry, dict) or not isinstance(name, str):
            found.note(at, "expected a source with its id")
            continue
        if name in seen:
            found.note((*at, "id"), "stands twice; expected one of its own")
            continue
        seen.add(name)
        place = known.get(name, len(listed))
        if entry.keys() >= REQUIRED:
            listed[place : place + 1] = [found.put(None, entry, ("sources", place), at)]
        elif name in known:
            listed[place] = _changed(found, mapping(listed[place]), entry, ("sources", place), at)
        else:
            needed = ", ".join(sorted(REQUIRED - entry.keys()))
            found.note(at, f"no such source in the registry{hint(name, known)}; a new one needs {needed}, too")
    return listed


def _changed(
    found: Overlaid, known: Mapping[str, object], entry: Mapping[str, object], place: Place, at: Place
) -> Mapping[str, object]:
    """Return a source of the registry with what local.yaml changes of it."""
    for key in entry.keys() - {"id", *CHANGEABLE}:
        found.note(
            (*at, key),
            f"cannot be changed of a source of the registry; {one_of(CHANGEABLE)}; another id would be a new source",
        )
    kept = dict(known)
    if entry.get("enabled") is True:
        kept.pop("reason", None)  # It said why the source was switched off.
    merged = found.put(kept, {key: each for key, each in entry.items() if key != "id"}, place, at)
    del found.places[place]
    return mapping(merged)
