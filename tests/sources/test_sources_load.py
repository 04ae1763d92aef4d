"""sources.yaml: a good file gives its values, a faulty one every mistake at once, any text one or the other."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Strict

from crawler import protocols as crawler_protocols
from crawler.archive.content_encoding import LIMIT
from crawler.errors import SourcesError
from crawler.sources import Expect, Gone, Host, Publisher, Registry, Settings, Source, load, loads, with_environment
from crawler.sources.options import Options
from crawler.sources.yaml_positions import MAX_BYTES

FILES = Path(__file__).parent / "files"


@dataclass(frozen=True, kw_only=True)
class _Feed(Options):
    pages: Annotated[int | None, Strict()] = None
    list: tuple[str, ...] = ()
    nested: dict[str, str] | None = None


PROTOCOLS: dict[str, type[Options]] = {"feed": _Feed, "listing": Options, "govuk": Options}
GOOD = (FILES / "good.yaml").read_text()


def problems(text: str, *, protocols: dict[str, type[Options]] | None = None) -> list[str]:
    with pytest.raises(SourcesError) as caught:
        loads(text, "sources.yaml", protocols)
    return caught.value.problems


def test_good_file_gives_every_value() -> None:
    registry = load(FILES / "good.yaml", PROTOCOLS)
    assert registry.settings == Settings(
        contact="round-up@example.org", public_url="https://example.org/round-up", authority="example.org"
    )
    assert registry.publishers["sample-office"] == Publisher(
        id="sample-office",
        name="no",
        jurisdiction="United Kingdom",
        licence="OGL-UK-3.0",
        attribution="© Sample Office",
        copy="public",
    )
    assert registry.hosts == {
        "www.example.org": Host(
            name="www.example.org", delay=5.0, concurrency=2, timeout=20.0, max_bytes=1_000_000, private=False
        ),
        "127.0.0.1:8001": Host(name="127.0.0.1:8001", delay=0.0, private=True),
    }
    assert list(registry.sources) == ["sample-feed", "sample-list"]
    assert registry.sources["sample-feed"] == Source(
        id="sample-feed",
        name="Sample feed",
        publisher="sample-office",
        kind="guidance",
        protocol="feed",
        url="https://www.example.org/feed",
        expect=Expect(min=2, max=500, newest=timedelta(days=60), zero=True),
        schedule=timedelta(weeks=1),
        options={"pages": 3, "list": ["a", "b"], "nested": {"key": "value"}},
        scrub=(r"Page \d+ of \d+",),
        keep="relevant",
        gone=Gone(answers=3, over=timedelta(hours=36)),
        audit=0.03,
        follow=True,
        evidence="recorded",
        enabled=False,
        reason="only an example",
        topics=("children", "supply_chains"),
        toolkit=("round-up", "checklist"),
        jurisdiction="England and Wales",
    )
    assert registry.sources["sample-list"] == Source(
        id="sample-list",
        name="sample-list",
        publisher="sample-court",
        kind="case_law",
        protocol="listing",
        url="http://127.0.0.1:8001/list",
        expect=Expect(),
        schedule=timedelta(minutes=15),
        jurisdiction="International",
    )


def test_faulty_file_gives_exactly_the_listed_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FILES)
    with pytest.raises(SourcesError) as caught:
        load(Path("faulty.yaml"), PROTOCOLS)
    assert caught.value.problems == (FILES / "faulty.txt").read_text().splitlines()


SOURCE = """
publishers: {p: {name: P, jurisdiction: UK}}
sources:
  - id: s
    publisher: p
    kind: news
    protocol: feed
    url: https://example.org/feed
    expect: {}
"""


def test_without_protocols_their_options_are_not_checked() -> None:
    assert loads(SOURCE + "    options: {anything: 1}\n", "sources.yaml").sources["s"].options == {"anything": 1}
    assert problems(SOURCE + "    options: {anything: 1}\n", protocols={"feed": Options}) == [
        "sources.yaml:10: sources.s.options.anything: unknown option; expected none"
    ]


PAGE = SOURCE.replace("protocol: feed", "protocol: page")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (PAGE + "    follow: sometimes\n", "follow: 'sometimes'; expected true, false or a mapping"),
        (PAGE + "    follow: true\n", "follow: true; expected only with protocol: feed; with page a mapping"),
        (SOURCE + "    follow: {depth: 2}\n", "follow: a mapping; expected only with protocol: page"),
        (PAGE + "    follow: {depth: 3}\n", "follow.depth: 3; expected at most 2"),
        (
            PAGE + "    follow: {includes: [a]}\n",
            "follow.includes: unknown key; expected one of links, include, exclude,",
        ),
        (PAGE + "    follow: {include: ['(a+)+']}\n", "follow.include[1]: '(a+)+' repeats what repeats already"),
        (PAGE + "    follow: {types: [pdf, exe]}\n", "follow.types[2]: 'exe' is no type; expected one of html, pdf"),
        (PAGE + "    follow: {hosts: ['https://a.b/']}\n", "follow.hosts[1]: 'https://a.b/' is no host"),
        (PAGE + "    follow: {index: menu}\n", "follow.index: 'menu'; expected one of document, list"),
        (PAGE + "    follow: {menu: nav a}\n", "follow.menu: expected only with index: list"),
        (PAGE + "    complete: true\n", "complete: true; expected only with protocol: listing, or"),
        (PAGE + "    follow: {links: '>'}\n", "follow.links: '>' is no CSS selector"),
    ],
)
def test_what_is_wrong_with_a_follow_is_told_at_its_place(text: str, wanted: str) -> None:
    found = problems(text, protocols=dict(crawler_protocols.OPTIONS))
    assert len(found) == 1 and wanted in found[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "sources.yaml:1: empty; expected the blocks settings, publishers, hosts, sources"),
        ("# only a comment\n", "sources.yaml:1: empty; expected the blocks settings, publishers, hosts, sources"),
        ("just text", "sources.yaml:1: not a mapping; expected the blocks settings, publishers, hosts, sources"),
        ("- a\n- b\n", "sources.yaml:1: not a mapping; expected the blocks settings, publishers, hosts, sources"),
        ("sources: []", "sources.yaml:1: sources: a list; expected a length of at least 1"),
        ("hosts: {}\nsources:\n", "sources.yaml:2: sources: missing; it is required"),
        ("sources:\n\t- id: x\n", "sources.yaml:2: not YAML: a tab where only spaces may stand; YAML is indented "),
        ("a: 1\n--- \nb: 2\n", "sources.yaml:2: a second document; expected one"),
        ("a: \x00", "sources.yaml:1: not YAML: a character that it may not hold"),
        ("a:\n  - " + "[" * 40, "sources.yaml:2: nested more than 12 deep"),
        ('a:\n  "\\UFFFFFFFF"', "sources.yaml:2: not YAML: an escape or number out of range"),
        ("x" * (MAX_BYTES + 1), "sources.yaml: larger than 512 KiB"),
        ("a: [1, 2\nb: 3\n", "sources.yaml:2: not YAML: "),
    ],
)  # fmt: skip
def test_what_is_no_registry_at_all(text: str, wanted: str) -> None:
    found = problems(text)
    assert len(found) == 1
    assert found[0].startswith(wanted)


def test_yaml_bomb_is_refused_and_stays_small() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    found = problems("\n".join(lines))
    assert "sources.yaml:1: a0: anchor &a0: not allowed; write the value out" in found
    assert "sources.yaml:12: a11: alias *a10: not allowed; write the value out" in found


def test_tag_runs_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    assert any("tag" in line for line in problems(f"a: !!python/object/apply:os.mkdir ['{mark}']"))
    assert not mark.exists()


@pytest.mark.parametrize("value", ["no", "on", "off", "yes", "2026-11-24", "0x1F", "1_000", "12:30:00", "="])
def test_words_stay_words(value: str) -> None:
    text = SOURCE.replace("name: P", f"name: {value}")
    assert loads(text, "sources.yaml").publishers["p"].name == value


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"missing\.yaml: cannot be read: No such file"):
        load(tmp_path / "missing.yaml")
    with pytest.raises(SourcesError, match="cannot be read"):
        load(tmp_path)
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("settings: {}\n# caf\u00e9\n".encode("latin-1"))
    with pytest.raises(SourcesError) as caught:
        load(latin)
    assert caught.value.problems == [f"{latin}:2: not UTF-8: byte 0xe9"]
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(SourcesError, match="larger than 512 KiB"):
        load(huge)


def test_no_host_may_send_more_than_is_read_later() -> None:
    host = "hosts: {example.org: {max_bytes: %d}}\n"
    assert loads(SOURCE + host % LIMIT, "sources.yaml").hosts["example.org"].max_bytes == LIMIT
    assert problems(SOURCE + host % (LIMIT + 1)) == [
        f"sources.yaml:10: hosts.example.org.max_bytes: {LIMIT + 1}; expected at most {LIMIT}"
    ]


def test_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SOURCE.replace("\n", "\r\n").encode())
    assert list(load(path).sources) == ["s"]


@pytest.mark.parametrize(
    "pattern", ["(a+)+", "(a*)*b", "((a|b)+c)+", "(?:x{2,})+y", "a*", "[", "x" * 201, "(a", "a{999999999999}"]
)
def test_scrub_that_is_wrong_or_endless(pattern: str) -> None:
    assert len(problems(SOURCE + f"    scrub: ['{pattern}']\n")) == 1


@pytest.mark.parametrize("pattern", [r"Page \d+ of \d+", r"(?:Mon|Tue)day, \d{1,2}", r"[(+]+x", r"\(a+\)+", "(ab?c)+"])
def test_scrub_that_is_fine(pattern: str) -> None:
    assert loads(SOURCE + f"    scrub: ['{pattern}']\n", "sources.yaml").sources["s"].scrub == (pattern,)


def test_environment_wins() -> None:
    registry = loads(GOOD, "good.yaml")
    changed = with_environment(
        registry,
        {
            "ROUNDUP_CONTACT": "https://example.net/contact",
            "ROUNDUP_PUBLIC_URL": "https://example.net/",
            "ROUNDUP_AUTHORITY": "",
        },
    )
    assert changed.settings == Settings(
        contact="https://example.net/contact", public_url="https://example.net", authority="example.org"
    )
    assert changed.sources == registry.sources
    assert with_environment(registry, {}) == registry


def test_environment_that_is_wrong_names_the_variables() -> None:
    with pytest.raises(SourcesError) as caught:
        with_environment(loads(GOOD, "good.yaml"), {"ROUNDUP_CONTACT": "nobody", "ROUNDUP_AUTHORITY": "two words"})
    assert [line.partition("; ")[0] for line in caught.value.problems] == [
        "environment: ROUNDUP_CONTACT: 'nobody' is no contact",
        "environment: ROUNDUP_AUTHORITY: 'two words' is no authority",
    ]


PIECES = st.sampled_from(
    [line + "\n" for line in GOOD.splitlines()] + ["- ", "&a ", "*a ", "!!str ", "? ", "\t", '"', "{", "]"]
)
MANGLED = st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join)


@given(st.text() | MANGLED)
def test_any_text_gives_a_registry_or_a_sources_error(text: str) -> None:
    try:
        registry = loads(text, "sources.yaml", PROTOCOLS)
    except SourcesError as error:
        assert error.problems
        assert all(line.startswith("sources.yaml:") and "\n" not in line for line in error.problems)
    else:
        assert isinstance(registry, Registry)
        assert registry.sources


@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.text(max_size=12))
def test_any_edit_of_a_good_file_gives_a_registry_or_a_sources_error(at: int, cut: int, put: str) -> None:
    try:
        loads(GOOD[:at] + put + GOOD[at + cut :], "sources.yaml", PROTOCOLS)
    except SourcesError as error:
        assert error.problems
        assert all(line.startswith("sources.yaml:") and "\n" not in line for line in error.problems)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("uk", "United Kingdom"), ("COE", "Council of Europe"), ("e&w", "England and Wales"),
        ("international", "International"), ("northern ireland", "Northern Ireland"),
    ],
)  # fmt: skip
def test_a_jurisdiction_may_be_written_in_any_case(said: str, name: str) -> None:
    registry = loads(SOURCE.replace("UK", said), "sources.yaml")
    assert registry.publishers["p"].jurisdiction == name


def test_what_a_protocol_finds_wrong_is_reported_with_the_rest_and_its_line() -> None:
    text = """publishers: {p: {name: P, jurisdiction: UK}}
sources:
  - id: one
    publisher: p
    kind: guidance
    protocol: listing
    url: https://sample.invalid/
    expect: {min: 1}
    options:
      entry: "a["
      foo: 1
  - {id: two, publisher: p, kind: guidence, protocol: listing, url: https://sample.invalid/, expect: {min: 1}}
"""
    with pytest.raises(SourcesError) as caught:
        loads(text, "sources.yaml", crawler_protocols.OPTIONS)
    first, second, third, fourth = caught.value.problems
    assert first.startswith("sources.yaml:10: sources.one.options.entry: 'a[' is no CSS selector")
    assert second.startswith("sources.yaml:11: sources.one.options.foo: unknown option")
    assert third.startswith("sources.yaml:12: sources.two.kind: 'guidence'")
    assert fourth == "sources.yaml:12: sources.two.options.entry: missing; it is required"
