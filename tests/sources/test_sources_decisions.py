"""decisions.yaml: what people decided, with mistakes told as well as those of sources.yaml."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import SourcesError
from crawler.sources import Decisions, Redaction, load_decisions, loads_decisions

DIGEST = "0123456789abcdef" * 4
GOOD = f"""
relevance:
  ukpga/2015/30: in
  url:https://example.org/report: out
accept:
  - {DIGEST}
  - {"1" * 64}
redact:
  - {{url: https://example.org/victim, reason: names a victim, date: 2026-11-24}}
  - {{digest: {DIGEST}, reason: asked by the publisher, date: 2026-11-25}}
confirm: [celex:32011L0036]
"""


def test_good_file_gives_every_value(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(GOOD)
    assert load_decisions(path) == Decisions(
        relevance={"ukpga/2015/30": "in", "url:https://example.org/report": "out"},
        accept=frozenset({DIGEST, "1" * 64}),
        redact=(
            Redaction(reason="names a victim", date="2026-11-24", url="https://example.org/victim"),
            Redaction(reason="asked by the publisher", date="2026-11-25", digest=DIGEST),
        ),
        confirm=frozenset({"celex:32011L0036"}),
    )


def test_no_file_and_an_empty_one_decide_nothing(tmp_path: Path) -> None:
    assert load_decisions(tmp_path / "decisions.yaml") == Decisions()
    assert loads_decisions("# nothing yet\n", "decisions.yaml") == Decisions()
    assert loads_decisions("accept:\n", "decisions.yaml") == Decisions()


def test_directory_is_no_decisions_file(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="cannot be read"):
        load_decisions(tmp_path)


def test_every_mistake_at_once() -> None:
    with pytest.raises(SourcesError) as caught:
        loads_decisions(
            f"""relevance:
  ukpga/2015/30: maybe
  "two words": in
acept: [{DIGEST}]
accept: [abc]
redact:
  - {{url: https://example.org/, digest: {DIGEST}, reason: both, date: 2026-11-24}}
  - {{reason: neither, date: 24 November}}
  - {{url: nowhere, date: 2026-02-30}}
confirm: x
""",
            "decisions.yaml",
        )
    assert caught.value.problems == [
        "decisions.yaml:2: relevance.ukpga/2015/30: 'maybe'; expected one of in, out",
        "decisions.yaml:3: relevance.two words: 'two words' is no id; expected one such as ukpga/2015/30",
        "decisions.yaml:4: acept: unknown key; "
        'expected one of relevance, passages, accept, redact, reports, confirm; did you mean "accept"?',
        "decisions.yaml:5: accept[1]: 'abc' is no digest; expected the 64 hexadecimal digits of a SHA-256",
        "decisions.yaml:7: redact[1]: expected one of url, document and digest",
        "decisions.yaml:8: redact[2].date: '24 November' is no date; expected one such as 2026-11-24",
        "decisions.yaml:9: redact[3].reason: missing; it is required",
        "decisions.yaml:9: redact[3].date: '2026-02-30' is no date; expected one such as 2026-11-24",
        "decisions.yaml:9: redact[3].url: not an absolute http(s) address: 'nowhere'; "
        "expected one that starts with https:// or http://, without a user name",
        "decisions.yaml:10: confirm: 'x'; expected a list",
    ]  # fmt: skip


@given(st.text() | st.lists(st.sampled_from(GOOD.splitlines(keepends=True)) | st.text(max_size=6)).map("".join))
def test_any_text_gives_decisions_or_a_sources_error(text: str) -> None:
    try:
        loads_decisions(text, "decisions.yaml")
    except SourcesError as error:
        assert error.problems
        assert all(line.startswith("decisions.yaml:") for line in error.problems)
