"""docs/sources-yaml.md describes every key and every word, and sources.yaml keeps its own promises."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.model import Walk
from crawler.protocols import OPTIONS, PROTOCOLS
from crawler.sources import load, vocabulary
from crawler.sources.curated.models import CollectionShape, JudgmentShape, JudgmentsShape, SeriesShape
from crawler.sources.decisions import DecisionsShape, RedactionShape
from crawler.sources.diagnostics import Strict, keys_of
from crawler.sources.models import ExpectShape, GoneShape, HostShape, PublisherShape, SettingsShape, SourceShape

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "sources-yaml.md").read_text()
HEADINGS: list[tuple[type[Strict], str]] = [
    (SettingsShape, "## settings"),
    (PublisherShape, "## publishers"),
    (HostShape, "## hosts"),
    (SourceShape, "## sources"),
    (ExpectShape, "### expect"),
    (GoneShape, "### gone"),
    (SeriesShape, "## series"),
    (CollectionShape, "## collections"),
    (JudgmentsShape, "## judgments"),
    (JudgmentShape, "### list of judgments"),
    (DecisionsShape, "## decisions.yaml"),
]


def _under(heading: str) -> str:
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^##|\Z)", DOCS, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {heading}"
    return found[1]


def _rows(text: str) -> list[str]:
    return re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE)


@pytest.mark.parametrize(("model", "heading"), HEADINGS)
def test_every_key_is_described_and_no_other(model: type[Strict], heading: str) -> None:
    wanted = list(keys_of(model))
    if model is DecisionsShape:
        wanted += keys_of(RedactionShape)
    assert _rows(_under(heading)) == wanted


def test_every_word_of_a_closed_list_is_described() -> None:
    words = _under("## Words")
    for word in (
        *vocabulary.KINDS,
        *vocabulary.JURISDICTIONS,
        *vocabulary.JURISDICTION_SHORT,
        *vocabulary.TOPICS,
        *vocabulary.TOOLKIT,
    ):
        assert f"`{word}`" in words, word


@pytest.mark.parametrize("name", PROTOCOLS)
def test_every_protocol_and_option_is_described(name: str) -> None:
    row = next(line for line in DOCS.splitlines() if line.startswith("| `protocol` |"))
    assert f"`{name}`" in row
    assert set(_rows(_under(f"### options of {name}"))) == set(keys_of(OPTIONS[name]))


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


def test_every_source_of_the_registry_can_be_walked() -> None:
    walk = Walk(clock=datetime(2026, 11, 24, 12, tzinfo=UTC))
    for source in load(ROOT / "sources.yaml").sources.values():
        links = list(PROTOCOLS[source.protocol].start(source, walk))
        assert links, source.id
        assert {urlsplit(link.url).hostname for link in links} == {urlsplit(source.url).hostname}, source.id


def test_registry_is_polite() -> None:
    """Trap EU-1.2: CELLAR: a zip takes tens of seconds."""
    registry = load(ROOT / "sources.yaml")
    assert registry.hosts["www.legislation.gov.uk"].delay >= 5
    assert all(host.delay > 0 and not host.private for host in registry.hosts.values())
