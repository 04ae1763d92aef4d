"""A little fold over the sample world: what changes from moment to moment, without archive and database.

It knows less than the real one (no suspicion, no identities), and is there to tell whether the files hold what
expected.json says.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawler.changes import compare
from crawler.identifiers import same_address
from crawler.model import Link, Version
from crawler.sources import Source
from tests.sample import world

SHRUNK = 0.3
MOVED = {
    "url:https://library.sample.invalid/toolkits/safe-housing": "url:https://library.sample.invalid/resources/safe-housing"
}
CURSORS = {"moment-1": "", "moment-2": "2026-03-01", "moment-3": "2026-03-08"}
"""Where the walk over the Publication Log starts: the last day that was over when it was read."""


@dataclass(slots=True)
class Told:
    """What a little fold of its own makes of the captures at one moment."""

    changes: set[tuple[str, str, str]] = field(default_factory=set)
    refused: set[tuple[str, str, str]] = field(default_factory=set)
    unrecorded: list[Link] = field(default_factory=list)
    read: set[tuple[str, str]] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


def fold() -> Iterator[tuple[str, Told]]:
    versions: dict[tuple[str, str], Version] = {}
    dates: dict[tuple[str, str], str] = {}
    documents: set[str] = set()
    known: dict[str, dict[str, Link]] = {}
    walked: set[str] = set()
    for name in world.MOMENTS:
        found = Told()
        seen_now: set[str] = set()
        for source in world.registry().sources.values():
            again = tuple(known.get(source.id, {}).values()) if source.audit else ()
            cursor = CURSORS[name] if source.options.get("feed") == "log" else ""
            heard = world.walk(source, name, cursor=cursor, known=again)
            _note(source, heard, found)
            for document in heard.documents().values():
                if document.id not in documents and document.id not in (*MOVED, *world.aside(name)):
                    seen_now.add(document.id)
                    if source.id in walked:
                        found.changes.add((document.id, "new", ""))
            found.changes |= _moved_dates(heard, dates)
            for key, version in heard.versions().items():
                _compare((MOVED.get(key[0], key[0]), key[1]), version, versions, found)
            links = known.setdefault(source.id, {})
            links.update({c.link.url: c.link for c, _ in heard.pages if c.link.role in ("document", "attachment")})
            # An empty list is no walk, and neither is one that was refused.
            if any(page.entries for _, page in heard.pages):
                walked.add(source.id)
        documents |= seen_now
        yield name, found


def _moved_dates(heard: world.Heard, dates: dict[tuple[str, str], str]) -> set[tuple[str, str, str]]:
    """Return the dates of law or procedure that are not what they were, and note what they are."""
    found = set()
    for each in heard.statements("date"):
        event = " ".join(filter(None, (each.fields["event"], each.fields.get("provision"))))
        key = each.document, f"{event} {each.fields.get('qualification', '')}"
        if dates.setdefault(key, each.fields["date"]) != each.fields["date"]:
            found.add((each.document, "date", event))
        dates[key] = each.fields["date"]
    return found


def _note(source: Source, heard: world.Heard, found: Told) -> None:
    found.unrecorded += heard.unrecorded
    found.read |= {(same_address(url), "") for url in heard.asked}
    found.refused |= {(source.id, error.kind, url) for url, error in heard.refused.items()}
    found.problems += [f"{c.url}: {problem}" for c, page in heard.pages for problem in page.problems]


def _compare(key: tuple[str, str], version: Version, versions: dict[tuple[str, str], Version], found: Told) -> None:
    before = versions.get(key)
    if before is not None:
        if _size(version) < SHRUNK * _size(before) and _size(before) >= 400:
            found.refused.add(("", "shrunk", key[0]))
            return
        found.changes |= {(key[0], each.kind, each.path) for each in compare(before, version)}
    versions[key] = version


def _size(version: Version) -> int:
    return sum(len(section.text) for section in version.sections)


def states(name: str, document: str) -> set[str]:
    """Return what the captures of a moment say of a document: by status, by notice, by the log."""
    before = world.MOMENTS[max(world.MOMENTS.index(name) - 1, 0)]
    now, then = _answers(name, document), _answers(before, document)
    found = set()
    if 410 in now or document in _withdrawn(name):
        found.add("withdrawn")
    if now == [404] and then == [404]:
        found.add("gone")
    if now == [200] and then == [410]:
        found.add("returned")
    if now == [301]:
        found.add("relocated")
    return found


def _answers(name: str, document: str) -> list[int]:
    said = [world.told(file) for file in world.FILES if file.relative_to(world.ROOT).parts[0] == name]
    return [each["status"] for each in said if same_address(each["url"]) in _addresses(document)]


def _addresses(document: str) -> set[str]:
    if document.startswith("url:"):
        return {same_address(document.removeprefix("url:"))}
    found = set()
    for file in world.FILES:
        if (
            "/api/content/" in world.told(file)["url"]
            and document == f"govuk:{json.loads(world.body(file))['content_id']}"
        ):
            found.add(same_address(world.told(file)["url"]))
    return found


def _withdrawn(name: str) -> set[str]:
    return {
        statement.document
        for source in world.registry().sources.values()
        for statement in world.walk(
            source, name, cursor=CURSORS[name], known=_all_known(source) if source.audit else ()
        ).statements("withdrawn")
    }


def _all_known(source: Source) -> tuple[Link, ...]:
    heard = world.walk(source, "moment-1")
    return tuple(c.link for c, _ in heard.pages if c.link.role in ("document", "attachment"))
