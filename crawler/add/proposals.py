"""What a proposal becomes in a registry: an id, a publisher, the keys of its entry; and whether it is there already."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler import protocols
from crawler.add.detect import Proposal
from crawler.add.yaml_lines import expect_yaml, scalar, source_yaml
from crawler.errors import IdentifierError
from crawler.identifiers import canonical_url, same_address
from crawler.sources import Publisher, Registry, Source, loads
from crawler.sources.validators import is_slug
from crawler.sources.vocabulary import STATES
from crawler.text import slug

_MAX_ID_CHARACTERS = 64
_BASES = frozenset({"govuk", "legislation", "cellar", "parliament", "europarl"})
"""Protocols whose sources share addresses: what each reads there, its options say."""
_PLACES = (
    (("-ni.gov.uk", ".ni.gov.uk", "ppsni.gov.uk"), "Northern Ireland"),
    ((".scot",), "Scotland"),
    ((".wales", ".cymru"), "Wales"),
    ((".uk",), "United Kingdom"),
    ((".europa.eu",), "European Union"),
    ((".coe.int",), "Council of Europe"),
    *(((f".{end}",), state) for end, state in STATES.items()),
)
"""Ends of host names, and for whom those speak who have one; the first that fits counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who publishes at an address: the id of a publisher; ``others`` it may be; ``new`` where the registry has none."""

    id: str
    others: tuple[str, ...] = ()
    new: Publisher | None = None


def watching_source(registry: Registry, url: str, proposal: Proposal | None) -> str:
    """Say which source watches an address, or all that a proposal would, already; the empty text where none does."""
    for source in registry.sources.values():
        if _is_at(source, url) or (proposal is not None and _is_within(proposal, source)):
            off = "" if source.enabled else f", which is switched off: {source.reason}"
            return f"{url} is watched already by {source.id} ({source.name}){off}"
    return ""


def overlap_note(registry: Registry, proposal: Proposal) -> str:
    """Say which source could take the items of a proposal among its own, the empty text where none could."""
    items = proposal.options.get("items")
    named = ", ".join(str(each) for each in items) if isinstance(items, list) else ""
    for source in registry.sources.values() if named else ():
        if source.protocol == proposal.protocol and source.url == proposal.url and source.options.get("items"):
            return f"Instead of a source of its own: add {named} to options.items of {source.id}"
    return ""


def _key(url: str) -> str:
    try:
        return same_address(canonical_url(url)).rstrip("/")
    except IdentifierError:
        return url


def _is_at(source: Source, url: str) -> bool:
    """Return whether an address is that of a source, or a page it watches; several sources may share a base address."""
    if source.protocol in _BASES:
        return False
    items = source.options.get("items")
    listed = [str(each) for each in items] if isinstance(items, list) else []
    return _key(url) in {_key(each) for each in (source.url, *listed)}


def _is_within(proposal: Proposal, source: Source) -> bool:
    """Return whether a source reads, with other options perhaps, all that a proposal would."""
    if source.protocol != proposal.protocol or _key(source.url) != _key(proposal.url):
        return False
    chosen = {name: value for name, value in proposal.options.items() if name not in ("effects", "pages", "subjects")}
    if source.protocol in _BASES and "items" in source.options and "items" not in chosen:
        return False
    return all(_holds(source.options.get(name), value) for name, value in chosen.items())


def _holds(there: object, wanted: object) -> bool:
    if isinstance(wanted, Mapping):
        return isinstance(there, Mapping) and all(_holds(there.get(name), each) for name, each in wanted.items())
    if isinstance(wanted, list):
        return isinstance(there, list) and {str(each) for each in wanted} <= {str(each) for each in there}
    return str(there) == str(wanted)


def owner_of(registry: Registry, proposal: Proposal, address: str) -> Owner:
    """Return the publisher of the sources on the host of a proposal, else on that of the address that was given."""
    for url in (proposal.url, address):
        host = _host(url)
        found = Counter(s.publisher for s in registry.sources.values() if _host(s.url) == host)
        if found:
            ranked = sorted(found, key=lambda name: (-_named(name, registry, proposal, host), -found[name]))
            return Owner(id=ranked[0], others=tuple(ranked[1:]))
    return _new(registry, proposal, _host(address))


def _host(url: str) -> str:
    parts = urlsplit(url)
    return (parts.netloc if parts.port else parts.hostname or "").lower().removeprefix("www.")


def _named(name: str, registry: Registry, proposal: Proposal, host: str) -> int:
    """Return how well the name of a publisher fits a proposal: it stands in its words, or is that of the host."""
    words = f"-{slug(proposal.label)}-"
    said = [each for each in (name, slug(registry.publishers[name].name)) if f"-{each}-" in words]
    return max(map(len, said), default=0) or int(name == slug(host))


def _new(registry: Registry, proposal: Proposal, host: str) -> Owner:
    stem = slug(host)[:_MAX_ID_CHARACTERS].strip("-")
    own = _unique(stem if is_slug(stem) else "publisher", registry.publishers)
    place = next((place for ends, place in _PLACES if f".{host}".endswith(ends)), "International")
    return Owner(id=own, new=Publisher(id=own, name=proposal.site or host, jurisdiction=place))


def name_of(registry: Registry, proposal: Proposal) -> str:
    """Return an id for a proposal that no source of the registry has."""
    stem = slug(proposal.label)
    if len(stem) > _MAX_ID_CHARACTERS - 3:
        stem = stem[: _MAX_ID_CHARACTERS - 3].rpartition("-")[0] or stem[: _MAX_ID_CHARACTERS - 3]
    return _unique(stem if is_slug(stem) else "source", registry.sources)


def _unique(stem: str, taken: Mapping[str, object]) -> str:
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def keys_of(registry: Registry, proposal: Proposal, publisher: str, unread: str) -> dict[str, object]:
    """Return the keys of an entry, in the order they are written; ``unread`` is why it is switched off, if it is."""
    found: dict[str, object] = {
        "id": name_of(registry, proposal),
        "name": proposal.name,
        "publisher": publisher,
        "kind": proposal.kind,
        "protocol": proposal.protocol,
        "url": proposal.url,
        "options": dict(proposal.options),
        "expect": expect_yaml(proposal.expect),
        "evidence": "assumed" if unread else proposal.evidence,
    }
    if unread:
        found |= {"enabled": False, "reason": unread}
    return {name: value for name, value in found.items() if name != "options" or value}


def publisher_line(publisher: Publisher) -> str:
    """Return a publisher as a line of the block ``publishers``."""
    said = f"name: {scalar(publisher.name, flowing=True)}, jurisdiction: {publisher.jurisdiction}"
    return f"{publisher.id}: {{{said}}}"


def check(registry: Registry, proposal: Proposal) -> None:
    """Refuse a proposal that the registry would refuse as a source: one on a host that is not public.

    Raises:
        SourcesError: says why.
    """
    hosts = {host.name: {"private": True, "delay": 0} for host in registry.hosts.values() if host.private}
    publishers = {"publisher": {"name": "Publisher", "jurisdiction": "International"}}
    before = f"publishers: {json.dumps(publishers)}\nhosts: {json.dumps(hosts)}\nsources:\n"
    loads(before + source_yaml(keys_of(registry, proposal, "publisher", ""), {}, ()), "the entry", protocols.OPTIONS)


def indent_of(text: str) -> str:
    """Return how far the entries under ``sources`` are indented in a file.

    >>> indent_of("sources:\\n- id: a\\n"), indent_of("sources:\\n  # First.\\n  - id: a\\n")
    ('', '  ')
    """
    found = re.search(r"^sources:.*?^( *)- ", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else "  "
