"""What an earlier version read: the same as it read then where it is still right, and never refused where it is not."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import SourcesError
from crawler.protocols import OPTIONS
from crawler.sources import (
    Decisions,
    Expect,
    Gone,
    Redaction,
    Registry,
    load,
    loads,
    recorded_decisions,
    registry_of_archive,
)
from crawler.sources.decisions import loads_decisions
from crawler.sources.yaml_positions import MAX_BYTES

ROOT = Path(__file__).parents[2]
FILES = Path(__file__).parent / "files"
SOURCE = """
publishers: {p: {name: P, jurisdiction: UK, licence: OGL-UK-3.0, copy: public}}
hosts: {a.example.org: {delay: 3.0}}
sources:
  - id: s
    publisher: p
    kind: guidance
    protocol: feed
    url: https://a.example.org/feed
    expect: {min: 2, max: 9, newest: 30d}
    options: {language: de}
    topics: [children]
    gone: {answers: 3, over: 36h}
"""


@pytest.mark.parametrize("path", [FILES / "good.yaml", ROOT / "sources.yaml", ROOT / "data/sample/sources.yaml"])
def test_what_is_right_today_is_read_as_it_is_read_today(path: Path) -> None:
    assert registry_of_archive(path.read_text(), ["sample-feed"] if "good" in path.name else [], OPTIONS) == (
        load(path) if path.name == "good.yaml" else load(path, OPTIONS)
    )


def changed(old: str, new: str) -> Registry:
    """Return the registry of a text that today's strict reading refuses."""
    assert old in SOURCE
    text = SOURCE.replace(old, new)
    with pytest.raises(SourcesError):
        loads(text, "sources.yaml", OPTIONS)
    return registry_of_archive(text, ["s"], OPTIONS)


WHOLE = registry_of_archive(SOURCE, ["s"], OPTIONS)
ONE = WHOLE.sources["s"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("publishers: {p", "mirrors: {a: b}\npublishers: {p"),
        ("    topics", "    weight: 3\n    topics"),
        ("{min: 2,", "{min: 2, least: 4,"),
        ("{answers: 3,", "{answers: 3, within: 2d,"),
        ("name: P,", "name: P, colour: red,"),
        ("{delay: 3.0}", "{delay: 3.0, proxy: x}"),
        ("    topics", "    url: https://a.example.org/second\n    topics"),
        ("    topics", "    <<: *base\n    topics"),
        ("[children]", "[children, astrology]"),
        ("expect: {", "expect: !strictly {"),
    ],
)
def test_what_is_unknown_is_ignored_and_all_else_is_read(old: str, new: str) -> None:
    assert changed(old, new) == WHOLE


@pytest.mark.parametrize(
    ("old", "new", "more"),
    [
        ("    topics", "    schedule: now and then\n    topics", {}),
        ("    topics", "    schedule: 0\n    topics", {}),
        ("    topics", "    audit: 7\n    topics", {}),
        ("    topics", "    follow: sometimes\n    topics", {}),
        ("    topics", "    enabled: perhaps\n    topics", {}),
        ("    topics", "    enabled: false\n    topics", {"enabled": False}),
        ("    topics", "    evidence: sworn\n    topics", {}),
        ("    topics", "    keep: some\n    topics", {}),
        ("    topics", "    scrub: ['(a+)+', 'visits']\n    topics", {"scrub": ("visits",)}),
        ("    topics", "    jurisdiction: Atlantis\n    topics", {}),
        ("[children]", "all", {"topics": ()}),
        ("{answers: 3, over: 36h}", "never", {"gone": Gone()}),
        ("answers: 3", "answers: 0", {"gone": Gone(over=timedelta(hours=36))}),
        ("min: 2", "min: few", {"expect": Expect(max=9, newest=timedelta(days=30))}),
        ("max: 9", "max: 1", {"expect": Expect(min=2, newest=timedelta(days=30))}),
        ("expect: {min: 2, max: 9, newest: 30d}", "expect: healthy", {"expect": Expect()}),
        ("expect: {min: 2, max: 9, newest: 30d}", "expect:", {"expect": Expect()}),
        ("{language: de}", "{language: 3}", {"options": {}}),
        ("{language: de}", "{language: de, charset: x}", {"options": {"language": "de", "charset": "x"}}),
        ("{language: de}", "none", {"options": {}}),
        ("kind: guidance", "kind: pamphlet", {"kind": "news"}),
        ("kind: guidance", "kind:", {"kind": "news"}),
        ("protocol: feed", "protocol: gopher", {"protocol": "gopher"}),
        ("protocol: feed", "protocol: Feed 2.0", {"protocol": "Feed 2.0"}),
        ("https://a.example.org/feed", "gopher://a.example.org/feed", {"url": "gopher://a.example.org/feed"}),
        ("url: https://a.example.org/feed", "url: [1]", {"url": ""}),
    ],
)
def test_a_value_that_does_not_pass_has_its_neutral_reading(old: str, new: str, more: dict[str, object]) -> None:
    registry = changed(old, new)
    assert registry == replace(WHOLE, sources={"s": replace(ONE, **more)})  # type: ignore[arg-type]


def test_ids_are_kept_as_they_stand_and_publishers_are_there() -> None:
    """What was captured is filed under them."""
    text = SOURCE.replace("id: s", "id: S 1").replace("publisher: p", "publisher: Nobody")
    registry = registry_of_archive(text, ["S 1"], OPTIONS)
    assert list(registry.sources) == ["S 1"]
    source = registry.sources["S 1"]
    assert (source.id, source.name, source.publisher, source.jurisdiction) == ("S 1", "S 1", "Nobody", "")
    assert registry.publishers["Nobody"].name == "Nobody" and registry.publishers["Nobody"].copy == "hash-only"
    assert registry.publishers["p"] == WHOLE.publishers["p"]


def test_in_doubt_words_are_hidden_and_private_hosts_are_not_asked() -> None:
    assert WHOLE.publishers["p"].copy == "public"
    for licence in ("licence: CC-BY-NC-4.0", "licence: 3", "terms: OGL-UK-3.0"):
        assert changed("licence: OGL-UK-3.0", licence).publishers["p"].copy == "hash-only"
    assert changed("copy: public", "copy: everything").publishers["p"].copy == "hash-only"
    host = changed("{delay: 3.0}", "{delay: 0, private: true}").hosts["a.example.org"]
    assert (host.private, host.delay) == (False, 1.0)
    place = changed("jurisdiction: UK", "jurisdiction: Atlantis")
    assert (place.publishers["p"].jurisdiction, place.sources["s"].jurisdiction) == ("Atlantis", "Atlantis")


def test_a_source_that_was_walked_is_there_whatever_became_of_its_entry() -> None:
    for text in ("", "sources: none", "sources: [s, {publisher: p}]", "{", "a: 1\n---\nb: 2", "- 1"):
        registry = registry_of_archive(text, ["s"], OPTIONS)
        source = registry.sources["s"]
        assert list(registry.sources) == ["s"]
        assert (source.protocol, source.publisher, source.kind) == ("unknown", "unknown", "news")
        assert source.publisher in registry.publishers


def test_limits_of_today_do_not_hold() -> None:
    deep = "[" * 40 + "]" * 40
    text = f"{SOURCE}    reason: '{'x' * MAX_BYTES}'\nmore: {deep}\n"
    assert registry_of_archive(text, ["s"], OPTIONS).sources["s"].url == ONE.url


def test_decisions_keep_what_is_still_right() -> None:
    digest = "a" * 64
    text = f"""
relevance: {{ukpga/2015/30: in, ukpga/2015/31: perhaps, 'two words': out}}
accept: [{digest}, short]
redact:
  - {{url: https://example.org/a, reason: names a person, date: 2026-03-06}}
  - {{url: https://example.org/b, reason: names a person, date: yesterday}}
  - {{url: https://example.org/c, reason: names a person, date: 2026-03-06, by: me}}
  - {{reason: names a person, date: 2026-03-06}}
confirm: [run-1.warc.gz, 7]
merge: {{a: b}}
"""
    with pytest.raises(SourcesError):
        loads_decisions(text, "decisions.yaml")
    assert recorded_decisions(text) == Decisions(
        relevance={"ukpga/2015/30": "in"},
        accept=frozenset({digest}),
        redact=tuple(
            Redaction(reason="names a person", date="2026-03-06", url=f"https://example.org/{page}") for page in "ac"
        ),
        confirm=frozenset({"run-1.warc.gz"}),
    )
    assert recorded_decisions("") == recorded_decisions("nothing") == recorded_decisions("{") == Decisions()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@given(st.data())
def test_whatever_stands_in_it_is_never_refused(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(["id", "publisher", "kind", "url", "expect", "options", "scrub", "gone", "name"]))
    value = data.draw(VALUES)
    text = f"publishers: {{p: {_yaml(value)}}}\nhosts: {{a.example.org: {_yaml(value)}}}\nsources:\n  - id: s\n"
    registry = registry_of_archive(f"{text}    {key}: {_yaml(value)}\n", ["s"], OPTIONS)
    assert "s" in registry.sources
    assert all(source.publisher in registry.publishers for source in registry.sources.values())
    registry_of_archive(data.draw(st.text()), ["s"], OPTIONS)
    recorded_decisions(f"redact: {_yaml(value)}\nrelevance: {_yaml(value)}\naccept: [{_yaml(value)}]\n")


def _yaml(value: object) -> str:
    """Return a value in the flow style of YAML, which JSON is."""
    import json

    return json.dumps(value)
