"""A registry that an earlier version read, and that today's check refuses: a rebuild reads it all the same."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import protocols
from crawler.ingest import state
from crawler.protocols import feed
from crawler.run import session
from crawler.run.options import DATABASE
from tests.fold.tables import differences
from tests.fold.test_fold_laws import Publisher, address, live
from tests.fold.world import SOURCES, START, crawl, rebuilt, same
from tests.run.command import roundup
from tests.run.here import crawl_with

OLD = (
    SOURCES.replace("publishers:", "colours: {links: blue}\npublishers:")
    .replace("{name: Sample Office,", "{name: Sample Office, seat: London, licence: OGL-UK-3.0, copy: everybody,")
    .replace("kind: guidance", "kind: pamphlet\n    weight: heavy\n    schedule: now and then\n    topics: [astrology]")
    .replace("{min: 1}", "{min: 1, least: 3}")
)
OLD_DECISIONS = "relevance: {'two words': in}\nmerge: {a: b}\naccept: [none]\n"


pytestmark = pytest.mark.usefixtures("in_this_process")


def published() -> Publisher:
    publisher = Publisher()
    for number in range(3):
        publisher.do(("publish", number))
    return publisher


def test_it_is_refused_by_check_and_read_by_a_rebuild(tmp_path: Path) -> None:
    publisher = published()
    crawl_with(tmp_path / "data", publisher, START, OLD, decisions_text=OLD_DECISIONS)
    (tmp_path / "sources.yaml").write_text(OLD)
    refused = roundup("check", "--data", tmp_path / "data", "--sources", tmp_path / "sources.yaml")
    assert refused.code == 2 and "colours: unknown block" in refused.err and "pamphlet" in refused.err
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / "data" / f"{DATABASE}{suffix}").unlink(missing_ok=True)
    assert roundup("rebuild", "--data", tmp_path / "data").code == 0
    with live(tmp_path / "data") as store:
        (source,) = store.all("select * from sources")
        assert (source["kind"], source["schedule"], source["topics"]) == ("news", 86400, "[]")
        assert store.value("select copy from publishers") == "hash-only"
        assert store.value("select count(*) from documents where current is not null") == 3
    publisher.do(("edit", 1))
    crawl(tmp_path / "data", publisher.site, START + timedelta(days=1))
    with live(tmp_path / "data") as one, rebuilt(tmp_path / "data") as other:
        assert differences(one, other) == []
        assert one.value("select kind from sources") == "guidance"
        assert one.value("select count(*) from changes where document=? and cause='source'", f"url:{address(1)}") >= 1


@dataclass(frozen=True, kw_only=True)
class _OfOld(feed.Options):
    pages: str = ""  # type: ignore[assignment]  # as an earlier version had it


@pytest.mark.parametrize("lost", ["protocol", "option"])
def test_a_source_whose_protocol_or_option_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str) -> None:
    """What it captured stays archived and listed in the runs, as pages that cannot be read; all else is read."""
    publisher = published()
    text = SOURCES.replace("protocol: feed", "protocol: gopher" if lost == "protocol" else "protocol: feed")
    if lost == "option":
        text = text.replace("follow: true", "follow: true\n    options: {pages: most}")
    with monkeypatch.context() as patch:
        patch.setitem(protocols.PROTOCOLS, "gopher", feed)
        patch.setattr(session, "parsers", lambda: {"feed": "1", "gopher": "1"})
        patch.setitem(protocols.OPTIONS, "gopher", feed.Options)
        patch.setitem(protocols.OPTIONS, "feed", _OfOld)
        patch.setattr(feed, "Options", _OfOld)
        crawl_with(tmp_path, publisher, START, text)
        with live(tmp_path) as store:
            assert store.value("select count(*) from fetches where outcome='accepted'") == 4
    state._registry.cache_clear()  # the code of later is another process
    assert roundup("rebuild", "--data", tmp_path).code == 0
    with live(tmp_path) as store:
        outcomes = {row["outcome"] for row in store.all("select outcome from fetches")}
        details = [row["detail"] for row in store.all("select detail from issues where source='news'")]
    if lost == "protocol":
        assert outcomes == {"quarantined"} and any("unknown protocol 'gopher'" in detail for detail in details)
    else:
        assert outcomes == {"accepted"}
    crawl(tmp_path, publisher.site, START + timedelta(days=1))
    with live(tmp_path) as one, rebuilt(tmp_path) as other:
        assert differences(one, other) == []
        assert one.value("select count(*) from documents where current is not null") == 3


def test_a_text_that_is_no_registry_at_all(tmp_path: Path) -> None:
    """Not even a YAML file: what was walked then is there, and the next crawl reads it again."""
    publisher = published()
    crawl(tmp_path, publisher.site, START)
    crawl_with(tmp_path, publisher, START, "{ not: [yaml")
    assert roundup("rebuild", "--data", tmp_path).code == 0
    crawl(tmp_path, publisher.site, START + timedelta(days=1))
    same(tmp_path)
