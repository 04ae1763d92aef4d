"""All recordings as a library: each has a reader or a reason, and a moment at which it is the newest of its address."""

import pytest

from crawler.identifiers import same_address
from crawler.sources import loads
from tests.recordings import library, table, whole
from tests.recordings.library import Recording, Unread

pytestmark = pytest.mark.recorded

Everything = tuple[tuple[Recording, ...], tuple[Unread, ...]]


@pytest.fixture(scope="module")
def everything() -> Everything:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    return library.everything()


def test_every_row_is_replayed_or_named_with_a_reason(everything: Everything) -> None:
    recordings, unread = everything
    names = {each.name for each in recordings} | {each.name for each in unread}
    assert len(names) == len(recordings) + len(unread) and all(each.why for each in unread)
    manifests = {"recordings": table.RECORDINGS, "recordings-more": library.MORE, "law/versions": library.VERSIONS}
    for folder, path in manifests.items():
        rows = (path / table.MANIFEST).read_text("utf-8").splitlines()
        assert len(rows) == sum(name.startswith(f"{folder}/") for name in names), folder
    assert sum(name.startswith("series/") for name in names) == 82
    # What was served, and is not replayed, is data that no protocol reads.
    assert not [each.name for each in unread if each.name.startswith("recordings/") and ".json" not in each.name
                and not each.name.endswith(("robots.txt", "yaml", ".ttl"))]  # fmt: skip


def test_each_recording_is_the_newest_of_its_address_at_some_moment(everything: Everything) -> None:
    recordings, _ = everything
    keys = [each.key for each in recordings]
    assert len(keys) == len(set(keys))
    times: dict[str, list[Recording]] = {}
    for each in sorted(recordings, key=lambda each: each.time):
        times.setdefault(same_address(each.url), []).append(each)
    moments = whole.moments(recordings)
    seen = {
        next((each.name for each in reversed(of_one) if each.time <= clock), "")
        for of_one in times.values()
        for clock in moments
    }
    assert {each.name for each in recordings} <= seen
    assert moments == sorted(set(moments)) and len(moments) <= 40


def test_each_single_page_is_asked_once_by_a_source_that_reads_it(everything: Everything) -> None:
    recordings, _ = everything
    registry = loads(whole.sources(recordings), "sources.yaml")
    before, asked = whole.BEGIN, []
    for clock in whole.moments(recordings):
        for source, links in whole.asked(recordings, before, clock).items():
            asked += [(registry.sources[source].protocol, link.role, same_address(link.url)) for link in links]
        before = clock
    single = [each for each in recordings if each.reader.role != "listing"]
    wanted = [(each.reader.protocol, each.reader.role, same_address(each.url)) for each in single]
    assert sorted(asked) == sorted(wanted)
    lists = {same_address(each.url) for each in recordings if each.reader.role == "listing"}
    assert lists <= {same_address(source.url) for source in registry.sources.values()}
