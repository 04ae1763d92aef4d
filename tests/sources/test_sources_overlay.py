"""local.yaml over sources.yaml: merged by key, mistakes named by the file they stand in, an old one still read."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.errors import SourcesError
from crawler.run import files
from crawler.sources import loads, registry_of_archive, with_environment

SHIPPED = """
settings: {contact: a@example.org, authority: example.org}
publishers:
  office: {name: Sample Office, jurisdiction: United Kingdom, licence: OGL-UK-3.0, copy: public}
hosts:
  www.office.example: {delay: 2, timeout: 30}
sources:
  - id: news
    publisher: office
    kind: news
    protocol: feed
    url: https://www.office.example/feed
    expect: {min: 5, newest: 14d}
  - {id: off, publisher: office, kind: report, protocol: page, url: 'https://www.office.example/',
     expect: {min: 1}, enabled: false, reason: nobody saw it answer}
"""
NEW = """{id: own, publisher: mine, kind: report, protocol: page, url: 'https://mine.example/', expect: {min: 1}}"""


def test_blocks_are_merged_by_key_and_a_new_source_comes_last() -> None:
    local = f"""
settings: {{authority: mine.example}}
publishers:
  mine: {{name: My Office, jurisdiction: Scotland}}
  office: {{copy: hash-only}}
hosts:
  www.office.example: {{delay: 5}}
sources:
  - {{id: 'off', enabled: true}}
  - {NEW}
  - {{id: news, schedule: weekly, expect: {{newest: 60d}}}}
"""
    found = loads(SHIPPED, "sources.yaml", local=local)
    assert (found.settings.contact, found.settings.authority) == ("a@example.org", "mine.example")
    assert (found.hosts["www.office.example"].delay, found.hosts["www.office.example"].timeout) == (5, 30)
    office = found.publishers["office"]
    assert (office.name, office.copy, found.publishers["mine"].name) == ("Sample Office", "hash-only", "My Office")
    assert list(found.sources) == ["news", "off", "own"]
    news, off, own = found.sources.values()
    assert (news.expect.min, news.expect.newest, news.schedule) == (5, timedelta(days=60), timedelta(weeks=1))
    assert (off.enabled, off.reason, own.jurisdiction) == (True, "", "Scotland")
    assert registry_of_archive(SHIPPED, local=local) == found, "a rebuild reads what the crawl read"
    assert with_environment(found, {"ROUNDUP_AUTHORITY": "env.example"}).settings.authority == "env.example"


@pytest.mark.parametrize("local", ["", "# nothing yet\nsettings:\n", "sources: []\n"])
def test_a_local_file_that_says_nothing_changes_nothing(local: str) -> None:
    assert loads(SHIPPED, "s", local=local) == loads(SHIPPED, "s")


def test_an_upgrade_that_brings_a_source_of_the_same_id_leaves_that_of_the_local_file() -> None:
    local = f"publishers: {{mine: {{name: My Office, jurisdiction: Scotland}}}}\nsources:\n  - {NEW}\n"
    own = loads(SHIPPED, "s", local=local).sources["own"]
    upgraded = (
        SHIPPED
        + "  - {id: own, publisher: office, kind: news, protocol: feed, url: 'https://o.example/', expect: {}}\n"
    )
    assert loads(upgraded, "s", local=local).sources["own"] == own


@pytest.mark.parametrize(
    ("local", "line"),
    [
        ("a\n", "1: not a mapping; expected some of the blocks settings, hosts"),
        ("\nsetings: {}\n", "2: setings: unknown block; expected one of settings, "),
        ("series: []\n", "1: series: cannot be changed here; expected one of settings, "),
        ("settings: []\n", "1: settings: expected a mapping"),
        ("settings:\n  contact: nobody\n", "2: settings.contact: "),
        ("hosts:\n  www.office.example:\n    delay: 0\n", "3: hosts.www.office.example.delay: 0; expected more"),
        ("sources:\n  - id: news\n    url: https://a.example/\n", "3: sources.news.url: cannot be changed of a source"),
        ("sources:\n  - id: news\n    enabled: false\n", "3: sources.news.enabled: false; expected a reason"),
        (
            "sources:\n  - id: newz\n    enabled: false\n",
            "2: sources.newz: no such source in the registry; did you mean",
        ),
        ("sources:\n  - id: news\n    expect: {max: 2}\n", "3: sources.news.expect.max: 2; expected at least min"),
        ("sources:\n  - {id: news}\n  - {id: news}\n", "3: sources.news.id: stands twice"),
        (
            f"publishers: {{mine: {{name: M, jurisdiction: Wales}}}}\nsources:\n  - {NEW}\n  - {NEW}\n",
            "4: sources.own.id: stands twice",
        ),
        ("sources: {}\n", "1: sources: expected a list of sources, each with its id"),
        ("sources: [news]\n", "1: sources[1]: expected a source with its id"),
        (f"sources:\n  -\n    {NEW}\n", "3: sources.own.publisher: 'mine'; expected an entry of the block"),
        ("settings:\n  contact: a@b.example\n  contact: c@b.example\n", "3: settings.contact: stands twice, first on"),
        ("settings: &a {}\n", "1: settings: anchor &a: not allowed"),
    ],
)
def test_mistakes_name_the_local_file(local: str, line: str) -> None:
    with pytest.raises(SourcesError) as raised:
        loads(SHIPPED, "sources.yaml", local=local)
    (problem,) = raised.value.problems
    assert problem.startswith(f"local.yaml:{line}")
    registry_of_archive(SHIPPED, local=local)


def test_mistakes_of_both_files_are_told_together() -> None:
    with pytest.raises(SourcesError) as raised:
        loads(SHIPPED.replace("kind: news", "kind: nws"), "sources.yaml", local="hosts: {no host: {}}\n")
    assert [each.partition(":")[0] for each in raised.value.problems] == ["local.yaml", "sources.yaml"]


def test_the_local_file_is_found_beside_the_registry_or_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert files.default_sources() == files.SHIPPED
    assert files.beside(files.SHIPPED, "local.yaml") == Path("local.yaml")
    other = tmp_path / "other" / "sources.yaml"
    other.parent.mkdir()
    other.write_text(SHIPPED, "utf-8")
    Path("local.yaml").write_text("settings: {authority: here.example}\n", "utf-8")
    assert files.configured(other, {}).registry.settings.authority == "example.org"
    other.with_name("local.yaml").write_text("settings: {authority: beside.example}\n", "utf-8")
    read = files.configured(other, {})
    assert read.registry.settings.authority == "beside.example" and read.sources == SHIPPED
    assert read.local == "settings: {authority: beside.example}\n"
    Path("sources.yaml").write_text(SHIPPED, "utf-8")
    assert files.configured(files.default_sources(), {}).registry.settings.authority == "here.example"
