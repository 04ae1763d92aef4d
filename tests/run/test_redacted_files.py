"""sources.yaml and decisions.yaml in the journal, when they name what was redacted: everything else is still said."""

from dataclasses import replace

import pytest

from crawler.redaction import Marks, Redacted, journal, mark_hashes
from crawler.sources.lenient import recorded_decisions, registry_of_archive

TITLE = "Sample Person Zzyzx charged with sample trafficking"
ADDRESS = "https://a.sample.invalid/news/zz-1"
MARKS = Marks([
    Redacted(
        id="1",
        reason="asked for",
        date="2026-03-05",
        marks=frozenset([*mark_hashes.phrase("1", mark_hashes.words_of(TITLE)), *mark_hashes.address("1", ADDRESS)]),
    )
])  # fmt: skip

SOURCES = """\
settings: {contact: watch@sample.invalid, authority: sample.invalid}
publishers:
  p: {name: Sample Office, jurisdiction: United Kingdom, licence: OGL v3.0, copy: public}
sources:
  - {id: zero, publisher: p, kind: news, protocol: feed, url: 'https://a.sample.invalid/0.xml'}
  - id: one
    name: NAMED
    publisher: p
    kind: guidance
    protocol: feed
    url: https://a.sample.invalid/1.xml
  - {id: two, publisher: p, kind: news, protocol: feed, url: 'https://a.sample.invalid/2.xml'}
"""

SAID = [
    TITLE,
    f"{TITLE}, second page",
    f"'{TITLE}: words'",
    f'"{TITLE.replace(" ", "%20")}"',
    f"About {TITLE}  # {ADDRESS}",
    f'{{of: "{TITLE}",\n      it: two}}',
]


def retold(key: str, text: str) -> str:
    told = journal.retold("run-started", {key: text, "due": ["one"]}, MARKS)
    return str(told[key])


@pytest.mark.parametrize("said", SAID)
def test_a_registry_keeps_its_other_sources(said: str) -> None:
    text = SOURCES.replace("NAMED", said)
    found = retold("sources", text)
    assert "zzyzx" not in found.lower() and not MARKS.within(found)
    before, after = registry_of_archive(text), registry_of_archive(found)
    assert list(after.sources) == ["zero", "one", "two"]
    for name in ("zero", "two"):
        assert after.sources[name] == before.sources[name]
    assert replace(after.sources["one"], name="") == replace(before.sources["one"], name="")


def test_decisions_keep_what_was_decided_of_others() -> None:
    text = (
        "relevance:\n  ukpga/2001/9001: out  # stays out\n"
        f"redact:\n  - date: 2026-03-05\n    reason: {TITLE}, a family asked\n    url: {ADDRESS}\n"
    )
    found = retold("decisions", text)
    assert not MARKS.within(found) and "a family asked" in found
    assert recorded_decisions(found).relevance == {"ukpga/2001/9001": "out"}
    assert [each.date for each in recorded_decisions(found).redact] == ["2026-03-05"]


def test_what_still_says_the_same_stays_as_it_was_written() -> None:
    text = SOURCES.replace("NAMED", f"Sample list  # not {ADDRESS}")
    found = retold("sources", text)
    assert found != text and "zz-1" not in found
    assert found.splitlines()[:6] == text.splitlines()[:6]
    assert retold("sources", SOURCES) == SOURCES
