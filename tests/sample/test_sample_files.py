"""The files of the sample world: well-formed, invented, and what expected.json says about them is what they hold."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from crawler.archive.pack import is_sample, pack
from crawler.archive.replay import Replay
from crawler.identifiers import same_address
from crawler.protocols import protocol_of
from tests.sample import world


def names(file: Path) -> str:
    return file.relative_to(world.ROOT).as_posix().removesuffix(".capture.json")


def test_there_are_captures_of_every_moment_and_nothing_else() -> None:
    assert {file.relative_to(world.ROOT).parts[0] for file in world.FILES} == set(world.MOMENTS)
    bodies = {file.parent / world.told(file)["body"] for file in world.FILES}
    files = {file for name in world.MOMENTS for file in (world.ROOT / name).rglob("*") if file.is_file()}
    assert files == bodies | set(world.FILES)
    assert len(bodies) == len(world.FILES)


@pytest.mark.parametrize("file", world.FILES, ids=names)
def test_capture_is_valid(file: Path) -> None:
    said = world.told(file)
    assert set(said) == {"url", "time", "status", "headers", "body"}
    name, host = file.relative_to(world.ROOT).parts[:2]
    assert said["url"].startswith(f"https://{host}/")
    assert said["time"].startswith(f"{world.DAYS[name]}T06:") and said["time"].endswith("Z")
    assert said["status"] in (200, 202, 301, 404, 410, 503)
    assert all(isinstance(text, str) for pair in said["headers"] for text in pair)
    assert [pair[0] for pair in said["headers"]].count("Content-Type") == 1
    assert ("Location" in dict(said["headers"])) == (said["status"] == 301)


@pytest.mark.parametrize("file", world.FILES, ids=names)
def test_body_is_well_formed_and_says_that_it_is_a_sample(file: Path) -> None:
    suffix = Path(world.told(file)["body"]).suffix
    if suffix == ".docx":
        assert "sample" in world.words(file)
        return
    body = world.body(file)
    assert "sample" in body.decode("utf-8").lower()
    if suffix in (".xml", ".atom", ".rss"):
        etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    elif suffix == ".json":
        assert isinstance(json.loads(body), dict)
    elif suffix == ".html":
        assert "".join(map(str, html.fromstring(body.decode("utf-8")).itertext())).strip()
    else:
        assert suffix == ".txt" and b"User-agent: *" in body


def test_every_host_has_a_robots_txt_at_every_moment() -> None:
    hosts = {file.relative_to(world.ROOT).parts[:2] for file in world.FILES}
    assert all((world.ROOT / name / host / "robots.txt").is_file() for name, host in hosts)


@pytest.mark.parametrize("file", world.FILES, ids=names)
def test_every_act_is_invented_and_nobody_is_named(file: Path) -> None:
    text = world.words(file)
    found = re.findall(r"(?:[A-Z(][\w()-]*,? (?:of |and )?){1,8}Act (?:19|20)\d\d", text)
    assert [act for act in found if "Sample" not in act and "sample" not in act] == []
    items = re.findall(r"legislation\.gov\.uk/(?:id/)?(ukpga|asp|uksi|wsi)/(\d{4})/(\d+)", text)
    assert [item for item in items if not 9000 <= int(item[2]) <= 9099] == []
    assert not re.search(r"<PersonName|\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Baroness) [A-Z]", text)


def test_times_do_not_repeat_for_an_address() -> None:
    seen = Counter((same_address(world.told(file)["url"]), world.told(file)["time"]) for file in world.FILES)
    assert max(seen.values()) == 1


def test_packed_it_is_a_replay_that_says_it_is_a_sample(tmp_path: Path) -> None:
    out = tmp_path / "sample.warc.gz"
    assert pack(world.ROOT, out, sample=True) == len(world.FILES)
    assert is_sample(out)
    replay = Replay.open([out])
    assert replay.problems == ()
    assert replay.newest is not None and replay.newest == world.clock("moment-3")


def test_the_registry_says_that_it_is_a_sample() -> None:
    registry = world.registry()
    assert registry.settings.authority == "sample.invalid"
    assert all(each.name.startswith("Sample ") for each in registry.publishers.values())
    assert all(each.id.startswith("sample-") for each in registry.sources.values())
    assert all(protocol_of(each) for each in registry.sources.values())


def test_issues_name_sources_and_addresses_that_exist() -> None:
    sources = world.registry().sources
    urls = {same_address(world.told(file)["url"]) for file in world.FILES}
    for name in world.MOMENTS:
        said: dict[str, Any] = world.expected()[name]
        assert set(said["started"]) <= set(sources)
        for issue in said["issues"]:
            assert issue["source"] in sources and same_address(issue["subject"]) in urls


def test_the_table_for_readers_names_files_that_exist() -> None:
    text = (world.ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"`(moment-\d/[^`]+)`", text))
    assert named and [each for each in sorted(named) if not (world.ROOT / each).exists()] == []
