"""sources.yaml keeps its own promises."""

import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler import protocols
from crawler.model import Walk
from crawler.protocols import OPTIONS, PROTOCOLS
from crawler.sources import load

ROOT = Path(__file__).parents[2]


def test_registry_is_right_and_truthful() -> None:
    registry = load(ROOT / "sources.yaml", OPTIONS)
    assert registry.settings.contact == "", "the contact of whoever runs it, never ours"
    assert registry.settings.authority == "roundup.invalid"
    for source in registry.sources.values():
        if source.evidence == "assumed":
            assert not source.enabled, source.id
        elif not source.enabled:
            assert source.reason.startswith(("cannot be checked", "not searched")), source.id
        assert registry.publishers[source.publisher].attribution, source.id
    assert {source.publisher for source in registry.sources.values()} == set(registry.publishers)
    assert {source.protocol for source in registry.sources.values()} <= set(PROTOCOLS)


def test_what_is_read_says_by_what_evidence() -> None:
    """In words of its own, at the key: being named somewhere is none."""
    text = (ROOT / "sources.yaml").read_text("utf-8").partition("\nsources:\n")[2]
    told = dict(re.findall(r"(?ms)^  - id: (\S+)$.*?^    evidence: \w+ +# (.+?)$", _each_by_itself(text)))
    for source in load(ROOT / "sources.yaml").sources.values():
        if source.enabled or source.evidence == "documented":
            assert source.evidence != "assumed", source.id
            words = told.get(source.id, "")
            assert len(words.split()) >= 3 and not words.startswith("named"), f"{source.id}: {words!r}"


def _each_by_itself(text: str) -> str:
    """Return the entries that state evidence in words: one without does not borrow those of the next."""
    return "".join(
        each for each in re.split(r"(?m)^(?=  - id: )", text) if re.search(r"(?m)^    evidence: \w+ +# ", each)
    )


def test_every_source_of_the_registry_can_be_walked() -> None:
    walk = Walk(clock=datetime(2026, 11, 24, 12, tzinfo=UTC))
    for source in load(ROOT / "sources.yaml").sources.values():
        links = list(protocols.start(source, walk))
        assert links, source.id
        assert {urlsplit(link.url).hostname for link in links} == {urlsplit(source.url).hostname}, source.id


def test_registry_is_polite() -> None:
    """Trap EU-1.2: CELLAR: a zip takes tens of seconds."""
    registry = load(ROOT / "sources.yaml")
    assert registry.hosts["www.legislation.gov.uk"].delay >= 5
    assert all(host.delay > 0 and not host.private for host in registry.hosts.values())
